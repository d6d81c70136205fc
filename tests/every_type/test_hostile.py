"""Hostile words in every field of words, of every type, stay words: in the page, the list, feeds, search, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from typing import Any

import feedparser
import lxml.html
import pytest
import yaml

from govportal.kinds import Many, Text
from govportal.kinds.base import Kind
from govportal.kinds.rows import Group, Rows
from govportal.model import Record, columns
from govportal.products.feeds.plan import LEAST
from govportal.registry import find_types
from govportal.source import split
from support.published import search_text
from support.specification import Example, first_file, lay
from support.town import Built, Town

TYPES = find_types()
every_type = pytest.mark.parametrize("declared", TYPES, ids=lambda one: one.type.name)
HOSTILE = "=1+1 x 1 < 2 & 3 > 2 \"双引号\" '单引号' &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% raw %} @@govportal:main@@ \\u003c ]]> onclick=x"

KEPT = {"measures"}
"""The numbers of the plan's measures, which rules look for."""


def spoilt(kind: Kind, value: Any) -> Any:
    """The same value with hostile words wherever free words may stand."""
    if isinstance(kind, Many):
        return [spoilt(kind.kind, one) for one in value] if isinstance(value, list) else spoilt(kind.kind, value)
    if isinstance(kind, Rows):
        return [spoilt(Group(kind.label, kind.of), one) for one in value]
    if isinstance(kind, Group):
        inner = {one.name: one.kind for one in columns(kind.of)}
        return {name: spoilt(inner[name], one) for name, one in value.items()}
    return f"{value} {HOSTILE}" if type(kind) is Text and kind.limit >= len(HOSTILE) + len(value) + 1 else value


def hostile_file(declared: type[Record]) -> tuple[Example, dict[str, Any]]:
    """The first file of a type with every field spoilt, and what was written."""
    first = first_file(declared)
    page, _ = split("a.md", first.text) if declared.type.suffix == ".md" else (None, [])
    front = yaml.load(page.front if page else first.text, yaml.BaseLoader)
    kinds = {one.name: one.kind for one in columns(declared)}
    written = {name: value if name in KEPT else spoilt(kinds[name], value) for name, value in front.items()}
    text = yaml.safe_dump(written, allow_unicode=True, default_style='"', width=10**6, sort_keys=False)
    return replace(first, text=f"---\n{text}---\n{page.body}" if page else text), written


@dataclass
class Published:
    built: Built
    written: dict[str, dict[str, Any]]
    records: dict[str, Any]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    town = Town(tmp_path_factory.mktemp("hostile"))
    town.remove("organs/office.md")
    written = {}
    for declared in TYPES:
        lay(town, first_file(declared))
        example, written[declared.type.name] = hostile_file(declared)
        town.write(example.path, example.text)
    built = town.build()
    assert built.ok and built.loaded.site is not None, [line for line in built.lines if "错误" in line]
    return Published(built, written, {record.type.name: record for record in built.loaded.site.records})


def address(published: Published, name: str) -> str:
    assert published.built.loaded.site is not None
    return str(published.built.loaded.site.addresses[published.records[name].id])


@every_type
def test_its_page_shows_the_words_and_nothing_comes_of_them(declared: type[Record], published: Published) -> None:
    name = declared.type.name
    data = published.built.files[address(published, name)[1:]]
    page = lxml.html.document_fromstring(data)
    title = published.written[name]["title"]
    assert page.xpath("//h1")[0].text_content().startswith(title)
    assert page.xpath("//meta[@name='ArticleTitle']/@content") == [title]
    assert page.xpath("//@*[starts-with(name(), 'on')]") == [] and page.xpath("//script[not(@src)][not(@type='application/ld+json')]") == []
    assert b"<script>" not in data
    record = published.records[name]
    shown = "".join(page.text_content().split())
    for one in columns(declared):
        value = getattr(record, one.name)
        if isinstance(value, str) and HOSTILE in value and ("head" in one.uses or "section" in one.uses):
            assert "".join(value.split()) in shown, one.name


@every_type
def test_lists_feeds_and_search_show_the_same_words(declared: type[Record], published: Published) -> None:
    name, record = declared.type.name, published.records[declared.type.name]
    title = published.written[name]["title"]
    files = published.built.files
    column = published.built.loaded.site.columns[record.column]  # type: ignore[union-attr]
    pages = [path for path in files if re.fullmatch(re.escape(column.path) + r"/(?:index|page-\d+)\.html", path)]
    links = [link for path in pages for link in lxml.html.document_fromstring(files[path]).xpath(f"//main//a[@href='{address(published, name)}']")]
    assert title in [link.text_content() for link in links]
    for form in ("rss", "atom"):
        feed = feedparser.parse(files[f"feeds/all.{form}.xml"], sanitize_html=False)
        assert not feed["bozo"]
        entries = [one for one in feed["entries"] if one["id"].endswith(f":record/{record.id}")]
        # A feed lets entries beyond its least number go when they are old.
        assert [one["title"] for one in entries] == [title] or (not entries and len(feed["entries"]) >= LEAST)
    entry, text = search_text(files)[record.id]
    assert entry.title == title and "<" in entry.title and text


@every_type
def test_its_data_hold_what_was_written_and_no_formula(declared: type[Record], published: Published) -> None:
    name, record = declared.type.name, published.records[declared.type.name]
    exported = next(one for one in json.loads(published.built.files[f"data/{name}.json"])["records"] if one["id"] == record.id)
    written = published.written[name]
    for one in columns(declared):
        if one.name in written and not one.uses.get("private") and isinstance(written[one.name], str) and type(one.kind) is Text:
            assert exported[one.name] == " ".join(written[one.name].split("\n")) if not one.kind.lines else written[one.name].strip()
    for row in csv.reader(io.StringIO(published.built.files[f"data/{name}.csv"].decode("utf-8-sig"))):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@")]
