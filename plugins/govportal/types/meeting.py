"""会议议定事项: what a meeting of the government deliberated and decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import published_late
from govportal.stations import Stop, stations_are_in_order


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One matter on the agenda and what was decided."""

    topic: str = of(Text("议题"), required=True)
    decided: str = of(Text("议定事项", limit=4000), required=True)
    document: str | None = of(Ref("形成的文件", "policy"))
    decision: str | None = of(Ref("议决的决策", "decision"))


def papers_come_after_the_meeting(record: Any, site: Any) -> Iterable[Problem]:
    """先合法性审查，后集体讨论，再印发公布。（重大行政决策程序暂行条例第二十五条、第三十条；实施方案一（一）2）"""
    for place, matter in enumerate(record.matters, 1):
        paper = site.record(matter.document) if matter.document else None
        if paper is None:
            continue
        if paper.written_on and paper.written_on < record.held_on:
            yield record.problem(
                "matters",
                "meeting/out-of-order",
                f"第 {place} 项形成的文件成文于 {paper.written_on}，早于会议日期 {record.held_on}",
                "核对会议日期和文件的成文日期",
            )
        if paper.legality_review and paper.legality_review.reviewed_on > record.held_on:
            yield record.problem(
                "matters",
                "meeting/out-of-order",
                f"第 {place} 项的合法性审查在 {paper.legality_review.reviewed_on}，晚于会议日期 {record.held_on}",
                "未经合法性审查的不得提交讨论；核对两个日期",
            )


@dataclass(frozen=True, kw_only=True)
class Meeting(Document):
    """A meeting and its decisions (实施方案一（一）1: 及时公开相关文件和议定事项)."""

    type: ClassVar[ContentType] = ContentType(
        "meeting",
        "会议议定事项",
        "meetings",
        rules=(*COMMON_RULES, not_before("published_at", "held_on", "meeting/published-before-it")),
        site_rules=(
            papers_come_after_the_meeting,
            published_late("meeting/published-late", "held_on"),
            stations_are_in_order,
        ),
    )

    kind: str = of(
        Choice("会议类别", "政府常务会议", "政府全体会议", "专题会议"), required=True, head=10, facet=True
    )
    session: int = of(Count("届次"), required=True, head=11)
    meeting_number: int = of(Count("次数"), required=True, head=12)
    held_on: date = of(Date("会议日期"), required=True, head=13, begins=True)
    presided_by: str = of(Text("主持人（职务）"), required=True, head=14)
    interpretations: tuple[str, ...] = of(
        Many(Ref("图解和解读", "interpretation")), default=(), inverse="议定的会议"
    )
    matters: tuple[Matter, ...] = of(
        Rows("议题和议定事项", Matter),
        required=True,
        default=(),
        table=True,
        search=2,
        inverse="议定的会议",
        station="集体讨论",
    )

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """What it decided; a topical meeting works on the draft, it does not decide (重大行政决策程序暂行条例第三十条)."""
        for matter in self.matters:
            if matter.decision == subject:
                yield Stop(
                    station="决策草案" if self.kind == "专题会议" else station,
                    record=self,
                    begins=self.held_on,
                    ends=self.held_on,
                    words=matter.decided,
                    anchor="matters",
                )

    @property
    def document_date(self) -> str:
        return self.held_on.isoformat()
