"""A feed's view to bytes: feedgen behind one wrapper that keeps its known faults away.

feedgen puts new entries first, stamps the time of writing as lastBuildDate, lets the last channel link win, and writes
an unordered head; so entries are appended, every date is given, the alternate link is set last, and the generator
element is left out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from govportal.plans import Plan


def _generator(view: dict[str, Any]) -> Any:
    """A feedgen feed with the head and the entries of a view."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.id(view["id"])
    feed.title(view["title"])
    feed.subtitle(view["description"])
    feed.description(view["description"])
    feed.language("zh-CN")
    feed.author({"name": view["author"]})
    feed.updated(datetime.fromisoformat(view["updated"]))
    feed.lastBuildDate(datetime.fromisoformat(view["updated"]))
    feed.generator("")
    for one in view["entries"]:
        entry = feed.add_entry(order="append")
        entry.id(one["id"])
        entry.guid(one["id"], permalink=False)
        entry.title(one["title"])
        entry.link(href=one["link"], rel="alternate")
        entry.published(datetime.fromisoformat(one["published"]))
        entry.updated(datetime.fromisoformat(one["updated"]))
        entry.summary(one["summary"])
        entry.author({"name": one["author"]})
        entry.category({"term": one["category"]})
        for state in one["states"]:
            entry.category({"term": state, "scheme": one["scheme"], "label": f"状态：{state}"})
    return feed


def write_atom(plan: Plan) -> bytes:
    """Atom (RFC 4287)."""
    feed = _generator(plan.view)
    feed.link(href=plan.view["self"], rel="self", type="application/atom+xml")
    feed.link(href=plan.view["link"], rel="alternate", type="text/html")
    return _without_generator(feed.atom_str(pretty=True))


def write_rss(plan: Plan) -> bytes:
    """RSS 2.0 with atom:link and dc:creator."""
    feed = _generator(plan.view)
    feed.link(href=plan.view["self"], rel="self", type="application/rss+xml")
    feed.link(href=plan.view["link"], rel="alternate")
    for entry, one in zip(feed.entry(), plan.view["entries"], strict=True):
        entry.author([], replace=True)
        entry.dc.dc_creator(one["author"])
        entry.description(one["summary"])
    return _without_generator(feed.rss_str(pretty=True))


def _without_generator(data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    for element in list(root.iter("{*}generator", "{*}docs")):
        element.getparent().remove(element)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"
