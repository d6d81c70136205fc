"""What every kind of field can do: six doors (read, show, export, words, schema, form)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from govportal.problems import At, Problem, error, warning
from govportal.source import Mapping, Node, Scalar, Sequence

Part = dict[str, Any]
"""A piece of a shown value: `text`, and where they apply `href`, `datetime`, `badge`, `external`.

`joined` follows the piece before it without a separator; `quiet` is said in a low voice.
"""


class Shelf(Protocol):
    """Where a kind finds what another record or a column is called and where it is."""

    def find(self, identifier: str) -> tuple[str, str] | None:
        """The title and address of a visible record, or of a document by its title or number as written."""
        ...

    def find_column(self, identifier: str) -> tuple[str, str] | None:
        """The name and address of a column."""
        ...


class _Missing:
    """What `read` gives when the value cannot be read; the problem is already on the desk."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Any = _Missing()


@dataclass(slots=True)
class Desk:
    """Where one file is read: its path and the problems found so far."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def at(self, node: Node) -> At:
        """The place of a node in this file."""
        return At(self.path, node.line, node.column)

    def bad(self, node: Node, code: str, message: str, hint: str = "") -> Any:
        """Note an error at a node and give `BAD`."""
        self.problems.append(error(self.at(node), code, message, hint))
        return BAD

    def warn(self, node: Node, code: str, message: str, hint: str = "") -> None:
        """Note a warning at a node."""
        self.problems.append(warning(self.at(node), code, message, hint))


@dataclass(frozen=True)
class Kind:
    """A kind of field. `label` is the office's word for it."""

    label: str

    def read(self, node: Node, desk: Desk) -> Any:
        """The value of a node, or BAD with problems on the desk."""
        text = self.scalar(node, desk)
        return BAD if text is BAD else self.from_text(text, node, desk)

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        """The value of a written text, or BAD with problems on the desk."""
        raise NotImplementedError

    def scalar(self, node: Node, desk: Desk) -> Any:
        """The text of a node that must be a single value."""
        if isinstance(node, Scalar):
            return node.text.strip()
        shape = "列表" if isinstance(node, Sequence) else "分项"
        return desk.bad(
            node,
            "field/not-a-value",
            f"{self.label}应当是一个值，这里写成了{shape}",
            f"写成 {self.example()}",
        )

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        """The value as parts of a page."""
        return [{"text": self.words(value)}]

    def export(self, value: Any) -> Any:
        """The value as JSON."""
        return value

    def words(self, value: Any) -> str:
        """The value as text, for search, tables and CSV."""
        return str(value)

    def schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of what may be written."""
        return {"type": "string", "title": self.label}

    def form(self) -> dict[str, Any]:
        """The widget an editor offers, with an example of what to type."""
        return {"widget": "string", "label": self.label, "example": self.example()}

    def example(self) -> str:
        """A value that reads well."""
        return "文字"

    def references(self, value: Any) -> tuple[str, ...]:
        """The identifiers of the records this value points at."""
        return ()

    def written(self, value: Any) -> tuple[str, ...]:
        """The documents this value points at by their title or number as written."""
        return ()

    def files(self, value: Any) -> tuple[str, ...]:
        """The names of the files beside the record that this value uses."""
        return ()


@dataclass(frozen=True)
class Many(Kind):
    """A list of one kind, each item with its own place; a single value counts as a list of one."""

    kind: Kind

    def __init__(self, kind: Kind, label: str = "") -> None:
        object.__setattr__(self, "label", label or kind.label)
        object.__setattr__(self, "kind", kind)

    def read(self, node: Node, desk: Desk) -> Any:
        """A tuple of values; an item that cannot be read makes the whole BAD."""
        items = node.items if isinstance(node, Sequence) else [node]
        values = []
        seen = set()
        for item in items:
            if isinstance(item, Scalar) and not item.text.strip():
                values.append(
                    desk.bad(item, "field/empty-item", f"{self.label}里有空的一项", "删掉这一行，或补上内容")
                )
                continue
            value = self.kind.read(item, desk)
            if value is not BAD and isinstance(value, str):
                if value in seen:
                    desk.warn(item, "field/repeated-item", f"{self.label}里 {value} 写了两次", "只留一处")
                    continue
                seen.add(value)
            values.append(value)
        return BAD if any(value is BAD for value in values) else tuple(values)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [part for item in value for part in self.kind.show(item, shelf)]

    def export(self, value: Any) -> Any:
        return [self.kind.export(item) for item in value]

    def words(self, value: Any) -> str:
        return "；".join(self.kind.words(item) for item in value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "title": self.label, "items": self.kind.schema()}

    def form(self) -> dict[str, Any]:
        return {"widget": "list", "label": self.label, "field": self.kind.form()}

    def example(self) -> str:
        return f"[{self.kind.example()}]"

    def references(self, value: Any) -> tuple[str, ...]:
        return tuple(found for item in value for found in self.kind.references(item))

    def written(self, value: Any) -> tuple[str, ...]:
        return tuple(found for item in value for found in self.kind.written(item))

    def files(self, value: Any) -> tuple[str, ...]:
        return tuple(found for item in value for found in self.kind.files(item))


def is_empty(node: Node) -> bool:
    """Whether nothing was written: `name:` with no value, an empty list or an empty mapping."""
    if isinstance(node, Scalar):
        return node.plain and not node.text.strip()
    return not (node.items if isinstance(node, Sequence | Mapping) else ())
