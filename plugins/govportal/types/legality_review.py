"""合法性审查: whether a decision is within the law, examined before it is discussed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Many, Ref, Text
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import published_late
from govportal.stations import bars_the_way, stations_are_in_order

WORKDAYS = 7
"""Working days that the review is commonly given (重大行政决策程序暂行条例第二十六条: 一般不少于7个工作日)."""
UNLAWFUL = "不合法"


def review_has_time(record: Any, site: Any) -> Iterable[Problem]:
    """合法性审查一般不少于7个工作日，缩短的要写理由。（重大行政决策程序暂行条例第二十六条）"""
    took = site.calendar.workdays_between(record.submitted_on, record.reviewed_on)
    if isinstance(took, int) and 0 <= took < WORKDAYS and not record.short_reason:
        yield record.problem(
            "reviewed_on",
            "legality-review/too-short",
            f"送审以后 {took} 个工作日办结，不足 {WORKDAYS} 个工作日",
            "核对两个日期；确实缩短的写 short_reason: 理由",
        )


@dataclass(frozen=True, kw_only=True)
class LegalityReview(Document):
    """The review of the legality of a decision (重大行政决策程序暂行条例第二十五条至第二十八条; 实施方案一（一）2)."""

    type: ClassVar[ContentType] = ContentType(
        "legality_review",
        "合法性审查",
        "legality-reviews",
        rules=(
            *COMMON_RULES,
            not_before("reviewed_on", "submitted_on", "legality-review/done-before-it-was-asked"),
            not_before("published_at", "reviewed_on", "legality-review/published-before-it"),
        ),
        site_rules=(
            review_has_time,
            stations_are_in_order,
            bars_the_way(
                "legality-review/unlawful",
                "合法性审查",
                "集体讨论",
                UNLAWFUL,
                "重大行政决策程序暂行条例第二十五条；实施方案一（一）2",
            ),
            published_late("legality-review/published-late", "reviewed_on"),
        ),
    )

    decision: str = of(
        Ref("审查的决策", "decision"), required=True, inverse="合法性审查", station="合法性审查"
    )
    conclusion: str = of(
        Choice("审查结论", "合法", "修改后合法", UNLAWFUL),
        required=True,
        head=10,
        facet=True,
        outcome=True,
    )
    reviewer: str = of(Ref("审查机构", "organ"), required=True, head=11, inverse="审查的重大决策")
    submitted_on: date = of(Date("送审日期"), required=True, head=12, begins=True)
    reviewed_on: date = of(Date("办结日期"), required=True, head=13, ends=True)
    short_reason: str | None = of(Text("缩短审查时间的理由", limit=1000), head=14, wide=True)
    materials: tuple[str, ...] = of(
        Many(
            Choice(
                "送审材料",
                "决策草案及相关材料",
                "履行决策法定程序的说明",
                "公众意见采纳情况",
                "专家论证报告",
                "风险评估报告",
                "依据的法律法规",
            )
        ),
        required=True,
        default=(),
        head=15,
        wide=True,
    )
    scope: tuple[str, ...] = of(
        Many(Choice("审查内容", "决策权限", "决策程序", "决策内容", "公平竞争")),
        required=True,
        default=(),
        head=16,
        wide=True,
    )
    opinions: str = of(Text("审查意见", limit=8000, lines=True), required=True, section=10, search=1)
    adoption: str | None = of(Text("意见采纳情况", limit=8000, lines=True), section=20)
