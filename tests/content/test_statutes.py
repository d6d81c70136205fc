"""The tables of statutory grounds: word for word from the laws that ship, and never without saying what they are not."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from govportal.han import article_anchor
from govportal.types.statute_articles import NATURE
from support.pages import Page, Whole, front_matter

FOLDERS = {"penalties": ("statute-penalties", 692), "licences": ("statute-licences", 131)}
NOT_OFFICIAL = "不是官方权责清单"


def plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


@pytest.fixture(scope="module")
def laws(whole: Whole) -> dict[str, str]:
    """The text of every law that ships, by its identifier."""
    found = {}
    for path in (whole.content / "policies").rglob("*.md"):
        found[front_matter(path)["id"]] = plain(path.read_text(encoding="utf-8").split("\n---\n", 1)[1])
    return found


def files(whole: Whole, folder: str) -> list[dict[str, Any]]:
    return [front_matter(path) for path in sorted((whole.content / "statute-articles" / folder).glob("*.yml"))]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_stands_word_for_word_in_the_law_that_ships(whole: Whole, laws: dict[str, str], folder: str) -> None:
    rows = 0
    for record in files(whole, folder):
        text = laws[record["law"]]
        for row in record["rows"]:
            rows += 1
            assert plain(row["text"]) in text, (record["id"], row["code"])
            assert article_anchor(row["article"]), row
    assert rows == FOLDERS[folder][1]


def pages(whole: Whole, folder: str) -> list[Page]:
    column, _ = FOLDERS[folder]
    path = whole.columns[column]["path"]
    return [page for page in whole.pages if page.path.startswith((f"statute-articles/{folder}/", f"{path}/"))]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_says_that_it_is_no_official_list(whole: Whole, folder: str) -> None:
    found = pages(whole, folder)
    assert len(found) > 45
    assert [page.path for page in found if NOT_OFFICIAL not in page.text] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_download_and_feed_says_it_too(whole: Whole, folder: str) -> None:
    column, _ = FOLDERS[folder]
    said = []
    for path in (whole.site / "statute-articles" / folder).rglob("*.*"):
        if path.suffix == ".csv":
            rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
            said.append(all(NATURE in row["声明"] for row in rows))
        elif path.suffix == ".json":
            said.append(NATURE in json.loads(path.read_text(encoding="utf-8"))["notice"])
    assert len(said) == 2 * len(files(whole, folder)) and all(said)
    together = whole.site / whole.columns[column]["path"]
    assert NATURE in json.loads((together / "rows.json").read_text(encoding="utf-8"))["notice"]
    rows = list(csv.DictReader(io.StringIO((together / "rows.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == FOLDERS[folder][1] and all(NATURE in row["声明"] for row in rows)
    for form, summary in (("rss", "description"), ("atom", "{http://www.w3.org/2005/Atom}summary")):
        tree = ElementTree.parse(whole.site / f"feeds/{column}.{form}.xml")
        entries = [one.findtext(summary) or "" for one in tree.iter() if one.tag.endswith(("item", "entry"))]
        assert entries and all(NOT_OFFICIAL in one for one in entries)
    catalogue = json.loads((whole.site / f"data/columns/{column}.json").read_text(encoding="utf-8"))
    assert all("非官方权责清单" in one["title"] for one in catalogue["records"])
    data = json.loads((whole.site / "data/statute_articles.json").read_text(encoding="utf-8"))
    assert all(one["nature"] == NATURE for one in data["records"])


def test_a_row_leads_to_its_article_in_the_law_and_the_law_back(whole: Whole) -> None:
    by_path = {page.path: page for page in whole.pages}
    links = 0
    for page in pages(whole, "penalties"):
        for link in page.html.xpath("//tbody//a[contains(@href, '#article-')]/@href"):
            path, _, anchor = link.partition("#")
            assert by_path[path[1:]].html.xpath(f"//*[@id='{anchor}']"), link
            links += 1
    assert links >= 2 * 692
    law = next(page for page in whole.pages if page.source and page.source["id"] == files(whole, "penalties")[0]["law"])
    assert any("/statute-articles/penalties/" in link for link in law.html.xpath("//a/@href"))
