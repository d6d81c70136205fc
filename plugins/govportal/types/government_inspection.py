"""政府督查: what an inspection found, how it was put right, and who answered for it, without names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before
from govportal.shapes import DECIDED, no_personal_data, published_late


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem found, and what became of it."""

    problem: str = of(Text("突出问题", limit=2000), required=True)
    organ: str | None = of(Ref("责任机构", "organ"))
    rectification: str | None = of(Text("整改措施", limit=2000))
    due: date | None = of(Date("整改期限"))
    status: str = of(Choice("整改状态", "整改中", "已整改", "长期坚持"), required=True)


@dataclass(frozen=True, kw_only=True)
class Accountability:
    """How many were called to account for what; the number only, never the persons."""

    kind: str = of(Choice("情形", "不作为", "慢作为", "乱作为"), required=True)
    measure: str = of(Text("处理方式"), required=True)
    count: int = of(Count("人次"), required=True)


def rectification_is_said(record: Any) -> Iterable[Problem]:
    """整改状态不是“整改中”的，写整改措施。（实施方案一（二）2）"""
    for place, one in enumerate(record.findings, 1):
        if one.status != "整改中" and one.rectification is None:
            yield record.problem(
                "findings",
                "inspection/no-rectification",
                f"第 {place} 项问题是“{one.status}”，没有写整改措施",
                "在这一项加 rectification: ……",
            )


def rectification_is_not_overdue(record: Any, site: Any) -> Iterable[Problem]:
    """整改期限已过的，写明是否整改完毕；没有的提醒。（政府督查工作条例）"""
    for place, one in enumerate(record.findings, 1):
        if one.status == "整改中" and one.due and one.due < site.today:
            yield record.problem(
                "findings",
                "inspection/overdue",
                f"第 {place} 项问题的整改期限 {one.due} 已过，还是“整改中”",
                "更新整改状态 status 和整改措施 rectification",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class GovernmentInspection(Document):
    """The outcome of a government inspection (政府督查工作条例; 实施方案一（二）2)."""

    type: ClassVar[ContentType] = ContentType(
        "government_inspection",
        "政府督查",
        "government-inspections",
        rules=(
            *COMMON_RULES,
            not_before("inspected_until", "inspected_from", "inspection/ends-before-it-begins"),
            not_before("published_at", "inspected_until", "inspection/published-before-the-end"),
            rectification_is_said,
            no_personal_data("inspection/personal-data", "topic", "summary", "findings", "accountability"),
        ),
        site_rules=(
            rectification_is_not_overdue,
            published_late("inspection/published-late", "inspected_until"),
        ),
    )

    topic: str = of(Text("督查主题"), required=True, head=10, search=4)
    inspected_from: date = of(Date("督查开始"), required=True, head=11, begins=True)
    inspected_until: date = of(Date("督查结束"), required=True, head=12, ends=True)
    inspected_organs: tuple[str, ...] = of(
        Many(Ref("督查对象", "organ")), required=True, default=(), head=13, inverse="接受的督查"
    )
    tasks: tuple[str, ...] = of(Many(Ref("督查的任务", "task")), default=(), inverse="督查情况")
    decision: str | None = of(Ref("督查的决策", *DECIDED), inverse="督查情况", station="政府督查")
    findings: tuple[Finding, ...] = of(
        Rows("突出问题和整改落实", Finding),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="督查发现的问题",
    )
    accountability: tuple[Accountability, ...] = of(Rows("问责情况", Accountability), default=(), table=True)
