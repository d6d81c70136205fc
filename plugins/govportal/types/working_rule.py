"""工作制度: the standing rules that the plan demands, each bound to its measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Ref, Text
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import LIVELIHOODS, SYSTEMS, reviewed_yearly


def rule_serves_its_measure(record: Any) -> Iterable[Problem]:
    """每种制度列出要求它的措施。（实施方案各条）"""
    measure = SYSTEMS[record.system]
    if measure not in record.measures:
        yield record.problem(
            "system",
            "working-rule/measure",
            f"“{record.system}”制度落实的是措施 {measure}，measures 里没有写",
            f"在 measures 里加一项 {measure}",
        )


@dataclass(frozen=True, kw_only=True)
class WorkingRule(Document):
    """A standing rule of the office, its text in the body (实施方案三（二）1: 配套制度)."""

    type: ClassVar[ContentType] = ContentType(
        "working_rule",
        "工作制度",
        "working-rules",
        body="required",
        rules=(
            *COMMON_RULES,
            rule_serves_its_measure,
            not_before("reviewed_on", "effective_on", "working-rule/reviewed-before-effective"),
        ),
        site_rules=(reviewed_yearly("working-rule/review", "实施方案三（二）1"),),
    )

    system: str = of(Choice("制度种类", *SYSTEMS), required=True, head=10, facet=True)
    effective_on: date = of(Date("施行日期"), required=True, head=11)
    reviewed_on: date = of(Date("最近复核日期"), required=True, head=12)
    livelihood: str | None = of(Choice("民生领域", *LIVELIHOODS), head=13, facet=True)
    scope: str | None = of(Text("适用范围"), head=14)
    document: str | None = of(Ref("制度文件", "policy"), inverse="配套制度")
