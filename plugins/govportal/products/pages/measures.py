"""Measures of the plan: one table of all of them, and one page for each with its text and what was published for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from govportal.charts import Chart, Item
from govportal.kinds.base import Part
from govportal.plans import Group, Plan
from govportal.portal import MEASURES_ADDRESS, Measure
from govportal.products.charts import layouts
from govportal.products.context import Context

TITLE = "政务公开落实情况"
ITEMS = 50
# What is said of a measure, and the badge that goes with it.
REAL = {"text": "有真实公开", "badge": "valid"}
SAMPLE = {"text": "只有示例", "badge": "sample"}
NOTHING = {"text": "还没有内容", "badge": "nothing"}
NO_CLOCK = {"text": "还没有本区自己的文件", "badge": "nothing", "due": ""}


def measure_pages(context: Context) -> Iterator[Group]:
    """The table of all measures, and the page of each; none where the site has no plan."""
    site = context.site
    measures = site.portal.measures
    if not measures:
        return
    served = {record.id: None for measure in measures for record in site.for_measure[measure.id]}
    bound = repr([[record.id for record in site.for_measure[measure.id]] for measure in measures]).encode()
    bodies = site.signature(*dict.fromkeys(record.id for record in site.by_name.values()))
    yield Group("measures", site.signature(*served) + bound + bodies, partial(_table_of_all, context))
    for place, measure in enumerate(measures):
        signature = site.signature(*(record.id for record in site.for_measure[measure.id])) + bodies
        yield Group(f"measure/{measure.id}", signature, partial(_one, context, place))


def tally(context: Context) -> dict[str, Any]:
    """How many of the numbered measures have real content, only samples, or nothing."""
    numbered = [one for one in context.site.portal.measures if one.number]
    states = [_state(context.site.for_measure[one.id])["text"] for one in numbered]
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


def _state(records: list[Any]) -> dict[str, str]:
    """A sample never counts as published."""
    if any(not record.sample for record in records):
        return REAL
    return SAMPLE if records else NOTHING


def _columns(context: Context, measure: Measure) -> list[Part]:
    found = (context.site.columns.get(one) for one in measure.columns)
    return [
        {"text": column.name, "href": context.column_href(column)} for column in found if column is not None
    ]


def _bodies(context: Context, names: tuple[str, ...]) -> list[Part]:
    """The units as the plan writes them, each a link to the body that is now called so, where the register knows it."""
    return [
        {"text": name, "href": context.href(context.site.addresses[found.id])}
        if (found := context.site.by_name.get(name))
        else {"text": name}
        for name in names
    ]


def _counts(context: Context, records: list[Any]) -> dict[str, int]:
    """How many records there are; how many of them are real, the district's own, and of this year."""
    year = str(context.site.today.year)
    return {
        "count": len(records),
        "real": sum(not record.sample for record in records),
        "own": sum(_own(record) for record in records),
        "year": sum(record.published_at[:4] == year for record in records),
        "year_real": sum(record.published_at[:4] == year and not record.sample for record in records),
    }


def _newest(context: Context, records: list[Any]) -> dict[str, Any] | None:
    """The newest real record; a sample never counts."""
    return next((context.item(record) for record in records if not record.sample), None)


def _timely(context: Context, measure: Measure, records: list[Any]) -> dict[str, str]:
    """Whether the district's own newest paper is younger than the shortest period of the measure's columns.

    The periods are those of the columns (`update_days`); on papers taken over no clock runs.
    """
    periods = [
        context.site.columns[one].update_days for one in measure.columns if one in context.site.columns
    ]
    newest = next((record.published_at[:10] for record in records if _own(record)), "")
    if not newest or not any(periods):
        return NO_CLOCK
    due = date.fromisoformat(newest) + timedelta(days=min(one for one in periods if one))
    late = (context.site.today - due).days
    if late > 0:
        return {"text": f"已超期 {late} 天", "badge": "expired", "due": due.isoformat()}
    return {"text": "按期", "badge": "valid", "due": due.isoformat()}


def figures(context: Context, records: list[Any]) -> dict[str, Any]:
    """How much was published for a measure, how recently, and whether any of it is real."""
    return _counts(context, records) | {"newest": _newest(context, records), "state": _state(records)}


def _figures(context: Context, measure: Measure) -> dict[str, Any]:
    """What the table and the page of a measure both say of it."""
    records = context.site.for_measure[measure.id]
    return figures(context, records) | {
        "number": measure.number,
        "name": measure.title,
        "href": context.href(measure.address),
        "anchor": measure.slug,
        "lead": _bodies(context, measure.lead),
        "implement": _bodies(context, measure.implement),
        "columns": _columns(context, measure),
        "timely": _timely(context, measure, records),
    }


def _evidence(context: Context, measure: Measure) -> list[dict[str, Any]]:
    """For each type bound to a measure what there is of it, the empty ones too; then whatever else serves the measure."""
    by_type: dict[str, list[Any]] = {name: [] for name in measure.types}
    for record in context.site.for_measure[measure.id]:
        by_type.setdefault(record.type.name, []).append(record)
    return [
        {
            "label": context.site.types[name].type.label,
            "newest": _newest(context, records) or (context.item(records[0]) if records else None),
        }
        | _counts(context, records)
        for name, records in by_type.items()
        if name in context.site.types
    ]


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
        "charts": layouts([_coverage(context, chapters)]),
        "canonical": context.whole(MEASURES_ADDRESS),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(f"{MEASURES_ADDRESS[1:]}index.html", "page", view, "pages/measures.html")


def _coverage(context: Context, chapters: dict[str, dict[str, list[dict[str, Any]]]]) -> Chart:
    """How many measures of each section have real content, only samples, or nothing."""
    states = (REAL["text"], SAMPLE["text"], NOTHING["text"])
    items = []
    for chapter, sections in chapters.items():
        number = chapter.partition("、")[0]
        for name, inside in sections.items():
            found = [one["state"]["text"] for one in inside]
            items.append(
                Item(f"{number}{name}" if name else chapter, tuple(found.count(state) for state in states))
            )
    return Chart(
        title="各节措施的公开情况（单位：项）",
        head="方案章节",
        series=states,
        items=tuple(items),
        source=context.site.portal.settings.name,
        day=context.today.isoformat(),
        parts=True,
    )


def _one(context: Context, place: int) -> Iterator[Plan]:
    measures = context.site.portal.measures
    measure = measures[place]
    records = context.site.for_measure[measure.id]
    all_measures = {"text": TITLE, "href": context.href(MEASURES_ADDRESS)}
    view = _figures(context, measure) | {
        "title": measure.full_title,
        "section": measure.section,
        "paragraphs": [line.strip() for line in measure.text.split("\n") if line.strip()],
        "notes": list(measure.notes),
        "evidence": _evidence(context, measure),
        "items": [context.item(record) for record in records[:ITEMS]],
        "feeds": context.feeds_at(f"measures/{measure.slug}"),
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
