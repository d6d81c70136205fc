"""公共资源配置: one step of a tender, purchase, land sale or housing allocation, in summary, with the official original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Link, Moment, Money, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, columns_by_name, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label, not_before
from govportal.shapes import PUBLISH_WORKDAYS, no_persons

CATEGORIES = (
    "住房保障",
    "国有土地使用权出让",
    "矿业权出让",
    "政府采购",
    "国有产权交易",
    "工程建设项目招标投标",
)
"""The six categories of 国办发〔2017〕97号, from memory (handbook 5.4): configuration."""


@dataclass(frozen=True)
class Step:
    """What one kind of notice must have: where it belongs, its fields, and its limits in days, working or natural."""

    category: str
    needed: tuple[str, ...] = ()
    publish: int = PUBLISH_WORKDAYS
    open_for: int = 0
    working: bool = True
    ground: str = "政府信息公开条例第二十六条"


TENDER, PURCHASE, LAND, HOUSING = "工程建设项目招标投标", "政府采购", "国有土地使用权出让", "住房保障"
STEPS = {
    "招标事项审批核准": Step(TENDER, ("requirements", "amount")),
    "资格预审公告": Step(TENDER, ("requirements", "qualification", "how_to_take_part", "deadline", "buyer")),
    "招标公告": Step(TENDER, ("requirements", "qualification", "how_to_take_part", "deadline", "buyer")),
    "中标候选人公示": Step(
        TENDER, ("winner",), publish=3, open_for=3, working=False, ground="招标投标法实施条例第五十四条"
    ),
    "中标结果公告": Step(TENDER, ("winner", "amount")),
    "采购公告": Step(
        PURCHASE,
        ("buyer", "amount", "requirements", "qualification", "how_to_take_part", "deadline"),
        open_for=5,
        ground="政府采购货物和服务招标投标管理办法第十六条",
    ),
    "单一来源公示": Step(
        PURCHASE, ("winner", "requirements"), open_for=5, ground="政府采购法实施条例第三十八条"
    ),
    "采购结果公告": Step(
        PURCHASE, ("buyer", "winner", "amount", "lots"), publish=2, ground="政府采购法实施条例第四十三条"
    ),
    "采购合同公告": Step(
        PURCHASE, ("buyer", "winner", "amount"), publish=2, ground="政府采购法实施条例第五十条"
    ),
    "履约验收公告": Step(PURCHASE, ("winner", "result"), ground="政府采购法实施条例第四十五条"),
    "土地供应计划": Step(LAND, ("requirements",)),
    "土地出让公告": Step(LAND, ("requirements", "how_to_take_part", "deadline")),
    "土地成交公示": Step(LAND, ("winner", "amount")),
    "土地供应结果": Step(LAND, ("result",)),
    "住房保障建设计划": Step(HOUSING, ("requirements",)),
    "住房保障项目进展": Step(HOUSING, ("result",)),
    "保障性住房房源": Step(HOUSING, ("requirements",)),
    "保障性住房分配": Step(HOUSING, ("result",)),
    "保障性住房退出": Step(HOUSING, ("result",)),
    "矿业权出让公告": Step("矿业权出让", ("requirements", "deadline")),
    "矿业权出让结果": Step("矿业权出让", ("winner", "amount")),
    "产权转让公告": Step("国有产权交易", ("requirements", "deadline")),
    "产权交易结果": Step("国有产权交易", ("winner", "amount")),
}
"""What is published at every step (handbook 5.4; elements beyond the quoted articles are from catalogues: configuration)."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """One thing that is bought."""

    name: str = of(Text("标的名称"), required=True, headline=True)
    specification: str | None = of(Text("规格"))
    quantity: str = of(Text("数量"), required=True)
    unit_price: Decimal | None = of(Money("单价", "元"))
    amount: Decimal = of(Money("标的金额", "万元"), required=True)


def step_has_its_elements(record: Any) -> Iterable[Problem]:
    """每个环节写全规定的要素，环节属于所写的类别。（国办发〔2017〕97号；招标投标法实施条例、政府采购法实施条例）"""
    step = STEPS[record.step]
    if record.category != step.category:
        yield record.problem(
            "step",
            "public-resource/category",
            f"“{record.step}”属于{step.category}，这里写的类别是{record.category}",
            f"改 category: {step.category}，或改环节",
        )
    for name in step.needed:
        if getattr(record, name) in (None, ()) and name not in record.gaps:
            yield record.problem(
                "step",
                "public-resource/element",
                f"{record.step}没有写{label(record, name)}（{name}）",
                f"加一行 {name}: {columns_by_name(type(record))[name].kind.example()}",
            )


def lots_add_up(record: Any) -> Iterable[Problem]:
    """标的金额之和等于成交金额。（政府采购法实施条例第四十三条）"""
    total = sum((lot.amount for lot in record.lots), Decimal(0))
    if record.lots and record.amount is not None and total != record.amount:
        yield record.problem(
            "amount",
            "public-resource/sum",
            f"金额是 {record.amount}万元，标的之和是 {total}万元",
            "核对各标的",
        )


def published_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """各环节在规定时间内公布，公示期、公告期不少于规定的日数。（招标投标法实施条例第五十四条；政府采购法实施条例第三十八条、第四十三条、第五十条）"""
    step = STEPS[record.step]
    unit = "个工作日" if step.working else "日"

    def length(begin: date, end: date) -> Any:
        return site.calendar.workdays_between(begin, end) if step.working else (end - begin).days

    took = length(record.made_on, first_day(record.published_at) or record.made_on)
    if isinstance(took, int) and took > step.publish:
        yield record.problem(
            "published_at",
            "public-resource/late",
            f"{record.made_on} 形成，{took} {unit}才公布，超过 {step.publish} {unit}（{step.ground}）",
            "历史事实不改；列入超时清单",
            Severity.WARNING,
        )
    if step.open_for and record.open_until is None:
        yield record.problem(
            "step",
            "public-resource/no-period",
            f"{record.step}没有写公示或公告截止日期",
            f"加一行 open_until，不少于 {step.open_for} {unit}（{step.ground}）",
            Severity.WARNING,
        )
    elif step.open_for and record.open_until:
        days = length(first_day(record.published_at) or record.made_on, record.open_until)
        if isinstance(days, int) and days < step.open_for:
            yield record.problem(
                "open_until",
                "public-resource/short",
                f"{record.step}只有 {days} {unit}，不足 {step.open_for} {unit}（{step.ground}）",
                "延长公示或公告",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class PublicResource(Document):
    """A notice of the allocation of public resources, a summary of the official original (国办发〔2017〕97号; 实施方案一（五）3)."""

    type: ClassVar[ContentType] = ContentType(
        "public_resource",
        "公共资源配置",
        "public-resources",
        rules=(
            *COMMON_RULES,
            step_has_its_elements,
            lots_add_up,
            not_before("published_at", "made_on", "public-resource/published-before-made"),
            no_persons(
                "public-resource/personal-data",
                "requirements",
                "qualification",
                "how_to_take_part",
                "result",
                "lots",
            ),
        ),
        site_rules=(published_in_time,),
    )

    category: str = of(Choice("类别", *CATEGORIES), required=True, head=10, facet=True, covered=True)
    step: str = of(Choice("环节", *STEPS), required=True, head=11, facet=True)
    project_number: str = of(Text("项目编号"), required=True, head=12, search=4)
    made_on: date = of(Date("形成日期"), required=True, head=13)
    open_until: date | None = of(Date("公示或公告截止"), head=14)
    deadline: str | None = of(Moment("递交截止"), head=15)
    buyer: str | None = of(Text("招标、采购或出让人"), head=16, search=2)
    agency: str | None = of(Text("代理机构"), head=17)
    winner: str | None = of(Text("候选人、中标人或供应商"), head=18, search=2)
    amount: Decimal | None = of(Money("金额", "万元"), head=19)
    official_url: str = of(Link("法定媒体原文"), required=True, head=70)
    project: str | None = of(Ref("建设项目", "major_project"), inverse="公共资源交易")
    step_before: str | None = of(Ref("上一环节", "public_resource"), inverse="下一环节")
    requirements: str | None = of(Text("内容和需求", limit=4000, lines=True), section=10, search=1)
    qualification: str | None = of(Text("资格要求", limit=4000, lines=True), section=20)
    how_to_take_part: str | None = of(Text("获取文件和参加办法", limit=4000, lines=True), section=30)
    result: str | None = of(Text("结果", limit=4000, lines=True), section=40, search=1)
    lots: tuple[Lot, ...] = of(Rows("标的", Lot), default=(), table=True)

    @property
    def number(self) -> str:
        return self.project_number

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        until = self.open_until
        return super().badges(site) + ([("公示中", "open")] if until and until >= site.today else [])
