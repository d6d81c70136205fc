"""`<segment>/<shard>-<version>.bin`: for some keys, which entries have them and what follows there.

Packed (see `packed.py`); inside:

    texts       the keys of the shard, ordered by code points
    heads       for every key, in order:
        number      entries of the body list in this file, times 8, plus 1 if there is a title list, plus 2 if there
                    is a number list, plus 4 if the body list goes on in blocks
        number      length of the title list, if there is one
        number      length of the number list, if there is one
        number      length of the whole body list, if it goes on
        bytes       3 for each block of BLOCKS after the first, its version, if the list goes on; nought for none
    gaps        for every key, for its lists body, title and number, numbers: the number of the first entry, then how
                many entries lie between it and the next
    bytes       for every key, for its lists, for each of these entries the byte of what follows (see `analyse.py`)

Entries are numbered within the segment from nought, newest first, so the order of a list is the order by date. A
body list longer than LONG has here only the entries up to the end of the first block, which is what the first page
of results needs; the rest is in `<segment>/<key in hexadecimal UTF-8>-<block>-<version>.bin`, packed: a number, the
count of entries, then gaps and bytes as above. The number list covers document number and index number.

Versions begin the BLAKE2b-128 digest of the unpacked content: four hexadecimal digits for a shard, six for a block.
So a file never changes under its name.
"""

import struct
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

from . import packed

LONG = 2048
BLOCKS = (2048, 8192, 32768, 65536)
"""Where blocks end, by the number of the entry."""
FIELDS = ("body", "title", "number")
NO_VERSION = b"\0\0\0"

Piece = tuple[bytes, bytes, bytes]
"""What a shard says of one key: head, gaps and bytes."""
Lists = tuple[dict[str, bytearray], dict[str, bytearray], dict[str, bytearray]]


def version_of(content: bytes) -> bytes:
    """Three bytes that are new when the content is."""
    found = blake2b(content, digest_size=16).digest()[:3]
    return b"\0\0\1" if found == NO_VERSION else found


def block_name(key: str, block: int, version: bytes) -> str:
    """The file of a block."""
    return f"{key.encode().hex()}-{block}-{version.hex()}.bin"


def shard_name(shard: int, version: str) -> str:
    """The file of a shard."""
    return f"{shard:x}-{version}.bin"


@dataclass(slots=True)
class Found:
    """The lists of one key: (number of the entry, what follows), newest first; `total` counts the whole body list."""

    body: list[tuple[int, int]] = field(default_factory=list)
    title: list[tuple[int, int]] = field(default_factory=list)
    number: list[tuple[int, int]] = field(default_factory=list)
    blocks: tuple[bytes, ...] = ()
    total: int = 0


class _NumberTable(dict[int, bytes]):
    """The bytes of numbers, filled as they are met."""

    def __missing__(self, value: int) -> bytes:
        found = self[value] = packed.number_bytes(value)
        return found


_NUMBERS = _NumberTable()


def gap_bytes(entries: bytes | bytearray) -> bytes:
    """The gaps of entries of three bytes (number of the entry, what follows) in order."""
    if len(entries) == 3:
        return _NUMBERS[entries[0] << 8 | entries[1]]
    numbers = struct.unpack(f">{'Hx' * (len(entries) // 3)}", entries)
    gaps = [numbers[0], *[after - before - 1 for before, after in pairwise(numbers)]]
    return bytes(gaps) if max(gaps) < 128 else b"".join([_NUMBERS[gap] for gap in gaps])


def _cut(entries: bytes | bytearray) -> list[bytes]:
    """The entries of each block."""
    numbers = struct.unpack(f">{'Hx' * (len(entries) // 3)}", entries)
    pieces, start = [], 0
    for end in BLOCKS:
        stop = start
        while stop < len(numbers) and numbers[stop] < end:
            stop += 1
        pieces.append(bytes(entries[3 * start : 3 * stop]))
        start = stop
    return pieces


