"""What the plan demands of the whole site: whether a measure is in force here, and how grave it is that something is lacking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from govportal.portal import MEASURES
from govportal.problems import At, Problem, error, warning
from govportal.site import Site

YEAR_DAYS = 365
DECEMBER = 12
"""From this month on what a year must have is missed; configuration."""


def demanded(site: Site, measure: str) -> bool:
    """Whether the plan of this site has the measure."""
    return any(one.id == measure for one in site.portal.measures)


def lacking(site: Site, measure: str, code: str, message: str, hint: str) -> Problem:
    """Something the plan demands is not there: an error on the real website, a warning on one that is being made or shown."""
    say = error if site.portal.settings.environment == "production" else warning
    return say(At(MEASURES), code, f"措施 {measure}：{message}", hint)


def missed(measure: str, code: str, message: str, hint: str) -> Problem:
    """Something that comes again and again has not come: always a warning."""
    return warning(At(MEASURES), code, f"措施 {measure}：{message}", hint)


def within_a_year(site: Site, records: Iterable[Any], days: int = YEAR_DAYS) -> list[Any]:
    """The records that were published in the last days."""
    return [one for one in records if (site.today - date.fromisoformat(one.published_at[:10])).days <= days]


def any_of(site: Site, type_name: str, good: Callable[[Any], bool] = lambda one: True) -> bool:
    """Whether there is a record of a type that satisfies a condition."""
    return any(good(one) for one in site.of_type(type_name))
