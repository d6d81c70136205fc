"""Work that may run in other processes: parsing files, making pages, preparing search. Pure but for its two ends."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govportal import disk
from govportal.kinds import Text
from govportal.kinds.base import Desk as ReadingDesk
from govportal.kinds.file import IMAGE_TYPES, signature_problem
from govportal.kinds.prose import analyse, plain_text, render
from govportal.memo import sealed, unsealed
from govportal.model import Record, columns, of, read_fields
from govportal.parse import Parsed, digest_of, parse
from govportal.plans import Plan, Source
from govportal.problems import At, error
from govportal.products.context import Context
from govportal.products.search import Draft, Index, Prepared, SearchEntry, facets_of, prepare, prepare_again
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


SearchJob = bytes | tuple[SearchEntry, Source | None, str]
"""A record file to be read again, or an entry with its body and further words."""


def prepare_search(jobs: Sequence[SearchJob]) -> list[Prepared]:
    """The contributions of a chunk of entries to the search index."""
    return [_prepared(job) for job in jobs]


def _prepared(job: SearchJob) -> Prepared:
    if isinstance(job, bytes):
        return prepare_again(job)
    entry, source, words = job
    body = plain_text(render(read_body(_desk.content, source)).html) if source else ""
    return prepare(entry, "\n".join(text for text in (body, words) if text))


def _words(record: Any) -> str:
    """The searchable words of a record besides title, number and body."""
    found = []
    for one in columns(type(record)):
        value = getattr(record, one.name)
        if (
            one.uses.get("search")
            and one.name not in ("title", "document_number", "index_number")
            and value not in (None, ())
        ):
            found.append(one.kind.words(value))
    return "\n".join([*found, *(attachment.name for attachment in record.attachments)])


def search_entry(context: Context, record: Any) -> SearchEntry:
    """How a record stands in the list of results."""
    item = context.item(record)
    badges = [one for one in item["badges"] if one["badge"] != "sample"]
    return SearchEntry(
        id=record.id,
        href=item["href"],
        title=record.title,
        number=record.number,
        index_number=getattr(record, "index_number", None) or "",
        column=item["column"],
        organ=item["organ"],
        type=record.type.label,
        date=record.published_at[:10],
        badge=badges[0]["text"] if badges else "",
        sample=record.sample,
        late=any(one["badge"] in LATE for one in badges),
    )


LATE = frozenset({"repealed", "expired"})
"""Badges of what is no longer in force."""


@dataclass(slots=True)
class _Known:
    """What is remembered of a record: what it was made from, quickly and exactly, and its drafts."""

    quick: bytes
    drafts: list[Draft]


class _Published:
    """The search files of the published tree, checked against what we wrote."""

    def __init__(self, tree: disk.Tree) -> None:
        self._tree = tree

    def holds(self, path: str) -> bool:
        return f"search/{path}" in self._tree.manifest

    def read(self, path: str) -> bytes | None:
        entry = self._tree.manifest.get(f"search/{path}")
        if entry is None:
            return None
        data = disk.read(self._tree.root / "search" / path)
        return data if blake2b(data, digest_size=16).hexdigest() == entry[0] else None


@dataclass
class _Search:
    """One making of the whole index."""

    context: Context
    crew: Crew
    engine: bytes
    common: bytes
    known: dict[str, _Known] = field(default_factory=dict)
    entries: dict[str, SearchEntry] = field(default_factory=dict)

    def quick(self, record: Any) -> bytes:
        """New whenever the record, one of its neighbours or what all share has changed."""
        touched = self.context.site.touches[record.id]
        return blake2b(self.common + record.digest.encode() + touched, digest_size=16).digest()

    def entry(self, record: Any) -> SearchEntry:
        """The entry of a record, worked out once."""
        if record.id not in self.entries:
            self.entries[record.id] = search_entry(self.context, record)
        return self.entries[record.id]

    def draft(self, record: Any) -> list[Draft]:
        """The drafts of a record and its attachments."""
        quick = self.quick(record)
        known = self.known.get(record.id)
        if known is None or known.quick != quick:
            entry = self.entry(record)
            exact = repr((astuple(entry), record.digest)).encode()
            key = blake2b(exact, digest_size=16, key=self.engine).digest()
            drafts = [Draft(entry.id, 0, entry.date, key, facets_of(entry), entry.late)]
            known = self.known[record.id] = _Known(quick, drafts)
        return known.drafts

    def prepare(self, jobs: Sequence[tuple[Draft, bytes | None]]) -> Iterator[Prepared]:
        """The contributions of these drafts."""

        def job(draft: Draft, former: bytes | None) -> SearchJob:
            if former is not None:
                return former
            record = self.context.site.record(draft.id)
            source = Source(record.path, record.body.line, record.body.digest) if record.body else None
            return self.entry(record), source, _words(record)

        return self.crew.map(prepare_search, [job(*one) for one in jobs], "整理检索内容")


SearchFiles = Callable[[disk.Tree], Iterator[tuple[str, bytes | None]]]


def search_files(context: Context, crew: Crew, cache: Path, engine: bytes) -> tuple[str, SearchFiles]:
    """The key of the whole index, and what makes its files: None stands for a file of the published tree."""
    records = context.site.records
    # An entry shows its link, the name of its column and a state that depends on the day.
    common = repr((context.base, context.site.portal.digest, context.site.moment[:10])).encode()
    texts = blake2b("".join([record.digest for record in records]).encode(), digest_size=16).digest()
    whole = engine + common + texts + context.site.signature(*(record.id for record in records))

    def make(published: disk.Tree) -> Iterator[tuple[str, bytes | None]]:
        store = cache / "search"
        remembered = (unsealed(disk.read(store)) if store.exists() else None) or {}
        if remembered.get("engine") != engine:
            remembered = {}
        search = _Search(context, crew, engine, common, remembered.get("records", {}))
        drafts = [draft for record in records for draft in search.draft(record)]
        index = Index(drafts, search.prepare, remembered.get("segments", {}), _Published(published))
        for path, data in index.files():
            yield "search/" + path, data
        ids = {record.id for record in records}
        now = {
            "engine": engine,
            "records": {one: known for one, known in search.known.items() if one in ids},
            "segments": index.segments,
        }
        disk.write_whole(store, sealed(now))

    return blake2b(whole, digest_size=16).hexdigest(), make
