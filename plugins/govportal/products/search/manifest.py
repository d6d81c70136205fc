"""`manifest.bin`: the only file of the index, besides those of the entries, whose name never changes.

Packed (see `packed.py`); inside: a number, the length in bytes of a JSON text in UTF-8, and that text, one object:

    format      2; a reader refuses any other number
    records     how many entries there are
    blocks      where blocks of long lists end, by the number of the entry (see `postings.py`)
    segments    newest first, each {name, records, shards, newest, oldest, facets, parts}:
                its folder under `search/`, how many entries and shards it has, dates of its first and last entry,
                its file of facets, and the blocks of its entries, newest first, each [name, how many, newest date]:
                entry `i` of a block is `<name>/<i>.bin`
    synonyms    what citizens say: [[their words], [the official words]], folded
    variants    the file of traditional characters: pairs as in `record.py`, packed
    suggest     the file of words for 您是不是要找 (see `suggest.py`)

then for each segment, in the same order: the versions of its shards, five hexadecimal digits each, one after the
other, two digits a byte (a last odd one followed by 0); then a number, how many entries
are no longer in force, and for each a number: its gap, counted as in `postings.py`.

A shard is `<segment>/<shard in hexadecimal>-<version in hexadecimal>.bin`; which shard holds a key says
`shard_of` in `analyse.py`. All of these, and the files of facets, are named by content and may be kept by
browsers for ever. The files of entries keep their names when their content changes; they and the manifest must
be asked for anew.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from . import packed
from .postings import BLOCKS

FORMAT = 2
PATH = "manifest.bin"


@dataclass(frozen=True, slots=True)
class Segment:
    """One folder of the index."""

    name: str
    records: int
    shards: int
    newest: str
    oldest: str
    facets: str
    parts: list[list[Any]]
    versions: str
    late: list[int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All segments, newest first, and what helps with queries."""

    segments: list[Segment]
    synonyms: list[list[list[str]]] = field(default_factory=list)
    variants: str = ""
    suggest: str = ""


def write(manifest: Manifest) -> bytes:
    """The manifest, packed."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "records": sum(segment.records for segment in manifest.segments),
        "blocks": list(BLOCKS),
        "segments": [],
        "synonyms": manifest.synonyms,
        "variants": manifest.variants,
        "suggest": manifest.suggest,
    }
    tail = b""
    for segment in manifest.segments:
        shown = asdict(segment)
        versions = shown.pop("versions")
        tail += bytes.fromhex(versions + "0" * (len(versions) % 2))
        late = shown.pop("late")
        tail += packed.number_bytes(len(late))
        last = -1
        for number in late:
            tail += packed.number_bytes(number - last - 1)
            last = number
        content["segments"].append(shown)
    head = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return packed.pack(packed.number_bytes(len(head)) + head + tail)


def read(content: bytes) -> Manifest:
    """What a manifest says."""
    reader = packed.Reader(packed.unpack(content))
    found = json.loads(reader.piece(reader.number()))
    if found["format"] != FORMAT:
        raise ValueError(f"manifest of format {found['format']}, expected {FORMAT}")
    segments = []
    for segment in found["segments"]:
        digits = 5 * segment["shards"]
        versions = reader.piece((digits + 1) // 2).hex()[:digits]
        late, last = [], -1
        for _ in range(reader.number()):
            last += reader.number() + 1
            late.append(last)
        segments.append(Segment(**segment, versions=versions, late=late))
    return Manifest(segments, found["synonyms"], found["variants"], found["suggest"])
