"""One declaration, many readings: `of` declares a field, `columns` is the table everything else is derived from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, cast

from govportal.kinds.base import BAD, Desk, Kind, Part, Shelf, is_empty
from govportal.kinds.choice import closest
from govportal.problems import At, Problem, Severity
from govportal.source import Mapping

Places = dict[str, tuple[int, int]]


Function = TypeVar("Function", bound=Callable[..., Any])


def remembered(function: Function) -> Function:
    """`functools.cache` for functions of types, keeping their signature."""
    return cast(Function, cache(function))


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a type: its name in files, its kind, and what it is used for.

    Uses: `head` (its order in the metadata head), `wide` (a full row there), `section` (shown as a section of the
    page), `table` (shown as a table), `in_section` (the section in which that table stands), `search` (its words are searched), `facet`, `private` (neither shown nor
    exported), `inverse` (what the other record calls this reference), `numeric` (figures, aligned right), `headline`
    (what a row is called), `total` (its figures are added up below the table), `view` (the only view of the table in
    which it stands), `machine` (a column of rows for those who calculate, not shown), `covered` (every word of its
    vocabulary is looked for among the records of a column). Of rows shown as a table: `views` (names and labels of the
    pages among which the columns are divided), `gathered` (the rows of all records of a column stand in one table too,
    each after its record under this heading), `data` (rows that are offered as CSV and JSON beside the page, which
    shows them as worked-out tables).
    Of references: `station` (at which station of the other record's way this one stands, see `stations.py`), and
    beside it `begins` and `ends` (the days between which it stands there), `outcome` (what came of it, in a few words).
    """

    name: str
    kind: Kind
    required: bool
    uses: dict[str, Any]


def of(kind: Kind, *, required: bool = False, default: Any = None, **uses: Any) -> Any:
    """Declare a field of a record or row; `uses` says what it is for (see `Field`)."""
    return dataclasses.field(default=default, metadata={"field": (kind, required, uses)})


@remembered
def columns(declared: type) -> tuple[Field, ...]:
    """The declared fields of a type, in order."""
    return tuple(
        Field(item.name, *item.metadata["field"])
        for item in dataclasses.fields(declared)
        if "field" in item.metadata
    )


@remembered
def columns_by_name(declared: type) -> dict[str, Field]:
    """The declared fields of a type by name."""
    return {column.name: column for column in columns(declared)}


def read_fields(
    declared: type, node: Mapping, desk: Desk, owner: str = ""
) -> tuple[dict[str, Any], Places, set[str]]:
    """Every field of a mapping: values, places, and the names of those which are missing or could not be read."""
    values: dict[str, Any] = {}
    places: Places = {}
    bad: set[str] = set()
    table = columns_by_name(declared)
    for name, item in node.items.items():
        column = table.get(name)
        line, column_number = node.keys[name]
        if column is None:
            best = closest(name, list(table)) or next(
                (one for one, other in table.items() if other.kind.label == name), ""
            )
            hint = f"改为 {best}" if best else "可以写：" + "、".join(table)
            desk.problems.append(
                Problem(
                    At(desk.path, line, column_number), "field/unknown", f"{owner}属性里没有 {name}", hint
                )
            )
            continue
        places[name] = (item.line, item.column)
        if is_empty(item):
            if not column.required:
                continue
            places[name] = (line, column_number)
            continue
        value = column.kind.read(item, desk)
        if value is BAD:
            bad.add(name)
        values[name] = value
    for name, column in table.items():
        if column.required and name not in values:
            line, column_number = places.get(name, (node.line, node.column))
            desk.problems.append(
                Problem(
                    At(desk.path, line, column_number),
                    "field/missing",
                    f"缺少{owner}{column.kind.label}（{name}）",
                    f"加一行 {name}: {column.kind.example()}",
                )
            )
            bad.add(name)
    return values, places, bad


def show_fields(record: Any, shelf: Shelf) -> Iterator[tuple[str, list[Part]]]:
    """Label and parts of every public value of a row or group."""
    for column in columns(type(record)):
        value = getattr(record, column.name)
        if value is not None and not column.uses.get("private"):
            yield column.kind.label, column.kind.show(value, shelf)


def schema_of(declared: type) -> dict[str, Any]:
    """JSON Schema of a mapping with the fields of a type."""
    table = columns(declared)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {column.name: column.kind.schema() for column in table},
        "required": [column.name for column in table if column.required],
    }


@dataclass(frozen=True)
class Body:
    """What is known of a record's text without holding it: where it is, and what it contains.

    `line` is the file's line where it begins; `links` are (address, line) pairs; `files` the files it uses;
    `citations` the documents it names, as written.
    """

    line: int
    digest: str
    size: int
    summary: str
    headings: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[str, int], ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    citations: tuple[str, ...] = ()


class SiteView(Shelf, Protocol):
    """What a record may ask of the whole site."""

    @property
    def today(self) -> date: ...

    def record(self, identifier: str) -> Any:
        """A visible record by its identifier, or a document by its title or number as written; None otherwise."""
        ...

    def incoming(self, identifier: str, field_name: str) -> tuple[Any, ...]:
        """The visible records whose field points at this one."""
        ...

    def incoming_fields(self, identifier: str) -> Sequence[str]:
        """The names of the fields through which others point at this record."""
        ...

    def previous_edition(self, record: Any) -> Any:
        """The visible edition of the same list before this one, or None."""
        ...

    def editions_of(self, record: Any) -> Sequence[Any]:
        """All visible editions of the same list, newest first."""
        ...

    def current_edition(self, record: Any) -> Any:
        """The edition of the same list that holds today."""
        ...


Rule = Callable[[Any], Iterable[Problem]]
SiteRule = Callable[[Any, Any], Iterable[Problem]]


@dataclass(frozen=True, kw_only=True)
class Station:
    """A station on the way of a record.

    `after` are the stations that come before it where both are passed; `needs` those without which it may not be passed,
    unless the record gives the reason in their field `exempt`.
    """

    name: str
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    exempt: str = ""


@dataclass(frozen=True)
class ContentType:
    """What a type is called, where its files lie, how its page is drawn, and the rules its records obey.

    `stations` are the stations of the way that its records go, in order.
    """

    name: str
    label: str
    folder: str
    template: str = "document"
    suffix: str = ".md"
    body: str = "optional"  # required | optional | none
    rules: tuple[Rule, ...] = ()
    site_rules: tuple[SiteRule, ...] = ()
    stations: tuple[Station, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a record that was public is public no longer, from which day; neither may name what it was or whom it named."""

    since: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """A content file that was read: the declared fields of its type, and where everything stands."""

    type: ClassVar[ContentType]

    path: str = ""
    digest: str = ""
    face: str = ""
    """The digest of all that other pages show of this record: everything but the run of its text."""
    places: Places = field(default_factory=dict, compare=False, repr=False)
    body: Body | None = None

    def at(self, name: str = "") -> At:
        """The place of a field; the top of the file when it was not written."""
        return At(self.path, *self.places.get(name, (1, 1)))

    def withdrawal(self, today: date) -> Withdrawal | None:
        """What took this record from the public by itself: a period that is over, a repair; None while it may be shown."""
        return None

    def problem(
        self, name: str, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem at a field of this record."""
        return Problem(self.at(name), code, message, hint, severity)
