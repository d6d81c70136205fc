"""The timeline of a record: its stations in order, who stands at each, and why nobody does where nobody does."""

from __future__ import annotations

from typing import Any

from govportal.han import long_date
from govportal.products.context import Context
from govportal.stations import Stop, Way, way_of

WORDS_LIMIT = 120


def timeline(context: Context, record: Any) -> dict[str, Any]:
    """What a page shows of the way of its record; it depends on the record and its direct neighbours."""
    way = way_of(record, context)
    stations = [
        {
            "id": f"station-{place}",
            "name": station.name,
            "stops": [_stop(context, stop) for stop in way[station.name]],
            "reason": (getattr(record, station.exempt) if station.exempt else None) or "",
            "empty": "没有记录" if _passed(record, way, place) else "尚未进行",
        }
        for place, station in enumerate(record.type.stations, 1)
    ]
    begun = {name for name, stops in way.items() for stop in stops if stop.begins <= context.today}
    reached = [one for one in stations if one["name"] in begun]
    return {
        "stations": stations,
        "reached": len(reached),
        "latest": reached[-1]["name"] if reached else "",
    }


def _passed(record: Any, way: Way, place: int) -> bool:
    """Whether a later station that needs others has been passed, so that this one is not to come any more."""
    return any(one.needs and way[one.name] for one in record.type.stations[place:])


def _stop(context: Context, stop: Stop) -> dict[str, Any]:
    item = context.item(stop.record)
    words = stop.words if len(stop.words) <= WORDS_LIMIT else stop.words[:WORDS_LIMIT] + "……"
    days = dict.fromkeys((stop.begins, stop.ends))
    return {
        "title": stop.title or item["title"],
        "href": item["href"] + (f"#{stop.anchor}" if stop.anchor else ""),
        "type": stop.record.type.label,
        "sample": stop.record.sample,
        "days": [{"datetime": day.isoformat(), "text": long_date(day)} for day in days],
        "words": words,
        "coming": stop.begins > context.today,
    }
