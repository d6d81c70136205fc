"""`manifest.bin`: the only file of the index, besides those of the entries, whose name never changes.

Packed (see `packed.py`); inside: a number, the length in bytes of a JSON text in UTF-8, and that text, one object:

    format      4; a reader refuses any other number
    records     how many entries there are, attachments among them
    blocks      where blocks of long lists end, by the number of the entry (see `postings.py`)
    segments    newest first, each {name, records, shards, newest, oldest, facets}: its folder under `search/`, how
                many entries and shards it has, dates of its first and last entry, its file of facets
    synonyms    what citizens say: a list of texts, see `synonyms.py`
    variants    the file of all traditional characters and variants: a packed text of pairs as in `record.py`
    suggest     the file of words for 您是不是要找 (see `suggest.py`), or ""

then for each segment, in the same order:

    versions    of its shards, two bytes each, which stand in names as four hexadecimal digits
    runs        a number, how many runs of entries; for each, newest first, six bytes, its folder under `search/` in
                hexadecimal, and a number, how many entries: the oldest is `<run>/0.bin`, the newest, of `n`,
                `<run>/<n - 1>.bin` (see `record.py`), so that a new entry renames none
    late        a number, how many entries are no longer in force, and their numbers as gaps, as in `postings.py`
    attached    the same for entries that are attachments; each belongs to the last entry before it that is not one

A shard is `<segment>/<shard in hexadecimal>-<version in hexadecimal>.bin`; which shard holds a key says
`shard_of` in `analyse.py`. Shards, blocks, facets and words are named by content and may be kept by browsers for
ever. The files of entries keep their names when their content changes; they and the manifest must be asked for
anew.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import packed
from .postings import BLOCKS

FORMAT = 4
PATH = "manifest.bin"
HEAD = ("name", "records", "shards", "newest", "oldest", "facets")
"""What the JSON text says of a segment; the rest is in the tail."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One folder of the index."""

    name: str
    records: int
    shards: int
    newest: str
    oldest: str
    facets: str
    versions: str
    runs: list[tuple[str, int]]
    late: list[int]
    attached: list[int]

    @property
    def places(self) -> list[str]:
        """The files of its entries, newest first."""
        return [f"{name}/{at}.bin" for name, count in self.runs for at in reversed(range(count))]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All segments, newest first, and what helps with queries."""

    segments: list[Segment]
    synonyms: list[str] = field(default_factory=list)
    variants: str = ""
    suggest: str = ""


def _numbers_bytes(numbers: Sequence[int]) -> bytes:
    gaps = [number - before - 1 for before, number in zip([-1, *numbers], numbers, strict=False)]
    return b"".join(map(packed.number_bytes, [len(numbers), *gaps]))


def _read_numbers(reader: packed.Reader) -> list[int]:
    numbers, last = [], -1
    for _ in range(reader.number()):
        last += reader.number() + 1
        numbers.append(last)
    return numbers


def write(manifest: Manifest) -> bytes:
    """The manifest, packed."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "records": sum(segment.records for segment in manifest.segments),
        "blocks": list(BLOCKS),
        "segments": [{name: getattr(segment, name) for name in HEAD} for segment in manifest.segments],
        "synonyms": manifest.synonyms,
        "variants": manifest.variants,
        "suggest": manifest.suggest,
    }
    tail = bytearray()
    for segment in manifest.segments:
        tail += bytes.fromhex(segment.versions)
        tail += packed.number_bytes(len(segment.runs))
        for name, count in segment.runs:
            tail += bytes.fromhex(name) + packed.number_bytes(count)
        tail += _numbers_bytes(segment.late) + _numbers_bytes(segment.attached)
    head = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return packed.pack(packed.number_bytes(len(head)) + head + bytes(tail))


def read(content: bytes) -> Manifest:
    """What a manifest says."""
    reader = packed.Reader(packed.unpack(content))
    found = json.loads(reader.piece(reader.number()))
    if found["format"] != FORMAT:
        raise ValueError(f"manifest of format {found['format']}, expected {FORMAT}")
    segments = []
    for segment in found["segments"]:
        versions = reader.piece(2 * segment["shards"]).hex()
        runs = [(reader.piece(6).hex(), reader.number()) for _ in range(reader.number())]
        segments.append(
            Segment(
                **segment,
                versions=versions,
                runs=runs,
                late=_read_numbers(reader),
                attached=_read_numbers(reader),
            )
        )
    return Manifest(segments, found["synonyms"], found["variants"], found["suggest"])
