"""One page for each record, read off the declaration of its type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.kinds import Link, Many
from govportal.kinds.base import Kind, Part
from govportal.kinds.file import ALLOWED_TYPES, File
from govportal.kinds.ref import Ref
from govportal.kinds.rows import Rows
from govportal.model import Field, columns, columns_by_name, remembered
from govportal.plans import Group, Plan, Source
from govportal.products.context import Context, article_meta, published_view
from govportal.products.pages.timeline import timeline

NOT_STATED = [{"text": "原文未载", "quiet": True}]
RELATED_LIMIT = 20
LONG_CELL = 30


def record_pages(context: Context) -> Iterator[Group]:
    """The page of every visible record, between its neighbours in its column."""
    site = context.site
    for column_id in site.columns:
        home = [record for record in site.in_column[column_id] if record.column == column_id]
        for place, record in enumerate(home):
            newer = home[place - 1] if place else None
            older = home[place + 1] if place + 1 < len(home) else None
            shown = [one.id for one in (record, newer, older) if one is not None] + site.neighbours[record.id]
            signature = site.signature(*shown) + record.digest.encode()
            yield Group(f"record/{record.id}", signature, partial(_one, context, record, newer, older))


def _one(context: Context, record: Any, newer: Any, older: Any) -> list[Plan]:
    return [record_page(context, record, newer, older)]


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
        "column": {"name": column.name, "href": context.column_href(column)},
        "sample": record.sample,
        "banners": _banners(context, record),
        "head": _head(context, record),
        "state": record.state(context),
        "sections": _sections(record),
        "tables": _tables(context, record),
        "attachments": _attachments(context, record),
        "relations": _relations(context, record),
        "editions": _editions(context, record),
        "previous": context.item(newer) if newer else None,
        "next": context.item(older) if older else None,
        "published": published_view(record),
        "source": _source(context, record),
        "measures": _measures(context, record),
        "secrecy": "已审查" if record.secrecy_review else "",
        "scripts": [],
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
    shown = {one.name for one in _head_fields(type(record))}
    for name in record.gaps:
        if name not in shown:
            rows.append((95, columns_by_name(type(record))[name].kind.label, NOT_STATED, False))
    rows.sort(key=lambda row: row[0])
    return [
        {"label": label, "value": parts, "wide": wide, "text": _only_text(parts)}
        for _, label, parts, wide in rows
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
    return [*banners, *record.banners(context)]


def _sections(record: Any) -> list[dict[str, Any]]:
    found = [
        (one.uses["section"], one)
        for one in columns(type(record))
        if "section" in one.uses and getattr(record, one.name)
    ]
    return [
        {
            "id": f"section-{one.name.replace('_', '-')}",
            "label": one.kind.label,
            "paragraphs": [
                line.strip() for line in one.kind.words(getattr(record, one.name)).split("\n") if line.strip()
            ],
        }
        for _, one in sorted(found, key=lambda pair: pair[0])
    ]


def _numeric(kind: Kind) -> bool:
    return type(kind).__name__ in ("Money", "Count")


def _column(field: Field, rows: Any) -> dict[str, Any]:
    """The head of a column; `headline` names the row on a phone, `long` holds sentences that need room."""
    lengths = (
        len(field.kind.words(value)) for row in rows if (value := getattr(row, field.name)) is not None
    )
    return {
        "label": field.kind.label,
        "numeric": _numeric(field.kind),
        "headline": bool(field.uses.get("headline")),
        "long": not isinstance(field.kind, Link) and max(lengths, default=0) > LONG_CELL,
    }


def _tables(context: Context, record: Any) -> list[dict[str, Any]]:
    """Every field of rows that is shown as a table, without the columns that no row uses."""
    tables = []
    for one in columns(type(record)):
        rows = getattr(record, one.name)
        if not one.uses.get("table") or not rows or not isinstance(one.kind, Rows):
            continue
        used = [
            inner
            for inner in columns(one.kind.of)
            if any(getattr(row, inner.name) not in (None, ()) for row in rows)
        ]
        key = one.kind.key
        tables.append(
            {
                "id": one.name,
                "caption": f"{record.title}" if len(rows) > 1 and key else one.kind.label,
                "columns": [_column(inner, rows) for inner in used],
                "rows": [
                    {
                        "id": f"row-{getattr(row, key)}" if key else f"{one.name}-{place}",
                        "cells": [
                            inner.kind.show(value, context)
                            if (value := getattr(row, inner.name)) is not None
                            else []
                            for inner in used
                        ],
                    }
                    for place, row in enumerate(rows, 1)
                ],
                "total": None,
                "downloads": _downloads(context, record) if key else [],
            }
        )
    return [*tables, *record.computed_tables(context)]


def _downloads(context: Context, record: Any) -> list[Part]:
    if "exports" not in context.switches:
        return []
    stem = context.site.addresses[record.id].removesuffix(".html")
    return [
        {"text": "下载 CSV", "href": context.href(stem + ".csv")},
        {"text": "下载 JSON", "href": context.href(stem + ".json")},
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

    def add(label: str, other: Any) -> None:
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
            add(one.kind.label, context.site.record(target))
    for name in context.site.incoming_fields(record.id):
        for other in context.site.incoming(record.id, name):
            field = columns_by_name(type(other))[name]
            if on_the_way(field):
                continue
            add(field.uses.get("inverse", f"{other.type.label}：{field.kind.label}"), other)
    return [
        {"label": label, "items": [context.item(other) for other in group.values()]}
        for label, group in groups.items()
    ]


def _editions(context: Context, record: Any) -> list[dict[str, Any]]:
    if not record.edition_of:
        return []
    editions = context.site.editions[record.type.name, record.edition_of]
    return (
        [
            {
                "title": f"{one.document_date} 版",
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
