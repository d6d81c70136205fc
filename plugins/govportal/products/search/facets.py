"""`facets/<digest>.bin`: what the entries of a segment can be narrowed by.

Packed (see `packed.py`); inside:

    days        numbers, one for every entry of the segment, newest first: how many days it is older than the one
                before it; the first is nought, its date is `newest` in the manifest
    facets      for each of FACETS in order: texts, its values, each after a full stop (so that none is empty),
                ordered by code points; then one byte for every entry, which value it has, or two (high byte first)
                when there are more than 256 values
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from . import packed
from .entry import FACETS, Draft


def write(drafts: Sequence[Draft]) -> bytes:
    """The facets, not packed."""
    days = [date.fromisoformat(draft.date).toordinal() for draft in drafts]
    content = bytearray(b"\0")
    content += b"".join([packed.number_bytes(before - day) for before, day in pairwise(days)])
    for at in range(len(FACETS)):
        found = [draft.facets[at] for draft in drafts]
        values = sorted(set(found))
        places = {value: place for place, value in enumerate(values)}
        content += packed.texts_bytes(["." + value.replace("\n", " ") for value in values])
        if len(values) > 256:
            content += b"".join([places[value].to_bytes(2, "big") for value in found])
        else:
            content += bytes([places[value] for value in found])
    return bytes(content)


def read(content: bytes, count: int, newest: str) -> tuple[list[str], dict[str, list[str]]]:
    """The date of each of so many entries, and its value by facet."""
    reader = packed.Reader(packed.unpack(content))
    day = date.fromisoformat(newest)
    dates = [(day := day - timedelta(reader.number())).isoformat() for _ in range(count)]
    facets = {}
    for name in FACETS:
        values = [value[1:] for value in reader.texts()]
        wide = len(values) > 256
        places = reader.piece(count * (2 if wide else 1))
        numbers = [places[at] << 8 | places[at + 1] for at in range(0, len(places), 2)] if wide else places
        facets[name] = [values[place] for place in numbers]
    return dates, facets
