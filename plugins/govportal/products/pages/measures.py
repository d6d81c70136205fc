"""Measures of the plan: one table of all of them, and one page for each with its text and what was published for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from govportal.kinds.base import Part
from govportal.plans import Group, Plan
from govportal.portal import MEASURES_ADDRESS, Measure
from govportal.products.context import Context

TITLE = "政务公开落实情况"
ITEMS = 50
# What is said of a measure, and the badge that goes with it.
REAL = {"text": "有真实公开", "badge": "valid"}
SAMPLE = {"text": "只有示例", "badge": "sample"}
NOTHING = {"text": "还没有内容", "badge": "nothing"}


def measure_pages(context: Context) -> Iterator[Group]:
    """The table of all measures, and the page of each; none where the site has no plan."""
    site = context.site
    measures = site.portal.measures
    if not measures:
        return
    served = {record.id: None for measure in measures for record in site.for_measure[measure.id]}
    bound = repr([[record.id for record in site.for_measure[measure.id]] for measure in measures]).encode()
    yield Group("measures", site.signature(*served) + bound, partial(_table_of_all, context))
    for place, measure in enumerate(measures):
        signature = site.signature(*(record.id for record in site.for_measure[measure.id]))
        yield Group(f"measure/{measure.id}", signature, partial(_one, context, place))


def tally(context: Context) -> dict[str, Any]:
    """How many of the numbered measures have real content, only samples, or nothing."""
    numbered = [one for one in context.site.portal.measures if one.number]
    states = [_state(context, one)["text"] for one in numbered]
    return {
        "href": context.href(MEASURES_ADDRESS),
        "count": len(states),
        "real": states.count(REAL["text"]),
        "own": sum(any(map(_own, context.site.for_measure[one.id])) for one in numbered),
        "sample": states.count(SAMPLE["text"]),
        "nothing": states.count(NOTHING["text"]),
    }


def _own(record: Any) -> bool:
    """Whether a record is real and the district's own; a law taken over from elsewhere is real, but not its work."""
    return record.origin == "own" and not record.sample


def _state(context: Context, measure: Measure) -> dict[str, str]:
    """A sample never counts as published."""
    records = context.site.for_measure[measure.id]
    if any(not record.sample for record in records):
        return REAL
    return SAMPLE if records else NOTHING


def _columns(context: Context, measure: Measure) -> list[Part]:
    found = (context.site.columns.get(one) for one in measure.columns)
    return [
        {"text": column.name, "href": context.column_href(column)} for column in found if column is not None
    ]


def _figures(context: Context, measure: Measure) -> dict[str, Any]:
    """What the table and the page of a measure both say of it."""
    records = context.site.for_measure[measure.id]
    return {
        "number": measure.number,
        "name": measure.title,
        "href": context.href(measure.address),
        "anchor": measure.address.rpartition("/")[2].removesuffix(".html"),
        "lead": "、".join(measure.lead),
        "implement": "、".join(measure.implement),
        "columns": _columns(context, measure),
        "count": len(records),
        "real": sum(not record.sample for record in records),
        "own": sum(_own(record) for record in records),
        "newest": max((record.published_at[:10] for record in records if not record.sample), default=""),
        "state": _state(context, measure),
    }


def _table_of_all(context: Context) -> Iterator[Plan]:
    """Numbered measures by section in the plan's order; what is not numbered stands apart."""
    chapters: dict[str, dict[str, list[dict[str, Any]]]] = {}
    apart = []
    for measure in context.site.portal.measures:
        if measure.number:
            # 一、推进政务运行全过程公开（一）推进决策公开
            chapter, bracket, section = measure.section.partition("（")
            inside = chapters.setdefault(chapter, {}).setdefault(bracket + section, [])
            inside.append(_figures(context, measure))
        else:
            apart.append(_figures(context, measure))
    view = {
        "title": TITLE,
        "tally": tally(context),
        "chapters": [
            {
                "name": chapter,
                "sections": [{"name": name, "measures": inside} for name, inside in sections.items()],
            }
            for chapter, sections in chapters.items()
        ],
        "apart": apart,
        "canonical": context.whole(MEASURES_ADDRESS),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(f"{MEASURES_ADDRESS[1:]}index.html", "page", view, "pages/measures.html")


def _one(context: Context, place: int) -> Iterator[Plan]:
    measures = context.site.portal.measures
    measure = measures[place]
    records = context.site.for_measure[measure.id]
    all_measures = {"text": TITLE, "href": context.href(MEASURES_ADDRESS)}
    view = _figures(context, measure) | {
        "title": measure.full_title,
        "section": measure.section,
        "paragraphs": [line.strip() for line in measure.text.split("\n") if line.strip()],
        "items": [context.item(record) for record in records[:ITEMS]],
        "limit": ITEMS,
        "all": all_measures,
        "above": [all_measures],
        "previous": _neighbour(context, measures[place - 1] if place else None),
        "next": _neighbour(context, measures[place + 1] if place + 1 < len(measures) else None),
        "canonical": context.whole(measure.address),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(measure.address[1:], "page", view, "pages/measure.html")


def _neighbour(context: Context, measure: Measure | None) -> dict[str, str] | None:
    return {"title": measure.full_title, "href": context.href(measure.address)} if measure else None
