"""Every feed of the shipped site keeps the rules of its format (RFC 4287; RSS 2.0 of the RSS Advisory Board) and ours."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from lxml import etree

from support.pages import Whole

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
RFC_822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0800")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
LEAST = 50


def address_is_ours(whole: Whole, address: str) -> bool:
    """Whether an address is absolute, in the site's domain, and leads to a built file."""
    parts = urlsplit(address)
    path = unquote(parts.path.lstrip("/"))
    return (parts.scheme, parts.netloc) == ("https", "portal.example") and (whole.site / (path + "index.html" if not path or path.endswith("/") else path)).is_file()


def one(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(name)
    assert len(found) == 1, f"{len(found)} × {name}"
    return found[0]


def text(parent: etree._Element, name: str) -> str:
    value = one(parent, name).text or ""
    assert value.strip(), f"{name} is empty"
    return value


def check_categories(entry: etree._Element, name: str, scheme: str) -> list[etree._Element]:
    """What an entry is about, once; a state is a category of the one scheme for states."""
    plain = [found for found in entry.findall(name) if found.get(scheme) is None]
    states = [found for found in entry.findall(name) if found.get(scheme) is not None]
    assert len(plain) == 1 and {found.get(scheme) for found in states} <= {"https://portal.example/feeds.html#state"}
    return plain + states


def check_atom(whole: Whole, path: Path) -> list[str]:
    """The rules of RFC 4287 that a producer can break; what is found is the ids, newest first."""
    feed = etree.fromstring(path.read_bytes())
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, f"{ATOM}id").startswith("tag:portal.example,2026-11-01:feed/")
    assert text(feed, f"{ATOM}title") and RFC_3339.fullmatch(text(feed, f"{ATOM}updated"))
    assert text(one(feed, f"{ATOM}author"), f"{ATOM}name")
    links = {(link.get("rel"), link.get("type")): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert len(links) == len(feed.findall(f"{ATOM}link")) == 2
    assert links["self", "application/atom+xml"] == f"https://portal.example/feeds/{path.name}"
    assert address_is_ours(whole, links["alternate", "text/html"])
    entries = feed.findall(f"{ATOM}entry")
    moments = []
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            text(entry, ATOM + name)
        assert text(entry, f"{ATOM}id").startswith("tag:portal.example,2026-11-01:record/")
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("rel") in (None, "alternate") and address_is_ours(whole, link.get("href"))
        published, updated = text(entry, f"{ATOM}published"), text(entry, f"{ATOM}updated")
        assert RFC_3339.fullmatch(published) and RFC_3339.fullmatch(updated) and published <= updated <= text(feed, f"{ATOM}updated")
        categories = check_categories(entry, f"{ATOM}category", "scheme")
        assert all(found.get("term") for found in categories) and text(one(entry, f"{ATOM}author"), f"{ATOM}name")
        assert one(entry, f"{ATOM}summary").get("type") in (None, "text"), "the summary is words, not markup"
        moments.append(published)
    assert moments == sorted(moments, reverse=True), "newest first"
    return [text(entry, f"{ATOM}id") for entry in entries]


def check_rss(whole: Whole, path: Path) -> list[str]:
    """The rules of RSS 2.0; what is found is the ids, newest first."""
    rss = etree.fromstring(path.read_bytes())
    assert rss.tag == "rss" and rss.get("version") == "2.0"
    channel = one(rss, "channel")
    assert text(channel, "title") and text(channel, "description") and text(channel, "language") == "zh-CN"
    assert address_is_ours(whole, text(channel, "link")), "the channel's link is the page, not the feed"
    own = one(channel, f"{ATOM}link")
    assert (own.get("rel"), own.get("type"), own.get("href")) == ("self", "application/rss+xml", f"https://portal.example/feeds/{path.name}")
    built = text(channel, "lastBuildDate")
    assert RFC_822.fullmatch(built)
    moments = []
    for item in channel.findall("item"):
        guid = one(item, "guid")
        assert guid.get("isPermaLink") == "false" and (guid.text or "").startswith("tag:portal.example,2026-11-01:record/")
        assert text(item, "title") and text(item, "description") and text(item, f"{DC}creator")
        assert address_is_ours(whole, text(item, "link"))
        assert all((found.text or "").strip() for found in check_categories(item, "category", "domain"))
        assert item.find("author") is None, "author is for an electronic mail address, and we publish none"
        published = text(item, "pubDate")
        assert RFC_822.fullmatch(published)
        moment = parsedate_to_datetime(published)
        assert moment.strftime("%a") == published[:3] and moment <= parsedate_to_datetime(built)
        moments.append(moment)
    assert moments == sorted(moments, reverse=True), "newest first"
    return [one(item, "guid").text for item in channel.findall("item")]


CHECKERS = {".atom.xml": check_atom, ".rss.xml": check_rss}


@pytest.mark.parametrize("suffix", CHECKERS)
def test_every_feed_keeps_the_rules_of_its_format(whole: Whole, suffix: str):
    for path in sorted((whole.site / "feeds").glob(f"*{suffix}")):
        data = path.read_bytes()
        assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>"), path.name
        assert not CONTROL.search(data.decode()), path.name
        ids = CHECKERS[suffix](whole, path)
        assert len(ids) == len(set(ids)), path.name


def test_every_feed_reads_without_complaint(whole: Whole):
    for path in sorted((whole.site / "feeds").glob("*.xml")):
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path.name, read.get("bozo_exception"))
        assert read.version == ("rss20" if ".rss." in path.name else "atom10")
        assert read.feed.language.lower() == "zh-cn" if ".rss." in path.name else True
        assert all(entry.title and entry.link and entry.published_parsed for entry in read.entries)


