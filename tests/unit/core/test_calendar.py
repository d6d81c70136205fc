"""Working days: the vectors of the domain handbook (15.2) and of the rules, and what must hold for any day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govportal.calendar import Calendar, Unknown
from govportal.portal import DAYS, NOTICES, read_portal
from support.town import COLUMNS, SITE, Town

CONTENT = Path(__file__).parents[3] / "content"
BASIC = {"_portal/site.yml": SITE.encode(), "_portal/columns.yml": COLUMNS.encode()}


def shipped() -> Calendar:
    """The calendar that ships, read as a build reads it."""
    portal, problems = read_portal(BASIC | {name: (CONTENT / name).read_bytes() for name in (DAYS, NOTICES)})
    assert portal is not None and problems == []
    return portal.calendar


CALENDAR = shipped()
KNOWN = st.dates(date(2007, 1, 1), date(2026, 7, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_so_many_working_days(year: int, count: int) -> None:
    first = date(year, 1, 1)
    assert sum(bool(CALENDAR.is_workday(first + timedelta(step))) for step in range(366) if (first + timedelta(step)).year == year) == count
    assert CALENDAR.workdays_between(first - timedelta(1), date(year, 12, 31)) == count


PERIODS = [("2026-02-10", 20, "2026-03-16"), ("2026-04-28", 3, "2026-05-06"), ("2026-09-18", 7, "2026-09-29"), ("2025-09-26", 20, "2025-10-30"),
           ("2026-11-20", 1, "2026-11-23"), ("2026-11-20", 0, "2026-11-20"), ("2025-12-31", 1, "2026-01-04")]  # fmt: skip


@pytest.mark.parametrize(("start", "count", "end"), PERIODS)
def test_a_period_of_working_days_begins_on_the_day_after(start: str, count: int, end: str) -> None:
    assert CALENDAR.add_workdays(day(start), count) == day(end)
    assert CALENDAR.workdays_between(day(start), day(end)) == count
    assert CALENDAR.workdays_between(day(end), day(start)) == -count


SINGLE_DAYS = [("2026-02-14", True), ("2026-02-16", False), ("2026-10-10", True), ("2026-10-08", True), ("2026-11-22", False), ("2026-11-23", True),
               ("2027-01-04", None), ("2006-12-30", None)]  # fmt: skip


@pytest.mark.parametrize(("one", "working"), SINGLE_DAYS)
def test_a_saturday_may_be_worked_and_a_monday_may_be_off(one: str, working: bool | None) -> None:
    assert CALENDAR.is_workday(day(one)) is working


NATURAL = [("2026-11-03", 20, "2026-11-23"), ("2026-11-01", 20, "2026-11-23"), ("2026-09-21", 10, "2026-10-08"), ("2026-02-01", 13, "2026-02-14"),
           ("2026-02-02", 13, "2026-02-24")]  # fmt: skip


@pytest.mark.parametrize(("start", "count", "end"), NATURAL)
def test_a_period_of_natural_days_does_not_end_on_a_day_off(start: str, count: int, end: str) -> None:
    assert CALENDAR.add_days(day(start), count) == day(end)


def test_a_year_without_a_notice_is_unknown_and_never_guessed() -> None:
    end = CALENDAR.add_workdays(day("2026-12-30"), 3)
    assert end == Unknown(2027, day("2027-01-03")), "it cannot be earlier: New Year's Day is off in any year"
    assert str(end) == "无法认定（2027年的放假安排没有登记），不早于 2027-01-03"
    assert CALENDAR.workdays_between(day("2026-12-30"), day("2027-01-10")) == Unknown(2027)
    assert CALENDAR.add_days(day("2026-12-20"), 20) == Unknown(2027, day("2027-01-09"))
    assert CALENDAR.add_workdays(day("2026-12-30"), 1) == day("2026-12-31"), "what lies within known years is known"
    assert CALENDAR.add_workdays(day("2006-12-29"), 1) == Unknown(2006, day("2006-12-30")), "also before the first year"
    assert isinstance(Calendar().add_workdays(day("2026-05-01"), 3), Unknown)
    assert Calendar().add_workdays(day("2026-04-30"), 1) == Unknown(2026, day("2026-05-03"))


@given(KNOWN, st.integers(0, 40), st.integers(0, 40))
def test_later_days_and_longer_periods_end_later(start: date, first: int, more: int) -> None:
    short, long = CALENDAR.add_workdays(start, first), CALENDAR.add_workdays(start, first + more)
    assert isinstance(short, date) and isinstance(long, date) and short <= long and (short < long or not more)
    later = CALENDAR.add_workdays(start + timedelta(1), first)
    assert isinstance(later, date) and short <= later
    assert CALENDAR.workdays_between(start, short) == first
    assert CALENDAR.add_workdays(short, more) == long, "a period may be counted in two parts"
    if first:
        assert CALENDAR.is_workday(short) and short >= start + timedelta(first)


@given(KNOWN, st.integers(0, 60))
def test_counting_is_the_same_as_looking_at_every_day(start: date, length: int) -> None:
    days = [start + timedelta(step) for step in range(1, length + 1)]
    assert CALENDAR.workdays_between(start, start + timedelta(length)) == sum(bool(CALENDAR.is_workday(one)) for one in days)


@given(st.dates(date(2026, 12, 1), date(2027, 6, 1)), st.integers(0, 40))
def test_the_earliest_day_is_a_bound(start: date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    assert end == start if not count else (end.earliest if isinstance(end, Unknown) else end) >= start + timedelta(count)  # type: ignore[operator]


SPOILT = {
    "no header": (DAYS, "2026-01-01,off,元旦\n", 1), "a day that is none": (DAYS, "date,kind,name\n2026-02-30,off,春节\n", 2),
    "another kind": (DAYS, "date,kind,name\n2026-02-20,OFF,春节\n", 2), "no name": (DAYS, "date,kind,name\n2026-02-20,off,\n", 2),
    "a day twice": (DAYS, "date,kind,name\n2026-02-20,off,春节\n2026-02-20,work,春节\n", 3),
    "a row too short": (DAYS, "date,kind,name\n2026-02-20,off\n", 2), "no year": (NOTICES, "year,url\n26,https://www.gov.cn/a\n", 2),
    "no address": (NOTICES, "year,url\n2026,通知\n", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_row_is_refused_at_its_line(name: str, tmp_path: Path) -> None:
    path, text, line = SPOILT[name]
    town = Town(tmp_path)
    town.write(path, text)
    built = town.build()
    assert not built.ok and [f"{one.at} {one.code}" for one in built.problems if one.severity == "error"] == [f"{path}:{line}:1 calendar/format"]
    assert all(one.hint for one in built.problems if one.code == "calendar/format")


def test_a_notice_without_its_days_is_refused(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write(DAYS, "date,kind,name\n2026-01-01,off,元旦\n2026-10-01,off,国庆节\n2027-01-01,off,元旦\n")
    town.write(NOTICES, "year,url\n2026,https://www.gov.cn/a\n2027,https://www.gov.cn/b\n")
    assert [line for line in town.build().lines if "calendar/" in line] == [
        "_portal/calendar/notices.csv:3:1: 错误 [calendar/format] 2027年登记了通知，但 _portal/calendar/days.csv 里没有全年的安排"
        "（把通知里从元旦到国庆节的放假和上班日期都写上）"
    ]


def test_a_build_in_a_year_without_a_notice_says_so(tmp_path: Path) -> None:
    town = Town(tmp_path)
    for name in (DAYS, NOTICES):
        town.write(name, (CONTENT / name).read_bytes())
    assert "calendar/year-missing" in town.build(moment="2027-01-02").codes
    built = town.build()
    assert "calendar/year-missing" not in built.codes
    assert built.loaded.site is not None and built.loaded.site.calendar == CALENDAR
