"""专家论证: what experts, by their field and title, said of a decision before it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, File, Flag, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import attached, no_personal_data, published_late


@dataclass(frozen=True, kw_only=True)
class Expert:
    """An expert by field and title; a name only with consent (重大行政决策程序暂行条例第二十条)."""

    field: str = of(Text("专业领域"), required=True)
    title: str = of(Text("职称或职务"), required=True)
    name: str | None = of(Text("姓名"))
    consented: bool = of(Flag("同意公开姓名"), default=None)
    independent: bool = of(Flag("与决策事项无直接利害关系"), required=True)


def experts_are_independent(record: Any) -> Iterable[Problem]:
    """专家与决策事项不得有直接利害关系；写姓名的要本人同意。（重大行政决策程序暂行条例第二十条；个人信息保护法第十三条）"""
    for place, one in enumerate(record.experts, 1):
        if not one.independent:
            yield record.problem(
                "experts",
                "expert-appraisal/not-independent",
                f"第 {place} 位专家与决策事项有直接利害关系",
                "另选专家；核对 independent",
            )
        if one.name and not one.consented:
            yield record.problem(
                "experts",
                "expert-appraisal/name-without-consent",
                f"第 {place} 位专家写了姓名，没有写明本人同意公开",
                "删掉 name，只写专业领域和职称；本人同意的写 consented: true",
            )


@dataclass(frozen=True, kw_only=True)
class ExpertAppraisal(Document):
    """The appraisal of a decision by experts (重大行政决策程序暂行条例第十九条至第二十一条; 实施方案一（一）2)."""

    type: ClassVar[ContentType] = ContentType(
        "expert_appraisal",
        "专家论证",
        "expert-appraisals",
        rules=(
            *COMMON_RULES,
            not_before("held_until", "held_from", "expert-appraisal/ends-before-it-begins"),
            not_before("published_at", "held_from", "expert-appraisal/published-before-it"),
            experts_are_independent,
            attached("expert-appraisal/report-not-attached", "report"),
            no_personal_data("expert-appraisal/personal-data", "experts", "opinions", "adoption"),
        ),
        site_rules=(published_late("expert-appraisal/published-late", "held_until"),),
    )

    decision: str = of(Ref("论证的决策", "decision"), required=True, inverse="专家论证", station="专家论证")
    form: str = of(
        Choice("论证形式", "论证会", "书面咨询", "委托咨询论证"), required=True, head=10, facet=True
    )
    held_from: date = of(Date("论证开始"), required=True, head=11, begins=True)
    held_until: date | None = of(Date("论证结束"), head=12, ends=True)
    conducted_by: tuple[str, ...] = of(Many(Text("承担论证的单位")), default=(), head=13)
    topics: tuple[str, ...] = of(
        Many(Choice("论证内容", "必要性", "可行性", "科学性", "合理性", "经济社会影响")),
        required=True,
        default=(),
        head=14,
    )
    conclusion: str = of(
        Choice("论证结论", "可行", "修改后可行", "不可行"), required=True, head=15, facet=True, outcome=True
    )
    report: str | None = of(File("论证报告"))
    opinions: str = of(Text("论证意见", limit=8000, lines=True), required=True, section=10, search=1)
    adoption: str = of(Text("意见采纳情况", limit=8000, lines=True), required=True, section=20, search=1)
    experts: tuple[Expert, ...] = of(Rows("参加论证的专家", Expert), required=True, default=(), table=True)
