"""`<run>/<place>.bin`: one entry, a record or a part of it, to show the record and to verify a hit on the text.

Packed (see `packed.py`); inside, a text in GB 18030 after one byte 0, or in UTF-8 if it has characters for private use,
of which readers think differently: two bytes for a character instead of three make a sixth less to load. The first
line is a JSON object with the fields of `SearchEntry` that are not at their default, and `variants`: the traditional
characters in it, each followed by the simplified one. Everything after the first line end is the plain text of the
body, of a piece of it (see `pieces.py`) or of an attachment, blocks divided by line ends. Which entry is where,
`manifest.py` says.
"""

import json
import re
from dataclasses import astuple
from typing import get_type_hints

from . import packed
from .analyse import variants_in
from .entry import SearchEntry

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
KINDS = tuple(get_type_hints(SearchEntry).values())


def content(entry: SearchEntry, text: str) -> bytes:
    """The record before packing."""
    shown = [int(value) if isinstance(value, bool) else value for value in astuple(entry)]
    shown.append(variants_in("\n".join((entry.title, entry.number, entry.index_number, text))))
    while not shown[-1]:
        shown.pop()
    head = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    whole = f"{head}\n{text}"
    return whole.encode() if PRIVATE.search(whole) else b"\0" + whole.encode("gb18030")


def read(content: bytes) -> tuple[SearchEntry, str]:
    """The record and the text of its body."""
    plain = packed.unpack(content)
    whole = plain.decode() if plain[:1] != b"\0" else plain[1:].decode("gb18030")
    head, text = whole.split("\n", 1)
    shown = json.loads(head)
    shown += [kind() for kind in KINDS[len(shown) :]]
    return SearchEntry(*(kind(value) for kind, value in zip(KINDS, shown, strict=False))), text
