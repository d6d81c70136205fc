"""Which entries stand in which feed. Nothing is lost: everything of the last 30 days, and never fewer than 50."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from govportal.document import ENDED
from govportal.kinds.date import iso_moment
from govportal.plans import Group, Plan
from govportal.portal import Column
from govportal.products.context import Context

LEAST = 50
DAYS = 30


def plan_feeds(context: Context) -> Iterator[Group]:
    """Two plans, RSS and Atom, for the site and for each column."""
    entries: dict[str, dict[str, Any]] = {}
    site = context.site
    for column, records in [
        (None, site.records),
        *((one, site.in_column[one.id]) for one in site.columns.values()),
    ]:
        name = f"feed/{column.id}" if column else "feed"
        signature = site.signature(*(record.id for record in records))
        yield Group(name, signature, partial(_feed, context, column, records, entries))


def tag(context: Context, specific: str) -> str:
    """A permanent identifier that no change of address or domain touches (RFC 4151)."""
    settings = context.site.portal.settings
    return f"tag:{settings.tag_authority},{settings.tag_date.isoformat()}:{specific}"


def full_moment(moment: str) -> str:
    """A published moment with hour and zone: a day without an hour begins at 00:00 China Standard Time."""
    return iso_moment(moment if len(moment) > 10 else moment + " 00:00").replace("+08:00", ":00+08:00")


def _feed(
    context: Context, column: Column | None, records: list[Any], entries: dict[str, dict[str, Any]]
) -> Iterator[Plan]:
    settings = context.site.portal.settings
    since = (context.site.today - timedelta(days=DAYS)).isoformat()
    chosen = [
        record for place, record in enumerate(records) if place < LEAST or record.published_at[:10] > since
    ]
    shown = [
        entries.get(record.id) or entries.setdefault(record.id, _entry(context, record)) for record in chosen
    ]
    name = f"{settings.name} - {column.name}" if column else settings.name
    stem = f"/feeds/{column.id if column else 'all'}"
    view = {
        "id": tag(context, f"feed/{column.id if column else 'all'}"),
        "title": name + (f"（{settings.banner}）" if settings.banner else ""),
        "description": (column.description if column else settings.description) or name,
        "link": context.whole(f"/{column.path}/" if column else "/"),
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
    states = [word for word, badge in record.badges(context) if badge != "sample"]
    ended = f"【已{states[0]}】" if record.validity_on(context) in ENDED else ""
    summary = record.summary or (record.body.summary if record.body else "") or record.title
    return {
        "id": tag(context, f"record/{record.id}"),
        "title": record.title,
        "link": context.whole(context.site.addresses[record.id]),
        "published": published,
        "updated": full_moment(record.revised_at) if record.revised_at else published,
        "summary": (ended + summary)[:200],
        "author": record.publisher(context) or record.source_name or context.site.portal.settings.sponsor,
        "category": context.site.columns[record.column].name,
        # The state is a second category: the entry keeps its identity and its time, so no reader shows it again.
        "states": states,
        "scheme": context.whole("/feeds.html") + "#state",
    }
