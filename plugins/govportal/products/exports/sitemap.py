"""The site map of the sitemaps.org protocol: `sitemap.xml` is an index of the files `sitemap-N.xml`.

A file names at most 50,000 pages in at most 10 MB, the lower of the limits of the search engines in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from govportal.plans import Plan

Entry = tuple[str, str]
"""The whole address of a page and the day on which it last changed, or ''."""
PAGES = 50_000
BYTES = 10_000_000
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_AROUND = 200
"""More than the bytes of what stands around the entries of a file."""


def pieces(entries: Iterable[Entry], pages: int = PAGES, size: int = BYTES) -> Iterator[list[Entry]]:
    """The entries cut into files; at least one, which may be empty."""
    piece: list[Entry] = []
    held = _AROUND
    for entry in entries:
        taken = len(_line("url", entry).encode()) + 1
        if piece and (len(piece) == pages or held + taken > size):
            yield piece
            piece, held = [], _AROUND
        piece.append(entry)
        held += taken
    yield piece


def _line(element: str, entry: Entry) -> str:
    address, day = entry
    modified = f"<lastmod>{escape(day)}</lastmod>" if day else ""
    return f"<{element}><loc>{escape(address)}</loc>{modified}</{element}>"


def _document(root: str, element: str, entries: Iterable[Entry]) -> bytes:
    lines = [_DECLARATION, f'<{root} xmlns="{_SPACE}">', *(_line(element, one) for one in entries)]
    return ("\n".join([*lines, f"</{root}>"]) + "\n").encode()


def write_sitemap(plan: Plan) -> bytes:
    """One file of pages."""
    return _document("urlset", "url", plan.view["pages"])


def write_sitemap_index(plan: Plan) -> bytes:
    """The files of pages."""
    return _document("sitemapindex", "sitemap", plan.view["files"])
