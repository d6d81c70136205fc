"""Accessibility of every shape: WCAG 2.0 to 2.2, A and AA, and good practice, by axe; zoom and spacing by measure."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.browser import scrolls_sideways
from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The measures of WCAG 1.4.12, as a style sheet the page's policy on content lets through.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
                     p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Text cut off by its box. Meant to be cut: what only screen readers read, the title in the breadcrumb that the
# heading repeats whole, and the first words of a text in a list.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const cuts = (value) => value === "hidden" || value === "clip";
  if (one.closest(".hidden, .skip, thead, svg, .breadcrumb [aria-current], .item-summary") || !one.innerText) return false;
  return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1) || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.className + ": " + one.innerText.slice(0, 40))"""


def violations(page: Any) -> list[str]:
    """What axe finds wrong, one line for each element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.fixture(scope="module")
def desk(browser: Any) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_has_no_barriers(desk: Any, address: str, shape: str) -> None:
    page = desk.new_page()
    visit(page, address, shape)
    assert violations(page) == []
    page.close()


def test_the_examination_sees_barriers(desk: Any, address: str) -> None:
    page = desk.new_page()
    page.goto(address + "/statement.html")
    page.evaluate(
        "document.querySelector('.brand img').removeAttribute('alt'); document.querySelector('.brand').removeAttribute('aria-label')"
    )
    assert any(line.startswith("image-alt") for line in violations(page))
    page.close()


@pytest.mark.full
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "large-type"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_has_no_barriers_however_it_is_read(
    browser: Any, address: str, shape: str, scheme: str, width: int, elder: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    if elder:
        context.add_init_script("localStorage.setItem('elder', 'on')")
    page = context.new_page()
    visit(page, address, shape)
    assert violations(page) == []
    assert scrolls_sideways(page) <= 0
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_lost_at_twice_the_size_or_with_wide_spacing(
    browser: Any, address: str, shape: str
) -> None:
    """Zoom of 200 % on a window of 1280 pixels is a window of 640 (WCAG 1.4.4); spacing as in WCAG 1.4.12."""
    context = browser.new_context(
        viewport={"width": 640, "height": 450}, device_scale_factor=2, reduced_motion="reduce"
    )
    page = context.new_page()
    visit(page, address, shape)
    assert page.evaluate(CUT) == []
    assert scrolls_sideways(page) <= 0
    page.evaluate(SPACING)
    assert page.evaluate(CUT) == []
    assert scrolls_sideways(page) <= 0
    context.close()


@pytest.mark.parametrize("shape", ["home", "policy", "list-page-2", "fees"])
def test_large_type_is_large_and_fits(browser: Any, address: str, shape: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.add_init_script("localStorage.setItem('elder', 'on')")
    page = context.new_page()
    visit(page, address, shape)
    sizes = (
        page.locator("main")
        .locator("p:visible, li:visible, dd:visible, td:visible")
        .evaluate_all("all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    )
    assert min(sizes) >= 24
    heights = page.locator("button:visible").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 48
    assert page.evaluate(CUT) == []
    assert scrolls_sideways(page) <= 0
    context.close()


def test_a_table_drawn_as_cards_is_still_a_table(browser: Any, address: str) -> None:
    """On a phone rows are drawn as cards; what a screen reader is given has all rows, heads and cells."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    visit(page, address, "fees")
    table = page.locator("table.cards").first
    assert table.evaluate("one => getComputedStyle(one).display") == "block"
    session = context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [one["role"]["value"] for one in nodes if not one.get("ignored")]
    rows, cells = page.locator("table tr").count(), page.locator("table td").count()
    assert rows > 5 and roles.count("row") == rows
    empty = page.locator("table.cards td:empty").count()
    assert roles.count("cell") + roles.count("gridcell") >= cells - empty
    assert roles.count("columnheader") == page.locator("thead th").count()
    context.close()
