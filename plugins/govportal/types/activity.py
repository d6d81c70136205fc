"""政民互动活动: open days, questions on television and on the net, visits to the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.privacy import no_personal_data
from govportal.rules import first_day, needs
from govportal.shapes import expected_after

REPORT_DAYS = 30
"""Days after an activity by which its report is expected; configuration."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question from the public, with the answer."""

    question: str = of(Text("问题", limit=1000), required=True)
    organ: str | None = of(Ref("答复机构", "organ"))
    answer: str = of(Text("答复", limit=2000), required=True)


def announced(record: Any) -> bool:
    """Whether it was published before it took place."""
    published = first_day(record.published_at)
    return published is not None and published < record.held_on


@dataclass(frozen=True, kw_only=True)
class Activity(Document):
    """An activity to which the public is invited (实施方案二（二）2: 政府开放日、电视问政、网络问政、业务工作参观)."""

    type: ClassVar[ContentType] = ContentType(
        "activity",
        "政民互动活动",
        "activities",
        rules=(
            *COMMON_RULES,
            needs("activity/announcement-needs", announced, "预告的活动", "how_to_join"),
            no_personal_data("activity/personal-data", "report", "questions"),
        ),
        site_rules=(expected_after("activity/no-report", "report", "held_on", REPORT_DAYS, "期限是配置"),),
    )

    kind: str = of(
        Choice("活动类别", "政府开放日", "电视问政", "网络问政", "业务工作参观"),
        required=True,
        head=10,
        facet=True,
    )
    held_on: date = of(Date("活动日期"), required=True, head=11)
    place: str = of(Text("活动地点"), required=True, head=12)
    capacity: int | None = of(Count("名额"), head=13)
    how_to_join: str | None = of(Text("参加方式", limit=2000, lines=True), section=10)
    report: str | None = of(Text("活动情况", limit=8000, lines=True), section=20, search=1)
    questions: tuple[Question, ...] = of(
        Rows("问题和答复", Question), default=(), table=True, search=1, inverse="答复的互动活动"
    )

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        over = self.held_on < site.today
        return [*super().badges(site), ("已举办", "closed") if over else ("报名中", "open")]
