"""媒体服务: how the press reaches the office, what it is given, when it is invited, what it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Link, Many, PartialDate, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.rules import needs
from govportal.shapes import expected_after, no_personal_data

CONTACT, RELEASE, EVENT, COVERAGE = KINDS = ("采访联系", "新闻通稿", "媒体参与活动", "媒体报道汇编")
REPORT_DAYS = 30
"""Days after an event with the press by which its report is expected; configuration."""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """How many of one kind of media were invited."""

    category: str = of(Choice("媒体类别", "报刊", "广播电视", "网络媒体", "新媒体"), required=True)
    count: int = of(Count("家数"), required=True)


@dataclass(frozen=True, kw_only=True)
class Article:
    """What a medium published, and where."""

    headline: str = of(Text("报道标题"), required=True, headline=True)
    medium: str = of(Text("媒体"), required=True)
    published_on: str = of(PartialDate("刊播日期"), required=True)
    url: str | None = of(Link("报道网址"))


@dataclass(frozen=True, kw_only=True)
class MediaService(Document):
    """What the office does for the press (实施方案三（一）5: 畅通采访渠道，邀请媒体参与)."""

    type: ClassVar[ContentType] = ContentType(
        "media_service",
        "媒体服务",
        "media-services",
        rules=(
            *COMMON_RULES,
            needs(
                "media/contact-needs",
                lambda one: one.kind == CONTACT,
                CONTACT,
                "contact_phone",
                "contact_hours",
            ),
            needs(
                "media/release-needs", lambda one: one.kind == RELEASE, RELEASE, "release", "contact_phone"
            ),
            needs("media/event-needs", lambda one: one.kind == EVENT, EVENT, "held_on", "place", "invited"),
            needs("media/coverage-needs", lambda one: one.kind == COVERAGE, COVERAGE, "articles"),
            no_personal_data("media/personal-data", "release", "report", "contact_office"),
        ),
        site_rules=(expected_after("media/no-report", "report", "held_on", REPORT_DAYS, "期限是配置"),),
    )

    kind: str = of(Choice("服务类别", *KINDS), required=True, head=10, facet=True)
    contact_office: str | None = of(Text("采访联系机构"), head=11)
    contact_phone: str | None = of(Phone("采访联系电话"), head=12)
    contact_hours: str | None = of(Text("受理采访时间"), head=13)
    held_on: date | None = of(Date("活动日期"), head=14)
    place: str | None = of(Text("活动地点"), head=15)
    policies: tuple[str, ...] = of(Many(Ref("涉及的文件", "policy")), default=(), inverse="媒体服务")
    release: str | None = of(Text("通稿正文", limit=8000, lines=True), section=10, search=1)
    how_to_join: str | None = of(Text("怎样申请采访", limit=2000, lines=True), section=20)
    report: str | None = of(Text("活动情况", limit=4000, lines=True), section=30, search=1)
    invited: tuple[Invited, ...] = of(Rows("邀请的媒体", Invited), default=(), table=True)
    articles: tuple[Article, ...] = of(Rows("媒体报道", Article), default=(), table=True, search=1)
