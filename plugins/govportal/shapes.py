"""Shapes and rules that several types share: what a citizen wrote and the office answered, who took part, what is
reported for a year or for every organ, time limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from govportal.document import Document
from govportal.kinds import Choice, Count, Date, Identifier, Many, Ref, Text
from govportal.model import Rule, SiteRule, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label

PERSONAL = (
    ("身份证号", re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")),
    ("手机号", re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")),
    ("银行卡号", re.compile(r"(?<![0-9])[1-9][0-9]{15}(?:[0-9]{3})?(?![0-9])")),
)
SEATS = ("利益相关方", "人大代表", "政协委员", "公众代表", "专家学者", "新闻媒体")
"""The six kinds of people whom the plan invites (实施方案一（一）3)."""
LIVELIHOODS = ("文化教育", "医疗卫生", "资源开发", "环境保护", "社会保障", "公用事业")
"""The six fields of livelihood in which the public is polled before a decision (实施方案一（一）4)."""
SURVEYS = ("问卷调查", "民意调查")
"""The forms of participation that ask many people the same questions."""
PROCEDURES = ("公众参与", "专家论证", "风险评估", "合法性审查", "集体讨论")
"""The steps that the law knows before a major decision (重大行政决策程序暂行条例第二章、第三章)."""
DECIDED = ("decision", "policy")
"""What is decided: a major decision, or where it has no page of its own, the paper that came of it."""

REGULATED = (
    "安全生产",
    "生态环境",
    "卫生防疫",
    "食品药品",
    "保障性住房",
    "国土资源",
    "质量",
    "价格",
    "社会信用",
    "交通运输",
    "旅游市场",
    "知识产权",
    "国有企业运营",
    "公共资源交易",
)
"""The fourteen fields whose supervision the plan makes public (实施方案一（三）4)."""
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
CHANNELS = ("区长信箱", "部门信箱", "12345热线", "网友留言", "建言献策", "人民网留言")
"""The ways a letter comes in (handbook 10.1)."""
LETTERS = ("咨询", "投诉", "求助", "建议")
"""The kinds of letters that are published; reports of wrongs (举报) are not (handbook 10.1)."""
ONLINE_DEPTHS = ("信息发布", "网上预约", "网上申报", "网上预审", "全程网办")
"""How far a matter can be done online, from least to most (handbook 7.6)."""
CONCERN_SYSTEMS = ("舆情收集", "舆情会商", "舆情预警", "舆情回应", "舆情评估")
"""The five rules of the work on public concerns (实施方案二（三）1)."""
DISCLOSURE_SYSTEMS = (
    "主动公开",
    "依申请公开",
    "保密审查",
    "协调发布",
    "考核评议",
    "责任追究",
    "办文办会办事",
)
"""The seven kinds of rules that the plan names (实施方案三（二）1)."""
SYSTEMS = {
    "决策公开": "一（一）2",
    "列席": "一（一）3",
    "民意调查": "一（一）4",
    "办事公开": "一（四）2",
    "公共企事业办事公开规范": "一（四）4",
    "公共企事业办事公开监督考核": "一（四）4",
    "政策解读": "二（一）1",
    "建言办理反馈": "二（二）3",
    **dict.fromkeys(CONCERN_SYSTEMS, "二（三）1"),
    "政府公报": "三甲（一）2",
    "网站内容标准": "三甲（一）1",
    "网站技术规范": "三甲（一）1",
    **dict.fromkeys(DISCLOSURE_SYSTEMS, "三乙（二）1"),
    "社会监督员": "三乙（四）2",
    "情况通报": "三乙（四）3",
    "教育培训": "三乙（三）2",
    "绩效考核": "三乙（四）1",
}
"""Every rule that the plan asks for, and the measure that asks (handbook 16)."""
SECTORS = ("教育", "医疗卫生", "供水", "供电", "供气", "供热", "环境保护", "公共交通", "通讯")
"""The nine sectors of bodies that serve the public (实施方案一（四）4; 政府信息公开条例第五十五条)."""
OBLIGED = ("区政府部门", "派出机构", "街道")
"""The kinds of organs that count as 区政府各部门 where the plan asks every one of them; configuration."""
YEAR = r"(?:19|20)[0-9]{2}"
"""A year, as the beginning of a period."""
MONTH = rf"{YEAR}-(?:0[1-9]|1[0-2])"
"""A month, such as 2026-10."""
REVIEW_DAYS = 365
"""How often a standing rule is looked at again; a recommendation, configuration (handbook 16.2, 16.4)."""
INTERPRETATION_FORMS = (
    "文字",
    "图解",
    "视频",
    "音频",
    "访谈",
    "发布会",
    "政策吹风会",
    "署名文章",
    "问答",
)
"""How a policy may be explained (实施方案二（一）1、2; handbook 6.6)."""

INTERPRETATION_WORKDAYS = 3
"""Within how many working days after a policy its interpretation is due (实施方案二（一）1)."""

PUBLISH_WORKDAYS = 20
"""Working days within which new information is published (政府信息公开条例第二十六条)."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """How many people of one kind took part; never who they were."""

    category: str = of(Choice("类别", *SEATS), required=True)
    count: int = of(Count("人数"), required=True, total=True)


def _number(label: str, sample: str) -> Identifier:
    return Identifier(label, pattern=r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", sample=sample)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number that stands for many, never for one person."""

    name: str = of(Text("指标", limit=100), required=True, headline=True)
    value: str = of(_number("数值", "120"), required=True, numeric=True)
    unit: str = of(Text("单位", limit=20), required=True)
    previous: str | None = of(_number("上期数", "110"), numeric=True)
    note: str | None = of(Text("说明"))


