"""法定主动公开内容: item by item of the law, in which columns its content is found, how much, and how recent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.plans import Group, Plan
from govportal.portal import STATUTORY_COLUMN, Column, StatutoryItem
from govportal.products.context import Context
from govportal.products.pages.lists import LATEST, siblings_of


def statutory_pages(context: Context) -> Iterator[Group]:
    """The page of every column that shows the items of the law; none where no items are named."""
    site = context.site
    items = site.portal.statutory
    for column in site.columns.values():
        if column.shows != STATUTORY_COLUMN or not items:
            continue
        found = {one.id: records_of(context, one) for one in items}
        told = dict.fromkeys(record.id for records in found.values() for record in records)
        told |= dict.fromkeys(record.id for record in site.in_column[column.id])
        yield Group(f"statutory/{column.id}", site.signature(*told), partial(_page, context, column, found))


def records_of(context: Context, item: StatutoryItem) -> list[Any]:
    """The records of the columns of an item, each once, in the order of the columns."""
    columns = context.site.in_column
    return list({record.id: record for one in item.columns for record in columns.get(one, ())}.values())


def _page(context: Context, column: Column, found: dict[str, list[Any]]) -> Iterator[Plan]:
    rows = [_row(context, one, found[one.id]) for one in context.site.portal.statutory]
    records = context.site.in_column[column.id]
    view = {
        "title": column.name,
        "description": column.description,
        "items": rows,
        "tally": {
            "count": len(rows),
            **{
                state: sum(row["state"]["badge"] == state for row in rows)
                for state in ("valid", "sample", "closed", "nothing")
            },
        },
        "siblings": siblings_of(context, column),
        "feeds": context.feeds_of(column),
        "latest": [context.item(record) for record in records[:LATEST]],
        "count": len(records),
        "all_href": context.href(f"/{column.path}/all.html"),
        "canonical": context.whole(f"/{column.path}/"),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(f"{column.path}/index.html", "page", view, "pages/statutory.html", column.id)


def _row(context: Context, item: StatutoryItem, records: list[Any]) -> dict[str, Any]:
    """Counts of what is real; a sample never counts as published."""
    real = [record for record in records if not record.sample]
    columns = [column for one in item.columns if (column := context.site.columns.get(one))]
    return {
        "id": f"item-{item.id}",
        "clause": item.clause,
        "text": item.text,
        "columns": [
            {"text": f"{one.name}（{len(context.site.in_column[one.id])}）", "href": context.column_href(one)}
            for one in columns
        ],
        "count": len(records),
        "own": sum(record.origin == "own" for record in real),
        "reprint": sum(record.origin != "own" for record in real),
        "sample": len(records) - len(real),
        "newest": max((record.published_at[:10] for record in records), default=""),
        "state": _state(item, records, real),
        "note": item.not_produced or "",
    }


def _state(item: StatutoryItem, records: list[Any], real: list[Any]) -> dict[str, str]:
    if real:
        return {"text": "有真实公开", "badge": "valid"}
    if records:
        return {"text": "只有示例", "badge": "sample"}
    if item.not_produced:
        return {"text": "不产生", "badge": "closed"}
    return {"text": "还没有内容", "badge": "nothing"}
