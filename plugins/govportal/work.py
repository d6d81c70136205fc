"""Work that may run in other processes: parsing files, making pages, preparing search. Pure but for its two ends."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govportal import disk
from govportal.kinds import Text
from govportal.kinds.base import Desk as ReadingDesk
from govportal.kinds.file import IMAGE_TYPES, signature_problem
from govportal.kinds.prose import analyse, plain_text, render
from govportal.model import Record, of, read_fields
from govportal.parse import Parsed, digest_of, parse
from govportal.plans import Plan, Source
from govportal.problems import At, error
from govportal.products.search import Prepared, SearchEntry, pieces, prepare, prepare_again
from govportal.render import Workshop
from govportal.source import Scalar, decode, read_yaml, split, unify_lines

CHUNK = 64
LONG = 4000
"""From how many jobs on progress is told."""


@dataclass(frozen=True)
class Desk:
    """What a worker has before it: where content lies, what makes files, where they go."""

    content: Path
    types: Sequence[type[Record]] = ()
    workshop: Workshop | None = None
    makers: dict[str, Callable[[Plan], bytes]] = field(default_factory=dict)
    spare: Path | None = None
    extract: Callable[[Path], str] | None = None
    """Gives the text of an attached file; without it attachments are found by name only."""


_desk: Desk


def _sit_down(desk: Desk) -> None:
    global _desk
    _desk = desk


Task = Callable[[Any], list[Any]]


class Crew:
    """One process, or several that take chunks of work; results come in the order of the jobs either way."""

    spent = 0.0
    """CPU seconds used by workers so far; a worker's own account reaches its parent only when it has ended."""

    def __init__(self, desk: Desk, workers: int, say: Callable[[str], None] | None = None) -> None:
        self._desk = desk
        self._workers = workers
        self._say = say
        self._pool: Any = None

    @property
    def reads_attachments(self) -> bool:
        """Whether the text of attached files is known."""
        return self._desk.extract is not None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: Any, failure: Any, trace: Any) -> None:
        if self._pool is not None:
            if kind is None:
                self._pool.close()
            else:
                self._pool.terminate()
            self._pool.join()

    def map(self, task: Task, jobs: Sequence[Any], what: str = "") -> Iterator[Any]:
        """The results of all jobs. `task` takes a chunk of jobs and gives a list of results.

        Long work is told as it goes: `what`, how many are done, and how many there are.
        """
        results = self._results(task, jobs)
        if not self._say or len(jobs) < LONG:
            yield from results
            return
        for done, result in enumerate(results, 1):
            if done % (LONG // 2) == 0 or done == len(jobs):
                self._say(f"{what}：{done} / {len(jobs)}")
            yield result

    def _results(self, task: Task, jobs: Sequence[Any]) -> Iterator[Any]:
        chunks = [jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK)]
        if self._workers <= 1 or len(chunks) < 3:
            _sit_down(self._desk)
            for chunk in chunks:
                yield from task(chunk)
            return
        if self._pool is None:
            way = "fork" if sys.platform.startswith("linux") else "spawn"
            self._pool = multiprocessing.get_context(way).Pool(self._workers, _sit_down, (self._desk,))
        for results, seconds in self._pool.imap(partial(_timed, task), chunks):
            Crew.spent += seconds
            yield from results


def _timed(task: Task, jobs: Any) -> tuple[list[Any], float]:
    before = time.process_time()
    results = task(jobs)
    return results, time.process_time() - before


def parse_files(jobs: Sequence[tuple[str, str]]) -> list[Parsed]:
    """Content files, given as path and type name, read and parsed; a structural page has no type."""
    declared = {one.type.name: one for one in _desk.types}
    results = []
    for path, type_name in jobs:
        data = disk.read(_desk.content / path)
        results.append(parse(declared[type_name], path, data) if type_name else _structural(path, data))
    return results


@dataclass(frozen=True, kw_only=True)
class StructuralPage:
    """All that a structural page may say of itself."""

    title: str = of(Text("标题", limit=200), required=True)


def structural_title(data: bytes) -> str:
    """The title of a structural page that has nothing wrong with it."""
    text, _ = decode("", data)
    page, _ = split("", text or "")
    node, _ = read_yaml("", page.front if page else "")
    title = node.items.get("title") if node else None
    return title.text if isinstance(title, Scalar) else ""


def _structural(path: str, data: bytes) -> Parsed:
    """A structural page: only its form is checked here, its making is left to the door."""
    if not path.endswith(".md"):
        why = []
        if path.rpartition(".")[2].lower() not in IMAGE_TYPES | {"pdf"}:
            why = [error(At(path), "file/type", "这里只放网页（.md）、图片和 PDF", "把文件移到记录旁边")]
        elif wrong := signature_problem(path, data[:64]):
            why = [error(At(path), "file/signature", wrong, "用原来的软件另存为正确的格式，再放进来")]
        return Parsed(path, digest_of(data), "", "", None, tuple(why))
    text, problems = decode(path, data)
    if text is not None:
        page, problems = split(path, text)
        if page is not None:
            node, problems = read_yaml(path, page.front, page.front_line)
            if node is not None:
                read_fields(StructuralPage, node, ReadingDesk(path, problems))
            problems += analyse(path, page.body, page.body_line)[1]
    return Parsed(path, digest_of(data), "", "", None, tuple(problems))


class ChangedMeanwhile(Exception):
    """A content file changed between reading and drawing."""


def read_body(content: Path, source: Source) -> str:
    """The Markdown of a record's body, known to be what was parsed."""
    try:
        text = unify_lines(disk.read(content / source.path).decode("utf-8-sig"))
    except (FileNotFoundError, UnicodeDecodeError):
        raise ChangedMeanwhile(source.path) from None
    position = 0
    for _ in range(source.line - 1):
        position = text.find("\n", position) + 1
    body = text[position:]
    if blake2b(body.encode(), digest_size=16).hexdigest() != source.digest:
        raise ChangedMeanwhile(source.path)
    return body


def page_files(jobs: Sequence[tuple[Plan, str]]) -> list[tuple[str, str, int, int]]:
    """Planned files made and written into the spare tree: path, key, size and modification time of each."""
    assert _desk.workshop is not None and _desk.spare is not None
    tree = disk.Writer(_desk.spare)
    results = []
    for plan, key in jobs:
        if plan.make == "page":
            body = read_body(_desk.content, plan.body) if plan.body else ""
            data = _desk.workshop.page(plan, body)
        else:
            data = _desk.makers[plan.make](plan)
        results.append((plan.path, key, *tree.write(plan.path, data)))
    return results


SearchJob = bytes | tuple[SearchEntry, Source | str | None, str, int]
"""A record file to be read again, or an entry with its body or the path of its file, further words, and in how many pieces."""


def prepare_search(jobs: Sequence[SearchJob]) -> list[Prepared]:
    """The contributions of a chunk of entries to the search index."""
    return [_prepared(job) for job in jobs]


def _prepared(job: SearchJob) -> Prepared:
    if isinstance(job, bytes):
        return prepare_again(job)
    entry, source, words, count = job
    if isinstance(source, str):
        assert _desk.extract is not None
        return prepare(entry, _desk.extract(_desk.content / source))
    return prepare(entry, _pieces(source, words, count)[entry.part])


@lru_cache(maxsize=1)
def _pieces(source: Source | None, words: str, count: int) -> tuple[str, ...]:
    """The text of a record in pieces, which are asked for one after the other."""
    body = plain_text(render(read_body(_desk.content, source)).html) if source else ""
    return pieces.cut("\n".join(text for text in (body, words) if text), count)
