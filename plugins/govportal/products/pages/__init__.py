"""Pages: every HTML page that depends on records, as plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from govportal.plans import Group, Plan
from govportal.products.charts import STYLE as CHART_STYLE
from govportal.products.context import Context
from govportal.products.pages.editions import edition_pages
from govportal.products.pages.front import front_pages
from govportal.products.pages.gathered import gathered_pages
from govportal.products.pages.lists import column_pages
from govportal.products.pages.measures import measure_pages
from govportal.products.pages.organs import organ_pages
from govportal.products.pages.records import record_pages
from govportal.products.pages.register import register_pages
from govportal.products.pages.statutory import statutory_pages
from govportal.products.pages.vanished import alias_pages, tombstone_pages, withdrawal_pages
from govportal.products.structured import description, shared, structured_page


def plan_pages(context: Context) -> Iterator[Group]:
    """Every page of the site but the structural ones, each with what it says to machines."""
    for group in _groups(context):
        yield replace(group, plans=partial(_told, context, group.plans))


def _told(context: Context, plans: Callable[[], Iterable[Plan]]) -> Iterator[Plan]:
    for plan in plans():
        if plan.make == "page":
            told: dict[str, Any] = {
                "structured": structured_page(context, plan),
                "shared": shared(context, plan),
                "words": description(context, plan),
            }
            if plan.view.get("charts"):
                told["styles"] = [context.href(CHART_STYLE)]
            yield replace(plan, view=plan.view | told)
        else:
            yield plan


def _groups(context: Context) -> Iterator[Group]:
    yield Group("front", b"", lambda: front_pages(context))
    yield from column_pages(context)
    yield from record_pages(context)
    yield from edition_pages(context)
    yield from gathered_pages(context)
    yield from measure_pages(context)
    yield from organ_pages(context)
    yield from statutory_pages(context)
    yield from register_pages(context)
    vanished = (alias_pages, tombstone_pages, withdrawal_pages)
    yield Group("vanished", b"", lambda: chain.from_iterable(one(context) for one in vanished))


__all__ = ["Context", "plan_pages"]
