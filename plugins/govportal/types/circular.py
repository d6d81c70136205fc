"""情况通报: which organs did well, what was found wrong and put right, how many were called to account."""

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
    OrganFinding,
    no_personal_data,
    published_late,
    rectification_is_not_overdue,
    rectification_is_said,
)


@dataclass(frozen=True, kw_only=True)
class Praise:
    """An organ that did well, and at what."""

    organ: str = of(Ref("表扬的机构", "organ"), required=True)
    reason: str = of(Text("做法", limit=1000), required=True)


@dataclass(frozen=True, kw_only=True)
class Circular(Document):
    """A circular on how open government is carried out (实施方案三（四）3、结尾: 定期通报、督导检查)."""

    type: ClassVar[ContentType] = ContentType(
        "circular",
        "情况通报",
        "circulars",
        rules=(
            *COMMON_RULES,
            not_before("period_until", "period_from", "circular/ends-before-it-begins"),
            not_before("published_at", "period_until", "circular/published-before-the-end"),
            rectification_is_said("circular/no-rectification", "problems", "实施方案三（四）3"),
            no_personal_data("circular/personal-data", "scope", "praised", "problems", "accountability"),
        ),
        site_rules=(
            rectification_is_not_overdue("circular/overdue", "problems", "实施方案三（四）3"),
            published_late("circular/published-late", "period_until"),
        ),
    )

    kind: str = of(
        Choice("通报类别", "季度通报", "半年通报", "年度通报", "督导通报", "专项通报"),
        required=True,
        head=10,
        facet=True,
    )
    period_from: date = of(Date("通报期间开始"), required=True, head=11)
    period_until: date = of(Date("通报期间结束"), required=True, head=12)
    scope: str = of(Text("通报范围", limit=1000), required=True, head=13, wide=True)
    accountability_count: int = of(Count("责任追究（人次）"), required=True, head=14)
    inspections: tuple[str, ...] = of(
        Many(Ref("依据的督查", "government_inspection")), default=(), inverse="情况通报"
    )
    accountability: str | None = of(Text("责任追究情况", limit=2000, lines=True), section=10)
    praised: tuple[Praise, ...] = of(Rows("表扬", Praise), default=(), table=True, inverse="受到的通报表扬")
    problems: tuple[OrganFinding, ...] = of(
        Rows("问题和整改", OrganFinding), default=(), table=True, search=1, inverse="通报的问题"
    )
