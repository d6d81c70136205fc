"""Records as papers: what each says, field by field, for whoever searches them away from the site (desk, other engines).

    read(root, moment, cache)   a project read for a moment, without a build
    fields_of(types)            every field that can be asked for, read off the declarations
    papers(loaded)              one paper for each record that is public, and for each that waits to be
    Paper.sections(...)         its words: title, numbers, fields, body, and the text of its attachments

A paper's facts are worked out at once; its words only when asked for, since they take reading and drawing. `Paper.key`
is new whenever the words or facts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govportal import disk, door, memo
from govportal.attachments import REASONS, readable, remembered
from govportal.build import Loaded, Project, load
from govportal.engine import engine
from govportal.kinds.base import Kind, Many
from govportal.kinds.choice import Choice, Count, Flag, Money
from govportal.kinds.date import Date, Moment, PartialDate
from govportal.kinds.prose import plain_text, render
from govportal.kinds.ref import InColumn, Ref
from govportal.kinds.rows import Group, Rows
from govportal.kinds.text import Identifier
from govportal.model import Record, columns
from govportal.parse import Parsed, address_of
from govportal.plans import Source
from govportal.products.context import Context
from govportal.registry import find_types
from govportal.site import visible
from govportal.work import read_body

CACHE = Path(".govportal")
CONTENT = "content"


def read(root: Path, moment: str, cache: Path) -> Loaded:
    """Everything in a project's content folder, as the build would read it; what was read is remembered in `cache`.

    Where the site stands and which further types it has is taken from the last build, if there was one.
    """
    frame = door.kept(root / CACHE)
    project = Project(
        content=root / (frame.content if frame else CONTENT),
        site=root / "site",
        cache=cache,
        moment=moment,
        types=find_types(root / one for one in frame.types) if frame else find_types(),
        base=frame.base if frame else "/",
        root=frame.root if frame else "",
        workers=disk.cores(),
        engine=engine(),
    )
    loaded = load(project)
    if loaded.memory.changed:
        memo.save(cache / "memory", loaded.memory)
    if frame is None and loaded.site is not None:
        loaded.project = replace(project, root=f"https://{loaded.site.portal.settings.domain}")
    return loaded


class Family(Enum):
    """How a field is asked for: by one of its words, by a day or span of days, by a figure or span of figures, by its text."""

    WORD = "词"
    DAY = "日期"
    FIGURE = "数"
    TEXT = "文字"


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that can be asked for. `weight` says how much a hit in it is worth; 0: no type has it found without its name."""

    name: str
    labels: tuple[str, ...]
    family: Family
    weight: float = 0
    facet: bool = False


FIXED = (
    Asked("title", ("标题",), Family.TEXT, 8),
    Asked("number", ("文号", "发文字号"), Family.TEXT, 6),
    Asked("index_number", ("索引号",), Family.TEXT, 6),
    Asked("text", ("正文",), Family.TEXT, 1),
    Asked("attachment", ("附件",), Family.TEXT, 1),
    Asked("id", ("编号",), Family.WORD),
    Asked("path", ("位置",), Family.TEXT),
    Asked("type", ("类型", "内容类型"), Family.WORD, facet=True),
    Asked("column", ("栏目",), Family.WORD, facet=True),
    Asked("organ", ("机构", "发布机构"), Family.WORD, facet=True),
    Asked("published_at", ("日期", "发布日期", "date"), Family.DAY),
    Asked("document_date", ("文件日期",), Family.DAY),
    Asked("published_year", ("年份", "发布年份"), Family.WORD, facet=True),
    Asked("validity", ("效力", "有效性"), Family.WORD, facet=True),
    Asked("publication", ("公开情况",), Family.WORD, facet=True),
    Asked("sample", ("示例",), Family.WORD, facet=True),
)
"""What every paper has; any other field comes from the declarations."""
ALWAYS_SEARCHED = frozenset(one.name for one in FIXED if one.weight)
LEFT_OUT = frozenset({"also_in", "attachments", "related", "aliases"})
PUBLIC, WAITING = "已公开", "待发布"


def _family(kind: Kind) -> Family | None:
    """How a kind is asked for; None for tables, whose rows may hold what is not shown."""
    while isinstance(kind, Many):
        kind = kind.kind
    if isinstance(kind, Group | Rows):
        return None
    if isinstance(kind, Date | Moment | PartialDate):
        return Family.DAY
    if isinstance(kind, Count | Money):
        return Family.FIGURE
    return Family.WORD if isinstance(kind, Choice | Flag | Identifier) else Family.TEXT


