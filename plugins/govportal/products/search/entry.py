"""What a record shows of itself in the list of results."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One record as the list of results shows it; every value is ready to be printed."""

    id: str
    href: str
    title: str
    number: str
    index_number: str
    column: str
    organ: str
    type: str
    date: str
    badge: str
    sample: bool
