"""Every page of a built site, read once, and what content says of it: an independent reading for tests of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import lxml.html
import yaml


def read_yaml(text: str) -> Any:
    """YAML with every scalar as the text that was written."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def front_matter(path: Path) -> dict[str, Any]:
    """The written fields of a record."""
    text = path.read_text(encoding="utf-8-sig")
    return dict(read_yaml(text.split("\n---", 1)[0].removeprefix("---\n") if path.suffix == ".md" else text))


@dataclass
class Page:
    """A built page and the record behind it, if there is one."""

    path: str
    html: lxml.html.HtmlElement
    source: dict[str, Any] | None

    def meta(self, name: str) -> list[str]:
        """The contents of the page's labels of a name."""
        return [one.get("content") or "" for one in self.html.xpath(f"/html/head/meta[@name='{name}']")]

    @cached_property
    def text(self) -> str:
        """All words of the page."""
        return str(self.html.text_content())

    def __str__(self) -> str:
        return self.path


class Whole:
    """A built project: its pages, its columns, its records."""

    def __init__(self, project: Path) -> None:
        self.project, self.site, self.content = project, project / "site", project / "content"
        self.settings = read_yaml((self.content / "_portal/site.yml").read_text(encoding="utf-8"))
        self.columns = {one["id"]: one for one in self._walk(read_yaml((self.content / "_portal/columns.yml").read_text(encoding="utf-8"))["columns"])}
        self.pages = [self._page(path) for path in sorted(self.site.rglob("*.html"))]

    def _walk(self, columns: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for column in columns:
            yield column
            yield from self._walk(column.get("children", []))

    def _page(self, path: Path) -> Page:
        name = path.relative_to(self.site).as_posix()
        sources = [self.content / (name.removesuffix(".html") + suffix) for suffix in (".md", ".yml")]
        source = next((front_matter(one) for one in sources if one.exists()), None)
        page = Page(name, lxml.html.document_fromstring(path.read_bytes()), source)
        # What stands where a record was public once is no page of that record.
        if page.html.xpath("//h1[.='此页内容已撤下']"):
            page.source = None
        return page

    @cached_property
    def _further(self) -> dict[str, dict[str, Any]]:
        """The record behind each page that shows a list through time, or another view or page of a record's table."""
        found = {}
        for record in self.records:
            stem = record.path.removesuffix(".html")
            starts = [f"{stem}-duties", f"{stem}-rows-", f"{stem}-related.html", f"{stem}/"]
            if record.source and "list" in record.source:
                starts.append(f"{record.path.partition('/')[0]}/{record.source['list']}/")
            for page in self.pages:
                if page.source is None and page.path.startswith(tuple(starts)):
                    found[page.path] = record.source or {}
        return found

    @property
    def records(self) -> list[Page]:
        """The pages of records."""
        return [page for page in self.pages if page.source is not None]

    def column_of(self, page: Page) -> dict[str, Any] | None:
        """The column a page belongs to: its record's, that of the record it forwards to, or the one whose hub or list it is."""
        if source := page.source or self._further.get(page.path):
            return self.columns[source["column"]]
        if forward := page.html.xpath("//meta[@http-equiv='refresh']/@content"):
            target = forward[0].partition("url=/")[2]
            return next((self.column_of(other) for other in self.records if other.path == target), None)
        folder = page.path.rpartition("/")[0]
        return next((column for column in self.columns.values() if column["path"] == folder), None)
