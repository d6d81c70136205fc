"""A figure of statistics: a decimal number as it was published, with its sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govportal.kinds.base import Desk, Kind
from govportal.source import Node


@dataclass(frozen=True)
class Figure(Kind):
    """A number with at most four decimals, shown with as many as were written; its unit is another field."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", text, re.ASCII):
            return Decimal(text)
        return desk.bad(
            node,
            "figure/format",
            f"{self.label}“{text[:20]}”不是数值",
            "只写数字，不加逗号、单位和百分号，小数最多四位，例如 12.5",
        )

    def words(self, value: Any) -> str:
        return f"{value:f}"

    def export(self, value: Any) -> Any:
        return f"{value:f}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "pattern": r"^-?\d+(\.\d{1,4})?$"}

    def form(self) -> dict[str, Any]:
        return {"widget": "string", "label": self.label, "example": self.example()}

    def example(self) -> str:
        return "12.5"
