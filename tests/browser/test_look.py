"""Every shape on the narrowest window; nothing moves while a page loads; no type is downloaded; tabs without scripts."""

from pathlib import Path
from typing import Any

import pytest

from support.browser import SMALL_PHONE, scrolls_sideways
from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

FIRST = ["home", "hub-of-hubs", "policy", "fees", "measures", "site-map"]
# A zoom of 400 % on a window of 1280 by 1024 pixels is a window of 320 by 256 (WCAG 1.4.10).
ZOOMED = {"width": 320, "height": 256}
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("shape", [*FIRST, *(pytest.param(one, marks=pytest.mark.full) for one in SHAPES if one not in FIRST)])
def test_the_narrowest_window_does_not_scroll_sideways(browser: Any, address: str, shape: str) -> None:
    context = browser.new_context(viewport={"width": SMALL_PHONE[0], "height": SMALL_PHONE[1]}, reduced_motion="reduce")
    page = context.new_page()
    visit(page, address, shape)
    assert scrolls_sideways(page) <= 0
    page.set_viewport_size(ZOOMED)
    assert scrolls_sideways(page) <= 0
    # Tables scroll in a box of their own, and that box is no wider than the window.
    boxes = page.locator(".region").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    assert all(right <= ZOOMED["width"] for right in boxes)
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("shape", ["home", "policy", *(pytest.param(one, marks=pytest.mark.full) for one in ("list-page-2", "fees", "measures"))])
def test_nothing_moves_while_a_page_loads(browser: Any, address: str, shape: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    visit(page, address, shape)
    moved = page.evaluate(SHIFT)
    print(f"{shape} at {width}: layout shift {moved:.4f}")
    assert moved < 0.01
    context.close()


def test_a_table_that_slides_in_its_box_has_a_shadow_at_the_edge(browser: Any, address: str) -> None:
    """The box of the matrix of measures on a tablet: darker at the right where it goes on, plain at the end."""
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.goto(address + SHAPES["measures"])
    box = page.locator(".measures-table .region").first
    assert box.evaluate("(one) => one.scrollWidth - one.clientWidth") > 100
    style = box.evaluate("(one) => { const style = getComputedStyle(one); return [style.overflowX, style.backgroundAttachment, style.backgroundImage]; }")
    assert style[:2] == ["auto", "local, local, scroll, scroll"] and style[2].count("linear-gradient") == 4
    page.close()


def test_the_tabs_of_the_home_page_need_no_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + "/")
    first, second = page.locator(".tabs >> nth=0 >> section").all()[:2]
    assert first.is_visible() and not second.is_visible()
    page.locator(".tabs label").nth(1).click()
    assert second.is_visible() and not first.is_visible()
    page.keyboard.press("ArrowLeft")
    assert first.is_visible() and not second.is_visible()
    # What a citizen looks for stands in the first screen of a desk.
    for name in ("政府信息公开指南", "办事服务", "互动交流", "更多要闻动态", "更多政策文件"):
        box = page.get_by_role("link", name=name, exact=True).first.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 900
    context.close()


def test_no_type_is_downloaded(shipped_site: Path) -> None:
    sheets = list((shipped_site / "assets").rglob("*.css"))
    assert sheets and not [one for one in sheets if "@font-face" in one.read_text(encoding="utf-8")]
    assert not [one for one in shipped_site.rglob("*") if one.suffix in (".woff", ".woff2", ".ttf", ".otf")]
