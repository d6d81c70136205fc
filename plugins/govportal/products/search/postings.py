"""`<segment>/postings/<number>.bin`: for a range of keys, which records have them and about where.

Packed (see `packed.py`); inside:

    texts       the keys, ordered by UTF-16 code units
    for every key, in order:
        number      records with the key in the body, times 4, plus 1 if there is a title list, plus 2 if
                    there is a number list
        number      length of the title list, if there is one
        number      length of the number list, if there is one
        the lists that are not empty: body, title, number; each is
            numbers     gaps: the first record's number, then how many records lie between it and the next
            bytes       for each of these records the byte of places (see `analyse.py`)

Records are numbered within the segment from nought, newest first, so the order of a list is the order by
date. The number list covers document number and index number. A file is closed before it grows beyond LIMIT
bytes; a key whose lists alone are longer has a file of its own.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from . import packed
from .directory import order

LIMIT = 3000
FIELDS = ("body", "title", "number")

Lists = tuple[dict[str, bytearray], dict[str, bytearray], dict[str, bytearray]]


@dataclass(slots=True)
class Found:
    """The lists of one key: (record number, byte of places), newest first."""

    body: list[tuple[int, int]] = field(default_factory=list)
    title: list[tuple[int, int]] = field(default_factory=list)
    number: list[tuple[int, int]] = field(default_factory=list)


def list_bytes(entries: bytes | bytearray) -> bytes:
    """One list, from entries of three bytes (record number, byte of places) in order."""
    if len(entries) == 3:
        return packed.number_bytes(entries[0] << 8 | entries[1]) + entries[2:]
    numbers = struct.unpack(f">{'Hx' * (len(entries) // 3)}", entries)
    gaps = [numbers[0], *(after - before - 1 for before, after in pairwise(numbers))]
    coded = bytes(gaps) if max(gaps) < 128 else b"".join(map(packed.number_bytes, gaps))
    return coded + entries[2::3]


def _key_bytes(key: str, lists: Lists) -> bytes:
    body, title, number = (entries.get(key, b"") for entries in lists)
    head = packed.number_bytes(len(body) // 3 * 4 + (1 if title else 0) + (2 if number else 0))
    counts = b"".join(packed.number_bytes(len(entries) // 3) for entries in (title, number) if entries)
    return head + counts + b"".join(list_bytes(entries) for entries in (body, title, number) if entries)


def write(lists: Lists) -> Iterator[tuple[str, bytes]]:
    """Posting files, in order, as (first key, packed bytes)."""
    keys: list[str] = []
    pieces: list[bytes] = []
    size = 0
    for key in sorted(set().union(*lists), key=order):
        piece = _key_bytes(key, lists)
        weight = len(piece) + len(key.encode()) + 1
        if keys and size + weight > LIMIT:
            yield keys[0], packed.pack(packed.texts_bytes(keys) + b"".join(pieces))
            keys, pieces, size = [], [], 0
        keys.append(key)
        pieces.append(piece)
        size += weight
    if keys:
        yield keys[0], packed.pack(packed.texts_bytes(keys) + b"".join(pieces))


def _read_list(reader: packed.Reader, count: int) -> list[tuple[int, int]]:
    numbers: list[int] = []
    last = -1
    for _ in range(count):
        last += reader.number() + 1
        numbers.append(last)
    return list(zip(numbers, reader.piece(count), strict=True))


def read(content: bytes) -> dict[str, Found]:
    """Everything in one posting file."""
    reader = packed.Reader(packed.unpack(content))
    found: dict[str, Found] = {}
    for key in reader.texts():
        head = reader.number()
        title = reader.number() if head & 1 else 0
        number = reader.number() if head & 2 else 0
        found[key] = Found(*(_read_list(reader, count) for count in (head >> 2, title, number)))
    return found
