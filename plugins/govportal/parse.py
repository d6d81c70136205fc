"""One content file to one record, or to every problem found in it. Pure, so it runs anywhere and is remembered by digest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from govportal.kinds.base import BAD, Desk
from govportal.kinds.prose import analyse
from govportal.model import Body, Record, read_fields
from govportal.problems import At, Problem, error
from govportal.source import Scalar, decode, read_yaml, split

STEM = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True)
class Parsed:
    """What became of one file. `identifier` and `address` are known even when the record could not be made."""

    path: str
    digest: str
    identifier: str
    address: str
    record: Any
    problems: tuple[Problem, ...]


class _Unreadable(Exception):
    """A rule asked for a field that could not be read; its problem is already known."""


class _Half:
    """A record some of whose fields could not be read: rules that need only the others still run."""

    def __init__(self, record: Any, bad: set[str]) -> None:
        self._record = record
        self._bad = bad
        self.__class__ = type("_Half", (_Half,), {"__dataclass_fields__": type(record).__dataclass_fields__})

    def __getattr__(self, name: str) -> Any:
        if name in self._bad:
            raise _Unreadable
        return getattr(self._record, name)


def digest_of(data: bytes) -> str:
    """The digest by which content is recognised."""
    return blake2b(data, digest_size=16).hexdigest()


def parse(declared: type[Record], path: str, data: bytes) -> Parsed:
    """Read one file as a record of a type. `path` is relative to the content folder, with forward slashes."""
    digest = digest_of(data)
    text, problems = decode(path, data)
    stem = path.rpartition("/")[2].rpartition(".")[0]
    base = path[: len(path) - len(path.rpartition("/")[2])]
    unread = lost(path, data)
    if text is None:
        return replace(unread, problems=tuple(problems))
    markdown = declared.type.suffix == ".md"
    if markdown:
        page, problems = split(path, text)
        if page is None:
            return replace(unread, problems=tuple(problems))
        node, problems = read_yaml(path, page.front, page.front_line)
    else:
        page = None
        node, problems = read_yaml(path, text)
    desk = Desk(path, problems)
    body: Body | None = None
    if page is not None and page.body.strip():
        body, found = analyse(path, page.body, page.body_line)
        desk.problems.extend(found)
    if declared.type.body == "required" and body is None and page is not None:
        desk.problems.append(
            error(At(path, page.body_line), "body/missing", "没有正文", "在属性区结束的 --- 之后写正文")
        )
    if node is None:
        return replace(unread, problems=tuple(desk.problems))
    values, places, bad = read_fields(declared, node, desk)
    slug = values.get("slug")
    name = slug if isinstance(slug, str) else stem
    if not STEM.fullmatch(name) and slug is not BAD:
        desk.problems.append(
            error(
                At(path),
                "file/stem",
                f"文件名“{stem[:40]}”不能作网址",
                "文件名改成小写字母、数字和短横线，或加一行 slug: heating-2026",
            )
        )
    if bad_folder := next((one for one in base.split("/")[1:-1] if not STEM.fullmatch(one)), ""):
        message = f"文件夹名“{bad_folder[:40]}”不能作网址"
        desk.problems.append(
            error(At(path), "file/stem", message, "文件夹名改成小写字母、数字和短横线，例如 2026")
        )
    address = f"/{base}{name}.html"
    written = node.items.get("id")
    identifier = written.text.strip() if isinstance(written, Scalar) else ""
    record = declared(
        path=path,
        digest=digest,
        face=_face(page.front if page else digest, body),
        places=places,
        body=body,
        **values,
    )
    subject = _Half(record, bad) if bad else record
    for rule in declared.type.rules:
        desk.problems.extend(_run(rule, subject))
    failed = bool(bad) or any(problem.code == "file/stem" for problem in desk.problems)
    return Parsed(path, digest, identifier, address, None if failed else record, tuple(desk.problems))


_IDENTIFIER = re.compile(rb"^id:[ \t]*([a-z0-9][a-z0-9-]*)[ \t]*\r?$", re.MULTILINE)


def lost(path: str, data: bytes = b"") -> Parsed:
    """What a file that cannot be read seems to be, so that nothing else complains of its absence."""
    found = _IDENTIFIER.search(data)
    return Parsed(
        path,
        digest_of(data),
        found[1].decode() if found else "",
        f"/{path.rpartition('.')[0]}.html",
        None,
        (),
    )


def _face(front: str, body: Body | None) -> str:
    seen = (body.summary, body.headings, body.links, body.files) if body else ()
    return digest_of(repr((front, seen)).encode())


def _run(rule: Any, subject: Any) -> Iterable[Problem]:
    found: list[Problem] = []
    with suppress(_Unreadable):
        found.extend(rule(subject))
    return found


def address_of(record: Any) -> str:
    """The permanent address of a record's page, from its place in the content folder."""
    folder, _, name = record.path.rpartition("/")
    stem = record.slug or name.rpartition(".")[0]
    return f"/{folder}/{stem}.html" if folder else f"/{stem}.html"
