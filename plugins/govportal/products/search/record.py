"""`<segment>/records/<number>.bin`: one record, to show it and to verify a hit on its text.

Packed (see `packed.py`); inside, UTF-8: the first line is a JSON object with the fields of `SearchEntry`,
everything after the first line end is the plain text of the body, blocks divided by line ends.
"""

import json
from dataclasses import asdict

from . import packed
from .entry import SearchEntry


def content(entry: SearchEntry, text: str) -> bytes:
    """The record before packing."""
    head = json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))
    return f"{head}\n{text}".encode()


def read(content: bytes) -> tuple[SearchEntry, str]:
    """The record and the text of its body."""
    head, text = packed.unpack(content).decode().split("\n", 1)
    return SearchEntry(**json.loads(head)), text
