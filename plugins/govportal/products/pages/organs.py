"""What stands under an organ's page besides the organ itself: its part of the key areas, gathered and not copied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.plans import Group, Plan
from govportal.portal import Column, key_areas_of
from govportal.products.context import Context

ITEMS = 50


def organ_pages(context: Context) -> Iterator[Group]:
    """The pages under every organ's page."""
    yield from _key_area_pages(context)


def _key_area_pages(context: Context) -> Iterator[Group]:
    """The column of the key areas of every organ (实施方案一（五）3: 各部门网站同时设立专栏)."""
    site = context.site
    top = site.portal.key_areas
    if top is None:
        return
    inside = {child.id: {record.id for record in site.in_column[child.id]} for child in top.children}
    for organ in site.of_type("organ"):
        own = site.incoming(organ.id, "organ")
        parts = [(child, [one for one in own if one.id in inside[child.id]]) for child in top.children]
        shown = site.signature(organ.id, *(one.id for _, records in parts for one in records))
        bound = repr([[one.id for one in records] for _, records in parts]).encode()
        yield Group(
            f"organ/{organ.id}/key-areas", shown + bound, partial(_key_areas, context, organ, top, parts)
        )


def _key_areas(
    context: Context, organ: Any, top: Column, parts: list[tuple[Column, list[Any]]]
) -> Iterator[Plan]:
    address = key_areas_of(context.site.addresses[organ.id])
    home = {"text": organ.title, "href": context.href(context.site.addresses[organ.id])}
    view = {
        "title": f"{organ.title}{top.name}",
        "crumb": top.name,
        "above": [home],
        "organ": home,
        "whole": {"text": f"全区{top.name}", "href": context.column_href(top)},
        "note": organ.key_areas_note or "",
        "count": sum(len(records) for _, records in parts),
        "limit": ITEMS,
        "parts": [
            {
                "id": f"part-{child.id}",
                "name": child.name,
                "href": context.column_href(child),
                "count": len(records),
                "items": [context.item(record) for record in records[:ITEMS]],
            }
            for child, records in parts
        ],
        "canonical": context.whole(address),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(address[1:], "page", view, "pages/organ_key_areas.html", organ.column)
