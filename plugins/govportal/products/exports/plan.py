"""What is offered to machines. Private fields never leave; a demonstration says so in every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from govportal.kinds.rows import Rows
from govportal.model import Field, Record, columns, remembered, schema_of
from govportal.plans import Group, Plan
from govportal.portal import MEASURES_ADDRESS, Column
from govportal.products.context import Context
from govportal.products.gathering import Gathering, gathering, stem_of
from govportal.products.registering import Catalogue, catalogues, heads, rows
from govportal.products.registering import signature as signature_of
from govportal.products.tables import keyed_tables, sheet, views_of

CATALOGUE = (
    ("id", "编号"),
    ("index_number", "索引号"),
    ("title", "名称"),
    ("number", "文号"),
    ("summary", "内容概述"),
    ("publisher", "发布机构"),
    ("document_date", "生成日期"),
    ("published_at", "发布日期"),
    ("type", "类型"),
    ("column", "栏目"),
    ("state", "状态"),
    ("url", "网址"),
)


def plan_exports(context: Context, types: Iterable[type[Record]]) -> Iterator[Group]:
    """All data files."""
    site = context.site
    everything = site.signature(*(record.id for record in site.records))
    yield Group("data/catalogue", everything, partial(_catalogue, context, "data/catalogue", site.records))
    for column in site.columns.values():
        records = site.in_column[column.id]
        stem = f"data/columns/{column.id}"
        signature = site.signature(*(record.id for record in records))
        yield Group(stem, signature, partial(_catalogue, context, stem, records))
        if inside := gathering(context, column):
            signature = site.signature(*(record.id for record in inside.records))
            yield Group(f"gathered/{stem}", signature, partial(_gathered, context, column, inside))
    for declared in types:
        records = site.of_type(declared.type.name)
        signature = site.signature(*(record.id for record in records))
        yield Group(f"data/{declared.type.name}", signature, partial(_type, context, declared, records))
        for one in columns(declared):
            if one.uses.get("data") or one in keyed_tables(declared):
                for record in records:
                    name = f"rows/{one.name}/{record.id}"
                    yield Group(name, site.signature(record.id), partial(_rows, context, record, one))
    for catalogue in catalogues(context):
        name = f"data/register/{catalogue.name}"
        yield Group(name, signature_of(context, catalogue), partial(_register, context, catalogue))
    yield Group("sitemap", everything, partial(_machines, context))


def _type(context: Context, declared: type[Record], records: list[Any]) -> Iterator[Plan]:
    """All records of one type as JSON and CSV, and the JSON Schema of its files."""
    name = declared.type.name
    exported = {
        "type": name,
        "label": declared.type.label,
        "records": [export(context, record) for record in records],
    }
    yield Plan(f"data/{name}.json", "json", context.notice() | exported)
    yield Plan(f"data/{name}.csv", "csv", _table(context, declared, records))
    form = [{"name": one.name, "required": one.required, **one.kind.form()} for one in columns(declared)]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": declared.type.label}
    yield Plan(f"data/schema/{name}.json", "json", head | schema_of(declared) | {"x-form": form})


def _register(context: Context, catalogue: Catalogue) -> Iterator[Plan]:
    """A catalogue of normative documents as CSV and JSON, beside its page."""
    stem = context.site.register_addresses[catalogue.name].removesuffix(".html")[1:]
    columns = heads(catalogue)
    table = [
        ["、".join(part["text"] for part in parts) for parts in line]
        + [context.whole(context.site.addresses[record.id])]
        for line, record in zip(rows(context, catalogue), catalogue.records, strict=True)
    ]
    labels = [*(label for _, label in columns), "网址"]
    yield Plan(stem + ".csv", "csv", _with_notice(context.notice(), labels, table))
    quarter = catalogue.quarter
    head = (
        {"quarter": str(quarter), "from": quarter.begins.isoformat(), "to": quarter.ends.isoformat()}
        if quarter
        else {}
    )
    names = [*(name for name, _ in columns), "url"]
    records = [dict(zip(names, line, strict=True)) for line in table]
    view = context.notice() | {"title": catalogue.title} | head | {"count": len(records), "records": records}
    yield Plan(stem + ".json", "json", view)


def _machines(context: Context) -> Iterator[Plan]:
    """What search engines ask for."""
    yield Plan("sitemap.xml", "sitemap", {"pages": list(_sitemap(context))})
    production = context.site.portal.settings.environment == "production"
    yield Plan("robots.txt", "robots", {"allow": production, "sitemap": context.whole("/sitemap.xml")})


@remembered
def _public(declared: type) -> tuple[Field, ...]:
    return tuple(one for one in columns(declared) if not one.uses.get("private"))


def export(context: Context, record: Any) -> dict[str, Any]:
    """The public fields of a record as JSON, with its address."""
    made: dict[str, Any] = {"url": context.whole(context.site.addresses[record.id])}
    for one in _public(type(record)):
        value = getattr(record, one.name)
        if value is not None and value != () and value is not False:
            made[one.name] = one.kind.export(value)
    return made


def _table(context: Context, declared: type[Record], records: list[Any]) -> dict[str, Any]:
    """Public fields as text, without tables within tables, with a last column that says what site this is."""
    shown = [one for one in _public(declared) if not isinstance(one.kind, Rows)]
    rows = [
        [_words(one, getattr(record, one.name)) for one in shown]
        + [context.whole(context.site.addresses[record.id])]
        for record in records
    ]
    return _with_notice(context.notice(), [one.kind.label for one in shown] + ["网址"], rows)


def _words(one: Field, value: Any) -> str:
    return "" if value is None or value == () or value is False else one.kind.words(value)


def _with_notice(notice: dict[str, str], header: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return (
        {"header": [*header, "声明"], "rows": [[*row, notice["notice"]] for row in rows]}
        if notice
        else {"header": header, "rows": rows}
    )


def _catalogue_entry(context: Context, record: Any) -> dict[str, str]:
    item = context.item(record)
    return {
        "id": record.id,
        "index_number": getattr(record, "index_number", None) or "",
        "title": record.title,
        "number": record.number,
        "summary": item["summary"],
        "publisher": item["organ"],
        "document_date": record.document_date,
        "published_at": record.published_at,
        "type": record.type.label,
        "column": item["column"],
        "state": "、".join(badge["text"] for badge in item["badges"]),
        "url": context.whole(context.site.addresses[record.id]),
    }


def _catalogue(context: Context, stem: str, records: list[Any]) -> Iterator[Plan]:
    """The disclosure catalogue (政府信息公开条例第十二条: 索引、名称、内容概述、生成日期)."""
    entries = [_catalogue_entry(context, record) for record in records]
    yield Plan(stem + ".json", "json", context.notice() | {"records": entries})
    yield Plan(
        stem + ".csv",
        "csv",
        _with_notice(
            context.notice(),
            [label for _, label in CATALOGUE],
            [[entry[name] for name, _ in CATALOGUE] for entry in entries],
        ),
    )


def _rows(context: Context, record: Any, one: Field) -> Iterator[Plan]:
    """The rows of one list record beside its page."""
    assert isinstance(one.kind, Rows)
    stem = context.site.addresses[record.id].removesuffix(".html")[1:]
    rows = getattr(record, one.name)
    inner = columns(one.kind.of)
    table = [[_words(column, getattr(row, column.name)) for column in inner] for row in rows]
    notice = context.notice(record)
    yield Plan(stem + ".csv", "csv", _with_notice(notice, [column.kind.label for column in inner], table))
    yield Plan(
        stem + ".json",
        "json",
        notice
        | {
            "title": record.title,
            "sample": record.sample,
            "url": context.whole(context.site.addresses[record.id]),
            "rows": one.kind.export(rows),
        }
        | _pages(context, record, one)
        | record.computed_data(context),
    )


def _gathered(context: Context, column: Column, inside: Gathering) -> Iterator[Plan]:
    """The rows of all records of a column in one file."""
    fields, facts = columns(inside.row_type), inside.facts
    stem = stem_of(column)[1:]
    notice = context.notice(*inside.records)
    table, exported = [], []
    kind = inside.field.kind
    for record in inside.records:
        name, address = inside.title_of(record), context.whole(context.site.addresses[record.id])
        beside = {one.name: getattr(record, one.name) for one in facts}
        rows = getattr(record, inside.field.name)
        for row, data in zip(rows, kind.export(rows), strict=True):
            words = [_words(one, getattr(row, one.name)) for one in fields]
            table.append([name, *(_words(one, beside[one.name]) for one in facts), *words, address])
            exported.append({"title": name, "record": record.id, **beside, **data, "url": address})
    labels = [str(inside.field.uses["gathered"]), *(one.kind.label for one in (*facts, *fields)), "网址"]
    yield Plan(stem + ".csv", "csv", _with_notice(notice, labels, table))
    yield Plan(stem + ".json", "json", notice | {"title": column.name, "rows": exported})


def _pages(context: Context, record: Any, one: Field) -> dict[str, Any]:
    """Where the rows of a table of several pages stand: the first row of each page, and its address."""
    if one not in keyed_tables(type(record)):
        return {}
    made = sheet(context, record, one, next(iter(views_of(one))))
    if made.pages == 1:
        return {}
    return {
        "pages": [
            {"first": made.rows[start]["id"].removeprefix("row-"), "url": context.whole(made.address(number))}
            for number, start in enumerate(made.starts, 1)
        ]
    }


def _sitemap(context: Context) -> Iterator[tuple[str, str]]:
    """Every page a search engine should know, with the day its content last changed."""
    newest = context.site.records[0].published_at[:10] if context.site.records else ""
    yield context.whole("/"), newest
    for column in context.site.columns.values():
        inside = context.site.in_column[column.id]
        yield context.whole(f"/{column.path}/"), inside[0].published_at[:10] if inside else ""
    served = context.site.for_measure
    if served:
        days = [records[0].published_at[:10] for records in served.values() if records]
        yield context.whole(MEASURES_ADDRESS), max(days, default="")
    for address in context.site.register_addresses.values():
        yield context.whole(address), ""
    for measure in context.site.portal.measures:
        records = served[measure.id]
        yield context.whole(measure.address), records[0].published_at[:10] if records else ""
    for record in context.site.records:
        yield (
            context.whole(context.site.addresses[record.id]),
            (record.revised_at or record.published_at)[:10],
        )
