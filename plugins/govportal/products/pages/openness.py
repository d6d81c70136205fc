"""Openness by chapter: for a column that stands for a part of the plan, the measures of that part and how far each has come.

Which part is written in `columns.yml`: `plan_section` is a section of the plan, or the beginning that several sections share.
"""

from __future__ import annotations

from typing import Any

from govportal.portal import Column, Measure
from govportal.products.context import Context
from govportal.products.pages.measures import NOTHING, REAL, SAMPLE


def measures_of(context: Context, column: Column) -> list[Measure]:
    """The measures of the part of the plan for which a column stands; the plan's own introduction belongs to none."""
    part = column.plan_section
    return [one for one in context.site.portal.measures if part and one.section.startswith(part)]


def openness_signature(context: Context, column: Column) -> bytes:
    """What the pages of a column depend on besides its own records; nothing for a column without a part of the plan."""
    columns = (column, *column.children)
    bound = {one.id: None for each in columns for one in measures_of(context, each)}
    served = [[record.id for record in context.site.for_measure[one]] for one in bound]
    shown = {record: None for records in served for record in records}
    return context.site.signature(*shown) + repr(served).encode() if bound else b""


def openness(context: Context, column: Column) -> dict[str, Any] | None:
    """The measures of a column's part of the plan with their states and counts, and how many have come how far."""
    measures = [_measure(context, one) for one in measures_of(context, column)]
    if not measures:
        return None
    states = [one["state"]["text"] for one in measures]
    return {
        "measures": measures,
        "count": len(measures),
        "tally": [
            {"state": state, "count": states.count(state["text"])} for state in (REAL, SAMPLE, NOTHING)
        ],
        # A sample is not counted as made public.
        "rate": round(100 * states.count(REAL["text"]) / len(states)),
        "newest": max((one["newest"] for one in measures), default=""),
    }


def _measure(context: Context, measure: Measure) -> dict[str, Any]:
    records = context.site.for_measure[measure.id]
    real = [record for record in records if not record.sample]
    columns = [found for one in measure.columns if (found := context.site.columns.get(one)) is not None]
    return {
        "number": measure.number,
        "name": measure.title,
        "href": context.href(measure.address),
        "state": REAL if real else SAMPLE if records else NOTHING,
        "count": len(records),
        "real": len(real),
        "newest": max((record.published_at[:10] for record in records), default=""),
        "latest": context.item(records[0]) if records else None,
        "columns": [{"text": one.name, "href": context.column_href(one)} for one in columns],
    }
