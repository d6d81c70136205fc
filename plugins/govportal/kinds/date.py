"""Kinds of date: a day, a day with its hour, and a date as precisely as it is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.han import chinese_number
from govportal.kinds.base import BAD, Desk, Kind, Part, Shelf
from govportal.source import Node

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d))?", re.ASCII)
_LOOSE = re.compile(
    r"\s*([\d零〇一二三四五六七八九]{4})\s*[年./-]\s*([\d一二三四五六七八九十]{1,3})\s*[月./-]\s*([\d一二三四五六七八九十]{1,3})\s*日?\s*"
)


def read_day(text: str) -> date | None:
    """`2024-02-29` to a date; None for days that do not exist and for every other form."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def suggest_day(text: str) -> str:
    """The standard form of a date written another way (2024.5.1, 2024年5月1日, 二〇二四年五月一日), or ''."""
    found = _LOOSE.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return ""
    year = "".join(str(chinese_number(digit)) for digit in found[1])
    month, day = chinese_number(found[2]), chinese_number(found[3])
    try:
        return date(int(year), month or 0, day or 0).isoformat()
    except ValueError:
        return ""


def _bad_day(kind: Kind, text: str, node: Node, desk: Desk) -> Any:
    better = suggest_day(text)
    if better or not _DAY.match(text):
        return desk.bad(
            node,
            "date/format",
            f"{kind.label}“{text[:30]}”不是 年-月-日 的写法",
            f"改为 {better or kind.example()}",
        )
    return desk.bad(node, "date/no-such-day", f"{kind.label} {text[:30]} 不存在", "核对月份和日子")


@dataclass(frozen=True)
class Date(Kind):
    """A day: `2026-11-23`."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        return read_day(text) or _bad_day(self, text, node, desk)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": value.isoformat(), "datetime": value.isoformat()}]

    def export(self, value: Any) -> Any:
        return value.isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "format": "date"}

    def form(self) -> dict[str, Any]:
        return {"widget": "date", "label": self.label, "example": self.example()}

    def example(self) -> str:
        return "2026-11-23"


@dataclass(frozen=True)
class Moment(Kind):
    """A day, or a day with its hour in China Standard Time: `2026-11-23 09:30`. The value is the text itself."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        found = _MOMENT.fullmatch(text)
        if found is None or read_day(found[1]) is None:
            day = text[:10] if found or _MOMENT.match(text) else text
            return (
                _bad_day(self, day, node, desk)
                if read_day(day) is None
                else desk.bad(
                    node,
                    "date/format",
                    f"{self.label}“{text[:30]}”的时间不是 时:分 的写法",
                    f"写成 {day} 或 {day} 09:30",
                )
            )
        return f"{found[1]} {found[2]}:{found[3]}" if found[2] else found[1]

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": value, "datetime": iso_moment(value)}]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "pattern": f"^{_MOMENT.pattern}$"}

    def form(self) -> dict[str, Any]:
        return {"widget": "datetime", "label": self.label, "example": self.example()}

    def example(self) -> str:
        return "2026-11-23 09:30"


def iso_moment(moment: str) -> str:
    """`2026-11-23 09:30` to `2026-11-23T09:30+08:00`; a day without an hour stays a day."""
    return f"{moment[:10]}T{moment[11:]}+08:00" if len(moment) > 10 else moment


@dataclass(frozen=True)
class PartialDate(Kind):
    """A date as precisely as its source gives it: `1992`, `1992-08` or `1992-08-01`. The value is the text itself."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?", text):
            return text
        return text if read_day(text) else _bad_day(self, text, node, desk)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": value, "datetime": value}]

    def example(self) -> str:
        return "2019-04"


def certain(value: Any) -> Any:
    """A value that was read, or None in place of BAD."""
    return None if value is BAD else value
