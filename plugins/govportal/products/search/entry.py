"""What a record shows of itself in the list of results."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One record, or a part of it, as the list of results shows it; every value is ready to be printed.

    `late` puts what is no longer in force at the end. `part` is nought for the record with its text, or with the first
    piece of a long one (see `pieces.py`); further pieces are counted from one, and after them the attachments. Of a
    part `title`, `href` and all else are the record's; only the text is its own, and of an attachment `file`, its
    name, and `file_href`, its address.
    """

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
    late: bool = False
    part: int = 0
    file: str = ""
    file_href: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the index must know of an entry before it has its text.

    `key` is new whenever anything that is shown or searched of it is.
    """

    id: str
    part: int
    date: str
    key: bytes
    facets: tuple[str, ...]
    late: bool


FACETS = ("column", "organ", "type", "year", "validity")
"""What results can be narrowed by, in the order of `Draft.facets`."""


def facets_of(entry: SearchEntry) -> tuple[str, ...]:
    """The values of an entry by which results can be narrowed."""
    return entry.column, entry.organ, entry.type, entry.date[:4], entry.badge
