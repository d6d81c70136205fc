"""The calendar: the year of the build must have its notice, or no working-day limit can be told."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.portal import NOTICES
from govportal.problems import At, Problem, warning
from govportal.site import Site


def calendar_has_this_year(site: Site) -> Iterable[Problem]:
    """登记过放假安排的，要有今年的；没有的年份，工作日期限一律“无法认定”。（全国年节及纪念日放假办法）"""
    years = site.calendar.years
    if years and site.today.year not in years:
        yield warning(
            At(NOTICES),
            "calendar/year-missing",
            f"没有{site.today.year}年的放假安排，这一年的工作日期限无法认定",
            "从国务院办公厅的通知补上 days.csv 和 notices.csv",
        )
