"""The register of normative documents: the whole of it, the two standing catalogues, and one for every past quarter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from govportal.han import long_date
from govportal.kinds.base import Part
from govportal.plans import Group, Plan
from govportal.products.context import Context
from govportal.products.registering import TITLES, Catalogue, catalogues, heads, notice_of, rows, signature
from govportal.register import NO_LONGER, WHOLE, Quarter, in_quarter, past_quarters, quarter_of


def register_pages(context: Context) -> Iterator[Group]:
    """A page for every catalogue; none where no column holds the register."""
    for catalogue in catalogues(context):
        key = signature(context, catalogue) + repr(_first(context)).encode()
        yield Group(f"register/{catalogue.name}", key, partial(_page, context, catalogue))


def register_links(context: Context) -> list[Part]:
    """The way to the register from its column: the whole, the two standing catalogues, and the newest quarter."""
    site = context.site
    newest = past_quarters(site.registered, site.today)[:1]
    named = TITLES | {quarter.name: f"{quarter.title}登记目录" for quarter in newest}
    return [
        {"text": title, "href": context.href(site.register_addresses[name])} for name, title in named.items()
    ]


def entry_of(context: Context, record: Any) -> Part | None:
    """Where the register lists a record: the catalogue of its quarter when that is over, else the whole register."""
    site = context.site
    if record.registration is None or site.register_column is None:
        return None
    quarter = quarter_of(record)
    over = quarter.ends < site.today
    name, title = (quarter.name, f"{quarter.title}登记目录") if over else (WHOLE, TITLES[WHOLE])
    return {"text": title, "href": context.href(site.register_addresses[name])}


def _first(context: Context) -> Quarter | None:
    register = context.site.registered
    return quarter_of(register[0]) if register else None


def _page(context: Context, catalogue: Catalogue) -> Iterator[Plan]:
    site = context.site
    column = site.register_column
    assert column is not None
    address = site.register_addresses[catalogue.name]
    quarter = catalogue.quarter
    view = {
        "title": catalogue.title,
        "text": notice_of(catalogue),
        "table": {
            "id": "catalogue",
            "caption": catalogue.title,
            "columns": [
                {
                    "label": label,
                    "numeric": False,
                    "headline": name == "title",
                    "long": name in ("title", "ground"),
                }
                for name, label in _columns(catalogue)
            ],
            "rows": [
                {"id": f"row-{place}", "cells": _folded(catalogue, line)}
                for place, line in enumerate(rows(context, catalogue), 1)
            ],
            "total": None,
            "downloads": _downloads(context, address),
        },
        "downloads": _downloads(context, address),
        # A quarter's page never changes, so it leads back and to the whole register, and not to what comes after it.
        "signed": [site.portal.settings.sponsor, long_date(quarter.next.begins)] if quarter else [],
        "void": _void(context) if catalogue.name == WHOLE else [],
        "quarters": _quarters(context) if catalogue.name == WHOLE else [],
        "standing": _standing(context, catalogue),
        "canonical": context.whole(address),
        "head_meta": [],
        "scripts": [],
    }
    yield Plan(address[1:], "page", view, "pages/register.html", column.id)


def _columns(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The columns of a page, name and label: fewer than in its files, so that they fit."""
    left_out = {"registered_on", "ended_on"}
    if catalogue.quarter is None:
        left_out.add("document_date")
    if catalogue.name == NO_LONGER:
        left_out.add("valid_until")
    return [(name, label) for name, label in heads(catalogue) if name not in left_out]


def _folded(catalogue: Catalogue, line: list[list[Part]]) -> list[list[Part]]:
    """A line with the day of registration behind its number, and the day of its end behind its state."""
    named = dict(zip((name for name, _ in heads(catalogue)), line, strict=True))
    for day, name in (("registered_on", "registration_number"), ("ended_on", "validity")):
        for part in named.get(day, ()):
            named[name] = [*named[name], part | {"text": f"（{part['text']}）", "joined": True}]
    return [named[name] for name, _ in _columns(catalogue)]


def _downloads(context: Context, address: str) -> list[Part]:
    if "exports" not in context.switches:
        return []
    stem = address.removesuffix(".html")
    return [
        {"text": f"下载 {form}", "href": context.href(f"{stem}.{form.lower()}")} for form in ("CSV", "JSON")
    ]


def _standing(context: Context, catalogue: Catalogue) -> list[Part]:
    """The other catalogues that a page leads to: the standing ones, and from a quarter the one before it."""
    addresses = context.site.register_addresses
    links: list[Part] = [
        {"text": title, "href": context.href(addresses[name])}
        for name, title in TITLES.items()
        if name != catalogue.name
    ]
    first = _first(context)
    if catalogue.quarter and first and catalogue.quarter > first:
        before = catalogue.quarter.before
        links.append(
            {"text": f"上一季度：{before.title}登记目录", "href": context.href(addresses[before.name])}
        )
    return links


def _void(context: Context) -> list[list[Part]]:
    """The numbers that were given up, each with the reason."""
    found = [pair for record in context.site.registered for pair in record.registration.void]
    return [[{"text": number}, {"text": reason}] for number, reason in found]


def _quarters(context: Context) -> list[dict[str, Any]]:
    """The catalogues of all past quarters by year, newest first, each with its count."""
    site = context.site
    quarters = past_quarters(site.registered, site.today)
    return [
        {
            "year": f"{year}年",
            "links": [
                {
                    "text": quarter.title.removeprefix(f"{year}年"),
                    "href": context.href(site.register_addresses[quarter.name]),
                    "count": len(in_quarter(site.registered, quarter)),
                }
                for quarter in inside
            ],
        }
        for year, inside in groupby(quarters, key=lambda quarter: quarter.year)
    ]