@dataclass(frozen=True, kw_only=True)
class Answered(Document):
    """What a citizen wrote, without the citizen, and what the office answered."""

    case_number: str = of(Text("受理编号"), required=True, head=10, search=3)
    received_on: date = of(Date("收到日期"), required=True, head=20)
    replied_on: date | None = of(Date("答复日期"), head=22)

    @property
    def number(self) -> str:
        return self.case_number


@dataclass(frozen=True, kw_only=True)
class Yearly(Document):
    """What is planned or reported for one year."""

    year: str = of(Identifier("年度", pattern=YEAR, sample="2026"), required=True, head=10, facet=True)


@dataclass(frozen=True, kw_only=True)
class OrganPlan(Yearly):
    """A plan for a year that one organ makes for itself, or several make together."""

    covered_organs: tuple[str, ...] = of(
        Many(Ref("适用机构", "organ")),
        required=True,
        default=(),
        head=11,
        wide=True,
        inverse="适用的计划和方案",
    )


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing that is measured, with its weight."""

    name: str = of(Text("指标"), required=True)
    weight: int = of(Count("权重（%）"), required=True)
    rule: str = of(Text("计分办法", limit=1000), required=True)


@dataclass(frozen=True, kw_only=True)
class OrganFinding:
    """A problem found with an organ, and what became of it."""

    problem: str = of(Text("突出问题", limit=2000), required=True)
    organ: str | None = of(Ref("责任机构", "organ"))
    rectification: str | None = of(Text("整改措施", limit=2000))
    due: date | None = of(Date("整改期限"))
    status: str = of(Choice("整改状态", "整改中", "已整改", "长期坚持"), required=True)


def last_day(month: str) -> date:
    """The last day of a month written as 2026-10."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def obliged_organs(site: Any) -> list[Any]:
    """The organs of which the plan asks something each, in the order of the register; those abolished are left out."""
    return sorted(
        (
            one
            for one in site.of_type("organ")
            if one.kind in OBLIGED and not (one.valid_until and one.valid_until < site.today)
        ),
        key=lambda one: (one.order, one.id),
    )


def titles(records: Iterable[Any]) -> str:
    """Records by name, as people list them."""
    return "、".join(one.title for one in records)


def is_latest(record: Any, others: Iterable[Any]) -> bool:
    """Whether none of the others is of a later date."""
    return all((one.document_date, one.id) <= (record.document_date, record.id) for one in others)


def every_organ_has_a_row(code: str, name: str, key: str, ground: str, *, grave: bool = False) -> SiteRule:
    """A warning when an organ has no row in the table `name` of the latest record of this type that has one; an error when `grave`."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        same = [
            one
            for one in site.of_type(record.type.name)
            if getattr(one, name) and one.edition_of == record.edition_of
        ]
        if not rows or not is_latest(record, same):
            return
        listed = {getattr(row, key) for row in rows}
        if missing := [one for one in obliged_organs(site) if one.id not in listed]:
            yield record.problem(
                name,
                code,
                f"{label(record, name)}里没有{titles(missing)}",
                f"在 {name} 里加上：{'、'.join(one.id for one in missing)}",
                overdue(record) if grave else Severity.WARNING,
            )

    rule.__doc__ = (
        f"最新一份的 {name} 要列全区政府各部门和街道，{'缺的是错误' if grave else '缺的提醒'}。（{ground}）"
    )
    return rule


def weights_make_a_hundred(code: str, name: str, ground: str) -> Rule:
    """The weights of the indicators in `name` must add up to one hundred."""

    def rule(record: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        total = sum(row.weight for row in rows)
        if rows and total != 100:
            yield record.problem(
                name, code, f"{label(record, name)}的权重合计 {total}，不是 100", "核对每一项 weight"
            )

    rule.__doc__ = f"{name} 的权重合计 100。（{ground}）"
    return rule


def adds_up(code: str, name: str, column: str, total: str) -> Rule:
    """The figures in `column` of the table `name` must add up to the field `total`."""

    def rule(record: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        found, written = sum(getattr(row, column) for row in rows), getattr(record, total)
        if rows and found != written:
            yield record.problem(
                name,
                code,
                f"{label(record, name)}的合计 {found}，与{label(record, total)} {written} 不等",
                f"核对表内各行的 {column}，或改 {total}",
            )

    rule.__doc__ = f"{name} 表里 {column} 的合计等于 {total}。（国办发〔2017〕47号：统计数据；勾稽关系）"
    return rule


def rectification_is_said(code: str, name: str, ground: str) -> Rule:
    """A finding that is not 整改中 any more must say how it was put right."""

    def rule(record: Any) -> Iterable[Problem]:
        for place, one in enumerate(getattr(record, name), 1):
            if one.status != "整改中" and one.rectification is None:
                yield record.problem(
                    name,
                    code,
                    f"第 {place} 项问题是“{one.status}”，没有写整改措施",
                    "在这一项加 rectification: ……",
                )

    rule.__doc__ = f"整改状态不是“整改中”的，写整改措施。（{ground}）"
    return rule


def rectification_is_not_overdue(code: str, name: str, ground: str) -> SiteRule:
    """A warning when a finding is still 整改中 after its day."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        for place, one in enumerate(getattr(record, name), 1):
            if one.status == "整改中" and one.due and one.due < site.today:
                yield record.problem(
                    name,
                    code,
                    f"第 {place} 项问题的整改期限 {one.due} 已过，还是“整改中”",
                    "更新整改状态 status 和整改措施 rectification",
                    Severity.WARNING,
                )

    rule.__doc__ = f"整改期限已过的，写明是否整改完毕；没有的提醒。（{ground}）"
    return rule


