"""The register of normative documents: quarters, catalogues and numbers (实施方案三乙（二）2: 统一登记、统一编号、统一公布).

A catalogue of a quarter lists what became public in it, with facts that a paper never changes: numbers, title, dates.
It says nothing of validity, so that a later repeal leaves the published file as it was; what is in force is told by
the two standing catalogues, which together hold the whole register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.document import ENDED
from govportal.model import SiteView

WHOLE, IN_FORCE, NO_LONGER = "register", "in-force", "ended"
"""The names of the pages of the whole register and of the two standing catalogues."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day.

        >>> str(Quarter.of(date(2026, 9, 30))), str(Quarter.of(date(2026, 10, 1)))
        ('2026-Q3', '2026-Q4')
        """
        return cls(day.year, (day.month + 2) // 3)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> Quarter:
        """The quarter before this one."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date.fromordinal(self.next.begins.toordinal() - 1)

    @property
    def title(self) -> str:
        """2026年第三季度."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def name(self) -> str:
        """The name of the page of its catalogue: `2026-q3`."""
        return str(self).lower()


def quarter_of(record: Any) -> Quarter:
    """The quarter in which a registered document became public, registered before that."""
    return Quarter.of(date.fromisoformat(record.public_since))


def in_order(records: Iterable[Any]) -> list[Any]:
    """Registered documents as the register lists them: by the day they became public, then by their number."""
    return sorted(
        (record for record in records if record.registration is not None),
        key=lambda record: (record.public_since, *_parts(record.registration.number), record.id),
    )


def past_quarters(register: list[Any], today: date) -> list[Quarter]:
    """Every quarter from the first registered document on that is over, newest first."""
    quarters = []
    quarter = quarter_of(register[0]) if register else Quarter.of(today)
    while quarter.ends < today:
        quarters.append(quarter)
        quarter = quarter.next
    return quarters[::-1]


def in_quarter(register: list[Any], quarter: Quarter) -> list[Any]:
    """What became public in a quarter."""
    return [record for record in register if quarter_of(record) == quarter]


def divided(register: list[Any], site: SiteView) -> tuple[list[Any], list[Any]]:
    """What is in force or will be, and what has ended: every document of the register in one of the two."""
    parts: tuple[list[Any], list[Any]] = ([], [])
    for record in register:
        parts[record.validity_on(site) in ENDED].append(record)
    return parts


_NUMBER = re.compile(r"(.*?\D|)0*([1-9][0-9]{0,5})号?")


def _parts(number: str) -> tuple[str, int]:
    found = _NUMBER.fullmatch(number)
    return (found[1], int(found[2])) if found else (number, 0)


def series_of(number: str) -> tuple[str, int] | None:
    """A registration number as its series and its place in it; None when it does not end in a count.

    >>> series_of("示例登〔2026〕12号"), series_of("QJ-2026-0003"), series_of("示例登")
    (('示例登〔2026〕', 12), ('QJ-2026-', 3), None)
    """
    series, count = _parts(number)
    return (series, count) if count else None


def missing_numbers(numbers: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The places that no number of a series takes, from one up to its last."""
    taken: dict[str, set[int]] = {}
    for number in numbers:
        if parts := series_of(number):
            taken.setdefault(parts[0], set()).add(parts[1])
    for series, places in sorted(taken.items()):
        for place in range(1, max(places)):
            if place not in places:
                yield series, place


def names(register: list[Any], today: date) -> list[str]:
    """The names of all its pages."""
    return [WHOLE, IN_FORCE, NO_LONGER, *(quarter.name for quarter in past_quarters(register, today))]
