"""Addresses that moved or were taken down keep answering: a forward, or a page that says why."""

from __future__ import annotations

from collections.abc import Iterator

from govportal.han import long_date
from govportal.plans import Plan
from govportal.products.context import Context


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
            "date": stone.date.isoformat(),
            "date_text": long_date(stone.date),
            "replacement": replacement,
            "canonical": context.whole(stone.address),
            "head_meta": [{"name": "robots", "content": "noindex"}],
            "scripts": [],
        }
        yield Plan(stone.address[1:], "page", view, "pages/tombstone.html")
