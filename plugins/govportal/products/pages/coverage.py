"""Which parts of a prescribed vocabulary a column has: every word with its state, its records and its newest day."""

from __future__ import annotations

from typing import Any

from govportal.portal import Column
from govportal.products.context import Context
from govportal.products.pages.measures import NOTHING, REAL, SAMPLE
from govportal.site import coverage

SHOWN = 3
"""How many records of a word are named; the list below has them all."""
REPRINT = {"text": "外地转载", "badge": "reprint"}
NOT_APPLICABLE = {"text": "不适用", "badge": "closed"}


def _state(records: list[Any]) -> dict[str, str]:
    """A sample never counts as published, and what another place published is not the district's own."""
    real = [record for record in records if not record.sample]
    if any(record.origin == "own" for record in real):
        return REAL
    return REPRINT if real else SAMPLE if records else NOTHING


def coverage_of(context: Context, column: Column) -> list[dict[str, Any]]:
    """The tables of a column whose records have a vocabulary that should be covered."""
    tables: list[dict[str, Any]] = []
    # Only what is at home here: the signature of the column's pages covers nothing else.
    inside = [record for record in context.site.in_column[column.id] if record.column == column.id]
    for one in coverage(inside):
        reasons = {part.part: part.reason for part in column.not_applicable}
        rows = []
        for word, records in one.words.items():
            excused = word in reasons and not records
            rows.append(
                {
                    "word": word,
                    "state": NOT_APPLICABLE if excused else _state(records),
                    "count": len(records),
                    "records": [
                        {"text": record.title, "href": context.href(context.site.addresses[record.id])}
                        for record in records[:SHOWN]
                    ],
                    "newest": records[0].published_at[:10] if records else "",
                    "reason": reasons[word] if excused else "",
                }
            )
        tables.append(
            {
                "id": f"coverage-{len(tables) + 1}",
                "caption": f"{one.label}各{one.field.kind.label}的公开情况",
                "label": one.field.kind.label,
                "rows": rows,
            }
        )
    return tables
