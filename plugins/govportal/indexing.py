"""From records to the files of the search index, making anew only what has changed since the last time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govportal import disk
from govportal.memo import sealed, unsealed
from govportal.model import columns, columns_by_name
from govportal.plans import Source
from govportal.products.context import Context
from govportal.products.search import (
    Draft,
    Index,
    Prepared,
    SearchEntry,
    facets_of,
    pieces,
    suggest,
    synonyms,
)
from govportal.products.tables import ONE_PAGE, keyed_tables, sheet, views_of
from govportal.work import Crew, SearchJob, prepare_search

LATE = frozenset({"repealed", "expired"})
"""Badges of what is no longer in force."""
EXTRACTED = (".pdf", ".docx", ".xlsx")
"""Attached files whose text is searched, when the crew reads them."""


Synonyms = tuple[str, tuple[str, ...]]
"""An official word, and what citizens say."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry, where its text comes from (a body, or the path of an attachment), further words, and in how many pieces."""

    entry: SearchEntry
    source: Source | str | None
    words: str = ""
    count: int = 1


def _pieces(entry: SearchEntry, source: Source | None, length: int, words: str) -> Iterator[Part]:
    """The pieces of a text of about so many characters and further words."""
    count = pieces.count_for(length + len(words))
    for part in range(count):
        yield Part(replace(entry, part=part), source, words, count)


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


def search_parts(context: Context, record: Any, attached: Container[str] = ()) -> Iterator[Part]:
    """The entries of a record: a long text in pieces, an attached file by its text, further pages of a table each by itself."""
    entry = search_entry(context, record)
    sheets = {
        one.name: made
        for one in keyed_tables(type(record))
        if one.uses.get("search")
        and len(getattr(record, one.name)) > ONE_PAGE
        and (made := sheet(context, record, one, next(iter(views_of(one))))).pages > 1
    }
    first_rows = {name: getattr(record, name)[: made.starts[1]] for name, made in sheets.items()}
    source = Source(record.path, record.body.line, record.body.digest) if record.body else None
    own = list(_pieces(entry, source, record.body.size if record.body else 0, _words(record, first_rows)))
    yield from own
    folder = record.path.rpartition("/")[0]
    for number, attachment in enumerate(record.attachments, len(own)):
        path = f"{folder}/{attachment.file}"
        if path in attached:
            part = replace(entry, part=number, file=attachment.name, file_href=context.href(f"/{path}"))
            yield Part(part, path)
    for name, made in sheets.items():
        kind = columns_by_name(type(record))[name].kind
        ends = [*made.starts[1:], len(made.rows)]
        for page in range(2, made.pages + 1):
            rows = getattr(record, name)[made.starts[page - 1] : ends[page - 1]]
            title = f"{record.title}（第{page}页）"
            href = context.href(made.address(page))
            part = replace(entry, id=f"{record.id}--{name}-{page}", title=title, href=href)
            yield from _pieces(part, None, 0, kind.words(rows))


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


@dataclass(slots=True)
class _Known:
    """What is remembered of a record: what it was made from, its drafts, and the words of its title."""

    quick: bytes
    drafts: list[Draft]
    phrases: set[str]


class _Published:
    """The search files of the published tree, checked against what we wrote."""

    def __init__(self, tree: disk.Tree) -> None:
        self._tree = tree
        found = {path: entry[0] for path, entry in tree.manifest.items() if path.startswith("search/")}
        self.state = _state(found)

    def holds(self, path: str) -> bool:
        return f"search/{path}" in self._tree.manifest

    def read(self, path: str) -> bytes | None:
        entry = self._tree.manifest.get(f"search/{path}")
        if entry is None:
            return None
        data = disk.read(self._tree.root / "search" / path)
        return data if blake2b(data, digest_size=16).hexdigest() == entry[0] else None


def _state(digests: Mapping[str, str]) -> str:
    """What stands for so many files and their contents, given the digest of each."""
    return blake2b(repr(sorted(digests.items())).encode(), digest_size=16).hexdigest()


