"""What the aids make of Chinese text, in a real browser: words to be spoken, and traditional characters as OpenCC writes them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opencc
import pytest
from playwright.sync_api import expect

import traditional_table
from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[1] / "fixtures/aids/speech.tsv"
SPEAK = "(texts) => import('/assets/js/aids/speakable.js').then(({speakable}) => texts.map(speakable))"
CUT = "(text) => import('/assets/js/aids/speakable.js').then(({sentences}) => sentences(text))"
CONVERT = """async (texts) => {
  const {readTable, traditional} = await import('/assets/js/aids/chinese.js');
  const table = readTable(await (await fetch('/assets/js/aids/traditional.txt')).text());
  return texts.map((text) => traditional(text, table));
}"""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode.data);
  return texts;
}"""


@pytest.fixture(scope="module")
def page(browser: Any, strict: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(strict + SHAPES["policy"])
    yield page
    context.close()


@pytest.fixture(scope="module")
def library() -> Any:
    """The converter whose table ours is made from."""
    return opencc.OpenCC("s2t")


def test_official_text_is_read_as_a_person_would(page: Any) -> None:
    examples = [line.split("\t") for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    assert len(examples) > 60
    spoken = page.evaluate(SPEAK, [written for written, _ in examples])
    assert dict(zip([one[0] for one in examples], spoken, strict=True)) == dict(examples)


def test_long_text_is_cut_where_one_would_breathe(page: Any) -> None:
    assert page.evaluate(CUT, "一是公开。二是服务；三是监督！……") == ["一是公开。", "二是服务；", "三是监督！"]
    long = "、".join(["行政许可事项"] * 60) + "。"
    pieces = page.evaluate(CUT, long)
    assert "".join(pieces) == long
    assert max(map(len, pieces)) <= 121 and all(one[-1] in "、。" for one in pieces)


def test_no_figure_is_left_unspoken_in_real_texts(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["plan"])
    texts = page.evaluate(TEXTS)
    spoken = page.evaluate(SPEAK, texts)
    assert any(any(sign.isdigit() for sign in text) for text in texts)
    assert [one for one in spoken if any(sign in "0123456789〔〕" for sign in one)] == []


@pytest.mark.parametrize("shape", ["policy", pytest.param("plan", marks=pytest.mark.full), pytest.param("statute-articles", marks=pytest.mark.full)])
def test_pages_turn_into_what_the_library_writes(page: Any, strict: str, library: Any, shape: str) -> None:
    page.goto(strict + SHAPES[shape])
    texts = page.evaluate(TEXTS)
    assert len("".join(texts)) > 1_000
    assert page.evaluate(CONVERT, texts) == [library.convert(text) for text in texts]


def test_phrases_and_their_neighbours_turn_into_what_the_library_writes(page: Any, library: Any) -> None:
    """Every ninth phrase of the dictionary, with the beginning of another behind it: where one ends another may begin."""
    phrases = sorted(traditional_table.dictionary("STPhrases"))
    texts = [one + other[:2] for one, other in zip(phrases[::9], phrases[5::9], strict=False)]
    assert len(texts) > 5_000
    made = page.evaluate(CONVERT, texts)
    wrong = [(text, one) for text, one in zip(texts, made, strict=True) if one != library.convert(text)]
    assert wrong == []


@pytest.mark.full
def test_the_table_is_what_its_maker_makes_of_the_library() -> None:
    assert traditional_table.TABLE.read_bytes() == traditional_table.table()


def test_the_table_says_whose_it_is() -> None:
    first = traditional_table.TABLE.read_text(encoding="utf-8").split("\n")[0]
    licence = traditional_table.TABLE.with_name("traditional.LICENSE.txt").read_text(encoding="utf-8")
    assert "OpenCC" in first and "Apache License" in first and "Apache License" in licence
    pinned = (Path(__file__).parents[2] / "requirements-test.txt").read_text(encoding="utf-8")
    assert f"opencc=={first.split()[1]}\n" in pinned


def test_the_whole_page_turns_and_turns_back(browser: Any, strict: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(strict + SHAPES["fees"])
    heading, title = page.locator("h1").inner_text(), page.title()
    before = page.locator("main").inner_html()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="繁體").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("h1")).not_to_have_text(heading)
    assert [one.rsplit("/", 1)[1] for one in asked] == ["traditional.js", "chinese.js", "traditional.txt"]
    assert page.title() != title
    expect(page.get_by_text("繁體版由系統轉換，以簡體為準。").first).to_be_visible()
    assert page.locator("tbody td[data-label='收費標準']").count() > 0
    # What is drawn later turns as it comes.
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=\"later\" title=\"后来\">后来的发现</p>')")
    expect(page.locator("#later")).to_have_text("後來的發現")
    assert page.locator("#later").get_attribute("title") == "後來"
    page.evaluate("document.getElementById('later').remove()")
    page.get_by_role("button", name="返回简体").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert (page.locator("main").inner_html(), page.title()) == (before, title)
    context.close()


def test_the_choice_holds_on_the_next_page_and_for_what_is_searched(browser: Any, strict: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script("localStorage.setItem('script', 'hant')")
    page = context.new_page()
    visit(page, strict, "search-words")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator(".search-result").first).to_contain_text("開")
    assert page.locator("header input[type=search]").input_value() == "信息公开"
    context.close()


def test_where_the_table_cannot_be_had_the_page_stays_as_it_is(browser: Any, strict: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/traditional.txt", lambda route: route.fulfill(status=404, body=""))
    page.goto(strict + SHAPES["policy"])
    page.get_by_role("button", name="繁體").click()
    expect(page.get_by_role("status")).to_contain_text("繁体字表没有载入")
    assert json.loads(page.evaluate("JSON.stringify([document.documentElement.lang, localStorage.getItem('script')])")) == ["zh-CN", None]
    context.close()
