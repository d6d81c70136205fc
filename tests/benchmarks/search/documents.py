"""Documents to search, made from real texts, and queries with what they should find.

The texts are those of `make_corpus.py`, with titles as various as those of an office: what the first article is about
and one of the usual kinds, and numbers of some thirty issuers. Same arguments and same sources: the same documents.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import make_corpus

from govportal.kinds.prose import plain_text, render
from govportal.products.search.analyse import fold

KINDS = ("通知", "办法", "意见", "实施细则", "工作方案", "公告", "若干措施", "管理规定")
ISSUERS = (
    "办发 政办 政规 财发 财规 教发 卫发 民发 人社 自然 环发 住建 交发 水发 农发 商发 文旅 应急 审发 市监 统发 医保 信访 林草 "
    "城管 数据 税发 公发 司发 发改"
)
SENTENCE = re.compile(r"[^，。；：、（）《》“”0-9A-Za-z\s|#*]{6,22}")


@dataclass(frozen=True)
class Document:
    """One document as a list of results shows it, its body in Markdown."""

    id: str
    title: str
    number: str
    column: str
    organ: str
    date: str
    body: str

    @property
    def html(self) -> str:
        """The body as it is published."""
        return render(self.body).html

    @property
    def text(self) -> str:
        """The words of the body."""
        return plain_text(self.html)


def documents(count: int, source: Path) -> Iterator[Document]:
    """So many documents."""
    for place, made in enumerate(make_corpus.make(count, source)):
        chance = random.Random(f"documents/{place}")
        subjects = SENTENCE.findall(made.body) or ["有关事项"]
        subject = chance.choice(subjects[:12])
        year = int(str(made.fields["issued_on"])[:4])
        yield Document(
            made.name,
            f"示例：关于{subject}的{chance.choice(KINDS)}",
            f"示例{chance.choice(ISSUERS.split())}〔{year}〕{chance.randrange(1, 90)}号",
            make_corpus.TOPICS[place % make_corpus.COLUMNS],
            f"示例{chance.choice('区县市')}{chance.choice('财教卫民水商')}局",
            str(made.fields["published_at"])[:10],
            made.body,
        )


def write(found: Sequence[Document], path: Path) -> None:
    """The documents, one a line."""
    path.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), "utf-8")


def read(path: Path) -> list[Document]:
    """Documents that were written."""
    return [Document(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def page(one: Document) -> str:
    """A document as a page that Pagefind indexes."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(one.title)}</title></head><body>'
        f"<main data-pagefind-body><h1>{escape(one.title)}</h1><p>{escape(one.number)}</p>"
        f'<p data-pagefind-ignore data-pagefind-filter="column">{escape(one.column)}</p>'
        f"{one.html}</main></body></html>"
    )


@dataclass(frozen=True)
class Query:
    """What is typed, of which sort it is, and which documents have it, as substring truth says."""

    text: str
    sort: str
    truth: frozenset[str]


SORTS = {"word": 60, "compound": 40, "crossing": 25, "phrase": 25, "title": 20, "number": 20, "mixed": 10}
"""How many queries of each sort."""


class Truth:
    """What a query finds, by looking for it in every document."""

    def __init__(self, found: Sequence[Document]) -> None:
        self.ids = [one.id for one in found]
        self.fields = [tuple(map(fold, (one.title, one.number, one.text))) for one in found]

    def find(self, query: str) -> frozenset[str]:
        """The documents in which every word of the query stands in some field."""
        words = [folded for folded in map(fold, query.split()) if folded]
        return frozenset(
            one
            for one, fields in zip(self.ids, self.fields, strict=True)
            if all(any(word in field for field in fields) for word in words)
        )


def queries(found: Sequence[Document], truth: Truth) -> list[Query]:
    """Queries drawn from the documents themselves, so that each finds something."""
    chance = random.Random("queries")
    made: dict[str, Query] = {}
    places = list(range(len(found)))
    for sort, count in SORTS.items():
        got = 0
        while got < count:
            place = chance.choice(places)
            text = _query(sort, found[place], truth.fields[place][2], chance)
            if not text or text in made:
                continue
            hits = truth.find(text)
            if sort in ("title", "number"):
                at = 0 if sort == "title" else 1
                wanted = fold(text)
                hits = frozenset(
                    one for one, fields in zip(truth.ids, truth.fields, strict=True) if fields[at] == wanted
                )
            made[text] = Query(text, sort, hits)
            got += 1
    return list(made.values())


CHINESE = re.compile("[\u4e00-\u9fff]{2,}")


def _query(sort: str, one: Document, body: str, chance: random.Random) -> str:
    if sort == "title":
        return one.title
    if sort == "number":
        return one.number
    if sort == "mixed":
        found = [hit.group() for hit in re.finditer(r"[\u4e00-\u9fff]{1,3}[0-9A-Za-z]+[\u4e00-\u9fff]{1,3}", one.text)]
        return chance.choice(found) if found else ""
    runs = CHINESE.findall(one.text)
    if sort == "crossing":
        start = chance.randrange(max(1, len(body) - 12))
        return body[start : start + chance.randrange(3, 9)]
    length = {"word": 2, "compound": 4, "phrase": 9}[sort]
    fit = [run for run in runs if len(run) >= length]
    if not fit:
        return ""
    run = chance.choice(fit)
    # Words begin where clauses begin, more often than not.
    start = 0 if len(run) == length or chance.random() < 0.7 else chance.randrange(len(run) - length)
    return run[start : start + length]
