"""意见征集: a draft put before the public, and what became of the opinions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.han import long_date
from govportal.kinds import Choice, Count, Date, File, Flag, Many, Part, Ref, Text
from govportal.kinds.rows import Group, Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before, together
from govportal.shapes import DECIDED, attached, overdue
from govportal.stations import Stop, stop_of

DAYS = 30
URGENT_DAYS = 7
"""The shortest urgent consultation; customary, not found in national law: see the handbook, 9.2."""


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One opinion, without the person who gave it, and what was done with it."""

    opinion: str = of(Text("意见", limit=2000, lines=True), required=True)
    source: str = of(Text("来源"), required=True)
    adopted: str = of(Choice("采纳情况", "采纳", "部分采纳", "未采纳"), required=True)
    reason: str = of(Text("说明", limit=2000, lines=True), required=True)


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """The outcome: how many opinions came and what became of them."""

    received: int = of(Count("收到意见"), required=True)
    adopted: int = of(Count("采纳"), required=True)
    partly_adopted: int = of(Count("部分采纳"), required=True)
    rejected: int = of(Count("未采纳"), required=True)
    published_on: date = of(Date("反馈日期"), required=True)
    items: tuple[Opinion, ...] = of(Rows("意见采纳情况", Opinion), default=())


def lasts_long_enough(record: Any) -> Iterable[Problem]:
    """公开征求意见一般不少于30日；因紧急缩短的要说明理由，不少于7日。（重大行政决策程序暂行条例第十五条；7日为配置）"""
    days = (record.closes_on - record.opens_on).days
    if days < 0:
        return
    least = URGENT_DAYS if record.urgent and record.urgent_reason else DAYS
    if days < least:
        until = record.opens_on + timedelta(days=least)
        yield record.problem(
            "closes_on",
            "consultation/too-short",
            f"征求意见只有 {days} 日，不足 {least} 日",
            f"改为 {until} 或更晚"
            + ("" if record.urgent else "；因紧急缩短的，写 urgent: true 和 urgent_reason: 理由"),
        )


def feedback_adds_up(record: Any) -> Iterable[Problem]:
    """收到的意见数等于采纳、部分采纳、未采纳之和。（实施方案一（一）1）"""
    feedback = record.feedback
    if feedback is None:
        return
    total = feedback.adopted + feedback.partly_adopted + feedback.rejected
    if feedback.received != total:
        yield record.problem(
            "feedback",
            "consultation/does-not-add-up",
            f"收到 {feedback.received} 条，而采纳、部分采纳、未采纳合计 {total} 条",
            f"核对四个数；例如 received: {total}",
        )
    if feedback.published_on <= record.closes_on:
        yield record.problem(
            "feedback",
            "consultation/feedback-too-early",
            "反馈日期不晚于截止日期",
            "征集结束以后再反馈；核对两个日期",
        )


def feedback_is_not_late(record: Any, site: Any) -> Iterable[Problem]:
    """征集结束后30日内反馈采纳情况；超过60日是错误。（反馈时限为配置，依据重大行政决策程序暂行条例第三十二条）"""
    if record.feedback is not None:
        return
    late = (site.today - record.closes_on).days
    if late > DAYS:
        # A demonstration grows old without anybody to answer for it.
        severity = overdue(record) if late > 2 * DAYS else Severity.WARNING
        yield record.problem(
            "closes_on",
            "consultation/no-feedback",
            f"征集结束已 {late} 日，还没有反馈采纳情况",
            "补上 feedback:；收到 0 条也要反馈",
            severity,
        )


