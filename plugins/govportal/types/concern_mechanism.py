"""舆情工作机制: who does what when the public is concerned, by what it is judged, under which five rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import label
from govportal.shapes import Indicator, reviewed_yearly, texts, weights_make_a_hundred

INTERNAL = re.compile(r"内部资料|内部参考|内参|研判报告|舆情专报|不得外传|注意保存")
"""Words that belong to papers of the house; a recommendation, configuration (handbook 16.2)."""


@dataclass(frozen=True, kw_only=True)
class Responsibility:
    """Who does one part of the work."""

    stage: str = of(Choice("环节", "收集", "会商", "预警", "回应", "评估"), required=True)
    organ: str = of(Ref("责任机构", "organ"), required=True)
    duty: str = of(Text("职责", limit=1000), required=True)
    time_limit: str = of(Text("时限"), required=True)


def nothing_of_the_house(record: Any) -> Iterable[Problem]:
    """机制只公布制度、分工和指标概要，不写内部研判材料。（政府信息公开条例第十六条；实施方案二（三）1）"""
    names = {"title", "summary", "principle", "responsibilities", "indicators"}
    for name in (one.name for one in fields(record) if one.name in names):
        if found := INTERNAL.search("\n".join(texts(getattr(record, name)))):
            yield record.problem(
                name,
                "concern-mechanism/internal",
                f"{label(record, name)}里有“{found[0]}”，是内部材料的说法",
                "删掉；只写分工、时限和指标概要",
            )


@dataclass(frozen=True, kw_only=True)
class ConcernMechanism(Document):
    """How public concerns are dealt with (实施方案二（三）1: 分级负责、属地管理; 国办发〔2016〕61号)."""

    type: ClassVar[ContentType] = ContentType(
        "concern_mechanism",
        "舆情工作机制",
        "concern-mechanisms",
        rules=(
            *COMMON_RULES,
            nothing_of_the_house,
            weights_make_a_hundred("concern-mechanism/weights", "indicators", "实施方案二（三）1"),
        ),
        site_rules=(reviewed_yearly("concern-mechanism/review", "实施方案二（三）1"),),
    )

    scope: str = of(Text("适用范围"), required=True, head=10)
    reviewed_on: date = of(Date("最近复核日期"), required=True, head=11)
    systems: tuple[str, ...] = of(
        Many(Ref("工作制度", "working_rule")), required=True, default=(), inverse="舆情工作机制"
    )
    principle: str = of(Text("工作原则", limit=2000, lines=True), required=True, section=10, search=1)
    responsibilities: tuple[Responsibility, ...] = of(
        Rows("责任分工", Responsibility),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="舆情工作分工",
    )
    indicators: tuple[Indicator, ...] = of(
        Rows("量化评估指标", Indicator), required=True, default=(), table=True
    )
