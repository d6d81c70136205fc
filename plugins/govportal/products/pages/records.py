"""One page for each record, read off the declaration of its type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.editions import list_address
from govportal.kinds import Many
from govportal.kinds.base import Kind, Part
from govportal.kinds.file import ALLOWED_TYPES, File
from govportal.kinds.grid import Grid
from govportal.kinds.ref import Ref
from govportal.kinds.rows import Rows
from govportal.model import Field, columns, columns_by_name, remembered
from govportal.plans import Group, Plan, Source
from govportal.products.charts import layouts
from govportal.products.context import Context, article_meta, published_view
from govportal.products.pages.register import entry_of
from govportal.products.pages.timeline import timeline
from govportal.products.structured import record_meaning
from govportal.products.tables import (
    heads,
    keyed_tables,
    scripts_for,
    sheet,
    show_cell,
    table_downloads,
    totals,
    used_fields,
    views_of,
)

NOT_STATED = [{"text": "原文未载", "quiet": True}]
RELATED_LIMIT = 20
CITING_LIMIT = 10
RELATED_ON_PAGE = 12
"""Up to this many related records all stand on the record's own page; of more it shows the first `RELATED_FIRST`, at most
`RELATED_OF_GROUP` of each relation, and the rest is one link away: a page must stay light whatever points at it."""
RELATED_FIRST = 6
RELATED_OF_GROUP = 2
FURTHER = 64
"""From this number in the metadata head on, what is known of a record is folded away below the rest."""
FURTHER_LEAST = 3


def record_pages(context: Context) -> Iterator[Group]:
    """The page of every visible record, between its neighbours in its column."""
    site = context.site
    for column in site.columns.values():
        home = [record for record in site.as_listed(column) if record.column == column.id]
        for place, record in enumerate(home):
            newer = home[place - 1] if place else None
            older = home[place + 1] if place + 1 < len(home) else None
            shown = [one.id for one in (record, newer, older) if one is not None] + site.neighbours[record.id]
            cited = [one.id for one in site.citations.get(record.id, {}).values()]
            citing = site.cited_by.get(record.id, [])
            shown += cited + citing[:CITING_LIMIT]
            entry = repr((len(citing), cited, entry_of(context, record))).encode()
            signature = site.signature(*shown) + record.digest.encode() + entry
            yield Group(f"record/{record.id}", signature, partial(_one, context, record, newer, older))


def _one(context: Context, record: Any, newer: Any, older: Any) -> list[Plan]:
    main = record_page(context, record, newer, older)
    return [main, *_related_page(context, record, main), *_further_pages(context, record, main)]


def record_page(context: Context, record: Any, newer: Any, older: Any) -> Plan:
    """The plan of one record's page, between its neighbours in the column."""
    address = context.site.addresses[record.id]
    column = context.site.columns[record.column]
    body = Source(record.path, record.body.line, record.body.digest) if record.body else None
    view = {
        "shape": record.type.template,
        "type": record.type.name,
        "type_label": record.type.label,
        "title": record.title,
        "href": context.href(address),
        "permalink": context.whole(address),
        "canonical": context.whole(address),
        "head_meta": article_meta(context, record),
        "meaning": record_meaning(context, record, address, tables := _tables(context, record)),
        "column": {"name": column.name, "href": context.column_href(column)},
        "sample": record.sample,
        "banners": _banners(context, record),
        "head": _head(context, record),
        "state": record.state(context),
        "sections": _sections(context, record),
        "tables": tables,
        "charts": layouts(record.charts(context)),
        "views": _views(context, record),
        "attachments": _attachments(context, record),
        "citations": _citations(context, record),
        **_related(context, record),
        "editions": _editions(context, record),
        "history": context.href(list_address(record)) if record.is_list else "",
        "previous": context.item(newer) if newer else None,
        "next": context.item(older) if older else None,
        "published": published_view(record),
        "source": _source(context, record),
        "measures": _measures(context, record),
        "secrecy": "已审查" if record.secrecy_review else "",
        "scripts": scripts_for(context, tables),
    }
    if record.type.stations:
        view["timeline"] = timeline(context, record)
    return Plan(address[1:], "page", view, f"pages/{record.type.template}.html", record.column, body)


