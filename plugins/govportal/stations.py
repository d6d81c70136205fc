"""The way of a record: through which stations it goes is said by its type, who stands there by the fields between the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.model import Field, SiteRule, SiteView, Station, columns, columns_by_name
from govportal.problems import Problem
from govportal.rules import first_day

Way = dict[str, list["Stop"]]
"""Everything that stands at each station, oldest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A record at a station: from when until when, what came of it, and the place on its page where that is told."""

    station: str
    record: Any
    begins: date
    ends: date
    words: str = ""
    title: str = ""
    anchor: str = ""


def _used(record: Any, use: str) -> Iterator[tuple[Field, Any]]:
    """The written fields of a record that have a use."""
    for one in columns(type(record)):
        if one.uses.get(use) and (value := getattr(record, one.name)) not in (None, ()):
            yield one, value


def stop_of(record: Any, station: str) -> Stop:
    """A record where the uses `begins`, `ends` and `outcome` of its fields say that it stands."""
    published = date.fromisoformat(record.published_at[:10])
    begins = next((day for _, value in _used(record, "begins") if (day := first_day(value))), published)
    ends = next((day for _, value in _used(record, "ends") if (day := first_day(value))), begins)
    words = "；".join(one.kind.words(value) for one, value in _used(record, "outcome"))
    return Stop(station=station, record=record, begins=begins, ends=ends, words=words or record.summary or "")


def _others(record: Any, site: SiteView) -> Iterator[tuple[str, Any]]:
    """Each record that stands on the way of this one, with the station that the field between them names."""
    for one, value in _used(record, "station"):
        for target in one.kind.references(value):
            if (other := site.record(target)) is not None and not other.type.stations:
                yield one.uses["station"], other
    for name in site.incoming_fields(record.id):
        for other in site.incoming(record.id, name):
            station = columns_by_name(type(other))[name].uses.get("station")
            if station and not other.type.stations:
                yield station, other


def way_of(record: Any, site: SiteView) -> Way:
    """Everything on the way of a record, station by station."""
    found: Way = {one.name: [] for one in record.type.stations}
    seen: set[tuple[str, str]] = set()
    for station, other in _others(record, site):
        if (station, other.id) not in seen:
            seen.add((station, other.id))
            for stop in other.stops(station, record.id, site):
                found[stop.station].append(stop)
    for stops in found.values():
        stops.sort(key=lambda stop: (stop.begins, stop.ends, stop.record.id))
    return found


def travels_through(record: Any, site: SiteView) -> Iterator[tuple[str, Any]]:
    """The records on whose way this one stands, itself when it has a way, each with the field that says so."""
    for one, value in _used(record, "station"):
        if record.type.stations:
            yield one.name, record
        else:
            for target in one.kind.references(value):
                if (other := site.record(target)) is not None and other.type.stations:
                    yield one.name, other


def _place(record: Any, fallback: str) -> str:
    return next((one.name for one, _ in _used(record, "begins")), fallback)


def _unmet(station: Station, way: Way, traveller: Any) -> Iterator[Station]:
    """The stations that had to be passed before, without anybody there and without a reason why not."""
    for one in traveller.type.stations:
        excused = one.exempt and getattr(traveller, one.exempt)
        if one.name in station.needs and not way[one.name] and not excused:
            yield one


def stations_are_in_order(record: Any, site: Any) -> Iterable[Problem]:
    """先公众参与、专家论证、风险评估，后合法性审查，再集体讨论、公布；缺前面的环节又没有理由的，不能有后面的。（重大行政决策程序暂行条例第十四条至第三十二条；实施方案一（一）2）"""
    for field, traveller in travels_through(record, site):
        way = way_of(traveller, site)
        targets = set(columns_by_name(type(record))[field].kind.references(getattr(record, field)))
        for station in traveller.type.stations:
            stops = way[station.name]
            # Where a station was passed twice, the last time counts.
            if not stops or not (
                stops[-1].record is record or (traveller is record and stops[-1].record.id in targets)
            ):
                continue
            for one in _unmet(station, way, traveller):
                reason = f"，或在它的文件里写 {one.exempt}: 理由" if one.exempt else ""
                yield record.problem(
                    field,
                    "station/missing",
                    f"“{traveller.title}”有了{station.name}，没有{one.name}",
                    f"补上{one.name}的记录{reason}",
                )
            for name in station.after:
                last = max(way[name], key=lambda stop: stop.ends, default=None)
                if last is not None and last.ends > stops[-1].begins:
                    yield record.problem(
                        _place(record, field),
                        "station/out-of-order",
                        f"{station.name}在 {stops[-1].begins}，早于{name}的 {last.ends}（{last.record.title}）",
                        f"先{name}，后{station.name}；核对两个日期",
                    )


def bars_the_way(code: str, station: str, before: str, verdict: str, ground: str) -> SiteRule:
    """After a last conclusion `verdict` at `station` nobody may stand at the station `before`."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        traveller = site.record(record.decision)
        if record.conclusion != verdict or traveller is None:
            return
        way = way_of(traveller, site)
        if way[station][-1].record is record and way[before]:
            yield record.problem(
                "conclusion",
                code,
                f"{station}的结论是{verdict}，而“{traveller.title}”在 {way[before][0].begins} 已经{before}",
                f"修改草案以后重新{station}，补上新的记录",
            )

    rule.__doc__ = f"{station}的结论是{verdict}的，不得{before}；修改草案以后重新{station}。（{ground}）"
    return rule
