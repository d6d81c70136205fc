"""Every shape of page, on a desktop, a phone and a small phone: it fits, it is whole, it asks nobody else."""

from typing import Any

import pytest

from support.browser import DESKTOP, PHONE, SMALL_PHONE, picture, scrolls_sideways, watch
from support.shapes import MIDDLE, NUMBERED_TITLE, SHAPES, visit

pytestmark = pytest.mark.browser

SCREENS = {"desktop": DESKTOP, "phone": PHONE, "small-phone": SMALL_PHONE}


@pytest.fixture(scope="module", params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Any) -> Any:
    width, height = SCREENS[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield request.param, context
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_fits_its_screen_and_is_whole(shape: str, screen: Any, address: str) -> None:
    name, context = screen
    page = context.new_page()
    troubles = watch(page, address)
    visit(page, address, shape)
    picture(page, f"{shape}-{name}")
    assert troubles == []
    assert scrolls_sideways(page) <= 0
    assert page.locator("h1").count() == 1
    assert page.get_by_text("示例站点，非政府官方网站", exact=True).is_visible()
    page.close()


@pytest.fixture(scope="module")
def desk(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(desk: Any, address: str) -> Any:
    """A page on a desktop; anything that may not happen on it fails the test."""
    opened = desk.new_page()
    troubles = watch(opened, address)
    yield opened
    opened.close()
    assert troubles == []


def test_a_search_for_common_words_finds_them_in_titles(page: Any, address: str) -> None:
    visit(page, address, "search-words")
    titles = page.locator(".search-result__title").all_inner_texts()
    assert len(titles) == 10
    assert all("信息公开" in title for title in titles[:3])


def test_a_search_for_two_characters_from_the_middle_of_a_word_finds_the_body(
    page: Any, address: str
) -> None:
    visit(page, address, "search-middle")
    results = page.locator(".search-result")
    assert "实施方案" in " ".join(results.locator(".search-result__title").all_inner_texts())
    assert MIDDLE in results.first.inner_text()


def test_who_has_scripts_is_not_told_to_switch_them_on(page: Any, address: str) -> None:
    page.goto(address + "/search.html")
    assert not page.get_by_text("搜索需要启用 JavaScript").is_visible()


def test_a_document_number_typed_with_other_brackets_comes_first(page: Any, address: str) -> None:
    visit(page, address, "search-number")
    assert page.locator(".search-result__title").first.inner_text().startswith(NUMBERED_TITLE)


def test_the_box_in_the_header_leads_to_the_results(page: Any, address: str) -> None:
    visit(page, address, "organ")
    page.locator("header input[type=search]").fill("收费目录")
    page.locator("header input[type=search]").press("Enter")
    page.wait_for_selector(".search-result")
    assert "/search.html?q=" in page.url
    assert page.locator("main input[type=search]").input_value() == "收费目录"


def test_a_policy_leads_to_its_interpretation_and_back(page: Any, address: str) -> None:
    visit(page, address, "policy")
    page.get_by_role("region", name="政策解读").get_by_role("link").first.click()
    assert "/interpretations/" in page.url
    page.locator("article").get_by_role("link", name=NUMBERED_TITLE, exact=True).first.click()
    assert page.url == address + SHAPES["policy"]


def test_an_open_consultation_says_how_long_offers_the_draft_and_how_to_answer(
    page: Any, address: str
) -> None:
    visit(page, address, "consultation-open")
    state = page.locator(".state")
    assert "还剩 21 天" in state.inner_text()
    assert "2026年12月14日" in state.inner_text()
    href = state.get_by_role("link", name="下载草案").get_attribute("href")
    assert page.request.get(address + href).ok
    state.get_by_role("link", name="怎样提意见").click()
    assert page.get_by_role("heading", name="怎样提意见").is_visible()


def test_a_closed_consultation_shows_what_became_of_the_opinions(page: Any, address: str) -> None:
    visit(page, address, "consultation-closed")
    said = " ".join(page.locator(".state").inner_text().split())
    assert "已反馈" in said and "还剩" not in said
    for figure in ("收到意见（条） 6", "采纳（条） 3", "部分采纳（条） 1", "未采纳（条） 2"):
        assert figure in said
    assert page.get_by_role("table", name="各条意见的采纳情况").get_by_role("row").count() == 7


def test_a_long_table_can_be_narrowed_and_its_rows_have_addresses(page: Any, address: str) -> None:
    visit(page, address, "fees-elsewhere")
    everything = page.locator("tbody tr:visible").count()
    page.get_by_label("在本表中筛选").fill("不动产")
    found = page.locator("tbody tr:visible")
    assert 0 < found.count() < everything
    assert all("不动产" in text for text in found.all_inner_texts())
    page.goto(address + SHAPES["fees-elsewhere"] + "#row-01-003")
    assert page.locator("tr:target").inner_text().startswith("01-003")


def test_on_a_phone_a_row_of_a_wide_table_is_a_card_with_its_labels(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    visit(page, address, "fees")
    row = page.locator("tbody tr").first
    assert row.bounding_box()["width"] <= 360
    assert row.locator("td.headline").bounding_box()["y"] < row.locator("th").bounding_box()["y"]
    labels = row.locator("td[data-label]").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert '"收费标准"' in labels
    # To a screen reader it is still a table.
    table = page.get_by_role("table")
    assert table.get_by_role("columnheader").count() == page.locator("thead th").count() > 9
    assert table.get_by_role("row").count() == page.locator("tr").count()
    context.close()


def test_large_type_and_dark_colours_are_remembered_from_page_to_page(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.goto(address + "/")
    plain = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="长者模式").click()
    page.get_by_role("button", name="深色").click()
    page.goto(address + SHAPES["plan"])
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= max(24, plain * 1.3)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
    context.close()


def test_a_script_written_into_a_page_does_not_run(browser: Any, address: str) -> None:
    """The policy on content is in force, not merely written."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "/")
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
        )
    assert page.evaluate("window.ran") is None
    context.close()