@remembered
def _head_fields(declared: type) -> tuple[Field, ...]:
    return tuple(one for one in columns(declared) if "head" in one.uses)


def _head(context: Context, record: Any) -> list[dict[str, Any]]:
    """The metadata head: declared fields and worked-out rows in the order of their numbers; gaps are said."""
    rows: list[tuple[int, str, list[Part], bool]] = [
        (order, label, parts, False) for order, label, parts in record.computed_head(context)
    ]
    for one in _head_fields(type(record)):
        value = getattr(record, one.name)
        if value in (None, (), ""):
            if one.name not in record.gaps:
                continue
            parts = NOT_STATED
        else:
            parts = one.kind.show(value, context)
        if parts:
            rows.append((one.uses["head"], one.kind.label, parts, bool(one.uses.get("wide"))))
    if entry := entry_of(context, record):
        rows.append((67, "登记目录", [entry], False))
    shown = {one.name for one in _head_fields(type(record))}
    for name in record.gaps:
        if name not in shown:
            rows.append((95, columns_by_name(type(record))[name].kind.label, NOT_STATED, False))
    rows.sort(key=lambda row: row[0])
    folded = sum(row[0] >= FURTHER for row in rows)
    return [
        {
            "label": label,
            "value": parts,
            "wide": wide,
            "text": _only_text(parts),
            "further": order >= FURTHER and FURTHER_LEAST <= folded < len(rows),
        }
        for order, label, parts, wide in rows
    ]


def _only_text(parts: list[Part]) -> str:
    """The words of a value that is nothing but words; '' when it has links, states or numbers that must not break."""
    text: str = parts[0]["text"]
    return text if len(parts) == 1 and len(parts[0]) == 1 and "〔" not in text else ""


def _banners(context: Context, record: Any) -> list[dict[str, Any]]:
    banners: list[dict[str, Any]] = (
        [{"kind": "sample", "text": "示例：本页内容是为演示而编写的，不是真实的政府信息。", "links": []}]
        if record.sample
        else []
    )
    if record.origin == "reprint":
        source = record.source_name or "来源"
        link = {"text": source} | ({"href": record.source_url, "external": True} if record.source_url else {})
        banners.append(
            {"kind": "reprint", "text": "本页为转载，以发布机关公布的文本为准。来源：", "links": [link]}
        )
    if record.caution:
        banners.append({"kind": "caution", "text": record.caution, "links": []})
    return [*banners, *record.banners(context)]


def _sections(context: Context, record: Any) -> list[dict[str, Any]]:
    """The sections of a page in order, each with the tables that stand within it; a section may be its tables alone."""
    found = sorted(
        (one for one in columns(type(record)) if "section" in one.uses), key=lambda one: one.uses["section"]
    )
    sections = [
        {
            "id": f"section-{one.name.replace('_', '-')}",
            "label": one.kind.label,
            "paragraphs": [
                line.strip()
                for line in one.kind.words(getattr(record, one.name) or "").split("\n")
                if line.strip()
            ],
            "tables": _tables(context, record, one.name),
        }
        for one in found
    ]
    return [one for one in sections if one["paragraphs"] or one["tables"]]


def _tables(context: Context, record: Any, section: str = "") -> list[dict[str, Any]]:
    """Every field shown as a table in a section, or after all sections; without the columns that no row uses.

    Of a table that has views or several pages this page shows the first.
    """
    tables = []
    for one in columns(type(record)):
        rows = getattr(record, one.name)
        if not one.uses.get("table") or not rows or one.uses.get("in_section", "") != section:
            continue
        if isinstance(one.kind, Grid):
            tables.append(one.kind.table(rows, one.name.replace("_", "-")))
            continue
        if not isinstance(one.kind, Rows):
            continue
        if one.kind.key:
            tables.append(sheet(context, record, one, next(iter(views_of(one)))).table(context, 1))
            continue
        used = used_fields(one.kind.of, rows)
        shown = [
            {
                "id": f"{one.name}-{place}",
                "cells": [show_cell(inner, row, record, context) for inner in used],
            }
            for place, row in enumerate(rows, 1)
        ]
        tables.append(
            {
                "id": one.name,
                "caption": one.kind.label,
                "columns": heads(used, shown),
                "rows": shown,
                "total": totals(used, rows, context),
                "downloads": [],
            }
        )
    if section:
        return tables
    computed = record.computed_tables(context)
    if computed and any(one.uses.get("data") for one in columns(type(record))):
        stem = context.site.addresses[record.id].removesuffix(".html")
        computed[0]["downloads"] = table_downloads(context, stem)
    return [*tables, *computed]


