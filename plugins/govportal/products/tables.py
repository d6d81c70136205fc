"""Tables of rows as they are published: which columns they have, how they are cut into pages, where each row stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from govportal.han import article_anchor
from govportal.kinds import Count, Link, Money
from govportal.kinds.base import Part, Shelf
from govportal.kinds.figure import Figure
from govportal.kinds.rows import Rows
from govportal.model import Field, columns
from govportal.products.context import Context

ONE_PAGE = 200
"""Up to so many rows a table stands on one page."""
PAGE_ROWS = 100
"""A longer one is cut into pages of so many rows, or fewer where the rows are long."""
PAGE_BYTES = 120_000
"""About the most bytes the rows of one page may have, so that the page stays below 200 kB."""
CELL_BYTES, ROW_BYTES = 80, 120
"""About what the marks around a cell and a row take."""
LONG_CELL = 30
"""A column with longer cells holds sentences: it gets room, and is left out of what the browser sorts at once."""
FEW_ROWS = 5
"""From so many rows on a table can be sorted and filtered in the browser."""

TABLE_SCRIPT = "/assets/js/tables/page.js"
Table = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A table cut into pages. `base` is the address of its first page without `.html`; `starts` the first row of each."""

    base: str
    name: str
    caption: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    starts: tuple[int, ...]
    total: list[list[Part]] | None = None
    downloads: list[Part] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.starts)

    def address(self, page: int) -> str:
        """Where a page of it stands."""
        return f"{self.base}.html" if page == 1 else f"{self.base}-{self.name}-{page}.html"

    def data_address(self, name: str) -> str:
        """Where the browser finds a piece of it: `index`, or the rows of a page by number."""
        return f"{self.base}-{self.name}/{name}.json"

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each row, from nought, by its anchor."""
        return {row["id"]: place for place, row in enumerate(self.rows)}

    def page_of(self, place: int) -> int:
        """The page on which a row stands, by the row's place from nought."""
        return bisect_right(self.starts, place)

    def rows_of(self, page: int) -> list[dict[str, Any]]:
        """The rows of a page."""
        end = self.starts[page] if page < self.pages else len(self.rows)
        return self.rows[self.starts[page - 1] : end]

    def table(self, context: Context, page: int) -> Table:
        """A page of it as templates draw it."""
        made: Table = {
            "id": self.name,
            "caption": self.caption,
            "columns": self.columns,
            "rows": self.rows_of(page),
            "count": len(self.rows),
            "total": self.total if page == self.pages else None,
            "downloads": self.downloads,
        }
        if self.pages > 1:
            made |= {
                "first": self.starts[page - 1] + 1,
                "index": context.href(self.data_address("index")),
                "pager": pager(context, page, self.pages, self.address),
                "ranges": [
                    {"text": _first_words(self.rows[start]), "href": context.href(self.address(number))}
                    for number, start in enumerate(self.starts, 1)
                ]
                if page == 1
                else [],
            }
        return made

    def data(self, context: Context, notice: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the browser loads to sort and filter all pages: an index of the short cells, and the rows of each page.

        `index.json`: `codes` are the rows' anchors in order; `starts` the first row of each page, `pages` and `pieces`
        the links of its page and its rows; `columns` say what each is called; `cells` holds the texts of the columns
        that are not long, each once in `values`, with the place of each row's value in `rows`.
        """
        if self.pages == 1:
            return
        short = [place for place, one in enumerate(self.columns) if not one["long"] or one["headline"]]
        numbers = range(1, self.pages + 1)
        yield (
            self.data_address("index"),
            notice
            | {
                "title": self.caption,
                "starts": list(self.starts),
                "pages": [context.href(self.address(number)) for number in numbers],
                "pieces": [context.href(self.data_address(str(number))) for number in numbers],
                "columns": self.columns,
                "codes": [row["id"] for row in self.rows],
                "cells": [{"column": place} | _coded(self.rows, place) for place in short],
            },
        )
        for number in numbers:
            yield (
                self.data_address(str(number)),
                notice | {"rows": [[_brief(cell) for cell in row["cells"]] for row in self.rows_of(number)]},
            )


def cell_text(parts: Sequence[Part]) -> str:
    """The words of a cell."""
    return "".join(
        part["text"] if not place or part.get("joined") else f"、{part['text']}"
        for place, part in enumerate(parts)
    )


def _first_words(row: dict[str, Any]) -> str:
    return cell_text(row["cells"][0])


def _coded(rows: list[dict[str, Any]], place: int) -> dict[str, Any]:
    values: dict[str, int] = {}
    found = [values.setdefault(cell_text(row["cells"][place]), len(values)) for row in rows]
    return {"values": list(values), "rows": found}


def _brief(parts: list[Part]) -> Any:
    """A cell for the browser: its text, or its parts where one of them is a link."""
    if not any("href" in part for part in parts):
        return cell_text(parts)
    return [
        {name: part[name] for name in ("text", "href", "external", "joined") if name in part}
        for part in parts
    ]


def cut(rows: Sequence[dict[str, Any]], labels: int) -> tuple[int, ...]:
    """The first row of each page; `labels` is what the names of the columns take in every row, in bytes."""
    if len(rows) <= ONE_PAGE:
        return (0,)
    starts, size, begun = [0], 0, 0
    for place, row in enumerate(rows):
        own = ROW_BYTES + labels + 2 * len(row["id"])
        for parts in row["cells"]:
            own += CELL_BYTES + sum(len(str(value).encode()) for part in parts for value in part.values())
        if place > begun and (place - begun == PAGE_ROWS or size + own > PAGE_BYTES):
            starts.append(place)
            size, begun = 0, place
        size += own
    return tuple(starts)


def column_head(one: Field, lengths: Sequence[int]) -> dict[str, Any]:
    """The head of a column; `headline` names the row on a phone, `long` holds sentences, `facet` has few values."""
    return {
        "label": one.kind.label,
        "numeric": bool(one.uses.get("numeric")) or isinstance(one.kind, Money | Count | Figure),
        "headline": bool(one.uses.get("headline")),
        "long": not isinstance(one.kind, Link) and max(lengths, default=0) > LONG_CELL,
        "facet": bool(one.uses.get("facet")),
    }


def text_head(label: str, headline: bool = False, facet: bool = False) -> dict[str, Any]:
    """The head of a column of words that no field declares."""
    return {"label": label, "numeric": False, "headline": headline, "long": False, "facet": facet}


def used_fields(declared: type, rows: Sequence[Any], view: str = "") -> list[Field]:
    """The fields of rows that stand in a view (in all, when the table has no views) and that some row uses."""
    return [
        one
        for one in columns(declared)
        if (not view or one.uses.get("view") in (None, view))
        and not one.uses.get("machine")
        and any(getattr(row, one.name) not in (None, ()) for row in rows)
    ]


def show_cell(one: Field, row: Any, record: Any, shelf: Shelf) -> list[Part]:
    """A cell's parts; a field `within` another of the record is a link to that place in the record it points at."""
    value = getattr(row, one.name)
    if value is None:
        return []
    parts = one.kind.show(value, shelf)
    target = getattr(record, one.uses["within"]) if "within" in one.uses else None
    if target and (found := shelf.find(target)) and (anchor := article_anchor(str(value))):
        return [parts[0] | {"href": f"{found[1]}#{anchor[0]}"}]
    return parts


def totals(fields: Sequence[Field], rows: Sequence[Any], shelf: Shelf) -> list[list[Part]] | None:
    """The last row of a table: the sums of the fields that declare it; None when none does."""
    if not any(one.uses.get("total") for one in fields):
        return None
    return [[{"text": "合计"}]] + [
        one.kind.show(sum(values), shelf)
        if one.uses.get("total")
        and (values := [value for row in rows if (value := getattr(row, one.name)) is not None])
        else []
        for one in fields[1:]
    ]


def keyed_tables(declared: type) -> list[Field]:
    """The fields of a type whose rows have keys and are shown as a table: each row has an address of its own."""
    return [
        one
        for one in columns(declared)
        if one.uses.get("table") and isinstance(one.kind, Rows) and one.kind.key
    ]


def views_of(one: Field) -> dict[str, str]:
    """The names and labels of the pages among which a table's columns are divided; '' for all when they are not."""
    return dict(one.uses.get("views") or {"": ""})


def sheet(context: Context, record: Any, one: Field, view: str = "") -> Sheet:
    """A keyed table of a record, or one of its views."""
    key = (record.id, one.name, view)
    made: Sheet | None = context.sheets.get(key)
    if made is None:
        made = context.sheets[key] = _sheet(context, record, one, view)
    return made


def _sheet(context: Context, record: Any, one: Field, view: str) -> Sheet:
    assert isinstance(one.kind, Rows)
    rows = getattr(record, one.name)
    fields = used_fields(one.kind.of, rows, view)
    stem = context.site.addresses[record.id].removesuffix(".html")
    views = views_of(one)
    shown = [
        {
            "id": f"row-{getattr(row, one.kind.key)}",
            "cells": [show_cell(inner, row, record, context) for inner in fields],
        }
        for row in rows
    ]
    title = f"{record.title}——{views[view]}" if view else record.title
    return Sheet(
        base=stem if view == next(iter(views)) else f"{stem}-{view}",
        name=one.name,
        caption=title if len(rows) > 1 else one.kind.label,
        columns=heads(fields, shown),
        rows=shown,
        starts=cut(shown, sum(len(inner.kind.label.encode()) for inner in fields)),
        total=totals(fields, rows, context),
        downloads=table_downloads(context, stem),
    )


def heads(fields: Sequence[Field], shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The heads of the columns of shown rows."""
    return [
        column_head(one, [len(cell_text(row["cells"][place])) for row in shown])
        for place, one in enumerate(fields)
    ]


def table_downloads(context: Context, stem: str) -> list[Part]:
    """The whole table as CSV and JSON."""
    if "exports" not in context.switches:
        return []
    return [
        {"text": "下载 CSV", "href": context.href(stem + ".csv")},
        {"text": "下载 JSON", "href": context.href(stem + ".json")},
    ]


def row_href(context: Context, record: Any, code: str) -> str:
    """The link of a row, on whichever page it stands; '' when no table of the record has it."""
    for one in keyed_tables(type(record)):
        made = sheet(context, record, one, next(iter(views_of(one))))
        if (place := made.places.get(f"row-{code}")) is not None:
            return context.href(made.address(made.page_of(place))) + f"#row-{code}"
    return ""


def pager(context: Context, page: int, pages: int, address: Callable[[int], str]) -> dict[str, Any]:
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


def scripts_for(context: Context, tables: Sequence[Table]) -> list[str]:
    """The script that sorts and filters, on pages that have something to sort."""
    return [context.href(TABLE_SCRIPT)] if any(len(one["rows"]) >= FEW_ROWS for one in tables) else []
