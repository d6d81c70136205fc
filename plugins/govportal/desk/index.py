"""The index of the desk: a Whoosh schema read off the fields, made once, then changed paper by paper.

    WORD fields     keywords
    DAY fields      keywords, whose order is that of time
    FIGURE fields   numbers
    WHEN            publication, the paper's own date and identifier: the order of the site
    LETTERS         the folded texts (`letters.py`), a column
    SKETCH          what near repetitions are found by (`alike.py`), a column
    TOPIC           pairs of letters of title, keywords and summary
    SHOWN, PLAIN    stored: what is shown of a paper, and its texts (compressed)

Beside the index lies `state`: what the index was made by, its generation, and the key of every paper in it. Where
anything is amiss (another version of the code, a damaged or half-written file) the index is made anew.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import struct
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from pickle import PickleError
from typing import Any

with warnings.catch_warnings():
    # Whoosh is from 2016: newer Pythons complain of its regular expressions when they first compile it.
    warnings.simplefilter("ignore")
    from whoosh import analysis, columns, fields, index, query, sorting
    from whoosh.index import LockError

from govportal import disk
from govportal.desk import alike, letters
from govportal.desk.language import Language, sought
from govportal.memo import sealed, unsealed
from govportal.papers import WAITING, Asked, Family, Paper
from govportal.products.search import analyse

FORMAT = 1
DIVIDER = "\x1f"
RELATED_TERMS = 40
AROUND = 40
DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    struct.error,
    PickleError,
    index.IndexError,
)


@dataclass(frozen=True)
class Hit:
    """A paper that was found. `field` is the label of the text in which the words stand, `attachment` its name if it is one."""

    id: str
    title: str
    number: str
    address: str
    path: str
    date: str
    type: str
    column: str
    organ: str
    validity: str
    public: bool
    sample: bool
    caution: str
    score: float = 0.0
    field: str = ""
    attachment: str = ""
    snippet: str = ""
    hit: tuple[int, int] = (0, 0)
    """Where in the snippet the words stand."""


@dataclass(frozen=True)
class Found:
    """What a question found: how many, those that were asked for, groups with their counts, and hints."""

    total: int
    hits: list[Hit]
    groups: dict[str, dict[str, int]] = field(default_factory=dict)
    hints: list[str] = field(default_factory=list)


def _divided() -> Any:
    return fields.KEYWORD(analyzer=analysis.RegexTokenizer(f"[^{DIVIDER}]+"))


def schema_of(asked: Iterable[Asked]) -> Any:
    """The Whoosh schema of these fields."""
    made = fields.Schema(
        WHEN=fields.ID(sortable=True),
        LETTERS=fields.COLUMN(columns.VarBytesColumn()),
        SKETCH=fields.COLUMN(columns.VarBytesColumn()),
        TOPIC=fields.TEXT(analyzer=analysis.NgramTokenizer(2), phrase=False),
        SHOWN=fields.STORED(),
        PLAIN=fields.STORED(),
    )
    for one in asked:
        if one.family is Family.FIGURE:
            made.add(one.name, fields.NUMERIC(float))
        elif one.family in (Family.WORD, Family.DAY):
            made.add(one.name, _divided())
    return made


def topic(paper: Paper) -> str:
    """The letters by which papers are related."""
    return analyse.fold(" ".join([paper.title, paper.texts.get("keywords", ""), paper.summary[:200]]))


class Desk:
    """The index in a folder. `content` is where papers lie, `kept` where texts of attachments are kept, `made_by` the engine."""

    def __init__(
        self, folder: Path, content: Path, kept: Path, asked: Mapping[str, Asked], made_by: str = ""
    ) -> None:
        self.folder = folder
        self.content = content
        self.kept = kept
        self.asked = asked
        self.stamp = f"{FORMAT} {made_by} {importlib.metadata.version('whoosh')} {sorted(asked)}"
        self.codes = letters.codes(name for name, one in asked.items() if one.family is Family.TEXT)
        self.papers: dict[str, Paper] = {}
        self._index: Any = None

    # ---- Keeping it up to date

    def update(self, papers: Sequence[Paper], say: Callable[[str], None] | None = None) -> tuple[int, int]:
        """Take in what is new or changed, take out what is gone; how many of each. The caller holds the folder's lock."""
        self.papers = {paper.id: paper for paper in papers}
        wanted = {paper.id: paper.key for paper in papers}
        known = self._open()
        changed = [paper for paper in papers if known.get(paper.id) != wanted[paper.id]]
        gone = [identifier for identifier in known if identifier not in wanted]
        if not changed and not gone:
            return 0, 0
        try:
            self._write(changed, gone, known, say)
        except (*DAMAGE, LockError):
            if not known:
                raise
            self._anew()
            self._write(list(papers), [], {}, say)
        state = (self.stamp, self._index.latest_generation(), wanted)
        disk.write_whole(self.folder / "state", sealed(state))
        return len(changed), len(gone)

    def _open(self) -> dict[str, bytes]:
        """Open the index; the keys of the papers in it."""
        try:
            stamp, generation, known = unsealed(disk.read(self.folder / "state"))
            if stamp == self.stamp:
                self._index = index.open_dir(str(self.folder / "index"))
                with self._index.reader() as reader:
                    if (self._index.latest_generation(), reader.doc_count()) == (generation, len(known)):
                        return dict(known)
        except (*DAMAGE, TypeError):
            pass
        self._anew()
        return {}

    def _anew(self) -> None:
        (self.folder / "state").unlink(missing_ok=True)
        place = self.folder / "index"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True, exist_ok=True)
        self._index = index.create_in(str(place), schema_of(self.asked.values()))

    def _write(
        self,
        changed: Sequence[Paper],
        gone: Sequence[str],
        known: Mapping[str, bytes],
        say: Callable[[str], None] | None,
    ) -> None:
        writer = self._index.writer(limitmb=256)
        try:
            for identifier in (*gone, *(paper.id for paper in changed if paper.id in known)):
                writer.delete_by_term("id", identifier)
            for count, paper in enumerate(changed, 1):
                writer.add_document(**self._document(paper))
                if say and count % 2000 == 0:
                    say(f"编入索引：{count} / {len(changed)}")
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _document(self, paper: Paper) -> dict[str, Any]:
        """What the index holds of a paper."""
        texts = [("title", paper.title), *paper.texts.items(), ("text", paper.body_text(self.content))]
        named = [(name, text, "") for name, text in dict(texts).items()]
        for name, text in paper.attachment_texts(self.content, self.kept):
            named.append(("attachment", f"{name}\n{text}", name))
        ordered = sorted(named, key=lambda one: -self.asked[one[0]].weight)
        document: dict[str, Any] = {
            "WHEN": f"{paper.days['published_at'][0]} {paper.days['document_date'][0]} {paper.id}",
            "LETTERS": letters.column([one[:2] for one in ordered], paper.searched, self.codes),
            "SKETCH": alike.sketch(
                analyse.fold("".join(text for name, text, _ in named if name in ("text", "attachment")))
            ),
            "TOPIC": topic(paper),
            "SHOWN": shown(paper),
            "PLAIN": zlib.compress(
                json.dumps([one for one in ordered if one[1]], ensure_ascii=False).encode(), 6
            ),
        }
        for name, values in (*paper.words.items(), *paper.days.items()):
            document[name] = DIVIDER.join(value.replace(DIVIDER, "") for value in values)
        for name, figures in paper.figures.items():
            document[name] = float(figures[0])
        return document

    # ---- Asking

    def search(
        self,
        text: str,
        *,
        waiting: bool = False,
        order: str = "",
        groups: Sequence[str] = (),
        first: int = 0,
        count: int = 20,
    ) -> Found:
        """What a question finds; '' finds everything. `order` is date, oldest or '' (by worth); `groups` are names of word fields."""
        with self._index.searcher() as searcher:
            language = Language(
                self.asked,
                lambda name: [term.decode() for term in searcher.reader().lexicon(name)],
                {paper.id: paper.title for paper in self.papers.values()},
            )
            asked = language.parse(text) if text.strip() else query.Every()
            chosen = [name for group in groups for name in _group_names(language, group)]
            # Whoosh changes a query while it runs it: the words to show are taken from it before.
            words = list(dict.fromkeys(sought(asked)))
            ranked = bool(words) and not order
            found = searcher.search(
                asked,
                limit=None,
                filter=None if waiting else query.Not(query.Term("publication", WAITING)),
                sortedby=_order(order or ("worth" if ranked else "date")),
                groupedby={
                    name: sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count)
                    for name in chosen
                }
                or None,
            )
            hits = [
                self._hit(found[place], words, ranked)
                for place in range(first, min(first + count, len(found)))
            ]
            counted = {name: _counted(found.groups(name)) for name in chosen}
        return Found(len(found), hits, counted, language.hints)

    def _hit(self, one: Any, words: Sequence[str], ranked: bool) -> Hit:
        held = one.fields()
        label, attachment, snippet, place = excerpt(
            json.loads(zlib.decompress(held["PLAIN"])), words, self.asked
        )
        return Hit(
            **held["SHOWN"],
            # Whoosh sorts upwards: it gives the worth below zero.
            score=round(-float(one.score[0]), 3) if ranked else 0.0,
            field=label,
            attachment=attachment,
            snippet=snippet,
            hit=place,
        )

    def related(self, identifier: str, count: int = 10) -> list[tuple[float, Hit, str]]:
        """Public papers on the same matter, best first, each with why: named by one another, nearly the same, or like words."""
        paper = self.papers[identifier]
        with self._index.searcher() as searcher:
            terms = searcher.key_terms_from_text(
                "TOPIC", topic(paper), numterms=RELATED_TERMS, normalize=True
            )
            asked = query.Or([query.Term("TOPIC", term, boost=weight) for term, weight in terms])
            mine = query.Or([query.Term("id", identifier), query.Term("publication", WAITING)])
            scores = (
                {one["SHOWN"]["id"]: one for one in searcher.search(asked, limit=200, mask=mine)}
                if terms
                else {}
            )
            top = max((one.score for one in scores.values()), default=1.0)
            sketches = self._sketches(searcher)
            own = alike.opened(sketches.get(identifier, b""))
            some = set(own)
            worth: dict[str, tuple[float, str]] = {
                name: (one.score / top, "用词相近") for name, one in scores.items()
            }
            for name, packed in sketches.items():
                other = alike.opened(packed)
                if name == identifier or 10 * len(some.intersection(other)) < len(other):
                    continue
                if (likeness := alike.alike(own, other)) >= 0.2:
                    worth[name] = (
                        worth.get(name, (0.0, ""))[0] + 1 + likeness,
                        f"文字有 {likeness:.0%} 相同",
                    )
            shelf = {one.id: one for one in self.papers.values() if one.public}
            for name in paper.neighbours & shelf.keys():
                # A body that every paper names says little of this one.
                worth[name] = (
                    worth.get(name, (0.0, ""))[0] + 3 / len(shelf[name].neighbours) ** 0.5,
                    "互相引用",
                )
            best = sorted(
                ((value, name, why) for name, (value, why) in worth.items() if name in shelf),
                key=lambda one: (-one[0], one[1]),
            )
        return [(round(value, 3), Hit(**shown(shelf[name])), why) for value, name, why in best[:count]]

    def repetitions(
        self, threshold: float = alike.THRESHOLD, every: bool = False
    ) -> list[tuple[float, Hit, Hit]]:
        """Papers that nearly repeat each other, most alike first; not those that name each other, unless `every`."""
        with self._index.searcher() as searcher:
            pairs = alike.repetitions(self._sketches(searcher), threshold)
        held = self.papers
        return [
            (likeness, Hit(**shown(held[one])), Hit(**shown(held[other])))
            for likeness, one, other in pairs
            if every or (other not in held[one].neighbours and one not in held[other].neighbours)
        ]

    def _sketches(self, searcher: Any) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for reader, _ in searcher.reader().leaf_readers():
            column = reader.column_reader("SKETCH")
            for number in range(reader.doc_count_all()):
                if not reader.is_deleted(number):
                    found[reader.stored_fields(number)["SHOWN"]["id"]] = column[number]
        return found


