"""On paper: the text, the notice of a demonstration, and the words that keep it from passing for an original."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.browser import pdf_text, plain
from support.shapes import NUMBER, SHAPES

pytestmark = pytest.mark.browser

THEME = Path(__file__).parents[2] / "plugins/govportal_theme"


@pytest.fixture(scope="module")
def desk(browser: Any) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="zh-CN", color_scheme="dark"
    )
    yield context
    context.close()


def printed(context: Any, address: str) -> str:
    """The words of a page on A4 paper."""
    page = context.new_page()
    page.goto(address)
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    return pdf_text(data)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("policy", [NUMBER, "第九条", "－1－"]),
        ("plan", ["印发《关于全面推进政务公开工作的实施方案》的通知", "（四）强化考核监督"]),
        ("consultation-open", ["怎样提意见", "2026年12月14日"]),
        ("fees", ["收费标准", "C-03"]),
        ("organ", ["主要职责"]),
    ],
)
def test_a_record_prints_as_a_printout_of_a_demonstration(
    desk: Any, address: str, shape: str, words: list[str]
) -> None:
    text = printed(desk, address + SHAPES[shape])
    for expected in ["示例站点，非政府官方网站", "网页打印件", "portal.example" + SHAPES[shape], *words]:
        assert plain(expected) in text
    for chrome in ("栏目导航", "跳到正文", "我为政府网站找错", "上一篇"):
        assert plain(chrome) not in text


def test_paper_is_white_even_when_the_screen_is_dark(desk: Any, address: str) -> None:
    page = desk.new_page()
    page.goto(address + SHAPES["policy"])
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.prose p')).color") == "rgb(0, 0, 0)"
    page.close()


MILLIMETRE = 96 / 25.4


def test_the_text_has_the_measures_of_official_documents(desk: Any, address: str) -> None:
    """GB/T 9704-2012: 156 by 225 mm for 22 lines of 28 characters, in fangsong of 16 pt."""
    page = desk.new_page()
    page.goto(address + SHAPES["policy"])
    page.emulate_media(media="print")
    style = page.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector('.prose > p'));
          return [style.fontSize, style.letterSpacing, style.lineHeight].map(parseFloat).concat(style.fontFamily);
        }"""
    )
    size, spacing, line, family = style
    assert size == pytest.approx(16 * 96 / 72, abs=0.1)
    assert "仿宋" in family
    assert 28 * (size + spacing) <= 156 * MILLIMETRE < 29 * (size + spacing)
    assert 22 * line <= 225 * MILLIMETRE < 23 * line
    page.close()


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(desk: Any, address: str) -> None:
    text = printed(desk, address + SHAPES["plan"])
    assert all(f"－{number}－" in text or f"-{number}-" in text for number in (1, 2, 3))
    style = (THEME / "assets/css/print.css").read_text(encoding="utf-8")
    assert re.search(r"@page :right \{ @bottom-right \{[^}]*counter\(page\)", style)
    assert re.search(r"@page :left \{ @bottom-left \{[^}]*counter\(page\)", style)


def test_where_links_lead_can_be_read_on_paper(desk: Any, address: str) -> None:
    text = printed(desk, address + SHAPES["policy"])
    assert plain("（本站 /policies/") in text
    # The notice of the printout stands once, and so does its version.
    assert text.count(plain("网页打印件，不作为原件使用")) == 1


@pytest.mark.parametrize("shape", ["statement", pytest.param("home", marks=pytest.mark.full), pytest.param("list-page-2", marks=pytest.mark.full)])
def test_other_pages_say_too_that_they_are_printouts(desk: Any, address: str, shape: str) -> None:
    text = printed(desk, address + SHAPES[shape])
    assert plain("网页打印件，不作为原件使用。网址：https://portal.example" + SHAPES[shape]) in text


def test_what_was_chosen_for_the_screen_does_not_reach_the_paper(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    context.add_init_script("for (const [name, value] of [['elder', 'on'], ['contrast', 'more'], ['color-scheme', 'dark']]) localStorage.setItem(name, value)")
    page = context.new_page()
    page.goto(address + SHAPES["policy"])
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)") == pytest.approx(16 * 96 / 72, abs=0.1)
    context.close()
