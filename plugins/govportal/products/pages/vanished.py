"""Addresses that moved or were taken down keep answering: a forward, or a page that says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from govportal.han import long_date
from govportal.plans import Plan
from govportal.products.context import Context

STAYS = "本页保留网址，供引用者知悉。需要查阅原内容的，可以依法申请公开。"
GONE = "本页保留网址，供引用者知悉；原内容不再提供。"


def alias_pages(context: Context) -> Iterator[Plan]:
    """A forwarding page at every former address of a record."""
    for record in context.site.records:
        for alias in record.aliases:
            address = context.site.addresses[record.id]
            view = {
                "title": f"{record.title}（网址已变更）",
                "target": {"text": record.title, "href": context.href(address)},
                "canonical": context.whole(address),
                "head_meta": [{"name": "robots", "content": "noindex"}],
                "scripts": [],
            }
            yield Plan(alias[1:], "page", view, "pages/moved.html", record.column)


def tombstone_pages(context: Context) -> Iterator[Plan]:
    """A page at the address of everything that was taken down: why, when, and what stands in its place."""
    for stone in context.site.portal.tombstones:
        replacement = (
            [{"text": "替代网页", "href": context.href(stone.replacement)}] if stone.replacement else []
        )
        view = {
            "title": stone.title,
            "reason": stone.reason,
            "replacement": replacement,
            "note": STAYS,
        }
        yield _tombstone(context, stone.address, stone.date, view)


def withdrawal_pages(context: Context) -> Iterator[Plan]:
    """A page at every address of what is public no longer: the rule and the day, and nothing of what stood there."""
    for one in context.site.withdrawn:
        view = {
            "title": f"{one.label}（已停止公开）",
            "reason": one.withdrawal.reason,
            "replacement": [],
            "note": GONE,
        }
        for address in one.addresses:
            yield _tombstone(context, address, one.withdrawal.since, view)


def _tombstone(context: Context, address: str, day: date, view: dict[str, Any]) -> Plan:
    view = view | {
        "date": day.isoformat(),
        "date_text": long_date(day),
        "canonical": context.whole(address),
        "head_meta": [{"name": "robots", "content": "noindex"}],
        "scripts": [],
    }
    return Plan(address[1:], "page", view, "pages/tombstone.html")
