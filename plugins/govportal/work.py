"""Work that may run in other processes: parsing files, making pages, preparing search. Pure but for its two ends."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
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
from govportal.model import Record, columns, columns_by_name, of, read_fields
from govportal.parse import Parsed, digest_of, parse
from govportal.plans import Plan, Source
from govportal.problems import At, error
from govportal.products.context import Context
from govportal.products.search import SearchEntry, assemble, prepare
from govportal.products.tables import ONE_PAGE, keyed_tables, sheet, views_of
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


def search_text(job: tuple[SearchEntry, Source | None, str]) -> bytes:
    """Everything one record contributes to search."""
    entry, source, words = job
    body = plain_text(render(read_body(_desk.content, source)).html) if source else ""
    return prepare(entry, "\n".join(text for text in (body, words) if text))


def prepare_search(jobs: Sequence[tuple[SearchEntry, Source | None, str]]) -> list[bytes]:
    """The contributions of a chunk of records."""
    return [search_text(job) for job in jobs]


def _words(record: Any, rows: dict[str, Any]) -> str:
    """The searchable words of a record besides title, number and body; `rows` are those of tables on further pages."""
    found = []
    for one in columns(type(record)):
        value = rows.get(one.name) or getattr(record, one.name)
        if (
            one.uses.get("search")
            and one.name not in ("title", "document_number", "index_number")
            and value not in (None, ())
        ):
            found.append(one.kind.words(value))
    return "\n".join([*found, *(attachment.name for attachment in record.attachments)])


def search_parts(context: Context, record: Any) -> Iterator[tuple[SearchEntry, Callable[[], str]]]:
    """How a record stands in the list of results, and its words; a table of several pages is found by its pages."""
    entry = search_entry(context, record)
    sheets = {
        one.name: made
        for one in keyed_tables(type(record))
        if one.uses.get("search")
        and len(getattr(record, one.name)) > ONE_PAGE
        and (made := sheet(context, record, one, next(iter(views_of(one))))).pages > 1
    }
    first_rows = {name: getattr(record, name)[: made.starts[1]] for name, made in sheets.items()}
    yield entry, partial(_words, record, first_rows)
    for name, made in sheets.items():
        kind = columns_by_name(type(record))[name].kind
        ends = [*made.starts[1:], len(made.rows)]
        for page in range(2, made.pages + 1):
            rows = getattr(record, name)[made.starts[page - 1] : ends[page - 1]]
            title = f"{record.title}（第{page}页）"
            href = context.href(made.address(page))
            part = replace(entry, id=f"{record.id}--{name}-{page}", title=title, href=href)
            yield part, partial(kind.words, rows)


def search_entry(context: Context, record: Any) -> SearchEntry:
    """How a record stands in the list of results."""
    item = context.item(record)
    badge = next((one["text"] for one in item["badges"] if one["badge"] != "sample"), "")
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
        badge=badge,
        sample=record.sample,
    )


def search_files(
    context: Context, crew: Crew, cache: Path, engine: bytes
) -> tuple[str, Callable[[], Iterable[tuple[str, bytes]]]]:
    """The key of the whole index, and what makes its files. Contributions of unchanged records are remembered."""
    records = context.site.records
    # An entry shows its link, the name of its column and a state that depends on the day.
    common = repr((context.base, context.site.portal.digest, context.site.moment[:10])).encode()
    texts = blake2b("".join([record.digest for record in records]).encode(), digest_size=16).digest()
    whole = engine + common + texts + context.site.signature(*(record.id for record in records))

    def jobs_of(record: Any) -> Iterator[tuple[str, str, SearchEntry, Source | None, Callable[[], str]]]:
        source = Source(record.path, record.body.line, record.body.digest) if record.body else None
        for entry, words in search_parts(context, record):
            key = blake2b(
                repr((tuple(asdict(entry).values()), record.digest)).encode(), digest_size=16, key=engine
            ).hexdigest()
            yield entry.id, key, entry, source, words
            source = None

    def make() -> Iterator[tuple[str, bytes]]:
        jobs = [job for record in records for job in jobs_of(record)]
        store = cache / "search"
        known: dict[str, tuple[str, bytes]] = {}
        if store.exists():
            known = unsealed(disk.read(store)) or {}
        todo = [job for job in jobs if known.get(job[0], ("",))[0] != job[1]]
        fresh = crew.map(
            prepare_search,
            [(entry, source, words()) for _, _, entry, source, words in todo],
            "整理检索内容",
        )
        made = {job[0]: (job[1], data) for job, data in zip(todo, fresh, strict=True)}
        now = {job[0]: made.get(job[0]) or known[job[0]] for job in jobs}
        for path, data in assemble([(job[2], now[job[0]][1]) for job in jobs]):
            yield "search/" + path, data
        disk.write_whole(store, sealed(now))

    return blake2b(whole, digest_size=16).hexdigest(), make
