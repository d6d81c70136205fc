"""Reading the specification pages (`tests/spec/README.md` says what they look like)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from govportal.model import Record
from support.town import Town

PAGES = Path(__file__).parents[1] / "spec" / "types"
_BLOCK = re.compile(r"^```(?:yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMISE = re.compile(r"# (error|warning|note): (\d+) \[([a-z/-]+)\]")
_PROMISES = re.compile(rf"(?:^| +)({_PROMISE.pattern}(?: {_PROMISE.pattern})*)$")
_PROPERTY = re.compile(r"([a-z_]+):")

Promise = tuple[int, int, str, str]
"""Line, column, severity, code."""


@dataclass
class Example:
    """A file that a page shows, and what it promises will be said of it."""

    type_name: str
    heading: str
    path: str
    text: str
    promises: list[Promise] = field(default_factory=list)


def page_of(declared: type[Record]) -> Path:
    """The specification page of a type."""
    return PAGES / f"{declared.type.name}.md"


def first_file(declared: type[Record]) -> Example:
    """The whole file at the top of a page, with nothing wrong in it."""
    text = _BLOCK.search(page_of(declared).read_text(encoding="utf-8"))
    assert text is not None, "the page shows no file"
    folder = declared.type.folder + ("/2026" if declared.type.suffix == ".md" else "")
    return Example(declared.type.name, "a whole file", f"{folder}/first{declared.type.suffix}", text[1])


_FILE = re.compile(r"file: ([A-Za-z0-9./-]+)")


def lay(town: Town, first: Example) -> None:
    """Put a file into a town, and beside it every file that it offers or uses."""
    town.write(first.path, first.text)
    for name in _FILE.findall(first.text):
        signature = b"PK\x03\x04" if name.endswith((".docx", ".xlsx")) else b"%PDF-" if name.endswith(".pdf") else b""
        town.write(f"{first.path.rpartition('/')[0]}/{name}", signature + "示例。\n".encode())


def examples(declared: type[Record]) -> Iterator[Example]:
    """The first file of a page, then every later one."""
    whole = first_file(declared)
    yield whole
    page = page_of(declared).read_text(encoding="utf-8")
    for found in list(_BLOCK.finditer(page))[1:]:
        heading = page.rfind("\n## ", 0, found.start())
        yield _changed(whole, page[heading + 4 : page.index("\n", heading + 4)], found[1])


def _groups(lines: list[str]) -> dict[str, list[str]]:
    """The lines of each property."""
    groups: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if written := _PROPERTY.match(line):
            name = written[1]
        groups.setdefault(name, []).append(line)
    return groups


def _changed(whole: Example, heading: str, block: str) -> Example:
    """The whole file with the changes of a block."""
    made = Example(whole.type_name, heading, whole.path, "")
    markdown = whole.text.startswith("---\n")
    front, _, body = (
        whole.text.removeprefix("---\n").partition("\n---\n")
        if markdown
        else (whole.text.rstrip("\n"), "", "")
    )
    properties = _groups(front.split("\n"))
    changes: list[str] = []
    other: list[str] | None = None
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("# without: "):
            for name in line.removeprefix("# without: ").split(", "):
                del properties[name]
        elif line.startswith("# file: "):
            made.path = line.removeprefix("# file: ")
        elif alone := _PROMISE.fullmatch(line):
            made.promises.append((int(alone[2]), 1, alone[1], alone[3]))
        elif line == "---":
            other = []
        elif other is not None:
            other.append(line)
        else:
            changes.append(line)
    properties |= _groups(changes)
    lines = ["---"] * markdown + [line for group in properties.values() for line in group]
    if markdown:
        lines += ["---", *(["", *other] if other is not None else body.rstrip("\n").split("\n"))]
    for number, line in enumerate(lines, 1):
        if promised := _PROMISES.search(line):
            made.promises += [(number, int(one[2]), one[1], one[3]) for one in _PROMISE.finditer(promised[1])]
            lines[number - 1] = line[: promised.start()]
    made.text = "\n".join(lines) + "\n"
    return made
