"""Working days: which days the State Council's notices give off or to work, and the periods counted with them.

A year whose notice is not registered is not reckoned with: whatever touches it is `Unknown` (无法认定), never a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# The days off that the regulation itself fixes by date (全国年节及纪念日放假办法, 2024-11-10).
FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be said: `year` has no registered notice. `earliest` is the first day that is possible at all."""

    year: int
    earliest: date | None = None

    def __str__(self) -> str:
        words = f"无法认定（{self.year}年的放假安排没有登记）"
        return f"{words}，不早于 {self.earliest.isoformat()}" if self.earliest else words


@dataclass(frozen=True)
class Calendar:
    """`off` and `work` are the days that differ from the week; `years` those for which an official notice is registered."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def from_rows(cls, rows: Mapping[date, str], notices: Iterable[int]) -> Calendar:
        """The calendar from its rows (`off` or `work` by day) and the years whose notice is named.

        A year is known when its notice is named and its rows reach from New Year's Day to National Day.
        """
        off = frozenset(day for day, kind in rows.items() if kind == "off")
        work = frozenset(day for day, kind in rows.items() if kind == "work")
        years = frozenset(year for year in notices if date(year, 1, 1) in off and date(year, 10, 1) in off)
        return cls(off, work, years)

    def is_workday(self, day: date) -> bool | None:
        """Whether people work on a day; None when its year is not known."""
        if day.year not in self.years:
            return None
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    @cached_property
    def _workdays(self) -> list[date]:
        """Every working day of the known years, in order."""
        days: list[date] = []
        for year in sorted(self.years):
            first = date(year, 1, 1)
            length = (date(year, 12, 31) - first).days + 1
            days += [day for step in range(length) if self.is_workday(day := first + step * ONE_DAY)]
        return days

    def _missing(self, first: date, last: date) -> int | None:
        """The first year between two days that is not known."""
        return next((year for year in range(first.year, last.year + 1) if year not in self.years), None)

    def workdays_between(self, start: date, end: date) -> int | Unknown:
        """How many working days lie after `start`, up to and with `end`; fewer than nought when `end` is earlier."""
        if end < start:
            back = self.workdays_between(end, start)
            return -back if isinstance(back, int) else back
        if end == start:
            return 0
        if missing := self._missing(start + ONE_DAY, end):
            return Unknown(missing)
        return bisect_right(self._workdays, end) - bisect_right(self._workdays, start)

    def add_workdays(self, day: date, count: int) -> date | Unknown:
        """The last day of a period of working days, counted from the day after `day`."""
        if count < 0:
            raise ValueError("a period has no fewer than nought days")
        if count == 0:
            return day
        place = bisect_right(self._workdays, day) + count - 1
        end = (
            self._workdays[place]
            if place < len(self._workdays)
            else date(max(self.years, default=day.year) + 1, 1, 1)
        )
        missing = self._missing(day + ONE_DAY, max(end, day + ONE_DAY))
        return end if missing is None else Unknown(missing, self._earliest(day, count))

    def _earliest(self, day: date, count: int) -> date:
        """The end of a period if in unknown years every day were worked but those that the regulation fixes.

        There is no such bound for the latest day: nothing limits how many days a notice may move.
        """
        while count:
            day += ONE_DAY
            working = self.is_workday(day)
            count -= (day.month, day.day) not in FIXED if working is None else working
        return day

    def add_days(self, day: date, count: int) -> date | Unknown:
        """The last day of a period of natural days, counted from the day after `day`.

        When that day is off, the period ends on the next working day. (民法典第二百零一条、第二百零三条)
        """
        if count < 0:
            raise ValueError("a period has no fewer than nought days")
        end = day + count * ONE_DAY
        while True:
            working = self.is_workday(end)
            if working is None:
                return Unknown(end.year, end)
            if working:
                return end
            end += ONE_DAY
