"""The rows of all records of a column in one table: many small tables that people look through as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govportal.kinds.base import Part
from govportal.kinds.rows import Rows
from govportal.model import Field, columns
from govportal.portal import Column
from govportal.products.context import Context
from govportal.products.tables import (
    Sheet,
    column_head,
    cut,
    heads,
    keyed_tables,
    show_cell,
    table_downloads,
    text_head,
    used_fields,
)


@dataclass(frozen=True)
class Gathering:
    """The records of a column whose rows stand together, and the field that holds them."""

    records: tuple[Any, ...]
    field: Field

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(getattr(record, self.field.name)) for record in self.records)

    @property
    def row_type(self) -> type:
        """What a row is."""
        assert isinstance(self.field.kind, Rows)
        return self.field.kind.of

    @property
    def facts(self) -> list[Field]:
        """The fields of the records that stand beside each of their rows."""
        return [one for one in columns(type(self.records[0])) if one.uses.get("gathered") is True]

    def title_of(self, record: Any) -> str:
        """What a record is called in the table: the title between 《 and 》 where it has one."""
        title: str = record.title
        return title[title.index("《") : title.index("》") + 1] if "《" in title and "》" in title else title


def gathering(context: Context, column: Column) -> Gathering | None:
    """What is gathered in a column: the rows of the records of the first type that asks for it; None when none does."""
    found: dict[str, list[Any]] = {}
    fields: dict[str, Field] = {}
    for record in context.site.in_column[column.id]:
        if record.column != column.id:
            continue
        for one in keyed_tables(type(record)):
            if one.uses.get("gathered") and getattr(record, one.name):
                found.setdefault(record.type.name, []).append(record)
                fields[record.type.name] = one
    for name, records in sorted(found.items()):
        return Gathering(tuple(sorted(records, key=lambda record: record.id)), fields[name])
    return None


def stem_of(column: Column) -> str:
    """Where the table of a column stands, without `.html`."""
    return f"/{column.path}/rows"


def gathered_sheet(context: Context, column: Column, inside: Gathering) -> Sheet:
    """The table, cut into pages; a row's anchor has the record's name before its code."""
    field, facts = inside.field, inside.facts
    assert isinstance(field.kind, Rows)
    every_row = [row for record in inside.records for row in getattr(record, field.name)]
    fields = [one for one in used_fields(inside.row_type, every_row) if one.name != field.kind.key]
    shown: list[dict[str, Any]] = []
    for record in inside.records:
        address = context.href(context.site.addresses[record.id])
        name: list[Part] = [{"text": inside.title_of(record), "href": address}]
        beside = [one.kind.show(getattr(record, one.name), context) for one in facts]
        for row in getattr(record, field.name):
            code = getattr(row, field.kind.key)
            cells = [show_cell(one, row, record, context) for one in fields]
            shown.append({"id": f"row-{record.id}-{code}", "cells": [name, *beside, *cells]})
    label = str(field.uses["gathered"])
    first = len(facts) + 1
    inner = [{**row, "cells": row["cells"][first:]} for row in shown]
    made = [text_head(label, facet=True), *(column_head(one, ()) for one in facts), *heads(fields, inner)]
    return Sheet(
        base=stem_of(column),
        name="page",
        caption=f"{column.name}：全部{field.kind.label}",
        columns=made,
        rows=shown,
        starts=cut(shown, sum(len(head["label"].encode()) for head in made)),
        downloads=table_downloads(context, stem_of(column)),
    )
