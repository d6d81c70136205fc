"""No barriers with any of the aids on or open: by axe, in every combination of modes."""

from typing import Any

import pytest
from playwright.sync_api import expect

from browser.test_accessibility import violations
from browser.test_aids import VOICE
from support.browser import scrolls_sideways
from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

MODES = {
    "contrast": {"contrast": "more"},
    "contrast-dark": {"contrast": "more", "color-scheme": "dark"},
    "elder-dark": {"elder": "on", "color-scheme": "dark"},
    "elder-contrast": {"elder": "on", "contrast": "more"},
    "elder-contrast-dark": {"elder": "on", "contrast": "more", "color-scheme": "dark"},
    "largest": {"text-size": "largest"},
    "largest-elder": {"elder": "on", "text-size": "largest"},
    "traditional": {"script": "hant"},
}


def open_page(browser: Any, address: str, shape: str, width: int, mode: str) -> Any:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="light", reduced_motion="reduce")
    chosen = "".join(f"localStorage.setItem('{name}', '{value}');" for name, value in MODES[mode].items())
    context.add_init_script(VOICE + chosen)
    page = context.new_page()
    visit(page, address, shape)
    if mode == "traditional":
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hant", timeout=20_000)
    return page


@pytest.mark.parametrize(("shape", "mode"), [("policy", "elder-contrast-dark"), ("home", "contrast")])
def test_a_mode_puts_up_no_barrier(browser: Any, address: str, shape: str, mode: str) -> None:
    page = open_page(browser, address, shape, 360, mode)
    assert violations(page) == []
    page.context.close()


# Elder mode in light and dark is examined on all pages by test_accessibility.py.
WIDE = [("contrast", 1280), ("contrast-dark", 1280), ("elder-contrast", 1280)]
NARROW = [("elder-contrast-dark", 320), ("largest", 320), ("largest-elder", 320), ("traditional", 320)]


@pytest.mark.full
@pytest.mark.parametrize(("mode", "width"), WIDE + NARROW)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_mode_puts_up_a_barrier_on_any_page(browser: Any, address: str, shape: str, mode: str, width: int) -> None:
    page = open_page(browser, address, shape, width, mode)
    assert violations(page) == []
    assert scrolls_sideways(page) <= 0
    page.context.close()


@pytest.mark.parametrize("mode", ["elder-contrast-dark", pytest.param("elder-dark", marks=pytest.mark.full), pytest.param("contrast", marks=pytest.mark.full)])
def test_what_the_aids_open_puts_up_no_barrier(browser: Any, address: str, mode: str) -> None:
    page = open_page(browser, address, "policy", 360, mode)
    page.locator(".aids [data-aid=panel]").click()
    page.get_by_role("button", name="朗读本页").click()
    expect(page.get_by_role("region", name="朗读", exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="二维码").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.context.close()
