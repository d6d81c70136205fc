"""The public papers for another search engine: OpenSearch's `_bulk` lines, and the mapping they need. Pure but for texts.

`mapping(asked)` is the body of `PUT /INDEX`. `bulk(...)` gives files of at most PORTION bytes, each a body of
`POST /_bulk`: two lines for each paper, the action and the document, UTF-8, one JSON object a line, each line ended.

A document:

    id, title, number, index_number, url, summary, body        text as written
    attachments     [{name, text}]
    type, column, organ, validity, published_year              words to group by (columns with all above them)
    published_at, document_date                                dates, as precisely as known
    sample, notice                                             whether it is for show; what must be said of it
    letters         {title, number, index_number}: folded by the portal's own analyser, for a title or number typed whole
    words, days, figures, texts                                the further fields of its type, by name; money in 元

The `_id` of a document is the record's identifier: loading the same export twice changes nothing. An export holds what
is public at its moment, the whole of it; load it into a new index and turn the alias, then nothing stays that was
withdrawn. Chinese is analysed by `cjk`, the bigram analyser that comes with OpenSearch and Elasticsearch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from govportal.kinds.date import iso_moment
from govportal.papers import FIXED, Asked, Family, Paper
from govportal.products.search import analyse

PORTION = 32 << 20
"""OpenSearch refuses a request of more than 100 MB; smaller ones are easier on its memory."""
DATE = {"type": "date", "format": "yyyy-MM-dd'T'HH:mmXXX||strict_date||strict_year_month||strict_year"}
WORD = {"type": "keyword", "ignore_above": 1024}
TEXT = {"type": "text", "analyzer": "cjk"}
FIGURE = {"type": "double"}
NUMBERS = ("number", "index_number")
FIXED_WORDS = ("type", "column", "organ", "validity", "published_year")
FIXED_DAYS = ("published_at", "document_date")


def _further(asked: Mapping[str, Asked], family: Family) -> list[str]:
    fixed = {one.name for one in FIXED}
    return [name for name, one in asked.items() if one.family is family and name not in fixed]


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"dynamic": "strict", "properties": dict(fields)}


def mapping(asked: Mapping[str, Asked]) -> dict[str, Any]:
    """Settings and mappings of the index; a field that is not in it would be refused."""
    number = {**WORD, "fields": {"text": TEXT}}
    properties = {
        "id": WORD,
        "title": {**TEXT, "fields": {"word": WORD}},
        "number": number,
        "index_number": number,
        "url": {**WORD, "index": False},
        "summary": TEXT,
        "body": TEXT,
        "attachments": _object({"name": TEXT, "text": TEXT}),
        **dict.fromkeys(FIXED_WORDS, WORD),
        **dict.fromkeys(FIXED_DAYS, DATE),
        "sample": {"type": "boolean"},
        "notice": {**WORD, "index": False},
        "letters": _object(dict.fromkeys(("title", *NUMBERS), WORD)),
        "words": _object(dict.fromkeys(_further(asked, Family.WORD), WORD)),
        "days": _object(dict.fromkeys(_further(asked, Family.DAY), DATE)),
        "figures": _object(dict.fromkeys(_further(asked, Family.FIGURE), FIGURE)),
        "texts": _object(dict.fromkeys(_further(asked, Family.TEXT), TEXT)),
    }
    return {
        "settings": {"index": {"number_of_shards": 1}},
        "mappings": {"dynamic": "strict", "properties": properties},
    }


def document(
    paper: Paper, asked: Mapping[str, Asked], root: str, banner: str, content: Path, kept: Path
) -> dict[str, Any]:
    """What the other engine is told of a paper; fields that it does not have are left out."""
    days = {name: [iso_moment(day) for day in values] for name, values in paper.days.items()}
    named = {"title": paper.title, **{name: paper.texts[name] for name in NUMBERS if name in paper.texts}}
    whole = {
        "id": paper.id,
        **named,
        "url": root + paper.address,
        "summary": paper.summary,
        "body": paper.body_text(content),
        "attachments": [{"name": name, "text": text} for name, text in paper.attachment_texts(content, kept)],
        **{name: list(paper.words.get(name, ())) for name in FIXED_WORDS},
        **{name: days.get(name, []) for name in FIXED_DAYS},
        "sample": paper.sample,
        "notice": "；".join(dict.fromkeys(one for one in (banner, paper.caution) if one)),
        "letters": {name: analyse.fold(text) for name, text in named.items()},
        "words": {
            name: list(paper.words[name]) for name in _further(asked, Family.WORD) if name in paper.words
        },
        "days": {name: days[name] for name in _further(asked, Family.DAY) if name in days},
        "figures": {
            name: [float(one) for one in paper.figures[name]]
            for name in _further(asked, Family.FIGURE)
            if name in paper.figures
        },
        "texts": {name: paper.texts[name] for name in _further(asked, Family.TEXT) if name in paper.texts},
    }
    return {name: value for name, value in whole.items() if value not in ("", [], {})}


def lines(papers: Iterable[Paper], index: str, documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The two lines of each paper."""
    for paper, told in zip(papers, documents, strict=True):
        action = {"index": {"_index": index, "_id": paper.id}}
        yield f"{_json(action)}\n{_json(told)}\n".encode()


def portions(pairs: Iterable[bytes], most: int = PORTION) -> Iterator[bytes]:
    """The lines as bodies of requests."""
    held: list[bytes] = []
    size = 0
    for pair in pairs:
        if held and size + len(pair) > most:
            yield b"".join(held)
            held, size = [], 0
        held.append(pair)
        size += len(pair)
    if held:
        yield b"".join(held)


def bulk(
    papers: Iterable[Paper],
    asked: Mapping[str, Asked],
    index: str,
    root: str,
    banner: str,
    content: Path,
    kept: Path,
) -> Iterator[bytes]:
    """The public papers as bodies of `POST /_bulk`, in the order of their identifiers."""
    public = sorted((paper for paper in papers if paper.public), key=lambda paper: paper.id)
    told = (document(paper, asked, root, banner, content, kept) for paper in public)
    return portions(lines(public, index, told))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
