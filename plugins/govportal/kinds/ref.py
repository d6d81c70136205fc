"""References to other records, typed by what they may point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govportal.kinds.base import Desk, Part, Shelf
from govportal.kinds.text import Identifier
from govportal.source import Node


@dataclass(frozen=True)
class Ref(Identifier):
    """The `id` of a record of one of the types `to` (any type when empty)."""

    to: tuple[str, ...] = ()

    def __init__(self, label: str, *to: str) -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "to", to)

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        return super().from_text(text, node, desk)

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
