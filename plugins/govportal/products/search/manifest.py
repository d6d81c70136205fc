"""`manifest.bin`: the only file of the index, besides those of the entries, whose name never changes.

Packed (see `packed.py`); inside: a number, the length in bytes of a JSON text in UTF-8, and that text, one object:

    format      6; a reader refuses any other number
    records     how many entries there are, further parts of records among them
    blocks      where blocks of long lists end, by the number of the entry (see `postings.py`)
    segments    newest first, each {name, records, shards, newest, oldest, facets}: its folder under `search/`, how
                many entries and shards it has, dates of its first and last entry, its file of facets
    synonyms    the file of what citizens say (see `synonyms.py`), or ""
    variants    the file of all traditional characters and variants: a packed text of pairs as in `record.py`
    suggest     the file of words for 您是不是要找 (see `suggest.py`), or ""

then for each segment, in the same order:

    versions    of its shards, two bytes each, which stand in names as four hexadecimal digits; nothing for a segment
                of more than FEW_SHARDS, whose versions are in `versions/`
    runs        a number, how many runs of entries; for each, newest first, six bytes, its folder under `search/` in
                hexadecimal, and a number, how many entries: the oldest is `<run>/0.bin`, the newest, of `n`,
                `<run>/<n - 1>.bin` (see `record.py`), so that a new entry renames none
    late        a number, how many entries are no longer in force, and their numbers as gaps, as in `postings.py`
    attached    the same for entries that are further parts of a record, pieces of its text or attachments; each belongs
                to the last entry before it that is not one

and last `said`, in the same way numbers, one for each word in `synonyms` that is replaced: `shard_of` its first three
letters (of a word of two, both) and HEADS. Who asks for something with no such letters needs no file of synonyms.

A shard is `<segment>/<shard in hexadecimal>-<version in hexadecimal>.bin`; which shard holds a key says
`shard_of` in `analyse.py`.

`versions/<part>.bin`, for each of PARTS in hexadecimal: packed; for each segment of more than FEW_SHARDS, in the order
of the manifest, six bytes, its name, and two bytes for every PARTS-th of its shards, beginning with number `part`. So a
query asks for the versions of few shards, together with the manifest.

Shards, blocks, facets and words are named by content and may be kept by browsers for ever. The files of entries and
of versions keep their names when their content changes; they and the manifest must be asked for anew.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import packed
from .analyse import shard_of
from .postings import BLOCKS

FORMAT = 6
PATH = "manifest.bin"
HEAD = ("name", "records", "shards", "newest", "oldest", "facets")
"""What the JSON text says of a segment; the rest is in the tail."""
FEW_SHARDS = 1024
PARTS = 32
HEADS = 65536
"""By how many numbers the first letters of citizens' words are told apart."""


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
    synonyms: str = ""
    variants: str = ""
    suggest: str = ""
    said: list[int] = field(default_factory=list)


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
        if segment.shards <= FEW_SHARDS:
            tail += bytes.fromhex(segment.versions)
        tail += packed.number_bytes(len(segment.runs))
        for name, count in segment.runs:
            tail += bytes.fromhex(name) + packed.number_bytes(count)
        tail += _numbers_bytes(segment.late) + _numbers_bytes(segment.attached)
    tail += _numbers_bytes(manifest.said)
    head = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return packed.pack(packed.number_bytes(len(head)) + head + bytes(tail))


def versions_path(part: int) -> str:
    """The file of versions of every PARTS-th shard."""
    return f"versions/{part:x}.bin"


def write_versions(manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """The files of versions, packed."""
    for part in range(PARTS):
        content = bytearray()
        for segment in manifest.segments:
            if segment.shards > FEW_SHARDS:
                versions = [
                    segment.versions[4 * at : 4 * at + 4] for at in range(part, segment.shards, PARTS)
                ]
                content += bytes.fromhex(segment.name + "".join(versions))
        yield versions_path(part), packed.pack(bytes(content))


def said_by(texts: Sequence[str]) -> list[int]:
    """The numbers `said` of texts of synonyms."""
    return sorted({shard_of(word[:3], HEADS) for text in texts for word in text.split()[1:]})


def read(files: Mapping[str, bytes]) -> Manifest:
    """What a manifest says, with the versions beside it."""
    reader = packed.Reader(packed.unpack(files[PATH]))
    found = json.loads(reader.piece(reader.number()))
    if found["format"] != FORMAT:
        raise ValueError(f"manifest of format {found['format']}, expected {FORMAT}")
    segments = []
    parts = [packed.Reader(packed.unpack(files[versions_path(part)])) for part in range(PARTS)]
    for segment in found["segments"]:
        few = segment["shards"] <= FEW_SHARDS
        versions = (
            reader.piece(2 * segment["shards"]).hex()
            if few
            else _read_versions(parts, segment["name"], segment["shards"])
        )
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
    return Manifest(segments, found["synonyms"], found["variants"], found["suggest"], _read_numbers(reader))


def _read_versions(parts: Sequence[packed.Reader], name: str, shards: int) -> str:
    pieces = []
    for part in parts:
        if part.piece(6).hex() != name:
            raise ValueError("versions of other segments than the manifest's")
        pieces.append(part.piece(2 * shards // PARTS).hex())
    each = ([piece[at : at + 4] for at in range(0, len(piece), 4)] for piece in pieces)
    return "".join("".join(row) for row in zip(*each, strict=True))