def _further_pages(context: Context, record: Any, main: Plan) -> Iterator[Plan]:
    """The other views and pages of the record's tables, and what the browser loads to search through all of them."""
    address = context.site.addresses[record.id]
    for one in keyed_tables(type(record)):
        views = views_of(one)
        for view in views if getattr(record, one.name) else ():
            made = sheet(context, record, one, view)
            for page in range(1, made.pages + 1):
                where = made.address(page)
                if where == address:
                    continue
                table = made.table(context, page)
                crumb = "，".join([*([views[view]] if view else []), *([f"第{page}页"] if page > 1 else [])])
                shown = main.view | {
                    "title": f"{record.title}（{crumb}）",
                    "crumb": crumb,
                    "above": [{"text": record.title, "href": context.href(address)}],
                    "permalink": context.whole(where),
                    "canonical": context.whole(where),
                    "head_meta": [],
                    "head": [],
                    "sections": [],
                    "charts": [],
                    "tables": [table],
                    "views": _views(context, record, view),
                    "attachments": [],
                    "relations": [],
                    "all_related": {},
                    "previous": None,
                    "next": None,
                    "measures": [],
                    "scripts": scripts_for(context, [table]),
                }
                yield Plan(where[1:], "page", shown, main.template, record.column)
            for path, data in made.data(context, context.notice(record)):
                yield Plan(path[1:], "json", data)


def _views(context: Context, record: Any, current: str = "") -> list[dict[str, Any]]:
    """The pages among which the columns of a table are divided."""
    return [
        {
            "title": label,
            "href": context.href(sheet(context, record, one, view).address(1)),
            "current": view == (current or next(iter(views_of(one)))),
        }
        for one in keyed_tables(type(record))
        for view, label in views_of(one).items()
        if view and getattr(record, one.name)
    ]


def size_in_words(size: int) -> str:
    """A file's size for people: 12 KB, 1.2 MB."""
    return (
        f"{size} B"
        if size < 1024
        else f"{size / 1024:.0f} KB"
        if size < 1024 * 1024
        else f"{size / 1024 / 1024:.1f} MB"
    )


@remembered
def _file_fields(declared: type) -> tuple[Field, ...]:
    return tuple(one for one in columns(declared) if isinstance(one.kind, File))


def _attachments(context: Context, record: Any) -> list[dict[str, Any]]:
    """The files offered for download; `role` is the label of the field that names a file (草案), or ''."""
    folder = record.path.rpartition("/")[0]
    roles = {getattr(record, one.name): one.kind.label for one in _file_fields(type(record))}
    return [
        {
            "name": one.name,
            "href": context.href(f"/{folder}/{one.file}"),
            "type": ALLOWED_TYPES[one.file.rpartition(".")[2].lower()],
            "size": size_in_words(context.site.files.get(f"{folder}/{one.file}", 0)),
            "alternative_text": one.alternative_text or "",
            "role": roles.get(one.file, ""),
        }
        for one in record.attachments
    ]


def _measures(context: Context, record: Any) -> list[Part]:
    """The measures of the plan that the record serves, by number and name, each a link to its page."""
    known = {measure.id: measure for measure in context.site.portal.measures}
    return [
        {"text": known[one].full_title, "href": context.href(known[one].address)}
        if one in known
        else {"text": one}
        for one in record.measures
    ]


def _is_reference(kind: Kind) -> bool:
    return isinstance(kind, Ref) or (isinstance(kind, Many) and isinstance(kind.kind, Ref))


@remembered
def _relation_fields(declared: type) -> tuple[Field, ...]:
    return tuple(one for one in columns(declared) if _is_reference(one.kind) and "head" not in one.uses)


