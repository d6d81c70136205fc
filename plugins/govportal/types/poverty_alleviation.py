"""扶贫与乡村振兴: the plan's ten topics in papers and numbers, projects with their ten elements, publicity before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Many, Money, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label, needs
from govportal.shapes import Figure, no_persons

TOPICS = (
    "扶贫政策",
    "帮贫成效",
    "贫困退出",
    "扶贫资金",
    "项目安排",
    "年度减贫责任书",
    "建档立卡贫困人口脱贫计划",
    "行业帮扶方案",
    "精准扶贫措施",
    "重点扶贫工作落实情况",
)
"""The ten topics that the plan names (实施方案一（五）4)."""
PUBLICITY_DAYS = 10
"""How long a publicity of funds and projects lasts; from memory, configuration (handbook 5.7)."""
PAIR_DAYS = 365
"""By when the publicity after is looked for once the one before has begun; configuration."""


@dataclass(frozen=True, kw_only=True)
class AidProject:
    """A project with its ten elements (实施方案一（五）4: 财政专项扶贫资金项目公告公示制度)."""

    name: str = of(Text("项目名称"), required=True, headline=True)
    place: str = of(Text("实施地点"), required=True)
    work: str = of(Text("建设任务"), required=True)
    standard: str = of(Text("补助标准"), required=True)
    funds: str = of(Text("资金来源及规模"), required=True)
    amount: Decimal = of(Money("资金规模", "万元"), required=True)
    period: str = of(Text("实施期限"), required=True)
    spending: str = of(Text("资金使用情况"), required=True)
    outcome: str = of(Text("实施结果"), required=True)
    responsible: str = of(Text("实施单位及责任人（岗位）"), required=True)
    benefit: str = of(Text("带贫减贫机制"), required=True)


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """To whom how much was given: units and places, never people."""

    receiver: str = of(Text("使用单位或项目"), required=True, headline=True)
    use: str = of(Text("用途"), required=True)
    amount: Decimal = of(Money("分配金额", "万元"), required=True)


def funds_add_up(record: Any) -> Iterable[Problem]:
    """资金分配结果之和、项目资金之和等于资金总额。（实施方案一（五）4）"""
    for name in ("allocations", "projects"):
        rows = getattr(record, name)
        total = sum((row.amount for row in rows), Decimal(0))
        if rows and record.funds is not None and total != record.funds:
            yield record.problem(
                "funds",
                "poverty-alleviation/sum",
                f"资金总额是 {record.funds}万元，{label(record, name)}之和是 {total}万元",
                "核对各项，单位是万元",
            )


def publicity_lasts(record: Any) -> Iterable[Problem]:
    """公示期不少于10日。（天数未核实，是配置；实施方案一（五）4）"""
    if record.publicity and record.publicity_until:
        days = (record.publicity_until - (first_day(record.published_at) or record.publicity_until)).days
        if days < PUBLICITY_DAYS:
            yield record.problem(
                "publicity_until",
                "poverty-alleviation/short",
                f"公示只有 {days} 日，不足 {PUBLICITY_DAYS} 日",
                "延长公示",
                Severity.WARNING,
            )


def publicity_comes_in_pairs(record: Any, site: Any) -> Iterable[Problem]:
    """资金和项目安排前公示、实施后公示成对，实施后的写明对应哪一次安排前公示。（实施方案一（五）4；时间是配置）"""
    if record.publicity == "实施后公示":
        before = site.record(record.publicity_before) if record.publicity_before else None
        if before is None or before.publicity != "安排前公示":
            yield record.problem(
                "publicity",
                "poverty-alleviation/no-before",
                "实施后公示没有对应的安排前公示",
                "加一行 publicity_before: 那一次公示的 id",
                Severity.WARNING,
            )
    elif record.publicity == "安排前公示" and not site.incoming(record.id, "publicity_before"):
        waited = (site.today - (first_day(record.published_at) or site.today)).days
        if waited > PAIR_DAYS:
            yield record.problem(
                "publicity",
                "poverty-alleviation/no-after",
                f"安排前公示已过 {waited} 日，还没有实施后公示",
                "实施完成后公示资金使用和实施结果",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class PovertyAlleviation(Document):
    """Papers, funds, projects and numbers of the alleviation of poverty; no person (实施方案一（五）4; 个人信息保护法第二十八条)."""

    type: ClassVar[ContentType] = ContentType(
        "poverty_alleviation",
        "扶贫与乡村振兴",
        "poverty-alleviation",
        template="table",
        body="none",
        rules=(
            *COMMON_RULES,
            needs(
                "poverty-alleviation/arrangement-needs",
                lambda record: record.topic == "项目安排",
                "项目安排",
                "projects",
                "funds",
            ),
            needs(
                "poverty-alleviation/funds-need",
                lambda record: record.topic == "扶贫资金",
                "扶贫资金",
                "allocations",
                "funds",
            ),
            needs(
                "poverty-alleviation/publicity-needs",
                lambda record: record.publicity is not None,
                "公示",
                "publicity_until",
            ),
            funds_add_up,
            publicity_lasts,
            no_persons(
                "poverty-alleviation/personal-data",
                "title",
                "summary",
                "content",
                "supervision",
                "figures",
                "projects",
                "allocations",
            ),
        ),
        site_rules=(publicity_comes_in_pairs,),
    )

    topic: str = of(Choice("主题", *TOPICS), required=True, head=10, facet=True, covered=True)
    year: str = of(Text("所属年度", limit=20), required=True, head=11)
    funds: Decimal | None = of(Money("资金总额", "万元"), head=12)
    publicity: str | None = of(Choice("公示", "安排前公示", "实施后公示"), head=13, facet=True)
    publicity_until: date | None = of(Date("公示截止"), head=14)
    supervision: str = of(Text("监督渠道"), required=True, head=20, wide=True)
    publicity_before: str | None = of(Ref("对应的安排前公示", "poverty_alleviation"), inverse="实施后公示")
    policies: tuple[str, ...] = of(Many(Ref("政策文件", "policy")), default=(), inverse="扶贫与乡村振兴信息")
    budget: str | None = of(Ref("资金列入的预算", "fiscal_report"), inverse="扶贫与乡村振兴资金")
    content: str = of(Text("主要内容", limit=8000, lines=True), required=True, section=10, search=1)
    figures: tuple[Figure, ...] = of(Rows("统计", Figure), default=(), table=True, search=1)
    allocations: tuple[Allocation, ...] = of(
        Rows("资金分配结果", Allocation), default=(), table=True, search=1
    )
    projects: tuple[AidProject, ...] = of(Rows("项目", AidProject), default=(), table=True, search=1)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        until = self.publicity_until
        return super().badges(site) + ([("公示中", "open")] if until and until >= site.today else [])