@dataclass(frozen=True, kw_only=True)
class Consultation(Document):
    """A public consultation (重大行政决策程序暂行条例第十五条; 实施方案一（一）1)."""

    type: ClassVar[ContentType] = ContentType(
        "consultation",
        "意见征集",
        "consultations",
        template="consultation",
        rules=(
            *COMMON_RULES,
            not_before("closes_on", "opens_on", "consultation/closes-before-opening"),
            lasts_long_enough,
            feedback_adds_up,
            attached("consultation/draft-not-attached", "draft_file"),
            together("consultation/urgent-without-reason", "urgent", "urgent_reason"),
        ),
        site_rules=(feedback_is_not_late,),
    )

    decision: str | None = of(Ref("对应的决策", *DECIDED), inverse="意见征集", station="意见征集")
    opens_on: date = of(Date("开始日期"), required=True, head=10, begins=True)
    closes_on: date = of(Date("截止日期"), required=True, head=20, ends=True)
    urgent: bool = of(Flag("紧急"), default=False)
    urgent_reason: str | None = of(Text("缩短期限的理由", lines=True), section=50)
    draft_file: str = of(File("草案"), required=True)
    explanation: str = of(Text("起草说明", limit=20000, lines=True), required=True, section=10, search=1)
    basis: str = of(Text("依据", limit=20000, lines=True), required=True, section=20, search=1)
    impact: str | None = of(Text("影响", limit=20000, lines=True), section=30)
    methods: tuple[str, ...] = of(
        Many(Choice("提意见的方式", "信函", "传真", "邮箱", "网上表单", "电话", "当面")),
        required=True,
        default=(),
        head=30,
    )
    contact: str = of(Text("怎样提意见", limit=2000, lines=True), required=True, section=40)
    feedback: Feedback | None = of(Group("采纳情况", Feedback))

    def word(self, site: SiteView) -> tuple[str, str]:
        """Its state on a day, with the badge."""
        if site.today < self.opens_on:
            return "即将开始", "pending"
        if site.today <= self.closes_on:
            return "征求意见中", "open"
        return ("已反馈", "closed") if self.feedback else ("已结束", "closed")

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """The draft, the call for opinions, and what became of them."""
        yield Stop(
            station="决策草案",
            record=self,
            begins=self.opens_on,
            ends=self.opens_on,
            title="草案、起草说明和依据",
            anchor="attachments",
        )
        yield replace(stop_of(self, station), words=self.word(site)[0])
        if one := self.feedback:
            yield Stop(
                station="意见采纳",
                record=self,
                begins=one.published_on,
                ends=one.published_on,
                title="意见收集和采纳情况",
                words=f"收到 {one.received} 条，采纳 {one.adopted} 条，"
                f"部分采纳 {one.partly_adopted} 条，未采纳 {one.rejected} 条",
                anchor="feedback",
            )

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), self.word(site)]

    def state(self, site: SiteView) -> dict[str, Any] | None:
        text, badge = self.word(site)
        return {
            "text": text,
            "badge": badge,
            "opens": self.opens_on.isoformat(),
            "closes": self.closes_on.isoformat(),
            "opens_text": long_date(self.opens_on),
            "closes_text": long_date(self.closes_on),
            "days_left": (self.closes_on - site.today).days if badge == "open" else None,
        }

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        text, badge = self.word(site)
        return [(5, "状态", [{"text": text, "badge": badge}])]

    def computed_tables(self, site: SiteView) -> list[dict[str, Any]]:
        feedback = self.feedback
        if feedback is None:
            return []
        counts = [feedback.received, feedback.adopted, feedback.partly_adopted, feedback.rejected]
        labels = ("收到意见", "采纳", "部分采纳", "未采纳")
        tables: list[dict[str, Any]] = [
            {
                "id": "feedback",
                "caption": f"意见采纳情况（{long_date(feedback.published_on)}反馈）",
                "columns": [{"label": f"{label}（条）", "numeric": True} for label in labels],
                "rows": [{"id": "feedback-counts", "cells": [[{"text": str(count)}] for count in counts]}],
                "total": None,
                "downloads": [],
            }
        ]
        if feedback.items:
            tables.append(
                {
                    "id": "opinions",
                    "caption": "各条意见的采纳情况",
                    "columns": [
                        {"label": label, "numeric": False} for label in ("意见", "来源", "采纳情况", "说明")
                    ],
                    "rows": [
                        {
                            "id": f"opinion-{place}",
                            "cells": [
                                [{"text": text}]
                                for text in (one.opinion, one.source, one.adopted, one.reason)
                            ],
                        }
                        for place, one in enumerate(feedback.items, 1)
                    ],
                    "total": None,
                    "downloads": [],
                }
            )
        return tables