def _relations(context: Context, record: Any) -> list[dict[str, Any]]:
    """What this record points at, and what points at it, by the name of the relation; each other record once a name."""
    groups: dict[str, dict[str, Any]] = {}
    beside: set[str] = set()

    def add(label: str, other: Any, field: Field) -> None:
        if field.uses.get("beside"):
            beside.add(label)
        if other is not None and other.id != record.id:
            group = groups.setdefault(label, {})
            if len(group) < RELATED_LIMIT:
                group.setdefault(other.id, other)

    def on_the_way(field: Field) -> bool:
        """Whether the timeline of this page shows it already."""
        return bool(record.type.stations and field.uses.get("station"))

    for one in _relation_fields(type(record)):
        value = None if on_the_way(one) else getattr(record, one.name)
        for target in one.kind.references(value) if value else ():
            add(one.kind.label, context.site.record(target), one)
    for name in context.site.incoming_fields(record.id):
        for other in context.site.incoming(record.id, name):
            field = columns_by_name(type(other))[name]
            if on_the_way(field):
                continue
            add(field.uses.get("inverse", f"{other.type.label}：{field.kind.label}"), other, field)
    related = {one for group in groups.values() for one in group}
    citing = [one for one in context.site.cited_by.get(record.id, []) if one not in related]
    if citing:
        label = "引用本文件的文件"
        if len(citing) > CITING_LIMIT:
            label += f"（共 {len(citing)} 份，列出最近 {CITING_LIMIT} 份）"
        groups[label] = {one: context.site.record(one) for one in citing[:CITING_LIMIT]}
    return [
        {
            "label": label,
            "items": [context.item(other) for other in group.values()],
            "beside": label in beside,
        }
        for label, group in groups.items()
    ]


def _related(context: Context, record: Any) -> dict[str, Any]:
    """The relations that the record's own page shows, and where all of them are listed if it does not show all."""
    groups = _relations(context, record)
    count = sum(len(group["items"]) for group in groups if not group["beside"])
    if count <= RELATED_ON_PAGE:
        return {"relations": groups, "all_related": {}}
    room, shown = RELATED_FIRST, []
    for group in groups:
        items = group["items"] if group["beside"] else group["items"][: min(room, RELATED_OF_GROUP)]
        room -= 0 if group["beside"] else len(items)
        shown.append(group | {"items": items})
    return {
        "relations": [group for group in shown if group["items"]],
        "all_related": {
            "href": context.href(related_address(context.site.addresses[record.id])),
            "count": count,
        },
    }


def related_address(address: str) -> str:
    """The page of all that the record of an address is related to."""
    return address.removesuffix(".html") + "-related.html"


def _related_page(context: Context, record: Any, main: Plan) -> Iterator[Plan]:
    """All that a record is related to, for records that have more of it than their page shows."""
    if not main.view["all_related"]:
        return
    groups = [group for group in _relations(context, record) if not group["beside"]]
    address = context.site.addresses[record.id]
    where = related_address(address)
    number = f"（{record.number}）" if record.number else ""
    view = {
        "title": f"{record.title}{number}的相关内容",
        "crumb": "相关内容",
        "above": [{"text": record.title, "href": context.href(address)}],
        "canonical": context.whole(where),
        "head_meta": [],
        "relations": groups,
        "count": main.view["all_related"]["count"],
        "scripts": [],
    }
    yield Plan(where[1:], "page", view, "pages/related.html", record.column)


def _citations(context: Context, record: Any) -> dict[str, dict[str, Any]]:
    """The documents that the text names, as written, each with its link and what must be said of its force."""
    return {
        written: {
            "href": context.href(context.site.addresses[one.id]),
            "skip": one.skip,
            "state": context.warning_of(one.id),
        }
        for written, one in context.site.citations.get(record.id, {}).items()
    }


def _editions(context: Context, record: Any) -> list[dict[str, Any]]:
    if not record.edition_of:
        return []
    editions = context.site.editions[record.type.name, record.edition_of]
    return (
        [
            {
                "title": one.edition_name,
                "href": context.href(context.site.addresses[one.id]),
                "current": one.id == record.id,
            }
            for one in editions
        ]
        if len(editions) > 1
        else []
    )


def _source(context: Context, record: Any) -> list[Part]:
    publisher = record.publisher(context)
    parts: list[Part] = [{"text": publisher}] if publisher else []
    if record.origin == "reprint" and record.source_name:
        parts.append({"text": record.source_name, "href": record.source_url, "external": True})
    return parts or NOT_STATED
