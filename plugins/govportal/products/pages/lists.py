"""Columns: hubs, and lists of twenty with year and organ filters that need no JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from typing import Any

from govportal.model import columns
from govportal.plans import Group, Plan
from govportal.portal import CATALOGUE_COLUMN, STATUTORY_COLUMN, Column
from govportal.products.context import PAGE_SIZE, Context
from govportal.products.gathering import gathering, stem_of
from govportal.products.pages.coverage import coverage_of
from govportal.products.pages.openness import openness, openness_signature
from govportal.products.pages.register import register_links
from govportal.products.tables import pager

FACET_LIMIT = 60
LATEST = 10
LATEST_OF_CHILD = 5


def column_pages(context: Context) -> Iterator[Group]:
    """The hub and the lists of every column."""
    for column in context.site.columns.values():
        records = context.site.as_listed(column)
        signature = context.site.signature(*(record.id for record in records))
        signature += b"%d" % context.site.withdrawn_in[column.id]
        if column is context.site.register_column:
            signature += repr(register_links(context)).encode()
        signature += openness_signature(context, column)
        yield Group(f"column/{column.id}", signature, partial(_column_pages, context, column, records))


def _column_pages(context: Context, column: Column, records: list[Any]) -> Iterator[Plan]:
    if column.children:
        yield _hub(context, column, records)
        yield from _lists(context, column, records, "all")
    elif column.shows == STATUTORY_COLUMN and context.site.portal.statutory:
        # The page of the column itself is made of the law's items (`statutory.py`).
        yield from _lists(context, column, records, "all")
    else:
        yield from _lists(context, column, records, "index")


def _hub(context: Context, column: Column, records: list[Any]) -> Plan:
    children = []
    for child in column.children:
        inside = context.site.as_listed(child)
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
        "elements": _elements(column),
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
    coverage = coverage_of(context, column)
    siblings = siblings_of(context, column)
    template = "pages/catalogue.html" if column.shows == CATALOGUE_COLUMN else "pages/list.html"
    together = gathering(context, column)
    gathered = (
        {
            "text": f"在一张表里看全部{together.field.kind.label}（{together.count} 条）",
            "href": context.href(f"{stem_of(column)}.html"),
        }
        if together
        else None
    )
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
                "elements": _elements(column),
                "coverage": coverage if where == address(first) else [],
                "openness": openness(context, column) if name == "index" and page == 1 else None,
                "count": len(inside),
                "withdrawn": context.site.withdrawn_in[column.id] if name == first else 0,
                "facets": shown_facets,
                "items": [
                    context.item(record) for record in inside[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
                ],
                "pager": pager(context, page, pages, partial(address, name)) if pages > 1 else None,
                "feeds": context.feeds_of(column),
                "downloads": _downloads(context, column),
                "gathered": gathered,
                "links": register_links(context) if column is context.site.register_column else [],
                "siblings": siblings,
                "empty": ""
                if inside
                else f"本栏目暂时没有公开的内容。可以到网站地图查看其他栏目，或按《政府信息公开条例》申请公开。更新周期：{column.update_days}天。",
                "canonical": context.whole(where),
                "head_meta": [],
                "scripts": [],
            }
            path = where[1:] + "index.html" if where.endswith("/") else where[1:]
            yield Plan(path, "page", view, template, column.id)


def _elements(column: Column) -> list[dict[str, str]]:
    """The five elements that a column of the key areas opens with."""
    return (
        [
            {"label": one.kind.label, "text": getattr(column.elements, one.name)}
            for one in columns(type(column.elements))
        ]
        if column.elements
        else []
    )


def _downloads(context: Context, column: Column) -> list[dict[str, Any]]:
    if "exports" not in context.switches:
        return []
    return [
        {"text": "目录 CSV", "href": context.href(f"/data/columns/{column.id}.csv")},
        {"text": "目录 JSON", "href": context.href(f"/data/columns/{column.id}.json")},
    ]


def siblings_of(context: Context, column: Column) -> list[dict[str, Any]]:
    family = context.site.columns[column.parent].children if column.parent else context.site.portal.columns
    return [
        {"name": one.name, "href": context.column_href(one), "current": one.id == column.id} for one in family
    ]
