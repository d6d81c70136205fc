"""第三方评估: what a body that had no hand in a decision found of its effects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, CreditCode, Date, File, Link, Many, Money, Ref, Text
from govportal.kinds.rows import Group, Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before
from govportal.shapes import DECIDED, attached, published_late


@dataclass(frozen=True, kw_only=True)
class Evaluator:
    """The body that evaluated."""

    name: str = of(Text("名称"), required=True)
    credit_code: str | None = of(CreditCode("统一社会信用代码"))
    kind: str = of(
        Choice("类别", "社会中介组织", "专业评估公司", "社情民意调查中心", "高校", "其他"), required=True
    )


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing that was measured."""

    name: str = of(Text("指标"), required=True)
    weight: int | None = of(Count("权重"))
    score: Decimal | None = of(Money("得分", "分"))
    remark: str | None = of(Text("说明", limit=1000))


def evaluator_had_no_hand_in_it(record: Any) -> Iterable[Problem]:
    """决策前承担主要论证、评估工作的单位，不得评估这项决策。（重大行政决策程序暂行条例第三十六条）"""
    if record.evaluator.name in record.appraised_by:
        yield record.problem(
            "evaluator",
            "evaluation/not-independent",
            f"{record.evaluator.name}承担过这项决策的论证、评估",
            "另行委托评估单位；核对 appraised_by",
        )


def evaluator_did_not_ask_the_public(record: Any, site: Any) -> Iterable[Problem]:
    """评估单位承办过这项决策的公众参与、论证的，提醒核对是不是主要论证、评估工作。（重大行政决策程序暂行条例第三十六条）"""
    for other in site.incoming(record.decision, "decision"):
        if record.evaluator.name in getattr(other, "conducted_by", ()):
            yield record.problem(
                "evaluator",
                "evaluation/took-part",
                f"{record.evaluator.name}承办过《{other.title}》",
                "核对；承担主要论证、评估工作的不得评估",
                Severity.WARNING,
            )


def report_is_open(record: Any) -> Iterable[Problem]:
    """评估报告要公开。（实施方案一（五）2）"""
    if record.report is None and record.report_url is None:
        yield record.problem(
            "",
            "evaluation/no-report",
            "没有公开评估报告",
            "加一行 report: 文件名，并列入附件",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class Evaluation(Document):
    """The evaluation of a decision by a third party (重大行政决策程序暂行条例第三十六条; 实施方案一（五）2)."""

    type: ClassVar[ContentType] = ContentType(
        "evaluation",
        "第三方评估",
        "evaluations",
        rules=(
            *COMMON_RULES,
            not_before("evaluated_until", "evaluated_from", "evaluation/ends-before-it-begins"),
            evaluator_had_no_hand_in_it,
            report_is_open,
            attached("evaluation/report-not-attached", "report"),
        ),
        site_rules=(
            evaluator_did_not_ask_the_public,
            published_late("evaluation/published-late", "evaluated_until"),
        ),
    )

    decision: str = of(Ref("评估的决策", *DECIDED), required=True, inverse="第三方评估", station="决策后评估")
    evaluator: Evaluator = of(Group("评估单位", Evaluator), required=True, head=10, wide=True)
    appraised_by: tuple[str, ...] = of(Many(Text("决策前的论证评估单位")), required=True, default=(), head=11)
    method: str = of(Text("评估方法", limit=2000), required=True, head=12)
    evaluated_from: date = of(Date("评估开始"), required=True, head=13, begins=True)
    evaluated_until: date = of(Date("评估结束"), required=True, head=14, ends=True)
    sample_size: int | None = of(Count("样本量"), head=15)
    score: Decimal | None = of(Money("总分", "分"), head=16)
    report: str | None = of(File("评估报告"))
    report_url: str | None = of(Link("评估报告网址"), head=17)
    conclusion: str = of(
        Text("评估结论", limit=8000, lines=True), required=True, section=10, search=2, outcome=True
    )
    suggestions: str | None = of(Text("评估建议", limit=8000, lines=True), section=20, search=1)
    adoption: str | None = of(Text("建议采纳情况", limit=8000, lines=True), section=30)
    indicators: tuple[Indicator, ...] = of(Rows("评估指标", Indicator), default=(), table=True)
