"""Columns: hubs, and lists of twenty with year and organ filters that need no JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from typing import Any

from govportal.plans import Group, Plan
from govportal.portal import Column
from govportal.products.context import PAGE_SIZE, Context
from govportal.products.pages.openness import openness, openness_signature

FACET_LIMIT = 60
LATEST = 10
LATEST_OF_CHILD = 5


def column_pages(context: Context) -> Iterator[Group]:
    """The hub and the lists of every column."""
    for column in context.site.columns.values():
        records = context.site.in_column[column.id]
        signature = context.site.signature(*(record.id for record in records)) + openness_signature(
            context, column
        )
        yield Group(f"column/{column.id}", signature, partial(_column_pages, context, column, records))


def _column_pages(context: Context, column: Column, records: list[Any]) -> Iterator[Plan]:
    if column.children:
        yield _hub(context, column, records)
        yield from _lists(context, column, records, "all")
    else:
        yield from _lists(context, column, records, "index")


def _hub(context: Context, column: Column, records: list[Any]) -> Plan:
    children = []
    for child in column.children:
        inside = context.site.in_column[child.id]
        children.append(
            {
                "name": child.name,
                "href": context.column_href(child),
                "description": child.description,
                "count": len(inside),
                "latest": [context.item(record) for record in inside[:LATEST_OF_CHILD]],
                "children": [{"name": one.name, "href": context.column_href(one)} for one in child.children],
                "openness": openness(context, child),
            }
        )
    address = f"/{column.path}/"
    view = {
        "title": column.name,
        "description": column.description,
        "openness": openness(context, column),
        "children": children,
        "count": len(records),
        "all_href": context.href(f"/{column.path}/all.html"),
        "latest": [context.item(record) for record in records[:LATEST]],
        "feeds": context.feeds_of(column),
        "canonical": context.whole(address),
        "head_meta": [],
        "scripts": [],
    }
    return Plan(f"{column.path}/index.html", "page", view, "pages/hub.html", column.id)


def _organ_key(record: Any) -> list[tuple[str, str]]:
    """The issuing bodies of a record as (address part, identifier or printed name)."""
    if record.organ:
        return [(one, one) for one in record.organ]
    return [(blake2b(name.encode(), digest_size=4).hexdigest(), name) for name in record.source_organ]


def _lists(context: Context, column: Column, records: list[Any], first: str) -> Iterator[Plan]:
    """All records, then those of each year, then those of each organ, each as pages of twenty."""
    years: dict[str, list[Any]] = {}
    organs: dict[str, tuple[str, list[Any]]] = {}
    for record in records:
        years.setdefault(record.document_date[:4], []).append(record)
        for key, name in _organ_key(record):
            found = context.site.find(name)
            organs.setdefault(key, (found[0] if found else name, []))[1].append(record)
    counts = Counter({key: len(inside) for key, (_, inside) in organs.items()})
    kept = dict(counts.most_common(FACET_LIMIT)) if len(counts) > FACET_LIMIT else dict(counts)
    orders = {key: getattr(context.site.record(key), "order", 10**6) for key in kept}
    organ_keys = sorted(kept, key=lambda key: (orders[key], -kept[key], organs[key][0]))

    def address(name: str, page: int = 1) -> str:
        if page > 1:
            return (
                f"/{column.path}/page-{page}.html"
                if name == first
                else f"/{column.path}/{name}-page-{page}.html"
            )
        return f"/{column.path}/" if name == "index" else f"/{column.path}/{name}.html"

    def facets(current: str) -> list[dict[str, Any]]:
        made = []
        for label, options in (
            (
                "年份",
                [(f"year-{year}", f"{year}年", len(years[year])) for year in sorted(years, reverse=True)],
            ),
            ("机构", [(f"organ-{key}", organs[key][0], kept[key]) for key in organ_keys]),
        ):
            if len(options) > 1:
                everything = {
                    "text": "全部",
                    "href": context.href(address(first)),
                    "count": len(records),
                    "current": current == first,
                }
                made.append(
                    {
                        "label": label,
                        "options": [
                            everything,
                            *(
                                {
                                    "text": text,
                                    "href": context.href(address(name)),
                                    "count": count,
                                    "current": name == current,
                                }
                                for name, text, count in options
                            ),
                        ],
                    }
                )
        return made

    whole_title = column.name if first == "index" else f"{column.name}（全部）"
    lists: list[tuple[str, str, list[Any]]] = [(first, whole_title, records)]
    if len(years) > 1:
        lists += [
            (f"year-{year}", f"{column.name}（{year}年）", years[year])
            for year in sorted(years, reverse=True)
        ]
    if len(organ_keys) > 1:
        lists += [
            (f"organ-{key}", f"{column.name}（{organs[key][0]}）", organs[key][1]) for key in organ_keys
        ]
    siblings = _siblings(context, column)
    for name, title, inside in lists:
        pages = max(1, -(-len(inside) // PAGE_SIZE))
        shown_facets = facets(name)
        for page in range(1, pages + 1):
            where = address(name, page)
            view = {
                "title": title if page == 1 else f"{title}（第{page}页）",
                # The column itself is the step before: its own list says only the page.
                "crumb": f"第{page}页" if name == "index" and page > 1 else "",
                "description": column.description,
                "openness": openness(context, column) if name == "index" and page == 1 else None,
                "count": len(inside),
                "facets": shown_facets,
                "items": [
                    context.item(record) for record in inside[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
                ],
                "pager": _pager(context, page, pages, lambda number, name=name: address(name, number))
                if pages > 1
                else None,
                "feeds": context.feeds_of(column),
                "downloads": _downloads(context, column),
                "siblings": siblings,
                "empty": ""
                if inside
                else f"本栏目暂时没有公开的内容。可以到网站地图查看其他栏目，或按《政府信息公开条例》申请公开。更新周期：{column.update_days}天。",
                "canonical": context.whole(where),
                "head_meta": [],
                "scripts": [],
            }
            path = where[1:] + "index.html" if where.endswith("/") else where[1:]
            yield Plan(path, "page", view, "pages/list.html", column.id)


def _downloads(context: Context, column: Column) -> list[dict[str, Any]]:
    if "exports" not in context.switches:
        return []
    return [
        {"text": "目录 CSV", "href": context.href(f"/data/columns/{column.id}.csv")},
        {"text": "目录 JSON", "href": context.href(f"/data/columns/{column.id}.json")},
    ]


def _siblings(context: Context, column: Column) -> list[dict[str, Any]]:
    family = context.site.columns[column.parent].children if column.parent else context.site.portal.columns
    return [
        {"name": one.name, "href": context.column_href(one), "current": one.id == column.id} for one in family
    ]


def _pager(context: Context, page: int, pages: int, address: Any) -> dict[str, Any]:
    """First, last and the neighbours of this page, with gaps said."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    links: list[dict[str, Any]] = []
    last = 0
    for number in near:
        if number > last + 1:
            links.append({"text": "…", "href": "", "current": False})
        links.append({"text": str(number), "href": context.href(address(number)), "current": number == page})
        last = number
    return {
        "page": page,
        "pages": pages,
        "previous_href": context.href(address(page - 1)) if page > 1 else "",
        "next_href": context.href(address(page + 1)) if page < pages else "",
        "pages_links": links,
    }