def fields_of(types: Iterable[type[Record]]) -> dict[str, Asked]:
    """Every field of any type that can be asked for, by name. What is private is never asked for.

    A name that two types give to different kinds is asked for by its text.
    """
    found: dict[str, Asked] = {}
    for one in (one for declared in types for one in columns(declared)):
        family, searched = _family(one.kind), one.uses.get("search")
        if one.uses.get("private") or one.name in LEFT_OUT or (family is None and not searched):
            continue
        family = Family.TEXT if family is None or searched else family
        known = found.get(one.name)
        labels: tuple[str, ...] = (one.kind.label,)
        weight, facet = float(searched or 0), bool(one.uses.get("facet"))
        if known is not None:
            family = family if family is known.family else Family.TEXT
            labels = known.labels if one.kind.label in known.labels else (*known.labels, one.kind.label)
            weight, facet = max(weight, known.weight), facet or known.facet
        found[one.name] = Asked(one.name, labels, family, weight, facet and family is Family.WORD)
    found |= {one.name: one for one in FIXED}
    # The number by which a document is asked for is what its type calls so.
    written = found.pop("document_number", found["number"])
    called = dict.fromkeys((*found["number"].labels, *written.labels, "document_number"))
    found["number"] = replace(found["number"], labels=tuple(called))
    return {name: found[name] for name in sorted(found)}


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name for people, its place below the content folder, its digest; '' where it cannot be read."""

    name: str
    path: str
    digest: str


@dataclass(frozen=True)
class Paper:
    """A record as it is searched. `words`, `days`, `figures` (money in 元) and `texts` are its fields by family (see `Family`).

    `searched` are the names of its texts that are found without naming them.
    """

    id: str
    title: str
    number: str
    address: str
    path: str
    column: str
    public: bool
    sample: bool
    caution: str
    summary: str
    words: Mapping[str, tuple[str, ...]]
    days: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, tuple[Decimal, ...]]
    texts: Mapping[str, str]
    searched: frozenset[str]
    neighbours: frozenset[str]
    files: tuple[File, ...]
    body: Source | None
    digest: str = field(repr=False)

    @property
    def date(self) -> str:
        """The day of publication."""
        return self.days["published_at"][0][:10]

    @property
    def key(self) -> bytes:
        """A digest of everything that is known of it but its neighbours, and of what its words are made from."""
        facts = (
            self.id, self.title, self.number, self.address, self.path, self.column, self.public, self.sample, self.caution, self.summary,
            sorted(self.words.items()), sorted(self.days.items()), sorted(self.figures.items()), sorted(self.texts.items()), sorted(self.searched),
            self.files, self.digest,
        )  # fmt: skip
        return blake2b(repr(facts).encode(), digest_size=16).digest()

    def body_text(self, content: Path) -> str:
        """The plain text of the body."""
        return plain_text(render(read_body(content, self.body)).html) if self.body else ""

    def attachment_texts(self, content: Path, kept: Path) -> Iterator[tuple[str, str]]:
        """The name of each attachment and its text ('' where it has none); texts are kept in a folder."""
        for one in self.files:
            text = remembered(content / one.path, one.digest, kept).text if one.digest else ""
            yield one.name, text


def unread(held: Iterable[Paper], content: Path, kept: Path) -> Iterator[tuple[str, str, str]]:
    """The attachments without a text that can be searched: where they lie, their names, and why."""
    for one in (one for paper in held for one in paper.files):
        reason = remembered(content / one.path, one.digest, kept).reason if one.digest else REASONS["kind"]
        if reason:
            yield one.path, one.name, reason


def _texts(value: Any, kind: Kind, context: Context) -> tuple[str, ...]:
    """The words of a value: of a reference the title of what it points at."""
    if isinstance(kind, Many):
        return tuple(text for one in value for text in _texts(one, kind.kind, context))
    found = None
    if isinstance(kind, InColumn):
        found = context.site.find_column(value)
    elif isinstance(kind, Ref):
        found = context.site.find(value)
    return (found[0] if found else kind.words(value),)


def _values(value: Any, kind: Kind) -> tuple[Any, ...]:
    return tuple(value) if isinstance(kind, Many) else (value,)


def _figures(value: Any, kind: Kind) -> tuple[Decimal, ...]:
    """Figures as they are counted; amounts of money in 元 whatever their type writes."""
    inner = kind.kind if isinstance(kind, Many) else kind
    worth = 10_000 if isinstance(inner, Money) and inner.unit == "万元" else 1
    return tuple(Decimal(figure) * worth for figure in _values(value, kind))


def _paper(record: Any, asked: Mapping[str, Asked], context: Context, loaded: Loaded, public: bool) -> Paper:
    site = context.site
    by_family: dict[Family, dict[str, Any]] = {family: {} for family in Family}
    for one in columns(type(record)):
        known, value = asked.get(one.name), getattr(record, one.name)
        if known is None or value is None or value == () or one.uses.get("private"):
            continue
        if known.family is Family.WORD:
            by_family[Family.WORD][one.name] = _texts(value, one.kind, context)
        elif known.family is Family.DAY:
            by_family[Family.DAY][one.name] = tuple(str(day) for day in _values(value, one.kind))
        elif known.family is Family.FIGURE:
            by_family[Family.FIGURE][one.name] = _figures(value, one.kind)
        else:
            by_family[Family.TEXT][one.name] = "\n".join(_texts(value, one.kind, context))
    trail = [column.name for name in (record.column, *record.also_in) for column in site.trail(name)]
    validity = record.validity_on(context)
    words = by_family[Family.WORD] | {
        "id": (record.id,),
        "type": (record.type.label,),
        "column": tuple(dict.fromkeys(trail)),
        "organ": tuple(found[0] for one in record.organ if (found := site.find(one))) or record.source_organ,
        "published_year": (record.published_at[:4],),
        "validity": (validity,) if validity else (),
        "publication": (PUBLIC if public else WAITING,),
        "sample": ("是" if record.sample else "否",),
    }
    numbers = {"number": record.number, "index_number": getattr(record, "index_number", None) or ""}
    folder = record.path.rpartition("/")[0]
    files = []
    for one in record.attachments:
        path = f"{folder}/{one.file}"
        known_file = loaded.memory.files.get(path)
        sound = known_file is not None and not known_file[3] and readable(path)
        files.append(File(one.name, path, known_file[2] if known_file and sound else ""))
    return Paper(
        record.id, record.title, record.number, address_of(record), record.path, site.columns[record.column].name,
        public, record.sample, record.caution,
        record.summary or (record.body.summary if record.body else ""),
        {name: value for name, value in words.items() if value},
        by_family[Family.DAY] | {"document_date": (record.document_date,)},
        by_family[Family.FIGURE],
        {name: text for name, text in (by_family[Family.TEXT] | {"path": record.path} | numbers).items() if text},
        ALWAYS_SEARCHED | {one.name for one in columns(type(record)) if one.uses.get("search")},
        frozenset(site.neighbours.get(record.id, ())),
        tuple(files),
        Source(record.path, record.body.line, record.body.digest) if record.body else None,
        record.digest,
    )  # fmt: skip


def _waiting(loaded: Loaded) -> Iterator[Any]:
    """The records that are not public yet and shall be: drafts, and those whose day has not come."""
    site = loaded.site
    assert site is not None
    taken = {*site.by_id, *(one.id for one in site.withdrawn)}
    for _, _, _, parsed in loaded.memory.files.values():
        record = parsed.record if isinstance(parsed, Parsed) else None
        if (
            record is not None
            and record.id not in taken
            and record.disclosure_mode in (None, "主动公开")
            and {record.column, *record.also_in} <= site.columns.keys()
            and not visible(record, site.moment)
            and record.withdrawal(site.today) is None
        ):
            taken.add(record.id)
            yield record


def papers(loaded: Loaded) -> list[Paper]:
    """All papers in the order of the site (newest first), then what waits to be public, by identifier."""
    assert loaded.site is not None
    context = Context(loaded.site, loaded.project.base, loaded.project.root)
    asked = fields_of(loaded.project.types)
    found = [_paper(record, asked, context, loaded, True) for record in loaded.site.records]
    waiting = sorted(_waiting(loaded), key=lambda record: record.id)
    return found + [_paper(record, asked, context, loaded, False) for record in waiting]