def test_both_forms_of_a_feed_hold_the_same_entries(whole: Whole):
    for column in ["all", *whole.columns]:
        folder = whole.site / "feeds"
        assert check_atom(whole, folder / f"{column}.atom.xml") == check_rss(whole, folder / f"{column}.rss.xml")


def test_a_feed_holds_the_newest_of_its_column_and_all_of_the_last_thirty_days(whole: Whole):
    inside: dict[str, set[str]] = {"all": {page.source["id"] for page in whole.records if page.source}}
    recent = {page.source["id"] for page in whole.records if page.source and page.source["published_at"][:10] > "2026-10-24"}
    for column in whole.columns:
        below = {column, *_below(whole.columns[column])}
        inside[column] = {page.source["id"] for page in whole.records
                          if page.source and below & {page.source["column"], *page.source.get("also_in", [])}}
    # The disclosure catalogue gathers all that is the district's own.
    (catalogue,) = [name for name, column in whole.columns.items() if column.get("shows") == "公开目录"]
    inside[catalogue] = {page.source["id"] for page in whole.records if page.source and page.source.get("origin", "own") == "own"}
    for column, members in inside.items():
        ids = {one.rpartition("/")[2] for one in check_atom(whole, whole.site / f"feeds/{column}.atom.xml")}
        assert ids <= members and members & recent <= ids, column
        assert len(ids) >= min(LEAST, len(members)), column


def _below(column) -> set[str]:
    return {name for child in column.get("children", []) for name in (child["id"], *_below(child))}


def test_the_date_of_an_entry_is_the_publication_date_of_its_page(whole: Whole):
    dates = {f"https://portal.example/{page.path}": page.meta("PubDate")[0] for page in whole.records}
    seen = 0
    for path in sorted((whole.site / "feeds").glob("*.xml")):
        for entry in feedparser.parse(path.read_bytes()).entries:
            moment = parsedate_to_datetime(entry.published) if ".rss." in path.name else datetime.fromisoformat(entry.published)
            assert moment.strftime("%Y-%m-%d %H:%M") == dates[entry.link], (path.name, entry.link)
            seen += 1
    assert seen > 300


def test_titles_of_entries_are_those_of_the_records(whole: Whole):
    titles = {f"https://portal.example/{page.path}": page.source["title"] for page in whole.records if page.source}
    feed = etree.parse(whole.site / "feeds/all.atom.xml")
    for entry in feed.iter(f"{ATOM}entry"):
        assert text(entry, f"{ATOM}title") == titles[entry.find(f"{ATOM}link").get("href")]
