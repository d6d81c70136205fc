"""What the commands print: lines, tables whose columns line up with Chinese in them, and refusals."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence


class Refusal(Exception):
    """A reason to stop, in the reader's words. The commands print it and exit; it is never a traceback."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def prepare() -> None:
    """Make sure that a console which lacks a character shows a mark in its place instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)


def say(text: str = "") -> None:
    """Print one line at once, so that long work is seen to go on."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print a refusal to the error stream."""
    print(text, file=sys.stderr, flush=True)


def width(text: str) -> int:
    """Columns that the text takes on a terminal: wide characters take two, combining marks none."""
    columns = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
            continue
        columns += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return columns


def pad(text: str, columns: int, right: bool = False) -> str:
    """Fill the text up to a number of terminal columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """A plain table. `numeric` names the columns (from 0) that are set flush right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(width(line[index]) for line in lines) for index in range(len(head))]
    drawn = [
        "  ".join(pad(cell, widths[index], index in numeric) for index, cell in enumerate(line)).rstrip()
        for line in lines
    ]
    drawn.insert(1, "  ".join("-" * columns for columns in widths))
    return "\n".join(drawn)


def minutes(seconds: float) -> str:
    """A length of time as a person says it."""
    if seconds < 60:
        return f"{seconds:.1f} 秒"
    return f"{int(seconds // 60)} 分 {int(seconds % 60)} 秒"
