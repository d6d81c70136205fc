"""新闻发布会: who spoke to the press of what, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Link, Many, Moment, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who spoke: a post and its rank; a name only where the office makes it public."""

    post: str = of(Text("发布人（岗位）"), required=True)
    organ: str = of(Ref("所在机构", "organ"), required=True)
    rank: str = of(Choice("发布人层级", "主要负责人", "部门负责人", "新闻发言人", "专家"), required=True)
    name: str | None = of(Text("姓名"))


def agrees_with_the_concern(record: Any, site: Any) -> Iterable[Problem]:
    """为回应关切开的发布会，时间与关切回应里写的新闻发布会时间一致。（实施方案二（三）2：24小时内举行）"""
    concern = site.record(record.concern) if record.concern else None
    if concern is not None and concern.press_conference_at not in (None, record.held_at):
        yield record.problem(
            "held_at",
            "press-conference/other-time",
            f"《{concern.title}》写的新闻发布会时间是 {concern.press_conference_at}",
            "核对两处的时间",
        )


@dataclass(frozen=True, kw_only=True)
class PressConference(Document):
    """A press conference or briefing; the body is its transcript (实施方案二（一）2、二（三）2)."""

    type: ClassVar[ContentType] = ContentType(
        "press_conference",
        "新闻发布会",
        "press-conferences",
        body="required",
        rules=(*COMMON_RULES, not_before("published_at", "held_at", "press-conference/published-before-it")),
        site_rules=(agrees_with_the_concern,),
    )

    event: str = of(Text("发布主题"), required=True, head=10, search=4)
    kind: str = of(
        Choice("发布形式", "新闻发布会", "政策吹风会", "媒体通气会", "集体采访"),
        required=True,
        head=11,
        facet=True,
    )
    held_at: str = of(Moment("发布时间"), required=True, head=12)
    place: str = of(Text("发布地点"), required=True, head=13)
    host: str | None = of(Text("主持人（岗位）"), head=14)
    media_count: int | None = of(Count("到场媒体（家）"), head=15)
    video: str | None = of(Link("发布会视频"), head=16)
    policies: tuple[str, ...] = of(Many(Ref("发布的文件", "policy")), default=(), inverse="新闻发布会")
    concern: str | None = of(Ref("回应的关切", "public_concern_response"), inverse="新闻发布会")
    speakers: tuple[Speaker, ...] = of(
        Rows("发布人", Speaker), required=True, default=(), table=True, inverse="参加的新闻发布会"
    )

    @property
    def document_date(self) -> str:
        return self.held_at[:10]
