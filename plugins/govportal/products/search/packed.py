"""Bytes on the wire: gzip under a plain name, and numbers of variable length.

Packed file
    One gzip member (RFC 1952) with a fixed header: no name, no time, system 255. Files end in `.bin`, so a
    plain static server sends them as they are, and the reader unpacks them (`packed.js`: DecompressionStream,
    or a small inflate of our own where the browser has none). A reader that meets other first bytes than
    1f 8b takes the file as unpacked already: a server that declares `Content-Encoding: gzip` does no harm.
    The packed bytes may differ between versions of zlib; nothing is ever named after packed bytes.

Number
    A variable-length number is seven bits a byte, lowest first; the highest bit says that more follow.

Texts
    A list of texts, none of them empty or with a line end, is a number, the length in bytes of what follows,
    and the texts in UTF-8 divided by line ends. Length nought is a list of no text.
"""

import struct
import zlib

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def pack(*sections: bytes) -> bytes:
    """The sections, one after the other, as one gzip member; each is coded by itself, for they differ in kind."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    *former, last = sections
    body = b"".join([engine.compress(one) + engine.flush(zlib.Z_BLOCK) for one in former])
    body += engine.compress(last) + engine.flush()
    check = size = 0
    for one in sections:
        check, size = zlib.crc32(one, check), size + len(one)
    return b"".join((HEADER, body, struct.pack("<II", check, size & 0xFFFFFFFF)))


def unpack(packed: bytes) -> bytes:
    """What was packed; bytes that are not gzip are taken as they are."""
    return zlib.decompress(packed, 31) if packed[:2] == b"\x1f\x8b" else packed


def number_bytes(value: int) -> bytes:
    """A number, seven bits a byte, lowest first."""
    if value < 128:
        return bytes((value,))
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    parts.append(value)
    return bytes(parts)


class Reader:
    """Reads numbers and pieces from bytes; running past the end is an IndexError."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.place = 0

    def number(self) -> int:
        """The next variable-length number."""
        value = shift = 0
        while True:
            byte = self.content[self.place]
            self.place += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def piece(self, length: int) -> bytes:
        """The next `length` bytes."""
        end = self.place + length
        if end > len(self.content):
            raise IndexError("the file ends too early")
        found = self.content[self.place : end]
        self.place = end
        return found

    def texts(self) -> list[str]:
        """The next list of texts."""
        length = self.number()
        return self.piece(length).decode().split("\n") if length else []


def texts_bytes(texts: list[str]) -> bytes:
    """A list of texts, as described above."""
    joined = "\n".join(texts).encode()
    return number_bytes(len(joined)) + joined
