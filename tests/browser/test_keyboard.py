"""The site by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

# Whether the element in focus can be seen, and whether it or the tile around it wears a ring of 3 px or more.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const ring = [element, element.closest("li")].some((one) => {
    const style = one && getComputedStyle(one);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  });
  const box = element.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: (element.getAttribute("aria-label") || element.innerText || element.id).trim().slice(0, 40), ring, seen};
}"""


@pytest.fixture
def desk(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_first_stop_is_a_link_past_the_navigation(desk: Any, address: str) -> None:
    visit(desk, address, "policy")
    desk.keyboard.press("Tab")
    found = desk.evaluate(FOCUS)
    assert found == {"name": "跳到正文", "ring": True, "seen": True}
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "shape", ["home", "list-page-2", "policy", "consultation-open", "fees", "search-words"]
)
def test_wherever_the_keyboard_is_can_be_seen(desk: Any, address: str, shape: str) -> None:
    visit(desk, address, shape)
    stops = []
    for _ in range(60):
        desk.keyboard.press("Tab")
        found = desk.evaluate(FOCUS)
        if found is None:
            break
        stops.append(found)
    assert len(stops) > 20
    assert [stop for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_the_menu_of_a_phone_opens_and_leads_on_by_keyboard(phone: Any, address: str) -> None:
    visit(phone, address, "home")
    menu = phone.locator(".nav-phone a").first
    assert not menu.is_visible()
    phone.locator(".nav-phone summary").focus()
    phone.keyboard.press("Enter")
    assert menu.is_visible()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/disclosure/")
    assert phone.locator("h1").inner_text() == "政务公开"


def test_a_wide_table_scrolls_by_keyboard(desk: Any, address: str) -> None:
    visit(desk, address, "fees")
    desk.locator(".region-wide").focus()
    desk.keyboard.press("ArrowRight")
    # Not wait_for_function: it compiles its text in the page, which the page's own policy forbids.
    for _ in range(100):
        if moved := desk.evaluate("document.querySelector('.region-wide').scrollLeft"):
            break
        desk.wait_for_timeout(50)
    assert moved > 0


def test_the_pager_says_where_one_is(desk: Any, address: str) -> None:
    desk.goto(address + SHAPES["list-page-2"])
    assert "第 2 页" in desk.locator(".pager").get_attribute("aria-label")
    assert desk.locator(".pager [aria-current=page]").inner_text() != ""
