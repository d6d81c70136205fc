"""One address of every shape of page the shipped site has."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

NUMBER = "示例政办规〔2026〕3号"
NUMBERED_TITLE = "示例：示例区政务公开工作管理办法"
# Two characters from the middle of 政民互动, which the plan has as a heading and in its text.
MIDDLE = "民互"

SHAPES = {
    "home": "/",
    "hub": "/policies/",
    "hub-of-hubs": "/disclosure/",
    "list-page-2": "/policies/laws/page-2.html",
    "policy": "/policies/2026/disclosure-rules-2026.html",
    "policy-repealed": "/policies/2022/disclosure-rules-2022.html",
    "interpretation": "/interpretations/2026/disclosure-rules-2026.html",
    "plan": "/policies/undated/open-government-plan.html",
    "consultation-open": "/consultations/2026/park-renewal.html",
    "consultation-closed": "/consultations/2026/disclosure-rules.html",
    "fees": "/fee-lists/district-fees-2026-11.html",
    "fees-elsewhere": "/fee-lists/other-places-fees-2026-11.html",
    "list-editions": "/power-lists/district-powers/",
    "comparison": "/power-lists/district-powers/changes/2026-01-01--2026-11-20.html",
    "duties": "/power-lists/district-powers-2026-11-20-duties.html",
    "statute-articles": "/statute-articles/penalties/food-safety-law.html",
    "gathered-rows": "/disclosure/lists/statute-penalties/rows.html",
    "organ": "/organs/district-office.html",
    "decision": "/decisions/2026/decision-park.html",
    "budget": "/fiscal-reports/2026/fiscal-government-budget-2026.html",
    "final-account": "/fiscal-reports/2026/fiscal-finance-final-2025.html",
    "task": "/tasks/2026/task-park-renewal.html",
    "openness": "/disclosure/five-openness/",
    "openness-list": "/disclosure/services/",
    "measures": "/measures/",
    "measure": "/measures/1-1-1.html",
    "annual-report": "/disclosure-annual-reports/2026/district-government.html",
    "items-of-the-law": "/disclosure/information/statutory/",
    "catalogue": "/disclosure/information/catalogue/",
    "search-words": "/search.html?q=" + quote("信息公开"),
    "search-middle": "/search.html?q=" + quote(MIDDLE),
    "search-number": "/search.html?stay=1&q=" + quote(NUMBER.replace("〔", "[").replace("〕", "]")),
    "search-nothing": "/search.html?q=" + quote("绝无此词"),
    "missing": "/no/such/page.html",
    "statement": "/statement.html",
    "site-map": "/sitemap.html",
    "feeds": "/feeds.html",
}


def visit(page: Any, root: str, shape: str) -> None:
    """Open a shape and wait until it has nothing more to draw."""
    page.goto(root + SHAPES[shape], wait_until="load")
    if shape.startswith("search"):
        page.wait_for_selector(".search-result, .search-empty")
