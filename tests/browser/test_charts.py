"""Charts as people meet them: large enough letters, nothing outside, the table beside it, and no style of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.browser import scrolls_sideways, watch
from support.shapes import SHAPES

pytestmark = pytest.mark.browser

WITH_CHARTS = ("budget", "final-account", "task", "annual-report", "list-editions", "measures")
# Of each picture: its smallest letters, and by how much words or bars stand out of it to the right and below.
MEASURE = """() => [...document.querySelectorAll(".chart-picture")].map((one) => {
  const box = one.getBoundingClientRect();
  const inside = [...one.querySelectorAll("text, rect")].map((each) => each.getBoundingClientRect());
  const letters = [...one.querySelectorAll("text")].map((each) => parseFloat(getComputedStyle(each).fontSize));
  return { letters: Math.min(...letters), right: Math.max(...inside.map((each) => each.right)) - box.right,
           below: Math.max(...inside.map((each) => each.bottom)) - box.bottom };
})"""


@pytest.fixture(scope="module")
def phone(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.mark.parametrize("shape", WITH_CHARTS)
def test_a_chart_can_be_read_on_a_phone(phone: Any, address: str, shape: str) -> None:
    page = phone.new_page()
    troubles = watch(page, address)
    page.goto(address + SHAPES[shape])
    measured = page.evaluate(MEASURE)
    assert measured and all(one["letters"] >= 12 and one["right"] <= 0 and one["below"] <= 0 for one in measured), measured
    assert scrolls_sideways(page) <= 0 and troubles == []
    page.close()


def test_a_chart_is_a_picture_with_words_and_a_table(phone: Any, address: str) -> None:
    page = phone.new_page()
    page.goto(address + SHAPES["budget"])
    for figure in page.locator("figure.chart").all():
        picture, table = figure.get_by_role("img"), figure.get_by_role("table")
        name = figure.locator("figcaption").inner_text()
        assert "单位" in name and picture.locator("title").text_content() == name
        named = [picture.locator(f"#{one}").text_content() for one in picture.get_attribute("aria-labelledby").split()]
        assert named[0] == name and "见数据表" in named[1]
        said = [one.inner_text() for one in table.locator("tbody td").all()]
        drawn = " ".join(one.text_content() for one in figure.locator("svg text").all())
        assert said and all(one in drawn for one in said if one not in ("", "—"))
        assert figure.locator("[style]").count() == 0 and "数据来源" in figure.inner_text()
    page.close()


def test_bars_are_told_apart_without_colours(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page = context.new_page()
    page.goto(address + SHAPES["final-account"])
    fills = {page.locator(f".chart-{style}").first.evaluate("one => getComputedStyle(one).fill") for style in (1, 2, 3)}
    assert len(fills) == 3
    page.emulate_media(media="print")
    printed = {page.locator(f".chart-{style}").first.evaluate("one => getComputedStyle(one).fill") for style in (1, 2, 3)}
    assert printed == {"rgb(68, 68, 68)", "rgb(204, 204, 204)", "rgb(255, 255, 255)"}
    context.close()
