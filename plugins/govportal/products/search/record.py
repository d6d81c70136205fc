"""`<block>/<place>.bin`: one entry, to show it and to verify a hit on its text.

Packed (see `packed.py`); inside, UTF-8: the first line is a JSON object with the fields of `SearchEntry` that are
not at their default, and `variants`: the traditional characters in it, each followed by the simplified one.
Everything after the first line end is the plain text of the body (or of the attachment), blocks divided by line
ends. A block is a run of entries; `manifest.py` says which.
"""

import json
from dataclasses import fields

from . import packed
from .analyse import variants_in
from .entry import SearchEntry

DEFAULTS = {"late": False, "part": 0, "file": "", "file_href": ""}


def content(entry: SearchEntry, text: str) -> bytes:
    """The record before packing."""
    shown = {one.name: getattr(entry, one.name) for one in fields(entry)}
    shown = {name: value for name, value in shown.items() if DEFAULTS.get(name) != value}
    if found := variants_in("\n".join((entry.title, entry.number, entry.index_number, text))):
        shown["variants"] = found
    head = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return f"{head}\n{text}".encode()


def read(content: bytes) -> tuple[SearchEntry, str]:
    """The record and the text of its body."""
    head, text = packed.unpack(content).decode().split("\n", 1)
    shown = json.loads(head)
    shown.pop("variants", None)
    return SearchEntry(**shown), text
