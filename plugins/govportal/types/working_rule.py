"""工作制度: the standing rules that the plan demands, each bound to its measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Ref, Text
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before
from govportal.shapes import LIVELIHOODS

REVIEW_DAYS = 365
"""How often a rule is looked at again; a recommendation, configuration (handbook 16.4)."""
SYSTEMS = {
    "决策公开": "一（一）2",
    "列席": "一（一）3",
    "民意调查": "一（一）4",
    "办事公开": "一（四）2",
    "公共企事业办事公开规范": "一（四）4",
    "公共企事业办事公开监督考核": "一（四）4",
    "政策解读": "二（一）1",
    "建言办理反馈": "二（二）3",
    "舆情收集": "二（三）1",
    "舆情会商": "二（三）1",
    "舆情预警": "二（三）1",
    "舆情回应": "二（三）1",
    "舆情评估": "二（三）1",
    "政府公报": "三甲（一）2",
    "网站内容标准": "三甲（一）1",
    "网站技术规范": "三甲（一）1",
    "主动公开": "三乙（二）1",
    "依申请公开": "三乙（二）1",
    "保密审查": "三乙（二）1",
    "协调发布": "三乙（二）1",
    "考核评议": "三乙（二）1",
    "责任追究": "三乙（二）1",
    "办文办会办事": "三乙（二）1",
    "社会监督员": "三乙（四）2",
    "情况通报": "三乙（四）3",
    "教育培训": "三乙（三）2",
    "绩效考核": "三乙（四）1",
}
"""Every rule that the plan asks for, and the measure that asks (handbook 16)."""


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


def rule_is_reviewed(record: Any, site: Any) -> Iterable[Problem]:
    """制度每年复核一次，超过365日的提醒。（期限为建议，是配置；实施方案三（二）1）"""
    if (site.today - record.reviewed_on).days > REVIEW_DAYS:
        yield record.problem(
            "reviewed_on",
            "working-rule/review",
            f"最近一次复核已过 {(site.today - record.reviewed_on).days} 日，超过 {REVIEW_DAYS} 日",
            "复核以后更新 reviewed_on；不再适用的撤下",
            Severity.WARNING,
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
        site_rules=(rule_is_reviewed,),
    )

    system: str = of(Choice("制度种类", *SYSTEMS), required=True, head=10, facet=True)
    effective_on: date = of(Date("施行日期"), required=True, head=11)
    reviewed_on: date = of(Date("最近复核日期"), required=True, head=12)
    livelihood: str | None = of(Choice("民生领域", *LIVELIHOODS), head=13, facet=True)
    scope: str | None = of(Text("适用范围"), head=14)
    document: str | None = of(Ref("制度文件", "policy"), inverse="配套制度")
