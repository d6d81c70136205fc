"""风险评估: what could go wrong with a decision, how gravely, and what is done against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, File, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import attached, no_personal_data, published_late
from govportal.stations import bars_the_way

LEVELS = ("低风险", "中风险", "高风险")
"""The three levels, mildest first; customary, the regulation knows only 可控 and 不可控."""
UNCONTROLLED = "风险不可控"


@dataclass(frozen=True, kw_only=True)
class Risk:
    """One thing that could go wrong."""

    kind: str = of(
        Choice("风险类别", "社会稳定", "公共安全", "生态环境", "财政经济", "舆情", "其他"), required=True
    )
    point: str = of(Text("风险点", limit=1000), required=True)
    level: str = of(Choice("风险等级", *LEVELS), required=True)
    prevention: str = of(Text("防范和化解措施", limit=2000), required=True)


def whole_is_no_milder_than_its_parts(record: Any) -> Iterable[Problem]:
    """总体等级不得低于任何一个风险点的等级，除非结论是采取措施以后可控。（重大行政决策程序暂行条例第二十四条）"""
    worst = max((one.level for one in record.risks), key=LEVELS.index)
    if record.conclusion == "风险可控" and LEVELS.index(record.level) < LEVELS.index(worst):
        yield record.problem(
            "level",
            "risk-assessment/too-mild",
            f"总体是{record.level}，而有风险点是{worst}",
            f"改为 level: {worst}；采取措施以后降低的，写 conclusion: 采取措施后可控",
        )


@dataclass(frozen=True, kw_only=True)
class RiskAssessment(Document):
    """The assessment of the risks of a decision (重大行政决策程序暂行条例第二十二条至第二十四条; 实施方案一（一）2)."""

    type: ClassVar[ContentType] = ContentType(
        "risk_assessment",
        "风险评估",
        "risk-assessments",
        rules=(
            *COMMON_RULES,
            not_before("assessed_until", "assessed_from", "risk-assessment/ends-before-it-begins"),
            not_before("published_at", "assessed_until", "risk-assessment/published-before-the-end"),
            whole_is_no_milder_than_its_parts,
            attached("risk-assessment/report-not-attached", "report"),
            no_personal_data("risk-assessment/personal-data", "risks", "opinions"),
        ),
        site_rules=(
            published_late("risk-assessment/published-late", "assessed_until"),
            bars_the_way(
                "risk-assessment/uncontrolled",
                "风险评估",
                "集体讨论",
                UNCONTROLLED,
                "重大行政决策程序暂行条例第二十四条",
            ),
        ),
    )

    decision: str = of(Ref("评估的决策", "decision"), required=True, inverse="风险评估", station="风险评估")
    level: str = of(Choice("总体风险等级", *LEVELS), required=True, head=10, facet=True, outcome=True)
    conclusion: str = of(
        Choice("评估结论", "风险可控", "采取措施后可控", UNCONTROLLED),
        required=True,
        head=11,
        facet=True,
        outcome=True,
    )
    assessed_from: date = of(Date("评估开始"), required=True, head=12, begins=True)
    assessed_until: date = of(Date("评估结束"), required=True, head=13, ends=True)
    conducted_by: tuple[str, ...] = of(
        Many(Text("承担评估的单位")), required=True, default=(), head=14, wide=True
    )
    methods: tuple[str, ...] = of(
        Many(Choice("评估方式", "舆情跟踪", "重点走访", "会商分析", "抽样调查", "实地踏勘", "定量分析")),
        required=True,
        default=(),
        head=15,
        wide=True,
    )
    report: str | None = of(File("评估报告"))
    opinions: str | None = of(Text("评估意见", limit=8000, lines=True), section=10, search=1)
    risks: tuple[Risk, ...] = of(
        Rows("风险点和防范措施", Risk), required=True, default=(), table=True, search=1
    )
