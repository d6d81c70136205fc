"""A grid of numbers: rows and columns with printed names, a place for every number, and the sums that must come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from govportal.kinds.base import BAD, Desk, Kind, Part, Shelf
from govportal.kinds.choice import Count, closest
from govportal.problems import At, Problem
from govportal.source import Mapping as MappingNode
from govportal.source import Node, Sequence

NUMBER = Count("件数")
LONGEST_SUM = 4
"""How many numbers of a sum a message names one by one."""


@dataclass(frozen=True)
class Line:
    """A row or a column: its name in files, and its printed heads, the outermost first."""

    name: str
    heads: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it is called by itself."""
        return self.heads[-1]


def line(name: str, *heads: str) -> Line:
    """`line("secret", "（三）不予公开", "1.属于国家秘密")`."""
    return Line(name, heads)


@dataclass(frozen=True)
class Balance:
    """The numbers of `left` together equal those of `right` together; with `at_most` they may also be less."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    at_most: bool = False


@dataclass(frozen=True)
class Cells:
    """The numbers of a grid, row by row in the order of its columns, and where each was written."""

    numbers: Mapping[str, tuple[Any, ...]]
    places: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, path: str, row: str, column: int = 0) -> At:
        """The place of one number."""
        return At(path, *self.places.get(row, ((1, 1),) * (column + 1))[column])


@dataclass(frozen=True)
class Grid(Kind):
    """Rows of numbers under named columns.

    A file names each row and gives its numbers in the order of the columns: `granted: [3, 1, 0, 4]`; where there is
    one column only, the number alone: `granted: 4`. `balances` hold within a row between its columns, `sums` within a
    column between its rows.
    """

    rows: tuple[Line, ...] = ()
    columns: tuple[Line, ...] = ()
    sums: tuple[Balance, ...] = ()
    balances: tuple[Balance, ...] = ()
    cell: Kind = NUMBER
    corner: str = "项目"

    def read(self, node: Node, desk: Desk) -> Any:
        if not isinstance(node, MappingNode):
            return desk.bad(
                node,
                "field/not-a-group",
                f"{self.label}应当分项写",
                f"换行缩进两格，逐行写：{self.rows[0].name}: {self._row_example()}",
            )
        names = [one.name for one in self.rows]
        good = True
        for name, place in node.keys.items():
            if name not in names:
                best = closest(name, names) or next((one.name for one in self.rows if one.label == name), "")
                hint = f"改为 {best}" if best else "可以写：" + "、".join(names)
                at = At(desk.path, *place)
                desk.problems.append(
                    Problem(at, "grid/unknown-row", f"{self.label}里没有 {name} 这一行", hint)
                )
                good = False
        if missing := [one for one in self.rows if one.name not in node.items]:
            desk.bad(
                node,
                "grid/missing-row",
                f"{self.label}缺少“{'”、“'.join(one.label for one in missing)}”",
                "；".join(f"加一行 {one.name}: {self._row_example()}" for one in missing[:LONGEST_SUM])
                + "；没有的写 0",
            )
            good = False
        numbers: dict[str, tuple[Any, ...]] = {}
        places: dict[str, tuple[tuple[int, int], ...]] = {}
        for row in self.rows:
            if row.name in node.items and (read := self._row(row, node.items[row.name], desk)):
                numbers[row.name], places[row.name] = read
        if not good or len(numbers) < len(self.rows):
            return BAD
        cells = Cells(numbers, places)
        found = [*self._unbalanced(cells, desk.path)]
        desk.problems.extend(found)
        return BAD if found else cells

    def _row(
        self, row: Line, node: Node, desk: Desk
    ) -> tuple[tuple[Any, ...], tuple[tuple[int, int], ...]] | None:
        """The numbers of a row with their places; None with problems on the desk."""
        items = node.items if isinstance(node, Sequence) else [node]
        if len(items) != len(self.columns):
            labels = "、".join(one.label for one in self.columns)
            desk.bad(
                node,
                "grid/row-length",
                f"“{row.label}”一行有 {len(items)} 个数，应当是 {len(self.columns)} 个",
                f"依次写：{labels}；没有的写 0",
            )
            return None
        values = tuple(self.cell.read(item, desk) for item in items)
        if any(value is BAD for value in values):
            return None
        return values, tuple((item.line, item.column) for item in items)

    def _unbalanced(self, cells: Cells, path: str) -> Iterator[Problem]:
        """Every sum that does not come out, at the number that should be their sum."""
        place = {one.name: number for number, one in enumerate(self.columns)}
        for number, column in enumerate(self.columns):
            one = {name: row[number] for name, row in cells.numbers.items()}
            where = f"“{column.label}”一列" if len(self.columns) > 1 else self.label
            wrong: set[str] = set()
            for balance in self.sums:
                lines = {*balance.left, *balance.right}
                # What is wrong with one sum is wrong with every other that shares a number with it.
                if not lines & wrong and (said := _compare(balance, one, self.rows, where)):
                    yield Problem(cells.at(path, _total(balance), number), *said)
                    wrong |= lines
        for balance in self.balances:
            for row in self.rows:
                one = {name: cells.numbers[row.name][number] for name, number in place.items()}
                if said := _compare(balance, one, self.columns, f"“{row.label}”一行"):
                    yield Problem(cells.at(path, row.name, place[_total(balance)]), *said)

    def value(self, cells: Cells, row: str, column: str) -> Any:
        """One number."""
        return cells.numbers[row][self.place(column)]

    def place(self, column: str) -> int:
        """The place of a column in every row."""
        return [one.name for one in self.columns].index(column)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": f"{len(self.rows)} 行 {len(self.columns)} 列"}]

    def table(self, value: Any, name: str) -> dict[str, Any]:
        """The printed table: heads that belong together are merged, each head said to be of its rows or columns."""
        columns, rows = merged(self.columns), merged(self.rows)
        depth = max(len(one.heads) for one in self.columns)
        return {
            "id": name,
            "caption": self.label,
            "corner": self.corner,
            "corner_width": max(len(one.heads) for one in self.rows),
            "depth": depth,
            "heads": [
                [head for heads in columns for head in heads if head["level"] == level]
                for level in range(depth)
            ],
            "rows": [
                {
                    "id": f"{name}-{row.name}".replace("_", "-"),
                    "heads": heads,
                    "cells": [self.cell.words(number) for number in value.numbers[row.name]],
                }
                for row, heads in zip(self.rows, rows, strict=True)
            ],
        }

    def export(self, value: Any) -> Any:
        exported = {name: [self.cell.export(number) for number in row] for name, row in value.numbers.items()}
        return {name: row[0] for name, row in exported.items()} if len(self.columns) == 1 else exported

    def words(self, value: Any) -> str:
        single = len(self.columns) == 1
        return "；".join(
            f"{row.label}："
            + "，".join(
                self.cell.words(number) if single else f"{column.label} {self.cell.words(number)}"
                for column, number in zip(self.columns, value.numbers[row.name], strict=True)
            )
            for row in self.rows
        )

    def schema(self) -> dict[str, Any]:
        count = len(self.columns)
        row = {"type": "array", "items": self.cell.schema(), "minItems": count, "maxItems": count}
        made = {
            one.name: (self.cell.schema() if count == 1 else row) | {"title": one.label} for one in self.rows
        }
        return {
            "type": "object",
            "title": self.label,
            "additionalProperties": False,
            "properties": made,
            "required": list(made),
        }

    def form(self) -> dict[str, Any]:
        return {
            "widget": "grid",
            "label": self.label,
            "rows": [{"name": one.name, "heads": list(one.heads)} for one in self.rows],
            "columns": [{"name": one.name, "heads": list(one.heads)} for one in self.columns],
            "cell": self.cell.form(),
        }

    def example(self) -> str:
        return "{" + ", ".join(f"{one.name}: {self._row_example()}" for one in self.rows) + "}"

    def _row_example(self) -> str:
        return "0" if len(self.columns) == 1 else "[" + ", ".join("0" for _ in self.columns) + "]"


def _total(balance: Balance) -> str:
    """The line whose number is the one to look at: the single one on the left, or the last on the right."""
    return balance.left[0] if len(balance.left) == 1 else balance.right[-1]


def _compare(
    balance: Balance, numbers: Mapping[str, Any], lines: tuple[Line, ...], where: str
) -> tuple[str, str, str] | None:
    """Code, message and hint when the numbers do not come out; None when they do."""
    left, right = (sum(numbers[name] for name in names) for names in (balance.left, balance.right))
    if left == right or (balance.at_most and left < right):
        return None
    labels = {one.name: one.label for one in lines}

    def said(names: tuple[str, ...], total: Any) -> str:
        if len(names) > LONGEST_SUM:
            return f"“{labels[names[0]]}”至“{labels[names[-1]]}”之和 {total}"
        return "＋".join(f"“{labels[name]}”{numbers[name]}" for name in names)

    sentence = f"{where}：{said(balance.left, left)}，{said(balance.right, right)}"
    if balance.at_most:
        return "grid/too-large", f"{sentence}，前者大于后者", "核对这几个数"
    hint = f"改为 {right}，或核对各项" if len(balance.left) == 1 else "核对这几个数"
    return "grid/not-equal", f"{sentence}，不相等", hint


def merged(lines: tuple[Line, ...]) -> list[list[dict[str, Any]]]:
    """For each line the heads that begin at it: `along` lines share a head, which is `across` levels thick."""
    depth = max(len(one.heads) for one in lines)
    made: list[list[dict[str, Any]]] = []
    before: tuple[str, ...] = ()
    for number, one in enumerate(lines):
        begins: list[dict[str, Any]] = []
        for level, text in enumerate(one.heads):
            path = one.heads[: level + 1]
            last = path == one.heads
            if last or before[: level + 1] != path:
                along = 1 if last else _shared(path, lines[number:])
                begins.append(
                    {"text": text, "level": level, "along": along, "across": depth - level if last else 1}
                )
        made.append(begins)
        before = one.heads
    return made


def _shared(path: tuple[str, ...], lines: tuple[Line, ...]) -> int:
    """How many lines in a row stand under the same heads."""
    return sum(1 for _ in takewhile(lambda one: one.heads[: len(path)] == path, lines))
