"""What one record contributes to the index, made once and kept by the caller.

    16 bytes    digest of what is searched and sorted by (id, date, title, numbers, body), not of what is only
                shown
    number      length of the packed record, then the packed record (`record.py`)
    deflated    for body, title and number (document number and index number): texts (the grams, sorted) and
                as many bytes of places

Never published. It depends on the record alone, and on FORMAT; keep it by the digest of both.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass

from . import packed, record
from .analyse import fold, gram_masks, whole_key
from .entry import SearchEntry

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record's contribution, opened; `grams` has (keys, bytes of places) for body, title and number."""

    digest: bytes
    record: bytes
    grams: tuple[tuple[list[str], bytes], ...]


def prepare(entry: SearchEntry, text: str) -> bytes:
    """Everything one record contributes to the index, whatever the other records are."""
    shown = packed.pack(record.content(entry, text))
    title, number = fold(entry.title), fold(entry.number)
    fields = (
        gram_masks([fold(text)]),
        gram_masks([title]) | ({whole_key(title): 1} if title else {}),
        gram_masks([number, fold(entry.index_number)]) | ({whole_key(number): 1} if number else {}),
    )
    tables = bytearray()
    for masks in fields:
        keys = sorted(masks)
        tables += packed.texts_bytes(keys) + bytes([masks[key] for key in keys])
    searched = json.dumps([entry.id, entry.date, entry.title, entry.number, entry.index_number, text])
    digest = hashlib.sha256(searched.encode()).digest()[:16]
    return b"".join((digest, packed.number_bytes(len(shown)), shown, zlib.compress(tables, 1)))


def digest_of(prepared: bytes) -> bytes:
    """The digest of what is searched, without opening the rest."""
    return prepared[:16]


def read(prepared: bytes) -> Prepared:
    """The contribution, opened."""
    outer = packed.Reader(prepared)
    digest = outer.piece(16)
    shown = outer.piece(outer.number())
    inner = packed.Reader(zlib.decompress(prepared[outer.place :]))
    grams: list[tuple[list[str], bytes]] = []
    for _ in range(3):
        keys = inner.texts()
        grams.append((keys, inner.piece(len(keys))))
    return Prepared(digest, shown, tuple(grams))
