"""基层政务公开标准目录: for each of the 26 fields what is made public, by whom, when, where, for whom and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Choice, Count, Flag, InColumn, Many, Part, Ref, Text
from govportal.kinds.base import Shelf
from govportal.kinds.rows import Rows
from govportal.model import ContentType, columns_by_name, of
from govportal.problems import At, Problem, error, warning

FIELDS = (
    "重大建设项目",
    "公共资源交易",
    "财政预决算",
    "安全生产",
    "税收管理",
    "征地补偿",
    "国有土地上房屋征收与补偿",
    "保障性住房",
    "农村危房改造",
    "生态环境",
    "义务教育",
    "户籍管理",
    "社会救助",
    "养老服务",
    "公共法律服务",
    "扶贫",
    "救灾",
    "食品药品监管",
    "城市综合执法",
    "就业",
    "社会保险",
    "国土空间规划",
    "涉农补贴",
    "公共文化服务",
    "卫生健康",
    "市政服务",
)
"""The 26 fields (国办发〔2019〕54号); their names are partly from memory (handbook 5.1): configuration."""
PRINTED_AS = {"涉农资金": "涉农补贴", "社会救助及福利": "社会救助", "农村集体土地征收": "征地补偿"}
"""Other names under which places print a field."""
CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)


class Boxes(Many):
    """Chosen words, each behind a filled box, as the catalogues print them."""

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": f"■{word}"} for word in value]


@dataclass(frozen=True, kw_only=True)
class Matter(Row):
    """One matter that is made public (基层政务公开标准目录的列)."""

    first: str | None = of(Text("一级事项"))
    second: str | None = of(Text("二级事项"), headline=True)
    elements: tuple[str, ...] = of(Many(Text("公开内容（要素）", limit=1000)), default=())
    basis: tuple[str, ...] = of(Many(Text("公开依据", limit=1000)), default=())
    time_limit: str | None = of(Text("公开时限", limit=1000))
    limit_count: int | None = of(Count("时限数"), machine=True)
    limit_unit: str | None = of(Choice("时限单位", "工作日", "日", "实时", "每年"), machine=True)
    subject: str | None = of(Text("公开主体"))
    channels: tuple[str, ...] = of(Boxes(Choice("公开渠道和载体", *CHANNELS)), default=())
    other_channels: tuple[str, ...] = of(Many(Text("其他渠道（原文）")), default=())
    everyone: bool | None = of(Flag("公开对象：全社会"))
    specific: str | None = of(Text("公开对象：特定群众"))
    mode: str | None = of(Choice("公开方式", "主动公开", "依申请公开"))
    county: bool | None = of(Flag("公开层级：县级（区级）"))
    township: bool | None = of(Flag("公开层级：乡级（街道）"))
    printed_level: str | None = of(Text("公开层级（原文）"))
    columns: tuple[str, ...] = of(Many(InColumn("公开栏目", sample="budget")), default=())


NEEDED = ("first", "second", "elements", "basis", "time_limit", "subject", "channels", "mode")


def matters_are_whole(record: Any) -> Iterable[Problem]:
    """本区的目录每一行写全事项、要素、依据、时限、主体、渠道和方式，公开对象至少一类。（国办发〔2019〕54号；各领域标准指引）"""
    for row in record.rows if record.origin == "own" else ():
        at = At(record.path, *row.places["code"])
        for name in NEEDED:
            if getattr(row, name) in (None, ()):
                kind = columns_by_name(Matter)[name].kind
                yield error(
                    at,
                    "standard-catalogue/element",
                    f"{row.code} 没有写{kind.label}（{name}）",
                    f"加一行 {name}: {kind.example()}",
                )
        if not row.everyone and not row.specific:
            yield error(
                at,
                "standard-catalogue/nobody",
                f"{row.code} 没有公开对象",
                "写 everyone: true，或 specific: 哪些人",
            )


def field_is_the_one_printed(record: Any) -> Iterable[Problem]:
    """原文用别名的，归入对应的试点领域；不属于26个领域的写原文名称。（国办发〔2019〕54号）"""
    meant = PRINTED_AS.get(record.printed_field or "", record.field)
    if record.field != meant or (record.field is None and record.printed_field is None):
        yield record.problem(
            "field" if record.field else "",
            "standard-catalogue/field",
            f"原文的“{record.printed_field}”就是{meant}"
            if meant
            else "没有写试点领域，也没有写原文的领域名称",
            f"改为 field: {meant or FIELDS[0]}",
        )


def specific_people_are_told_themselves(record: Any) -> Iterable[Problem]:
    """只向特定群众公开的事项不放进面向全社会的栏目，名单不上网。（社会救助暂行办法第六十一条；政府信息公开条例第十五条）"""
    for row in record.rows if record.origin == "own" else ():
        if row.specific and not row.everyone and row.columns:
            yield error(
                At(record.path, *row.places["columns"]),
                "standard-catalogue/public-list",
                f"{row.code} 只向特定群众公开，不能列入面向全社会的栏目",
                "删掉 columns；网上只发统计和到社区、村公示的提示",
            )


def matters_have_a_column(record: Any, site: Any) -> Iterable[Problem]:
    """向全社会公开的每一行对应一个有内容的栏目。（国办发〔2019〕54号）"""
    for row in record.rows if record.origin == "own" else ():
        place = At(record.path, *row.places["code"])
        if row.everyone and row.mode == "主动公开" and not row.columns:
            yield warning(
                place,
                "standard-catalogue/no-column",
                f"{row.code} 没有公开栏目",
                "加一行 columns: [栏目编号]",
            )
        for one in row.columns:
            if not site.in_column.get(one):
                yield warning(
                    place,
                    "standard-catalogue/empty-column",
                    f"{row.code} 的栏目 {one} " + ("没有内容" if one in site.columns else "不存在"),
                    "补充内容，或照 _portal/columns.yml 写",
                )


@dataclass(frozen=True, kw_only=True)
class StandardCatalogue(Edition):
    """A catalogue of what is made public in one field (国办发〔2019〕54号: 基层政务公开标准目录)."""

    type: ClassVar[ContentType] = ContentType(
        "standard_catalogue",
        "基层政务公开标准目录",
        "standard-catalogues",
        template="table",
        suffix=".yml",
        body="none",
        rules=(
            *EDITION_RULES,
            field_is_the_one_printed,
            matters_are_whole,
            specific_people_are_told_themselves,
        ),
        site_rules=(*EDITION_SITE_RULES, matters_have_a_column),
    )

    field: str | None = of(Choice("试点领域", *FIELDS), head=10, facet=True, covered=True)
    printed_field: str | None = of(Text("原文的领域名称"), head=11)
    place: str | None = of(Text("编制地方"), head=12, search=2)
    lead_organ: str | None = of(Ref("主管部门", "organ"), head=13, inverse="主管领域的标准目录")
    rows: tuple[Matter, ...] = of(
        Rows("公开事项", Matter, key="code"), required=True, default=(), table=True, search=1
    )
