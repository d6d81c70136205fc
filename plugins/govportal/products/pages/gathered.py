"""The pages of tables that gather the rows of all records of a column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from govportal.plans import Group, Plan
from govportal.portal import Column
from govportal.products.context import Context
from govportal.products.gathering import Gathering, gathered_sheet, gathering
from govportal.products.tables import scripts_for


def gathered_pages(context: Context) -> Iterator[Group]:
    """A table of several pages for every column that gathers rows."""
    for column in context.site.columns.values():
        if inside := gathering(context, column):
            signature = context.site.signature(*(record.id for record in inside.records))
            yield Group(f"gathered/{column.id}", signature, partial(_pages, context, column, inside))


def _pages(context: Context, column: Column, inside: Gathering) -> Iterator[Plan]:
    made = gathered_sheet(context, column, inside)
    cautions = dict.fromkeys(record.caution for record in inside.records if record.caution)
    for page in range(1, made.pages + 1):
        where = made.address(page)
        table = made.table(context, page)
        view = {
            "title": made.caption if page == 1 else f"{made.caption}（第{page}页）",
            "crumb": f"全部{inside.field.kind.label}" + (f"（第{page}页）" if page > 1 else ""),
            "description": column.description,
            "banners": [{"kind": "caution", "text": words, "links": []} for words in cautions],
            "table": table,
            "canonical": context.whole(where),
            "head_meta": [],
            "scripts": scripts_for(context, [table]),
        }
        yield Plan(where[1:], "page", view, "pages/gathered.html", column.id)
    for path, piece in made.data(context, context.notice(*inside.records)):
        yield Plan(path[1:], "json", piece)
