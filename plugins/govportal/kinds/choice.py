"""Kinds with few values: one of a vocabulary, yes or no, a whole number, an amount of money."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govportal.kinds.base import Desk, Kind
from govportal.source import Node


def closest(text: str, words: list[str]) -> str:
    """The word most like the text, or ''."""
    found = difflib.get_close_matches(text, words, n=1, cutoff=0.5)
    return found[0] if found else ""


@dataclass(frozen=True)
class Choice(Kind):
    """One word of a closed vocabulary."""

    words_allowed: tuple[str, ...] = ()

    def __init__(self, label: str, *words: str) -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "words_allowed", words)

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if text in self.words_allowed:
            return text
        best = closest(text, list(self.words_allowed))
        hint = f"改为 {best}" if best else "可以写：" + "、".join(self.words_allowed)
        return desk.bad(node, "choice/unknown", f"{self.label}没有“{text[:30]}”这一种", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "enum": list(self.words_allowed)}

    def form(self) -> dict[str, Any]:
        return {"widget": "select", "label": self.label, "options": list(self.words_allowed)}

    def example(self) -> str:
        return self.words_allowed[0]


_YES_NO = {"true": True, "false": False, "是": True, "否": False}


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no: `true`, `false`, `是`, `否`."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if text in _YES_NO:
            return _YES_NO[text]
        return desk.bad(
            node,
            "flag/format",
            f"{self.label}只能写 true（是）或 false（否），这里是“{text[:20]}”",
            "改为 true 或 false",
        )

    def words(self, value: Any) -> str:
        return "是" if value else "否"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", "title": self.label}

    def form(self) -> dict[str, Any]:
        return {"widget": "boolean", "label": self.label}

    def example(self) -> str:
        return "true"


@dataclass(frozen=True)
class Count(Kind):
    """A whole number, zero or more, in plain figures."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(r"0|[1-9][0-9]{0,11}", text):
            return int(text)
        return desk.bad(
            node, "count/format", f"{self.label}“{text[:20]}”不是整数", "只写数字，不加逗号和单位，例如 37"
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "title": self.label}

    def form(self) -> dict[str, Any]:
        return {"widget": "number", "label": self.label}

    def example(self) -> str:
        return "37"


@dataclass(frozen=True)
class Money(Kind):
    """An amount in `unit` (元 or 万元) with at most so many decimals."""

    unit: str = "元"
    decimals: int = 2

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(rf"-?(?:0|[1-9][0-9]{{0,14}})(?:\.[0-9]{{1,{self.decimals}}})?", text):
            return Decimal(text)
        return desk.bad(
            node,
            "money/format",
            f"{self.label}“{text[:20]}”不是{'金额' if '元' in self.unit else '数'}",
            f"只写数字（单位{self.unit}），例如 12.50；不收费写 0"
            if "元" in self.unit
            else "只写数字，最多两位小数，例如 12.50",
        )

    def words(self, value: Any) -> str:
        return f"{value:f}{self.unit}"

    def export(self, value: Any) -> Any:
        return f"{value:f}"

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "title": self.label,
            "pattern": rf"^-?\d+(\.\d{{1,{self.decimals}}})?$",
            "description": f"单位：{self.unit}",
        }

    def example(self) -> str:
        return "12.50"
