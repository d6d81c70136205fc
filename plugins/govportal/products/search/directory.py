"""`<segment>/directory.bin`: which posting file holds a key, and how dear it is to fetch.

Packed (see `packed.py`); inside:

    texts       the first key of every posting file, in order; keys are ordered by UTF-16 code units, as
                JavaScript compares
    numbers     for every posting file its packed size in units of 64 bytes, rounded up

A key lies, if anywhere, in the last posting file whose first key is not after it.
"""

from bisect import bisect_right

from . import packed

UNIT = 64


def order(key: str) -> bytes:
    """Sort key for keys: by UTF-16 code units."""
    return key.encode("utf-16-be")


def write(shards: list[tuple[str, int]]) -> bytes:
    """The directory of posting files given as (first key, packed size)."""
    sizes = b"".join(packed.number_bytes(-(-size // UNIT)) for _, size in shards)
    return packed.pack(packed.texts_bytes([key for key, _ in shards]) + sizes)


def read(content: bytes) -> list[tuple[str, int]]:
    """Posting files as (first key, size in units)."""
    reader = packed.Reader(packed.unpack(content))
    return [(key, reader.number()) for key in reader.texts()]


def locate(shards: list[tuple[str, int]], key: str) -> int:
    """The number of the posting file that may hold the key, or -1."""
    return bisect_right(shards, order(key), key=lambda shard: order(shard[0])) - 1
