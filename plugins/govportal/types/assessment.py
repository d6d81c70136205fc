"""绩效考核: by what open government is judged in a year, and how each organ did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Count, Money, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import Indicator, Yearly, every_organ_has_a_row, weights_make_a_hundred

LEAST_SHARE = 4
"""The least weight of open government in the whole appraisal, in percent; from memory, configuration (handbook 16.4; 国办发〔2016〕80号)."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one organ did."""

    organ: str = of(Ref("机构", "organ"), required=True)
    score: Decimal = of(Money("得分", "分"), required=True)
    grade: str = of(Choice("等次", "优秀", "良好", "合格", "不合格"), required=True)
    remark: str | None = of(Text("说明", limit=1000))


def counts_enough(record: Any) -> Iterable[Problem]:
    """政务公开在绩效考核中的权重不低于4%，低的提醒。（数值为记忆，是配置；实施方案三（四）1）"""
    if record.share < LEAST_SHARE:
        yield record.problem(
            "share",
            "assessment/share",
            f"政务公开只占绩效考核的 {record.share}%，低于 {LEAST_SHARE}%",
            "核对考核办法",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class Assessment(Yearly):
    """The appraisal of open government for a year (实施方案三（四）1: 纳入绩效考核体系)."""

    type: ClassVar[ContentType] = ContentType(
        "assessment",
        "绩效考核",
        "assessments",
        rules=(
            *COMMON_RULES,
            counts_enough,
            weights_make_a_hundred("assessment/weights", "indicators", "实施方案三（四）1"),
        ),
        site_rules=(
            every_organ_has_a_row("assessment/organ-missing", "results", "organ", "实施方案三（四）1"),
        ),
    )

    share: int = of(Count("在绩效考核中的权重（%）"), required=True, head=11)
    system: str | None = of(Ref("考核办法", "working_rule"), inverse="绩效考核")
    evaluation: str | None = of(Ref("第三方评估", "evaluation"), inverse="用于绩效考核")
    method: str = of(Text("考核方法", limit=4000, lines=True), required=True, section=10, search=1)
    indicators: tuple[Indicator, ...] = of(
        Rows("考核指标", Indicator), required=True, default=(), table=True, search=1
    )
    results: tuple[Result, ...] = of(Rows("考核结果", Result), default=(), table=True, inverse="绩效考核结果")