@dataclass
class _Search:
    """One making of the whole index; `digests` are those of attached files, by path."""

    context: Context
    crew: Crew
    engine: bytes
    common: bytes
    digests: Mapping[str, str]
    known: dict[str, _Known]
    owners: dict[tuple[str, int], Any] = field(default_factory=dict)
    parts: dict[tuple[str, int], Part] = field(default_factory=dict)

    def quick(self, record: Any) -> bytes:
        """New whenever the record, one of its files or neighbours, or what all share has changed."""
        folder = record.path.rpartition("/")[0]
        files = "".join(self.digests.get(f"{folder}/{one.file}", "") for one in record.attachments)
        touched = self.context.site.touches[record.id]
        return blake2b(
            self.common + record.digest.encode() + files.encode() + touched, digest_size=16
        ).digest()

    def _draft(self, record: Any, part: Part) -> Draft:
        entry = part.entry
        source = self.digests.get(part.source, "") if isinstance(part.source, str) else record.digest
        key = blake2b(repr((astuple(entry), source)).encode(), digest_size=16, key=self.engine).digest()
        return Draft(entry.id, entry.part, entry.date, key, facets_of(entry), entry.late)

    def drafts(self, record: Any) -> list[Draft]:
        """The drafts of a record in all its parts, and of the further pages of its tables."""
        quick = self.quick(record)
        known = self.known.get(record.id)
        if known is None or known.quick != quick:
            drafts = [self._draft(record, part) for part in self._parts(record)]
            known = self.known[record.id] = _Known(quick, drafts, suggest.phrases(record.title))
        self.owners.update(((draft.id, draft.part), record) for draft in known.drafts)
        return known.drafts

    def _parts(self, record: Any) -> list[Part]:
        found = list(search_parts(self.context, record, self.digests))
        self.parts.update(((one.entry.id, one.entry.part), one) for one in found)
        return found

    def prepare(self, jobs: Sequence[tuple[Draft, bytes | None]]) -> Iterator[Prepared]:
        """The contributions of these drafts."""

        def job(draft: Draft, former: bytes | None) -> SearchJob:
            if former is not None:
                return former
            place = (draft.id, draft.part)
            if place not in self.parts:
                self._parts(self.owners[place])
            part = self.parts[place]
            return part.entry, part.source, part.words, part.count

        return self.crew.map(prepare_search, [job(*one) for one in jobs], "整理检索内容")

    def words(self, groups: Iterable[Synonyms], drafts: Iterable[Draft]) -> bytes:
        """What is proposed for a query that finds nothing."""
        names = {name for draft in drafts for name in draft.facets[:3]}
        meant = {word for official, said in groups for word in (official, *said)}
        return suggest.write(names | meant | suggest.common(one.phrases for one in self.known.values()))


SearchFiles = Callable[[disk.Tree], Iterator[tuple[str, bytes | None]]]


def search_files(
    context: Context, crew: Crew, cache: Path, engine: bytes, digests: Mapping[str, str]
) -> tuple[str, SearchFiles]:
    """The key of the whole index, and what makes its files: None stands for a file of the published tree.

    `digests` are those of the contents of files under the content folder, by path.
    """
    suffixes = EXTRACTED if crew.reads_attachments else ()
    digests = {path: digest for path, digest in digests.items() if path.lower().endswith(suffixes)}
    records = context.site.records
    # An entry shows its link, the name of its column and a state that depends on the day.
    common = repr((context.base, context.site.portal.digest, context.site.moment[:10])).encode()
    groups = [(one.official, one.said) for one in context.site.portal.synonyms]
    texts = blake2b(repr((groups, sorted(digests.items()))).encode(), digest_size=16)
    texts.update("".join([record.digest for record in records]).encode())
    whole = engine + common + texts.digest() + context.site.signature(*(record.id for record in records))

    def make(published: disk.Tree) -> Iterator[tuple[str, bytes | None]]:
        store = cache / "search"
        remembered = (unsealed(disk.read(store)) if store.exists() else None) or {}
        if remembered.get("engine") != engine:
            remembered = {}
        former = remembered.get("records", {})
        known = {record.id: former[record.id] for record in records if record.id in former}
        search = _Search(context, crew, engine, common, digests, known)
        drafts = [draft for record in records for draft in search.drafts(record)]
        tree = _Published(published)
        # A build that ended too early may have remembered what was never published.
        segments = remembered.get("segments", {}) if remembered.get("state") == tree.state else {}
        words = synonyms.texts(groups), search.words(groups, drafts)
        index = Index(drafts, search.prepare, segments, tree, *words)
        state = {}
        for path, data in index.files():
            path = "search/" + path
            state[path] = (
                published.manifest[path][0] if data is None else blake2b(data, digest_size=16).hexdigest()
            )
            yield path, data
        now = {"engine": engine, "state": _state(state)}
        disk.write_whole(store, sealed(now | {"records": search.known, "segments": index.segments}))

    return blake2b(whole, digest_size=16).hexdigest(), make
