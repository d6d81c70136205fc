"""From the results to the document: the hits are marked there, and can be stepped through with buttons and keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.test_accessibility import violations
from support.browser import scrolls_sideways, watch

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

WORD = "公开"
DOCUMENT = "/policies/2026/disclosure-rules-2026.html"
CARRIED = f"#search={quote(WORD)}&q={quote(WORD)}"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    troubles = watch(opened, address)
    yield opened
    context.close()
    assert troubles == []


def number_of_hits(page: Any) -> int:
    return int(page.locator(".hits-said").inner_text().split("共")[1].split("处")[0])


def test_from_the_box_in_the_header_to_the_hits_and_back(page: Any, address: str) -> None:
    page.goto(address + "/sitemap.html")
    page.locator("header input[type=search]").fill("政务公开工作管理办法")
    page.locator("header input[type=search]").press("Enter")
    page.locator(".search-result__link").first.click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".hits-said")).to_contain_text("第 1 处，共")
    page.get_by_role("link", name="返回检索结果").click()
    expect(page.locator("main input[type=search]")).to_have_value("政务公开工作管理办法")
    expect(page.locator(".search-result").first).to_be_visible()


def test_hits_are_stepped_through_with_buttons_and_keys(page: Any, address: str) -> None:
    page.goto(address + DOCUMENT + CARRIED)
    said = page.locator(".hits-said[role=status]")
    expect(said).to_contain_text("第 1 处")
    count = number_of_hits(page)
    assert count > 3
    now = page.locator(".hit-now")
    expect(now).to_have_text(WORD)
    page.get_by_role("button", name="下一处").click()
    expect(said).to_have_text(f"第 2 处，共 {count} 处")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(f"第 3 处，共 {count} 处")
    box = now.bounding_box()
    assert box["y"] > 0 and box["y"] + box["height"] < page.locator(".hits").bounding_box()["y"]
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(said).to_have_text(f"第 {count} 处，共 {count} 处")
    page.get_by_role("button", name="上一处").press("Enter")
    expect(said).to_have_text(f"第 {count - 1} 处，共 {count} 处")


def test_closing_leaves_the_page_as_it_was(page: Any, address: str) -> None:
    page.goto(address + DOCUMENT)
    before = page.locator("article").inner_text()
    page.goto("about:blank")
    page.goto(address + DOCUMENT + CARRIED)
    page.get_by_role("button", name="下一处").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".hits, mark")).to_have_count(0)
    assert page.url == address + DOCUMENT
    assert page.locator("article").inner_text() == before


def test_the_bar_is_the_first_stop_of_the_page_and_hides_nothing_in_focus(page: Any, address: str) -> None:
    page.goto(address + DOCUMENT + CARRIED)
    expect(page.locator(".hits-said")).to_contain_text("第 1 处")
    page.locator("main").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "上一处"
    page.locator("footer a").last.focus()
    link, bar = page.locator("footer a").last.bounding_box(), page.locator(".hits").bounding_box()
    assert link["y"] + link["height"] <= bar["y"]


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("<img src=x onerror=alert(1)>", None),
        ("(.*)+$[", None),
        ("公 开", None),
        ("信息公開".replace("開", "开"), "信息公开"),
    ],
)
def test_what_is_carried_is_only_text(page: Any, address: str, words: str, hit: str | None) -> None:
    page.goto(f"{address}{DOCUMENT}#search={quote(words)}&q={quote(words)}")
    expect(page.locator(".hits")).to_be_visible()
    assert page.locator(".hits img").count() == 0
    if hit is None:
        expect(page.locator(".hits-said")).to_have_text("本页正文中没有检索词")
    else:
        expect(page.locator("mark").first).to_have_text(hit)


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.full)])
@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.full)])
def test_the_marked_page_has_no_barriers(browser: Any, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + DOCUMENT + CARRIED)
    expect(page.locator(".hits")).to_be_visible()
    assert violations(page) == []
    assert scrolls_sideways(page) <= 0
    context.close()


@pytest.mark.parametrize("query", ["信息公开", "示例政办规", "bu-cun-zai"])
def test_the_search_of_the_shipped_site(page: Any, address: str, query: str) -> None:
    page.goto(f"{address}/search.html?q={quote(query)}")
    page.wait_for_selector(".search-result, .search-empty")
    assert scrolls_sideways(page) <= 0
    if query == "bu-cun-zai":
        expect(page.locator("#search-help")).to_contain_text("12345政务服务便民热线")
        expect(page.locator("#search-help").get_by_role("link", name="网站地图")).to_be_visible()
        expect(page.locator("#search-help").get_by_role("link", name="政策文件").first).to_be_visible()
