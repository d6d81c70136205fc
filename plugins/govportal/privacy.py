"""What must not be published of persons: numbers that belong to one, addresses, illnesses, lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from govportal.model import Rule
from govportal.problems import Problem
from govportal.rules import label

PERSONAL = (
    ("身份证号", re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")),
    ("手机号", re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")),
    ("银行卡号", re.compile(r"(?<![0-9])[1-9][0-9]{15}(?:[0-9]{3})?(?![0-9])")),
)
PERSONAL_WORDS = (
    (
        "身份证号",
        re.compile(r"(?<![0-9])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}(?![0-9])"),
    ),
    (
        "护照或通行证号",
        re.compile(r"(?<![0-9A-Za-z])(?:[EeGgDdSsPp][0-9]{8}|[HM][0-9]{8,10})(?![0-9A-Za-z])"),
    ),
    (
        "住址",
        re.compile(
            r"(?:家庭住址|现住址|户籍地址|住址)[:：]|[0-9一二三四五六七八九十]+号楼[^，。；\n]{0,8}单元"
        ),
    ),
    (
        "病情、残疾、致贫原因等个人情况",
        re.compile(r"姓名[\s\S]{0,200}(?:残疾等级|病种|疾病|健康状况|致贫原因|家庭人口)"),
    ),
)
"""What points at a person besides numbers (handbook 12.2: P2, P5, P6, P7; recommendations, configuration)."""
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The hundred commonest surnames: by them a column of names is told from a column of things."""
NOT_IN_NAMES = "业局村区镇乡河路县市部委处科所站厂校院会社店场地年月日元人户次天个种类中小大压脂糖温风雨雪电水费款率量数金品林山口房车课费"
"""How words for things end; a word that ends so is not taken for a name."""
_MASKED = re.compile(r"[\u4e00-\u9fff](?:[*×某]{1,2}|[*×某][\u4e00-\u9fff])")
_NAME = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]?[^\W\d_a-zA-Z{NOT_IN_NAMES}]")
NAMES_MAKE_A_LIST = 3
"""How many names that are most of a column or line make a list of persons, or two when masked; recommendations, configuration."""


def no_list_of_names(code: str, ground: str) -> Rule:
    """What is published of people are numbers: no attachment may be a list of them."""

    def rule(record: Any) -> Iterable[Problem]:
        for one in record.attachments:
            if "名单" in one.name or "花名册" in one.name:
                yield record.problem(
                    "attachments", code, f"附件“{one.name}”是人员名单", "只公布人数；删掉这个附件"
                )

    rule.__doc__ = f"只公布人数，不公布人员名单。（{ground}）"
    return rule


def texts(value: Any) -> Iterable[str]:
    """Every piece of text inside a value, its rows and groups."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield from texts((*value, *value.values()))
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def no_personal_data(code: str, *names: str) -> Rule:
    """The fields `names` must hold no identity number, mobile number or bank card number."""

    def rule(record: Any) -> Iterable[Problem]:
        for name in names:
            text = "\n".join(texts(getattr(record, name)))
            for what, pattern in PERSONAL:
                if pattern.search(text):
                    yield record.problem(
                        name, code, f"{label(record, name)}里有{what}", "删掉，或改成不能认出个人的写法"
                    )

    rule.__doc__ = f"{'、'.join(names)} 里不得有身份证号、手机号、银行卡号。（个人信息保护法第二十八条；政府信息公开条例第十五条）"
    return rule


def no_persons(code: str, *names: str) -> Rule:
    """The fields `names` speak of numbers of people and never of a person: no numbers, addresses, illnesses, no list of names."""
    numbers = no_personal_data(code, *names)

    def rule(record: Any) -> Iterable[Problem]:
        yield from numbers(record)
        for name in names:
            value = getattr(record, name)
            found = [what for what, pattern in PERSONAL_WORDS if pattern.search("\n".join(texts(value)))]
            if looks_like_names(value):
                found.append("人员名单")
            for what in found:
                yield record.problem(
                    name, code, f"{label(record, name)}里有{what}", "只公开统计数字；名单在所在社区、村公示"
                )

    rule.__doc__ = f"{'、'.join(names)} 里只有统计，没有个人：不得有证件号、电话、住址、病残情况、人员名单。（个人信息保护法第二十八条；社会救助暂行办法第六十一条）"
    return rule


def looks_like_names(value: Any) -> bool:
    """Whether a column of rows, or a line of a text, is a list of persons.

    >>> looks_like_names("王某某、李*"), looks_like_names("高血压、白内障、雷电"), looks_like_names("王小明，李建国，张丽华")
    (True, False, True)
    """
    if isinstance(value, str):
        found = [re.split(r"[、，,；;：:。\s|]+", line) for line in value.split("\n")]
    elif isinstance(value, tuple):
        rows = [vars(item) for item in value if hasattr(item, "__dataclass_fields__")]
        found = [[str(row.get(name) or "") for row in rows] for name in (rows[0] if rows else ())]
    else:
        return False
    return any(_are_names([cell.strip() for cell in cells if cell.strip()]) for cells in found)


def _are_names(cells: list[str]) -> bool:
    masked = sum(bool(_MASKED.fullmatch(cell)) for cell in cells)
    named = masked + sum(bool(_NAME.fullmatch(cell)) for cell in cells)
    return masked >= NAMES_MAKE_A_LIST - 1 or (named >= NAMES_MAKE_A_LIST and named * 5 >= len(cells) * 3)
