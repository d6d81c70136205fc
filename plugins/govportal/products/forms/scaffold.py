"""The first text of a new file: what one gets by following every hint from an empty file until nothing is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from govportal.kinds import Choice, Many, Text
from govportal.kinds.base import Kind
from govportal.kinds.rows import Group, Rows
from govportal.model import Record, columns, columns_by_name
from govportal.parse import parse
from govportal.problems import Severity
from govportal.source import quoted

ROUNDS = 8
"""Hints may lead to further hints (a review is needed only of the district's own papers), but not for ever."""
LEFT_OUT = frozenset({"draft", "sample", "gaps", "exempt", "aliases", "slug", "publish_at", "revised_at"})
"""Fields that a new file does not need; `draft` is written by itself, so that nothing unfinished is published."""
SHOWN = 30
"""How many words of a vocabulary are shown beside a field."""
_ADD_FIELD = re.compile(r"加一行 ([a-z][a-z_]*): ")
_ADD_ITEM = re.compile(r"在 ([a-z][a-z_]*) 里加一项 (.+)$")
_ADD_HEADING = re.compile(r"正文里加一行 (## \S+)$")
_CHANGE = re.compile(r"改为 ([0-9-]+)(?: 或更晚)?")


@dataclass
class _Draft:
    """What is written so far: field names to YAML lines (the first beside the name, the others below), and headings."""

    values: dict[str, list[str]] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    sparse: bool = False


def scaffold(declared: type[Record], path: str, given: Mapping[str, str] | None = None) -> str:
    """The text of a new file of a type at `path`: every field it needs with an example, the others as comments.

    `given` are values already known, by field name. The file is a draft until its line `draft: true` is deleted.
    """
    whole, sparse = (_drafted(declared, path, given or {}, sparse) for sparse in (False, True))
    # Rows that show all their fields are the better pattern, unless some of them exclude one another.
    better = sparse if _errors(declared, path, sparse) < _errors(declared, path, whole) else whole
    return _text(declared, better, comments=True)


def _drafted(declared: type[Record], path: str, given: Mapping[str, str], sparse: bool) -> _Draft:
    table = columns_by_name(declared)
    draft = _Draft({name: [quoted(value)] for name, value in given.items() if name in table}, sparse=sparse)
    for _ in range(ROUNDS):
        if not _follow_hints(declared, path, draft):
            break
    return draft


def _errors(declared: type[Record], path: str, draft: _Draft) -> int:
    problems = parse(declared, path, _text(declared, draft, comments=False).encode()).problems
    return sum(one.severity is Severity.ERROR for one in problems)


def _follow_hints(declared: type[Record], path: str, draft: _Draft) -> bool:
    """Do what the errors of the text say; whether there was anything to do."""
    table, text = columns_by_name(declared), _text(declared, draft, comments=False)
    lines = text.split("\n")
    done = False
    for one in parse(declared, path, text.encode()).problems:
        at = lines[one.at.line - 1].partition(":")[0] if one.at.line <= len(lines) else ""
        if heading := _ADD_HEADING.search(one.hint):
            if heading[1] not in draft.headings:
                draft.headings.append(heading[1])
                done = True
        elif one.severity is not Severity.ERROR:
            continue
        elif (found := _ADD_FIELD.search(one.hint)) and found[1] in table and found[1] not in draft.values:
            draft.values[found[1]] = list(_written(table[found[1]].kind, draft.sparse))
            done = True
        elif (found := _ADD_ITEM.search(one.hint)) and found[1] in table:
            before = draft.values.get(found[1], [""])[1:]
            item = found[2] if found[2].startswith("{") else quoted(found[2])
            draft.values[found[1]] = ["", *before, f"- {item}"]
            done = True
        elif (found := _CHANGE.match(one.hint)) and at in draft.values:
            draft.values[at] = [quoted(found[1])]
            done = True
    return done


def _written(kind: Kind, sparse: bool = False) -> Iterator[str]:
    """An example of a value as lines: what stands beside the name, then what stands below it."""
    if isinstance(kind, Group):
        yield ""
        yield from ("  " + line for line in _fields(kind.of, sparse))
    elif isinstance(kind, Rows):
        yield ""
        yield from (
            ("- " if place == 0 else "  ") + line for place, line in enumerate(_fields(kind.of, sparse))
        )
    elif isinstance(kind, Many):
        yield ""
        yield from ("- " + line for line in _written(kind.kind, sparse))
    else:
        example = _example(kind)
        yield example if example.startswith("{") else quoted(example)


def _fields(declared: type, sparse: bool) -> Iterator[str]:
    """The fields of a group or row, each with its label; only those it needs when it is to be `sparse`."""
    for one in columns(declared):
        if one.required or not sparse:
            first, *rest = _written(one.kind, sparse)
            yield f"{one.name}: {first}".rstrip() + f"    # {_label(one.kind)}"
            yield from ("  " + line for line in rest)


def _example(kind: Kind) -> str:
    """A place to fill in for plain words; for everything else an example of its form."""
    words = isinstance(kind, Text) and kind.example() == Text("").example()
    return f"（{kind.label}）" if words else kind.example()


def _label(kind: Kind) -> str:
    """The office's word for a field, and what may be chosen."""
    inner = kind.kind if isinstance(kind, Many) else kind
    allowed = inner.words_allowed if isinstance(inner, Choice) else ()
    return kind.label + (f"：{'、'.join(allowed)}" if 0 < len(allowed) <= SHOWN else "")


def _text(declared: type[Record], draft: _Draft, comments: bool) -> str:
    lines = []
    for one in columns(declared):
        if one.name in draft.values:
            first, *rest = draft.values[one.name]
            lines.append(f"{one.name}: {first}".rstrip() + (f"    # {_label(one.kind)}" if comments else ""))
            lines += rest
    if comments:
        lines.append("draft: true    # 草稿，不发布；写好以后删掉这一行")
        lines.append("# 下面的用得着再写，用时删掉前面的 # 号：")
        for one in columns(declared):
            if one.name not in draft.values and one.name not in LEFT_OUT:
                first, *rest = _written(one.kind)
                lines.append(f"# {one.name}: {first}".rstrip() + f"    # {_label(one.kind)}")
                lines += [f"# {line}" for line in rest]
    front = "\n".join(lines) + "\n"
    if declared.type.suffix != ".md":
        return front
    body = "\n\n".join([f"{heading}\n\n（正文）" for heading in draft.headings] or ["（正文）"])
    return f"---\n{front}---\n" + ("" if declared.type.body == "none" else f"\n{body}\n")