def reviewed_yearly(code: str, ground: str) -> SiteRule:
    """A warning when `reviewed_on` lies more than a year back."""
    return looked_at_again(code, "reviewed_on", REVIEW_DAYS, f"期限为建议，是配置；{ground}")


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


def overdue(record: Any) -> Severity:
    """How grave it is that a day has passed: an error, but in a sample, which nobody keeps up, a warning."""
    return Severity.WARNING if record.sample else Severity.ERROR


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


def within(
    code: str,
    later: str,
    earlier: str,
    days: int,
    ground: str,
    *,
    working: bool = False,
    fails_after: int = 0,
) -> SiteRule:
    """A warning when `later` comes, or is still missing, over `days` (working) days after `earlier`.

    While it is missing for more than `fails_after` days the warning is an error. A year without a calendar warns of nothing.
    """
    unit = "个工作日" if working else "日"

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        begin, written = first_day(getattr(record, earlier)), first_day(getattr(record, later))
        if begin is None:
            return
        end = written or site.today
        took = site.calendar.workdays_between(begin, end) if working else (end - begin).days
        failed = bool(fails_after) and written is None and (end - begin).days > fails_after
        if failed or (isinstance(took, int) and took > days):
            shown = f"{took} {unit}" if isinstance(took, int) else f"{(end - begin).days} 日"
            yield record.problem(
                earlier if written is None else later,
                code,
                f"{label(record, earlier)}以后 {shown}"
                + ("，还没有" if written is None else "才有")
                + f"{label(record, later)}，超过 {days} {unit}",
                f"补写 {later}" if written is None else "历史事实不改；列入超时清单",
                overdue(record) if failed else Severity.WARNING,
            )

    rule.__doc__ = f"{later} 应当在 {earlier} 以后 {days} {unit}以内，超过的提醒。（{ground}）"
    return rule


def published_late(code: str, earlier: str) -> SiteRule:
    """A warning when something was published more than twenty working days after it came about."""
    return within(code, "published_at", earlier, PUBLISH_WORKDAYS, "政府信息公开条例第二十六条", working=True)


def expected_after(code: str, field: str, earlier: str, days: int, ground: str) -> SiteRule:
    """A warning when `field` is still empty `days` days after `earlier`."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        begin = first_day(getattr(record, earlier))
        if begin and getattr(record, field) in (None, ()) and (site.today - begin).days > days:
            yield record.problem(
                earlier,
                code,
                f"{label(record, earlier)}以后 {(site.today - begin).days} 日，还没有{label(record, field)}（{field}）",
                f"补上 {field}: ……",
                Severity.WARNING,
            )

    rule.__doc__ = f"{earlier} 以后 {days} 日以内写上 {field}，没有的提醒。（{ground}）"
    return rule


def attached(code: str, name: str) -> Rule:
    """The file named in `name` must be offered as an attachment."""

    def rule(record: Any) -> Iterable[Problem]:
        file = getattr(record, name)
        if file is not None and file not in {attachment.file for attachment in record.attachments}:
            yield record.problem(
                name,
                code,
                f"{label(record, name)}文件 {file} 不在附件里",
                f"在 attachments 里加一项 {{file: {file}, name: 附件名称}}",
            )

    rule.__doc__ = f"{name} 写的文件要作为附件提供下载。"
    return rule


def looked_at_again(code: str, field: str, days: int, ground: str) -> SiteRule:
    """A warning when the day in `field` is more than `days` days ago: what is written may no longer be so."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        last = first_day(getattr(record, field))
        if last and (site.today - last).days > days:
            yield record.problem(
                field,
                code,
                f"{label(record, field)}已过 {(site.today - last).days} 日，超过 {days} 日",
                f"核对内容以后更新 {field}；不再适用的撤下",
                Severity.WARNING,
            )

    rule.__doc__ = f"{days} 日之内至少核对更新一次（{field}），超过的提醒。（{ground}）"
    return rule
