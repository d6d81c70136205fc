"""From the contributions of all records to the files of the index, one segment at a time."""

import hashlib
from collections.abc import Iterator, Sequence

from . import directory, manifest, postings, prepared
from .entry import SearchEntry
from .segments import divide

Item = tuple[SearchEntry, bytes]
File = tuple[str, bytes]


def segment_name(members: Sequence[Item]) -> str:
    """The folder of a segment: named after what is searched in it and the formats it is written in."""
    digest = hashlib.sha256(f"{manifest.FORMAT}.{prepared.FORMAT}.{postings.LIMIT}".encode())
    for _, contribution in members:
        digest.update(prepared.digest_of(contribution))
    return digest.hexdigest()[:16]


def _gather(members: Sequence[Item], name: str, lists: postings.Lists) -> Iterator[File]:
    """Fill the lists from the members, newest first; on the way, yield the files of the records."""
    for number, (_, contribution) in enumerate(members):
        opened = prepared.read(contribution)
        yield f"{name}/records/{number}.bin", opened.record
        place = number.to_bytes(2, "big")
        entries = [place + bytes((mask,)) for mask in range(256)]
        for found, (keys, masks) in zip(lists, opened.grams, strict=True):
            get = found.get
            for key, mask in zip(keys, masks, strict=True):
                known = get(key)
                if known is None:
                    found[key] = bytearray(entries[mask])
                else:
                    known += entries[mask]


def segment_files(members: Sequence[Item], name: str) -> Iterator[File]:
    """All files of one segment; a function of its members alone, so they may be kept by its name."""
    lists: postings.Lists = ({}, {}, {})
    yield from _gather(members, name, lists)
    shards: list[tuple[str, int]] = []
    for number, (first_key, content) in enumerate(postings.write(lists)):
        shards.append((first_key, len(content)))
        yield f"{name}/postings/{number}.bin", content
    yield f"{name}/directory.bin", directory.write(shards)


def assemble(items: Sequence[Item]) -> Iterator[File]:
    """All files of the index as (path under `search/`, bytes), manifest last; items may come in any order."""
    entries = [entry for entry, _ in items]
    if len({entry.id for entry in entries}) != len(entries):
        raise ValueError("two records of the same id")
    segments: list[manifest.Segment] = []
    for places in divide(entries):
        members = [items[place] for place in places]
        name = segment_name(members)
        shards = 0
        for path, content in segment_files(members, name):
            shards += "/postings/" in path
            yield path, content
        segments.append(manifest.Segment(name, len(members), shards, members[0][0].date, members[-1][0].date))
    yield manifest.PATH, manifest.write(segments)
