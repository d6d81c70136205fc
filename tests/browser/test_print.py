"""On paper: the text, the notice of a demonstration, and the words that keep it from passing for an original."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.browser import pdf_text, plain
from support.shapes import NUMBER, SHAPES

pytestmark = pytest.mark.browser


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
