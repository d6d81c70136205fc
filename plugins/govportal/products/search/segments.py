"""Which records share a segment: a staircase that depends on the set of records alone.

Records stand in the order of (date, id). The digest of a record's id gives it a level: 3 for one in 8,192,
2 for one in 512, 1 for one in 16, else 0. From the oldest to the newest:

- every record of level 3 ends a segment, and so does every CAP-th record since the last such end;
- of what is newer than that, the newest record of level 2 or more ends a segment;
- of what is newer than that, the newest record of level 1 or more ends a segment;
- the rest, about sixteen records, is the last segment.

So a new record at the newest end nearly always rewrites one small segment (now and then a larger one, as in
a log-structured merge), a changed or inserted old record rewrites the one segment it lies in, and no history
is needed: the same records always give the same segments.
"""

import hashlib
from collections.abc import Sequence

from .entry import SearchEntry

CAP = 20_000
STEPS = (8192, 512, 16)


def level(identifier: str) -> int:
    """How important an end a record is, from 0 to 3."""
    value = int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:4], "big")
    return next((3 - index for index, step in enumerate(STEPS) if value % step == 0), 0)


def divide(entries: Sequence[SearchEntry]) -> list[list[int]]:
    """Segments newest first; each lists positions in `entries`, newest record first."""
    order = sorted(range(len(entries)), key=lambda at: (entries[at].date, entries[at].id))
    levels = [level(entries[at].id) for at in order]
    ends: list[int] = []
    start = 0
    for place, height in enumerate(levels):
        if height == 3 or place + 1 - start == CAP:
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
