"""Reads the text of one file and writes it to the standard output as JSON: {"text": …, "reason": code or ""}.

A program of its own, not imported by the portal: it sets its own limits, opens one file for reading, writes nothing
else and asks no network. XML is read by expat as a stream; a document type, where entities could be declared, ends the
reading. Of a ZIP file the bytes that really come out are counted, whatever its directory says.

    python -I reader.py pdf|docx|xlsx FILE LIMITS(JSON)
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from posixpath import join, normpath
from typing import Any
from unicodedata import normalize
from xml.parsers import expat

PIECE = 1 << 16
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)

RADICALS = "⺒巳⺜日⺝月⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
"""Radicals that look like a whole character, each followed by it (Unicode, EquivalentUnifiedIdeograph.txt)."""
SAME_SHAPE = {
    **{ord(sign): other for sign, other in zip(RADICALS[::2], RADICALS[1::2], strict=True)},
    **{code: normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB07))},
}
"""What PDF files often name for the glyph of a common character, and that character."""


class Unreadable(Exception):
    """Why a file gives no text: a code."""


class Enough(Exception):
    """As many letters as are wanted."""


class Collected:
    """Text as it comes, up to so many letters."""

    def __init__(self, limit: int) -> None:
        self.pieces: list[str] = []
        self.rest = limit

    def add(self, text: str) -> None:
        """One more piece of text."""
        self.pieces.append(text[: self.rest])
        self.rest -= len(text)
        if self.rest <= 0:
            raise Enough

    def text(self) -> str:
        """Everything, line by line, without what cannot be seen."""
        written = "".join(self.pieces).translate(SAME_SHAPE)
        whole = UNSEEN.sub("", written.replace("\r\n", "\n").replace("\r", "\n"))
        lines = (" ".join(line.split(" ")).strip() for line in whole.split("\n"))
        return "\n".join(line for line in lines if line)


class Package:
    """The parts of an Office file. `budget` is how many bytes may come out of it altogether."""

    def __init__(self, data: bytes, budget: int) -> None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Unreadable("encrypted")  # Office wraps a file with a password into its older container.
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.zip.namelist())
        self.budget = budget
        if len(self.names) > 10_000:
            raise Unreadable("bomb")

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part as they are unpacked."""
        with self.zip.open(name) as part:
            while piece := part.read(PIECE):
                self.budget -= len(piece)
                if self.budget < 0:
                    raise Unreadable("bomb")
                yield piece

    def read(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        words: Callable[[str], None],
    ) -> None:
        """Tell of every element (by its name without namespace) and all character data of a part."""

        def refuse(*_: Any) -> None:
            raise Unreadable("doctype")

        def local(tag: str) -> str:
            return tag.rpartition(":")[2]

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
        parser.EndElementHandler = lambda tag: end(local(tag))
        parser.CharacterDataHandler = words
        for piece in self.pieces(name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


ENDS = {"p": "\n", "tc": "\t"}
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


class Word:
    """The text of a DOCX part. What was deleted in a tracked change is `delText` and is left out."""

    def __init__(self, collected: Collected) -> None:
        self.collected = collected
        self.inside = False
        self.hidden = 0

    def start(self, tag: str, _: dict[str, str]) -> None:
        """An element begins. A `Fallback` repeats what stands before it."""
        if tag == "Fallback":
            self.hidden += 1
        self.inside = tag == "t" and not self.hidden
        if tag in BREAKS and not self.hidden:
            self.collected.add(BREAKS[tag])

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "Fallback":
            self.hidden -= 1
        self.inside = False
        if tag in ENDS and not self.hidden:
            self.collected.add(ENDS[tag])

    def words(self, text: str) -> None:
        """Character data."""
        if self.inside:
            self.collected.add(text)


def read_docx(data: bytes, limits: dict[str, int], collected: Collected) -> None:
    """The body, then footnotes and endnotes."""
    package = Package(data, limits["unpacked"])
    if "word/document.xml" not in package.names:
        raise Unreadable("broken")
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if name in package.names:
            part = Word(collected)
            package.read(name, part.start, part.end, part.words)
            collected.add("\n")


def _nothing(*_: Any) -> None:
    """For what a part says that is not asked for."""


class Strings:
    """`xl/sharedStrings.xml`: one text for each `si`; phonetic readings (`rPh`) are left out."""

    def __init__(self, limit: int) -> None:
        self.found: list[str] = []
        self.current: list[str] = []
        self.inside = False
        self.hidden = False
        self.rest = limit * 4

    def start(self, tag: str, _: dict[str, str]) -> None:
        """An element begins."""
        if tag == "si":
            self.current = []
        self.hidden = self.hidden or tag == "rPh"
        self.inside = tag == "t" and not self.hidden

    def end(self, tag: str) -> None:
        """An element ends."""
        self.inside = False
        self.hidden = self.hidden and tag != "rPh"
        if tag == "si":
            self.found.append("".join(self.current))

    def words(self, text: str) -> None:
        """Character data."""
        if self.inside:
            self.current.append(text)
            self.rest -= len(text)
            if self.rest < 0:
                raise Unreadable("bomb")


class Cells:
    """A worksheet: cells divided by tabs, rows by line ends. Numbers stand as the file holds them, dates as day numbers."""

    def __init__(self, collected: Collected, strings: list[str]) -> None:
        self.collected = collected
        self.strings = strings
        self.kind = ""
        self.value: list[str] = []
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self.kind, self.value = attributes.get("t", "n"), []
        self.inside = tag in ("v", "t")

    def end(self, tag: str) -> None:
        """An element ends."""
        self.inside = False
        if tag == "c" and self.value and self.kind not in ("e", "b"):
            text = "".join(self.value)
            if self.kind == "s":
                place = int(text) if text.strip().isdecimal() else len(self.strings)
                text = self.strings[place] if place < len(self.strings) else ""
            self.collected.add(text + "\t")
        elif tag == "row":
            self.collected.add("\n")

    def words(self, text: str) -> None:
        """Character data."""
        if self.inside:
            self.value.append(text)


def _attributes(package: Package, name: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of all elements of a name, themselves by their names without namespace."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == wanted:
            found.append(
                {
                    "type" if key == "Type" else key.rpartition(":")[2].lower(): value
                    for key, value in attributes.items()
                }
            )

    package.read(name, start, _nothing, _nothing)
    return found


def read_xlsx(data: bytes, limits: dict[str, int], collected: Collected) -> None:
    """Every sheet that is not hidden, in the order of the workbook: its name, then its rows."""
    package = Package(data, limits["unpacked"])
    if "xl/workbook.xml" not in package.names:
        raise Unreadable("broken")
    strings = Strings(limits["letters"])
    if "xl/sharedStrings.xml" in package.names:
        package.read("xl/sharedStrings.xml", strings.start, strings.end, strings.words)
    relations = "xl/_rels/workbook.xml.rels"
    targets = (
        {one.get("id", ""): one.get("target", "") for one in _attributes(package, relations, "Relationship")}
        if relations in package.names
        else {}
    )
    for sheet in _attributes(package, "xl/workbook.xml", "sheet"):
        part = normpath(join("/xl", targets.get(sheet.get("id", ""), ""))).lstrip("/")
        if sheet.get("state", "visible") != "visible" or part not in package.names:
            continue
        collected.add(sheet.get("name", "") + "\n")
        cells = Cells(collected, strings.found)
        package.read(part, cells.start, cells.end, cells.words)


def read_pdf(data: bytes, limits: dict[str, int], collected: Collected) -> None:
    """The text of every page, in order."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        for number, page in enumerate(reader.pages):
            if number >= limits["pages"]:
                return
            collected.add(page.extract_text() + "\n")
    except (DependencyError, FileNotDecryptedError) as failure:
        raise Unreadable("encrypted") from failure
    except LimitReachedError as failure:
        raise Unreadable("bomb") from failure
    except PyPdfError as failure:
        raise Unreadable("broken") from failure


READERS = {"pdf": read_pdf, "docx": read_docx, "xlsx": read_xlsx}


def bind(limits: dict[str, int]) -> None:
    """Limit this process where the system can: memory, CPU time, the size of what it writes, no core file."""
    try:
        import resource
    except ImportError:
        return
    processor, written = limits["processor_seconds"], limits["letters"] * 8 + 4096
    wanted = {
        "RLIMIT_AS": (limits["memory"], limits["memory"]),
        # The soft limit ends the process by a signal that tells why, the hard one by one that does not.
        "RLIMIT_CPU": (processor, processor + 5),
        "RLIMIT_FSIZE": (written, written),
        "RLIMIT_CORE": (0, 0),
    }
    for name, values in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), values)
        except (AttributeError, ValueError, OSError):
            continue


def read(kind: str, path: str, limits: dict[str, int]) -> tuple[str, str]:
    """Text and '', or '' and the code of the reason."""
    collected = Collected(limits["letters"])
    try:
        with open(path, "rb") as file:
            data = file.read(limits["file"] + 1)
        if len(data) > limits["file"]:
            return "", "too-large"
        READERS[kind](data, limits, collected)
    except Enough:
        pass
    except Unreadable as reason:
        return "", str(reason)
    except MemoryError:
        return "", "too-much"
    except RuntimeError as failure:
        # zipfile says so of a part with a password, and of nothing else.
        return "", "encrypted" if "encrypted" in str(failure) else "broken"
    except Exception:
        # Whatever else a damaged file makes its reader stumble over, it is the file that is damaged.
        return "", "broken"
    text = collected.text()
    return (text, "") if text else ("", "no-text")


def main() -> None:
    """Read what the command line names."""
    kind, path, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    bind(limits)
    text, reason = read(kind, path, limits)
    sys.stdout.write(json.dumps({"text": text, "reason": reason}, ensure_ascii=False))


if __name__ == "__main__":
    main()
