"""行政执法公示: what an organ that enforces the law says of it, in six elements and under three systems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Many, Money, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import no_personal_data

ANNUAL_DUE = (1, 31)
"""Month and day by which the figures of the year before are published (国办发〔2018〕118号)."""


@dataclass(frozen=True, kw_only=True)
class Personnel:
    """How many people enforce the law in a post; never who they are."""

    post: str = of(Text("执法岗位"), required=True)
    count: int = of(Count("人数"), required=True)
    scope: str | None = of(Text("执法区域或领域"))


@dataclass(frozen=True, kw_only=True)
class Year:
    """What was done in a year."""

    year: int = of(Count("年度"), required=True)
    licences: int = of(Count("行政许可（件）"), required=True)
    penalties: int = of(Count("行政处罚（件）"), required=True)
    coercions: int = of(Count("行政强制（件）"), required=True)
    inspections: int = of(Count("行政检查（次）"), required=True)
    fines: Decimal = of(Money("罚没金额", "万元", decimals=6), required=True)
    reviews: int | None = of(Count("被申请复议、被提起诉讼（件）"))
    published_on: date = of(Date("公开日期"), required=True)


def remedies_name_the_ways(record: Any) -> Iterable[Problem]:
    """救济途径写明行政复议和行政诉讼。（行政处罚法第三十九条）"""
    for word in ("复议", "诉讼"):
        if word not in record.remedies:
            yield record.problem(
                "remedies",
                "enforcement/remedy",
                f"救济途径没有写{word}",
                "写明向谁申请、期限多长",
                Severity.WARNING,
            )


def annual_figures_are_published(record: Any, site: Any) -> Iterable[Problem]:
    """上年度行政执法总体情况在每年1月31日前公开，没有的、迟的提醒。（国办发〔2018〕118号）"""
    due = date(site.today.year, *ANNUAL_DUE)
    if site.today > due and site.today.year - 1 not in {one.year for one in record.years}:
        yield record.problem(
            "years",
            "enforcement/no-annual-figures",
            f"没有{site.today.year - 1}年度行政执法总体情况，应当在 {due} 前公开",
            "在 years 里加一项",
            Severity.WARNING,
        )
    for one in record.years:
        if one.published_on > date(one.year + 1, *ANNUAL_DUE):
            yield record.problem(
                "years",
                "enforcement/annual-figures-late",
                f"{one.year}年度的数据到 {one.published_on} 才公开",
                "历史事实不改；列入超时清单",
                Severity.WARNING,
            )


def one_page_an_organ(record: Any, site: Any) -> Iterable[Problem]:
    """一个执法部门一份行政执法公示。（实施方案一（三）2）"""
    for other in site.of_type("enforcement_disclosure"):
        if other.authority == record.authority and other.id < record.id:
            yield record.problem(
                "authority", "enforcement/second-page", f"{other.path} 也是这个部门的", "合成一份"
            )


@dataclass(frozen=True, kw_only=True)
class EnforcementDisclosure(Document):
    """The six elements of 实施方案一（三）2, and how the three systems of 国办发〔2018〕118号 are kept (公示、全过程记录、法制审核)."""

    type: ClassVar[ContentType] = ContentType(
        "enforcement_disclosure",
        "行政执法公示",
        "enforcement-disclosures",
        rules=(
            *COMMON_RULES,
            remedies_name_the_ways,
            no_personal_data("enforcement/personal-data", "duties", "results", "remedies", "personnel"),
        ),
        site_rules=(annual_figures_are_published, one_page_an_organ),
    )

    authority: str = of(Ref("执法部门", "organ"), required=True, head=10, inverse="行政执法公示")
    standing: str = of(
        Choice("执法主体类别", "行政机关", "法律法规授权的组织", "受委托的组织"),
        required=True,
        head=11,
        facet=True,
    )
    supervise_phone: str = of(Phone("监督举报电话"), required=True, head=12)
    duties: str = of(Text("职责权限", limit=8000, lines=True), required=True, section=10, search=1)
    basis: str = of(Text("执法依据", limit=8000, lines=True), required=True, section=20, search=1)
    discretion: str = of(Text("裁量基准", limit=4000, lines=True), required=True, section=30)
    procedure: str = of(Text("执法流程", limit=8000, lines=True), required=True, section=40)
    results: str = of(Text("执法结果", limit=4000, lines=True), required=True, section=50)
    remedies: str = of(Text("救济途径", limit=4000, lines=True), required=True, section=60)
    identification: str | None = of(Text("事中公示（亮证和告知）", limit=2000, lines=True), section=70)
    recording: str | None = of(Text("执法全过程记录", limit=4000, lines=True), section=80)
    legal_review: str | None = of(Text("重大执法决定法制审核", limit=4000, lines=True), section=90)
    powers: tuple[str, ...] = of(Many(Ref("权责清单", "power_list")), default=(), inverse="执法公示")
    standards: tuple[str, ...] = of(
        Many(Ref("公布的裁量基准", "discretion_standard")), default=(), inverse="执法公示"
    )
    inspections: tuple[str, ...] = of(
        Many(Ref("随机抽查", "random_inspection")), default=(), inverse="执法公示"
    )
    guides: tuple[str, ...] = of(Many(Ref("服务指南", "service_guide")), default=(), inverse="执法公示")
    personnel: tuple[Personnel, ...] = of(Rows("执法人员", Personnel), default=(), table=True)
    years: tuple[Year, ...] = of(Rows("年度执法总体情况", Year), default=(), table=True)
