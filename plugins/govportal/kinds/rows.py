"""Groups of fields inside a record: one group (`Group`), or many rows (`Rows`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govportal.kinds.base import BAD, Desk, Kind, Part, Shelf
from govportal.model import columns, read_fields, schema_of, show_fields
from govportal.source import Mapping, Node, Sequence


@dataclass(frozen=True)
class Group(Kind):
    """Several named values together, declared by a dataclass."""

    of: type = object

    def __init__(self, label: str, of: type) -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "of", of)

    def read(self, node: Node, desk: Desk) -> Any:
        if not isinstance(node, Mapping):
            return desk.bad(
                node,
                "field/not-a-group",
                f"{self.label}应当分项写",
                f"换行缩进两格，逐项写：{self.example()}",
            )
        values, places, bad = read_fields(self.of, node, desk, f"{self.label}的")
        if bad:
            return BAD
        made = self.of(**values)
        if "places" in getattr(self.of, "__dataclass_fields__", {}):
            object.__setattr__(made, "places", places)
        return made

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        parts: list[Part] = []
        for label, shown in show_fields(value, shelf):
            parts.append({"text": f"；{label}：" if parts else f"{label}：", "joined": True})
            parts.extend(shown[:1] and [shown[0] | {"joined": True}, *shown[1:]])
        return parts

    def export(self, value: Any) -> Any:
        return {
            field.name: field.kind.export(getattr(value, field.name))
            for field in columns(self.of)
            if getattr(value, field.name) is not None
        }

    def words(self, value: Any) -> str:
        return "；".join(
            f"{field.kind.label}：{field.kind.words(getattr(value, field.name))}"
            for field in columns(self.of)
            if getattr(value, field.name) is not None
        )

    def schema(self) -> dict[str, Any]:
        return schema_of(self.of) | {"title": self.label}

    def form(self) -> dict[str, Any]:
        return {
            "widget": "object",
            "label": self.label,
            "fields": [{"name": field.name, **field.kind.form()} for field in columns(self.of)],
        }

    def example(self) -> str:
        return (
            "{"
            + ", ".join(
                f"{field.name}: {field.kind.example()}" for field in columns(self.of) if field.required
            )
            + "}"
        )

    def references(self, value: Any) -> tuple[str, ...]:
        return tuple(
            found
            for field in columns(self.of)
            if (inner := getattr(value, field.name)) is not None
            for found in field.kind.references(inner)
        )

    def written(self, value: Any) -> tuple[str, ...]:
        return tuple(
            found
            for field in columns(self.of)
            if (inner := getattr(value, field.name)) is not None
            for found in field.kind.written(inner)
        )

    def files(self, value: Any) -> tuple[str, ...]:
        return tuple(
            found
            for field in columns(self.of)
            if (inner := getattr(value, field.name)) is not None
            for found in field.kind.files(inner)
        )


@dataclass(frozen=True)
class Rows(Kind):
    """Many groups of the same fields: a table. Each row keeps its own place; `key` names the column that tells rows apart."""

    of: type = object
    key: str = ""

    def __init__(self, label: str, of: type, key: str = "") -> None:
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "key", key)

    def read(self, node: Node, desk: Desk) -> Any:
        if not isinstance(node, Sequence):
            return desk.bad(node, "field/not-a-list", f"{self.label}应当是列表", "每项前写短横线：- 名称: 值")
        group = Group(self.label, self.of)
        rows = [group.read(item, desk) for item in node.items]
        if any(row is BAD for row in rows):
            return BAD
        if self.key and not self._keys_differ(rows, node, desk):
            return BAD
        return tuple(rows)

    def _keys_differ(self, rows: list[Any], node: Sequence, desk: Desk) -> bool:
        """Whether every row has a key of its own; both places are named when not."""
        seen: dict[str, int] = {}
        good = True
        for row, item in zip(rows, node.items, strict=True):
            key = str(getattr(row, self.key)).casefold()
            if key in seen:
                label = next(field.kind.label for field in columns(self.of) if field.name == self.key)
                desk.bad(
                    item,
                    "rows/repeated-key",
                    f"{label}“{getattr(row, self.key)}”与第 {seen[key]} 行的一项相同",
                    "每一项用不同的编号",
                )
                good = False
            seen.setdefault(key, item.line)
        return good

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": f"{len(value)} 项"}]

    def export(self, value: Any) -> Any:
        return [Group(self.label, self.of).export(row) for row in value]

    def words(self, value: Any) -> str:
        return "\n".join(Group(self.label, self.of).words(row) for row in value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "title": self.label, "items": schema_of(self.of)}

    def form(self) -> dict[str, Any]:
        return {
            "widget": "list",
            "label": self.label,
            "fields": [{"name": field.name, **field.kind.form()} for field in columns(self.of)],
        }

    def example(self) -> str:
        return f"[{Group(self.label, self.of).example()}]"

    def references(self, value: Any) -> tuple[str, ...]:
        return tuple(found for row in value for found in Group(self.label, self.of).references(row))

    def written(self, value: Any) -> tuple[str, ...]:
        return tuple(found for row in value for found in Group(self.label, self.of).written(row))

    def files(self, value: Any) -> tuple[str, ...]:
        return tuple(found for row in value for found in Group(self.label, self.of).files(row))
