"""What one entry contributes to the index, whatever the other entries are: its record file, and its grams."""

from dataclasses import dataclass

from . import packed, record
from .analyse import fold, gram_masks, parts_key, whole_key
from .entry import SearchEntry

FIELDS = ("body", "title", "number")
Grams = tuple[dict[str, int], dict[str, int], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A packed record file, and for each of FIELDS (keys divided by line ends, what follows each)."""

    record: bytes
    grams: tuple[tuple[str, bytes], ...]


def grams_of(entry: SearchEntry, text: str) -> Grams:
    """The grams of body, title and numbers; a further part of a record has a body only."""
    body = gram_masks([fold(text)])
    if entry.part:
        return body, {}, {}
    title, number, index_number = fold(entry.title), fold(entry.number), fold(entry.index_number)
    wholes = [whole_key(title)] if title else []
    numbers = [whole_key(one) for one in (number, index_number) if one]
    if parts := parts_key(number):
        numbers.append(parts)
    return (
        body,
        gram_masks([title]) | dict.fromkeys(wholes, 0),
        gram_masks([number, index_number]) | dict.fromkeys(numbers, 0),
    )


def _with(packed_record: bytes, grams: Grams) -> Prepared:
    return Prepared(packed_record, tuple(("\n".join(one), bytes(one.values())) for one in grams))


def prepare(entry: SearchEntry, text: str) -> Prepared:
    """The contribution of an entry with its text."""
    return _with(packed.pack(record.content(entry, text)), grams_of(entry, text))


def prepare_again(packed_record: bytes) -> Prepared:
    """The same from the record file that was made of it."""
    return _with(packed_record, grams_of(*record.read(packed_record)))