def key_bytes(
    key: str, body: bytes | bytearray, title: bytes | bytearray, number: bytes | bytearray
) -> tuple[Piece, list[tuple[str, bytes]]]:
    """What a shard says of one key, and the blocks that its body list goes on in as (name, packed content)."""
    count = len(body) // 3
    if count <= LONG and not title and not number:
        return (_NUMBERS[count << 3], gap_bytes(body), bytes(body[2::3])), []
    goes_on = versions = b""
    blocks: list[tuple[str, bytes]] = []
    if count > LONG:
        pieces = _cut(body)
        body = pieces[0]
        for block, more in enumerate(pieces[1:], 1):
            version = NO_VERSION
            if more:
                sections = (packed.number_bytes(len(more) // 3) + gap_bytes(more), more[2::3])
                version = version_of(b"".join(sections))
                blocks.append((block_name(key, block, version), packed.pack(*sections)))
            versions += version
        goes_on = packed.number_bytes(count) + versions
    flags = (1 if title else 0) | (2 if number else 0) | (4 if goes_on else 0)
    head = packed.number_bytes(len(body) // 3 << 3 | flags)
    for entries in (title, number):
        if entries:
            head += packed.number_bytes(len(entries) // 3)
    lists = [entries for entries in (body, title, number) if entries]
    if len(lists) == 1:
        return (head + goes_on, gap_bytes(lists[0]), bytes(lists[0][2::3])), blocks
    return (head + goes_on, b"".join(map(gap_bytes, lists)), b"".join([one[2::3] for one in lists])), blocks


def shard_sections(pieces: dict[str, Piece]) -> tuple[bytes, bytes, bytes]:
    """A whole shard, not packed, as keys and heads, gaps, bytes."""
    keys = sorted(pieces)
    heads, gaps, masks = zip(*(pieces[key] for key in keys), strict=True) if keys else ((), (), ())
    return packed.texts_bytes(keys) + b"".join(heads), b"".join(gaps), b"".join(masks)


@dataclass(slots=True)
class _Head:
    """The head of a key, as it stands in the file."""

    counts: tuple[int, int, int]
    total: int
    blocks: tuple[bytes, ...]
    written: bytes


def _read_head(reader: packed.Reader) -> _Head:
    start = reader.place
    head = reader.number()
    title = reader.number() if head & 1 else 0
    number = reader.number() if head & 2 else 0
    total, blocks = head >> 3, b""
    if head & 4:
        total = reader.number()
        blocks = reader.piece(3 * (len(BLOCKS) - 1))
    versions = tuple(blocks[at : at + 3] for at in range(0, len(blocks), 3))
    return _Head((head >> 3, title, number), total, versions, reader.content[start : reader.place])


def _numbers(reader: packed.Reader, count: int) -> list[int]:
    numbers: list[int] = []
    last = -1
    for _ in range(count):
        last += reader.number() + 1
        numbers.append(last)
    return numbers


def pieces(content: bytes) -> dict[str, Piece]:
    """A packed shard as what it says of each key."""
    reader = packed.Reader(packed.unpack(content))
    keys = reader.texts()
    heads = [_read_head(reader) for _ in keys]
    gaps = []
    for head in heads:
        start = reader.place
        for _ in range(sum(head.counts)):
            reader.number()
        gaps.append(reader.content[start : reader.place])
    masks = [reader.piece(sum(head.counts)) for head in heads]
    return {
        key: (head.written, some, bits)
        for key, head, some, bits in zip(keys, heads, gaps, masks, strict=True)
    }


def read_piece(piece: Piece) -> Found:
    """What a shard says of one key."""
    head = _read_head(packed.Reader(piece[0]))
    gaps, masks = packed.Reader(piece[1]), packed.Reader(piece[2])
    body, title, number = (
        list(zip(_numbers(gaps, count), masks.piece(count), strict=True)) for count in head.counts
    )
    return Found(body, title, number, head.blocks, head.total)


def read(content: bytes) -> dict[str, Found]:
    """Everything in one packed shard."""
    return {key: read_piece(piece) for key, piece in pieces(content).items()}


def read_block(content: bytes) -> list[tuple[int, int]]:
    """One packed block of a long body list."""
    reader = packed.Reader(packed.unpack(content))
    count = reader.number()
    return list(zip(_numbers(reader, count), reader.piece(count), strict=True))


def entries_bytes(entries: dict[int, int]) -> bytes:
    """Numbers and what follows, as entries of three bytes in order."""
    return b"".join([number.to_bytes(2, "big") + bytes((entries[number],)) for number in sorted(entries)])
