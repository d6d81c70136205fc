"""Which entries stand in which feed. Nothing is lost: everything of the last 30 days, and never fewer than 50."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from govportal.document import ENDED
from govportal.kinds.date import iso_moment
from govportal.plans import Group, Plan
from govportal.portal import LIST_CHANGES, LIST_CHANGES_TITLE, SITE_WIDE
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
    editions = [record for record in site.records if record.is_list]
    if editions:
        # What an edition changed depends on the edition before it: its neighbour.
        signature = site.signature(*(record.id for record in editions))
        yield Group(f"feed/{LIST_CHANGES}", signature, partial(_list_changes, context, editions))


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
    shown = [
        entries.get(record.id) or entries.setdefault(record.id, _entry(context, record))
        for record in _newest(context, channel.records)
    ]
    title = f"{settings.name} - {channel.title}" if channel.title else settings.name
    yield from _both_forms(context, channel.name, title, channel.description, channel.address, shown)


def _newest(context: Context, records: list[Any]) -> list[Any]:
    """Everything of the last days, and never fewer than the least."""
    since = (context.site.today - timedelta(days=DAYS)).isoformat()
    return [
        record for place, record in enumerate(records) if place < LEAST or record.published_at[:10] > since
    ]


def _both_forms(
    context: Context, name: str, title: str, description: str, address: str, shown: list[dict[str, Any]]
) -> Iterator[Plan]:
    settings = context.site.portal.settings
    stem = f"/feeds/{name}"
    view = {
        "id": tag(context, f"feed/{name}"),
        "title": title + (f"（{settings.banner}）" if settings.banner else ""),
        "description": description or title,
        "link": context.whole(address),
        "author": settings.sponsor,
        "updated": max(
            (entry["updated"] for entry in shown), default=full_moment(settings.tag_date.isoformat())
        ),
        "entries": shown,
    }
    for suffix, maker in ((".rss.xml", "rss"), (".atom.xml", "atom")):
        yield Plan(stem[1:] + suffix, maker, view | {"self": context.whole(stem + suffix)})


def _list_changes(context: Context, editions: list[Any]) -> Iterator[Plan]:
    """An entry for every edition that changed something in its list (实施方案一（三）1)."""
    changed = [(record, said) for record in editions if (said := record.change_summary(context))]
    said_of = {record.id: said for record, said in changed}
    shown = []
    for record in _newest(context, [record for record, _ in changed]):
        entry = _entry(context, record)
        shown.append(
            entry
            | {
                "id": entry["id"] + "/changes",
                "title": f"清单变更：{record.title}",
                "summary": f"与上一版相比，{said_of[record.id]}。{entry['summary']}"[:200],
            }
        )
    title = f"{context.site.portal.settings.name} - {LIST_CHANGES_TITLE}"
    description = "各类清单每一版与上一版的不同：新增、删除、修改了几项，从链接看逐项的理由和依据。"
    yield from _both_forms(context, LIST_CHANGES, title, description, "/", shown)


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
        "summary": ((f"【{record.caution}】" if record.caution else "") + ended + summary)[:200],
        "author": record.publisher(context) or record.source_name or context.site.portal.settings.sponsor,
        "category": context.site.columns[record.column].name,
        # The state is a second category: the entry keeps its identity and its time, so no reader shows it again.
        "states": states,
        "scheme": context.whole("/feeds.html") + "#state",
    }
