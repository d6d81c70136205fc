"""政府督查: what an inspection found, how it was put right, and who answered for it, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.rules import not_before
from govportal.shapes import (
    DECIDED,
    OrganFinding,
    no_personal_data,
    published_late,
    rectification_is_not_overdue,
    rectification_is_said,
)


@dataclass(frozen=True, kw_only=True)
class Accountability:
    """How many were called to account for what; the number only, never the persons."""

    kind: str = of(Choice("情形", "不作为", "慢作为", "乱作为"), required=True)
    measure: str = of(Text("处理方式"), required=True)
    count: int = of(Count("人次"), required=True)


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
            rectification_is_said("inspection/no-rectification", "findings", "实施方案一（二）2"),
            no_personal_data("inspection/personal-data", "topic", "summary", "findings", "accountability"),
        ),
        site_rules=(
            rectification_is_not_overdue("inspection/overdue", "findings", "政府督查工作条例"),
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
    findings: tuple[OrganFinding, ...] = of(
        Rows("突出问题和整改落实", OrganFinding),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="督查发现的问题",
    )
    accountability: tuple[Accountability, ...] = of(Rows("问责情况", Accountability), default=(), table=True)
