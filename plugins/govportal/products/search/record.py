"""`<run>/<place>.bin`: one entry, to show it and to verify a hit on its text.

Packed (see `packed.py`); inside, a text in GB 18030 after one byte 0, or in UTF-8 if it has characters for private use,
of which readers think differently: two bytes for a character instead of three make a sixth less to load. The first
line is a JSON object with the fields of `SearchEntry` that are not at their default, and `variants`: the traditional
characters in it, each followed by the simplified one. Everything after the first line end is the plain text of the
body (or of the attachment), blocks divided by line ends. Which entry is where, `manifest.py` says.
"""

import json
import re
from dataclasses import fields

from . import packed
from .analyse import variants_in
from .entry import SearchEntry

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
DEFAULTS = {"late": False, "part": 0, "file": "", "file_href": ""}


def content(entry: SearchEntry, text: str) -> bytes:
    """The record before packing."""
    shown = {one.name: getattr(entry, one.name) for one in fields(entry)}
    shown = {name: value for name, value in shown.items() if DEFAULTS.get(name) != value}
    if found := variants_in("\n".join((entry.title, entry.number, entry.index_number, text))):
        shown["variants"] = found
    head = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    whole = f"{head}\n{text}"
    return whole.encode() if PRIVATE.search(whole) else b"\0" + whole.encode("gb18030")


def read(content: bytes) -> tuple[SearchEntry, str]:
    """The record and the text of its body."""
    plain = packed.unpack(content)
    whole = plain.decode() if plain[:1] != b"\0" else plain[1:].decode("gb18030")
    head, text = whole.split("\n", 1)
    shown = json.loads(head)
    shown.pop("variants", None)
    return SearchEntry(**shown), text
