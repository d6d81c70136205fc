"""列席会议: seats at a meeting of the government offered to the public, and what the observers said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, needs
from govportal.shapes import DECIDED, Seat, no_personal_data

NOTICE_DAYS = 5
"""Days before the meeting by which the seats are announced; a recommendation, configuration (handbook 16.1)."""


def outcome(record: Any) -> bool:
    """Whether it tells what came of the meeting."""
    return str(record.stage) == "列席情况"


def outcome_follows_the_meeting(record: Any) -> Iterable[Problem]:
    """列席情况在会后公布；列席公告在会前公布，一般提前5日。（会前期限为建议，是配置；实施方案一（一）3）"""
    published = first_day(record.published_at)
    if published is None:
        return
    if outcome(record) and published < record.held_on:
        yield record.problem(
            "stage",
            "observer-seat/before-the-meeting",
            "会议还没有开，不能公布列席情况",
            "改为 stage: 列席公告",
        )
    if not outcome(record) and (record.held_on - published).days < NOTICE_DAYS:
        yield record.problem(
            "held_on",
            "observer-seat/short-notice",
            f"列席公告没有提前 {NOTICE_DAYS} 日公布",
            f"会议日期在 {published + timedelta(days=NOTICE_DAYS)} 或以后的，够提前",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class ObserverSeat(Document):
    """Observers at a meeting, by kind and number (实施方案一（一）3: 列席政府有关会议制度)."""

    type: ClassVar[ContentType] = ContentType(
        "observer_seat",
        "列席会议",
        "observer-seats",
        rules=(
            *COMMON_RULES,
            needs("observer-seat/notice-needs", lambda one: not outcome(one), "列席公告", "how_to_join"),
            needs("observer-seat/outcome-needs", outcome, "列席情况", "opinions"),
            outcome_follows_the_meeting,
            no_personal_data("observer-seat/personal-data", "opinions"),
        ),
    )

    stage: str = of(Choice("信息类别", "列席公告", "列席情况"), required=True, head=10, facet=True)
    meeting_name: str = of(Text("会议名称"), required=True, head=11, search=2)
    held_on: date = of(Date("会议日期"), required=True, head=12, begins=True)
    meeting: str | None = of(Ref("列席的会议", "meeting"), inverse="列席情况")
    decision: tuple[str, ...] = of(
        Many(Ref("对应的决策", *DECIDED)), default=(), inverse="列席情况", station="公众列席"
    )
    topics: tuple[str, ...] = of(Many(Text("议题")), required=True, default=(), head=13, search=1)
    how_to_join: str | None = of(Text("报名方式", limit=2000, lines=True), section=10)
    opinions: str | None = of(Text("意见摘要", limit=8000, lines=True), section=20, search=1)
    seats: tuple[Seat, ...] = of(Rows("列席人员类别和人数", Seat), required=True, default=(), table=True)
