"""References to other records, typed by what they may point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govportal.citations import find
from govportal.kinds.base import Desk, Part, Shelf
from govportal.kinds.text import Identifier, Text
from govportal.source import Node


@dataclass(frozen=True)
class Ref(Identifier):
    """The `id` of a record of one of the types `to` (any type when empty)."""

    to: tuple[str, ...] = ()

    def __init__(self, label: str, *to: str) -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "to", to)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        found = shelf.find(value)
        return [{"text": found[0], "href": found[1]}] if found else []

    def form(self) -> dict[str, Any]:
        return {"widget": "relation", "label": self.label, "to": list(self.to)}

    def references(self, value: Any) -> tuple[str, ...]:
        return (value,)


@dataclass(frozen=True)
class InColumn(Identifier):
    """The `id` of a column of the portal, shown as its name with a link."""

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        found = shelf.find_column(value)
        return [{"text": found[0], "href": found[1]}] if found else []


class Citation(Ref):
    """A document: the `id` of its record, or its title 《…》 or number as written, which is linked where it is here."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if text.isascii():
            return super().from_text(text, node, desk)
        if not find(text):
            return desk.bad(
                node,
                "citation/format",
                f"{self.label}“{text[:40]}”里没有文件名称或文号",
                "名称写在书名号里，如 《中华人民共和国政府信息公开条例》，或写本站文件的 id",
            )
        return Text(self.label).from_text(text, node, desk)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        found = shelf.find(value)
        if found is None:
            return [] if value.isascii() else [{"text": value}]
        return [{"text": f"《{found[0]}》" if value.isascii() else value, "href": found[1]}]

    def schema(self) -> dict[str, Any]:
        return Text(self.label).schema()

    def example(self) -> str:
        return "《中华人民共和国政府信息公开条例》"

    def references(self, value: Any) -> tuple[str, ...]:
        return (value,) if value.isascii() else ()

    def written(self, value: Any) -> tuple[str, ...]:
        return () if value.isascii() else (value,)
