"""Which entries stand in which feed. Nothing is lost: everything of the last 30 days, and never fewer than 50."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from govportal.kinds.date import iso_moment
from govportal.plans import Group, Plan
from govportal.portal import SITE_WIDE
from govportal.products.context import Context

LEAST = 50
DAYS = 30


@dataclass(frozen=True)
class Channel:
    """A feed: the name of its files, its title after the site's name, what it is about, its page, and its records."""

    name: str
    title: str
    description: str
    address: str
    records: list[Any]


def plan_feeds(context: Context) -> Iterator[Group]:
    """Two plans, RSS and Atom, for every channel."""
    entries: dict[str, dict[str, Any]] = {}
    site = context.site
    for channel in _channels(context):
        signature = site.signature(*(record.id for record in channel.records))
        yield Group(f"feed/{channel.name}", signature, partial(_feed, context, channel, entries))


def _channels(context: Context) -> Iterator[Channel]:
    """The whole site, each column, and each measure of the plan."""
    site = context.site
    yield Channel(SITE_WIDE, "", site.portal.settings.description, "/", site.records)
    for column in site.columns.values():
        yield Channel(
            column.id, column.name, column.description, f"/{column.path}/", site.in_column[column.id]
        )
    for measure in site.portal.measures:
        title = f"落实措施{measure.full_title}"
        records = site.for_measure[measure.id]
        yield Channel(
            f"measures/{measure.slug}",
            title,
            f"为落实“{measure.title}”公开的内容。",
            measure.address,
            records,
        )


def tag(context: Context, specific: str) -> str:
    """A permanent identifier that no change of address or domain touches (RFC 4151)."""
    settings = context.site.portal.settings
    return f"tag:{settings.tag_authority},{settings.tag_date.isoformat()}:{specific}"


def full_moment(moment: str) -> str:
    """A published moment with hour and zone: a day without an hour begins at 00:00 China Standard Time."""
    return iso_moment(moment if len(moment) > 10 else moment + " 00:00").replace("+08:00", ":00+08:00")


def _feed(context: Context, channel: Channel, entries: dict[str, dict[str, Any]]) -> Iterator[Plan]:
    settings = context.site.portal.settings
    since = (context.site.today - timedelta(days=DAYS)).isoformat()
    chosen = [
        record
        for place, record in enumerate(channel.records)
        if place < LEAST or record.published_at[:10] > since
    ]
    shown = [
        entries.get(record.id) or entries.setdefault(record.id, _entry(context, record)) for record in chosen
    ]
    name = f"{settings.name} - {channel.title}" if channel.title else settings.name
    stem = f"/feeds/{channel.name}"
    view = {
        "id": tag(context, f"feed/{channel.name}"),
        "title": name + (f"（{settings.banner}）" if settings.banner else ""),
        "description": channel.description or name,
        "link": context.whole(channel.address),
        "author": settings.sponsor,
        "updated": max(
            (entry["updated"] for entry in shown), default=full_moment(settings.tag_date.isoformat())
        ),
        "entries": shown,
    }
    for suffix, maker in ((".rss.xml", "rss"), (".atom.xml", "atom")):
        yield Plan(stem[1:] + suffix, maker, view | {"self": context.whole(stem + suffix)})


def _entry(context: Context, record: Any) -> dict[str, Any]:
    published = full_moment(record.published_at)
    return {
        "id": tag(context, f"record/{record.id}"),
        "title": record.title,
        "link": context.whole(context.site.addresses[record.id]),
        "published": published,
        "updated": full_moment(record.revised_at) if record.revised_at else published,
        "summary": (record.summary or (record.body.summary if record.body else "") or record.title)[:200],
        "author": record.publisher(context) or record.source_name or context.site.portal.settings.sponsor,
        "category": context.site.columns[record.column].name,
    }
