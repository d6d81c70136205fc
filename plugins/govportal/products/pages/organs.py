"""What stands under an organ's page besides the organ itself, gathered and not copied.

Its part of the key areas, all that it published by type, and the measures of the plan that it leads or carries out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.plans import Group, Plan
from govportal.portal import MEASURES_ADDRESS, Column, duties_of, key_areas_of, published_of
from govportal.products.context import Context
from govportal.products.pages.lists import file_of, leaves
from govportal.products.pages.measures import TITLE as MEASURES_TITLE
from govportal.products.pages.measures import figures

ITEMS = 50


def organ_pages(context: Context) -> Iterator[Group]:
    """The pages under every organ's page."""
    yield from _key_area_pages(context)
    for organ in context.site.of_type("organ"):
        yield _published_pages(context, organ)
        yield _duty_page(context, organ)


def _home(context: Context, organ: Any) -> dict[str, str]:
    return {"text": organ.title, "href": context.href(context.site.addresses[organ.id])}


def _published_pages(context: Context, organ: Any) -> Group:
    """All that an organ published, newest first; then what it published of each type ."""
    site = context.site
    records = list(site.incoming(organ.id, "organ"))
    signature = site.signature(organ.id, *(record.id for record in records))
    return Group(f"organ/{organ.id}/published", signature, partial(_published, context, organ, records))


def _published(context: Context, organ: Any, records: list[Any]) -> Iterator[Plan]:
    base = published_of(context.site.addresses[organ.id])
    kinds: dict[str, list[Any]] = {}
    for record in records:
        kinds.setdefault(record.type.name, []).append(record)
    names = sorted(kinds, key=lambda name: (-len(kinds[name]), name))

    def address(name: str, page: int) -> str:
        leaf = "-".join(
            [*([name.replace("_", "-")] if name else []), *([f"page-{page}"] if page > 1 else [])]
        )
        return f"{base}{leaf}.html" if leaf else base

    options = [("", "全部", records), *((name, kinds[name][0].type.label, kinds[name]) for name in names)]
    for name, label, inside in options:
        title = f"{organ.title}公开的信息" + (f"（{label}）" if name else "")
        for page, where, shown in leaves(context, inside, partial(address, name)):
            view = shown | {
                "title": title if page == 1 else f"{title}（第{page}页）",
                "crumb": "公开的信息" if page == 1 and not name else title.removeprefix(organ.title),
                "above": [_home(context, organ)],
                "facets": [
                    {
                        "label": "类别",
                        "options": [
                            {
                                "text": text,
                                "href": context.href(address(one, 1)),
                                "count": len(found),
                                "current": one == name,
                            }
                            for one, text, found in options
                        ],
                    }
                ],
                "feeds": context.feeds_at(f"organs/{organ.id}"),
                "empty": "本机构还没有公开的内容。",
                "canonical": context.whole(where),
                "head_meta": [],
                "scripts": [],
            }
            yield Plan(file_of(where), "page", view, "pages/list.html", organ.column)


def _duty_page(context: Context, organ: Any) -> Group:
    """The measures in which the plan names the organ, by whatever name it has borne."""
    site = context.site
    duties = [
        (measure, roles)
        for measure in site.portal.measures
        if (
            roles := [
                label
                for label, names in (("牵头", measure.lead), ("落实（配合）", measure.implement))
                if organ in map(site.by_name.get, names)
            ]
        )
    ]
    own = {
        measure.id: [record for record in site.for_measure[measure.id] if organ.id in record.organ]
        for measure, _ in duties
    }
    shown = dict.fromkeys(record.id for records in own.values() for record in records)
    bound = repr(
        [(measure.id, roles, [one.id for one in own[measure.id]]) for measure, roles in duties]
    ).encode()
    return Group(
        f"organ/{organ.id}/measures",
        site.signature(organ.id, *shown) + bound,
        partial(_duties, context, organ, duties, own),
    )


def _duties(
    context: Context, organ: Any, duties: list[tuple[Any, list[str]]], own: dict[str, list[Any]]
) -> Iterator[Plan]:
    address = duties_of(context.site.addresses[organ.id])
    rows = [
        {
            "number": measure.number,
            "name": measure.title,
            "href": context.href(measure.address),
            "roles": "、".join(roles),
        }
        | figures(context, own[measure.id])
        for measure, roles in duties
    ]
    view = {
        "title": f"{organ.title}承担的政务公开措施",
        "crumb": "政务公开措施",
        "above": [_home(context, organ)],
        "organ": _home(context, organ),
        "all": {"text": MEASURES_TITLE, "href": context.href(MEASURES_ADDRESS)}
        if context.site.portal.measures
        else None,
        "lead": sum("牵头" in roles for _, roles in duties),
        "implement": sum("落实（配合）" in roles for _, roles in duties),
        "rows": rows,
        "canonical": context.whole(address),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(address[1:], "page", view, "pages/organ_measures.html", organ.column)


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
    home = _home(context, organ)
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
