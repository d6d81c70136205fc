"""Where the pages of a site lead: every internal link must end at a built file, and at an id that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html

HOST = "https://portal.example"
OUTSIDE = {f"{HOST}/{name}" for name in ("find-error", "12345", "messages", "disclosure-request", "services")}
"""The demonstration's stand-ins for platforms that are not part of the site."""


def links(page: lxml.html.HtmlElement) -> Iterator[str]:
    """Every address a page names: links, resources, forms, forwards."""
    for element in page.iter("a", "area", "link", "script", "img", "source", "form", "iframe", "video", "audio", "track", "object", "embed"):
        for name in ("href", "src", "action", "data", "poster"):
            if (value := element.get(name)) is not None:
                yield value
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield part.split()[0]
    for meta in page.xpath("//meta[@http-equiv='refresh']"):
        yield meta.get("content").partition("url=")[2]


def dead_links(files: Mapping[str, bytes], base: str = "/") -> list[str]:
    """`page -> link` for every link within the site that ends nowhere. `base` is the path under which the site stands."""
    pages = {path: lxml.html.document_fromstring(data) for path, data in files.items() if path.endswith(".html")}
    ids = {path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for link in sorted(set(links(page))):
            if link in OUTSIDE:
                continue
            address = urlsplit(urljoin(f"{HOST}{base}{path}", link))
            if address.scheme not in ("http", "https") or address.netloc != urlsplit(HOST).netloc:
                continue
            if not address.path.startswith(base):
                dead.append(f"{path} -> {link}")
                continue
            target = unquote(address.path[len(base) :])
            target = target + "index.html" if target.endswith("/") or not target else target
            fragment = unquote(address.fragment)
            if target not in files or (fragment and fragment not in ids.get(target, {fragment})):
                dead.append(f"{path} -> {link}")
    return dead
