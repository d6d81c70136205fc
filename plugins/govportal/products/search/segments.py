"""Which entries share a segment: a staircase that depends on the set of entries alone.

Entries stand in the order of (date, id), those of one record together. The digest of a record's id gives it a
level: 3 for one in 65,536, 2 for one in 512, 1 for one in 8, else 0. From the oldest to the newest:

- every record of level 3 ends a segment, and so does the first record at the CAP-th entry since the last such end or
  after it;
- of what is newer than that, the newest record of level 2 or more ends a segment;
- of what is newer than that, the newest record of level 1 or more ends a segment;
- the rest, about eight records, is the last segment.

So a new record at the newest end nearly always rewrites one small segment (now and then a larger one, as in a
log-structured merge), and no history is needed: the same records always give the same segments. A changed text
keeps every number, so it rewrites only the shards of the grams that came or went. An old record that comes late or
goes moves the numbers in its segment, which is then made anew; so does a text that comes to have more or fewer pieces.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from math import log2

from .entry import Draft

CAP = 65_000
STEPS = (65_536, 512, 8)
BLOCK = 128
"""About how many records are in a block of record files."""


@lru_cache(maxsize=200_000)
def _value(identifier: str) -> int:
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:4], "big")


def level(identifier: str) -> int:
    """How important an end a record is, from 0 to 3."""
    value = _value(identifier)
    return next((3 - index for index, step in enumerate(STEPS) if value % step == 0), 0)


def shards_for(entries: int) -> int:
    """Into how many shards the keys of a segment are dealt: small ones into few files, large ones into small files."""
    size = log2(max(1, entries))
    return 1 << (
        min(4, round(size + 1)) if entries <= 64 else min(14, round(min(size + 1, 0.8 * size + 2.2)))
    )


def divide(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Segments newest first, each newest first."""
    order = sorted(drafts, key=lambda draft: (draft.date, draft.id, -draft.part))
    # Further parts of a record stand before it and never end a segment.
    levels = [0 if draft.part else level(draft.id) for draft in order]
    ends: list[int] = []
    start = 0
    for place, height in enumerate(levels):
        if height == 3 or (place + 1 - start >= CAP and order[place].part == 0):
            start = place + 1
            ends.append(start)
    for lowest in (2, 1):
        newest = max((place for place in range(start, len(order)) if levels[place] >= lowest), default=-1)
        if newest >= 0:
            start = newest + 1
            ends.append(start)
    if not ends or ends[-1] < len(order):
        ends.append(len(order))
    starts = [0, *ends]
    return [order[first:end][::-1] for first, end in zip(starts, ends, strict=False)][::-1] if order else []


def blocks(members: Sequence[Draft]) -> list[list[Draft]]:
    """The members of a segment in runs whose ends depend on single records, so that one record more moves few."""
    found: list[list[Draft]] = [[]]
    for draft in members:
        if found[-1] and (draft.part == 0 and _value(draft.id) // 7 % BLOCK == 0):
            found.append([])
        found[-1].append(draft)
    return [run for run in found if run]


def name_of(salt: str, members: Sequence[Draft]) -> str:
    """A name that stands for a sequence of entries, not for what is in them."""
    digest = hashlib.blake2b(salt.encode(), digest_size=6)
    digest.update("\n".join([f"{draft.id}\t{draft.part}\t{draft.date}" for draft in members]).encode())
    return digest.hexdigest()