def shown(paper: Paper) -> dict[str, Any]:
    """What is shown of a paper, as the fields of `Hit`."""

    def words(name: str) -> str:
        return "、".join(paper.words.get(name, ()))

    return {
        "id": paper.id,
        "title": paper.title,
        "number": paper.number,
        "address": paper.address,
        "path": paper.path,
        "date": paper.date,
        "type": words("type"),
        "column": paper.column,
        "organ": words("organ"),
        "validity": words("validity"),
        "public": paper.public,
        "sample": paper.sample,
        "caution": paper.caution,
    }


def _order(name: str) -> Any:
    newest = sorting.FieldFacet("WHEN", reverse=True)
    return {"worth": [sorting.ScoreFacet(), newest], "date": newest, "oldest": sorting.FieldFacet("WHEN")}[
        name
    ]


def _group_names(language: Language, name: str) -> list[str]:
    return [one.name for one in language.fields_called(name) if one.family is Family.WORD]


def _counted(groups: Mapping[Any, int]) -> dict[str, int]:
    """Counts by word, the most first; papers without a word are not counted."""
    named = [(str(word), count) for word, count in groups.items() if word not in (None, "")]
    return dict(sorted(named, key=lambda one: (-one[1], one[0])))


def excerpt(
    sections: Sequence[Sequence[str]], words: Sequence[str], asked: Mapping[str, Asked]
) -> tuple[str, str, str, tuple[int, int]]:
    """Label of the field, name of the attachment, the text around the first hit, and where in it the hit stands.

    The body comes first; what is shown anyway (title, number) last.
    """
    ordered = sorted(sections, key=lambda one: (asked[one[0]].weight >= 6, one[0] != "text"))
    for word in words:
        for name, text, attachment in ordered:
            start, end = locate(text, word)
            if end:
                before, after = max(0, start - AROUND), min(len(text), end + AROUND)
                lead, trail = ("…" if before else ""), ("…" if after < len(text) else "")
                snippet = lead + text[before:after].replace("\n", " ") + trail
                place = (start - before + len(lead), end - before + len(lead))
                return asked[name].labels[0], attachment, snippet, place
    return "", "", "", (0, 0)


PIECE = 4096


def locate(text: str, word: str) -> tuple[int, int]:
    """Where in a text a folded word stands, as (start, end); (0, 0) when it does not."""
    place = analyse.fold(text).find(word)
    if place < 0 or not word:
        return 0, 0
    return _unfolded(text, place + 1) - 1, _unfolded(text, place + len(word))


def _unfolded(text: str, count: int) -> int:
    """How many characters it takes until so many letters have been folded."""
    passed = 0
    for start in range(0, len(text), PIECE):
        piece = text[start : start + PIECE]
        letters_in = len(analyse.fold(piece))
        if passed + letters_in >= count:
            for place, character in enumerate(piece, start + 1):
                passed += len(analyse.fold(character))
                if passed >= count:
                    return place
        passed += letters_in
    return len(text)
