"""Reading and browsing with JavaScript off: by links only, on a desktop and on a phone."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from support.browser import scrolls_sideways, watch
from support.shapes import SHAPES

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1280, 900), (360, 740)], ids=["desktop", "phone"])
def reader(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Any]:
    """A reader without scripts who has just opened the home page."""
    width, height = request.param
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    context.set_default_timeout(15_000)
    page = context.new_page()
    troubles = watch(page, address)
    page.goto(address + "/")
    yield page
    assert troubles == []
    context.close()


def open_section(page: Any, name: str) -> None:
    """Use the navigation, which lies behind a button on phones."""
    if page.locator(".nav-phone summary").is_visible():
        page.locator(".nav-phone summary").click()
        page.locator(".nav-phone").get_by_role("link", name=name, exact=True).click()
    else:
        page.locator(".nav-wide").get_by_role("link", name=name, exact=True).click()


def test_from_the_home_page_to_an_interpretation_by_links_only(reader: Any) -> None:
    open_section(reader, "政策")
    assert reader.locator("h1").inner_text() == "政策"
    reader.locator("main").get_by_role("link", name="行政法规", exact=True).click()
    assert reader.locator("h1").inner_text() == "行政法规"
    wanted = reader.locator("main").get_by_role("link", name="中华人民共和国政府信息公开条例", exact=True)
    pages = 1
    while pages == 1 or not wanted.count():
        reader.get_by_role("link", name="下一页").click()
        pages += 1
        assert f"第{pages}页" in reader.locator("h1").inner_text()
    wanted.click()
    assert "第一条" in reader.locator("article").inner_text()
    reader.locator("article").get_by_role("link", name="常见问题").first.click()
    assert "/interpretations/" in reader.url
    reader.get_by_label("当前位置").get_by_role("link", name="首页").click()
    expect(reader.locator("main.home")).to_be_visible()


def test_a_column_is_narrowed_to_a_year_by_links_only(reader: Any) -> None:
    open_section(reader, "政策")
    reader.locator("main").get_by_role("link", name="法律", exact=True).click()
    if not reader.get_by_role("link", name="2021年").is_visible():
        reader.locator(".facets summary").click()
    reader.get_by_role("link", name="2021年").click()
    dates = reader.locator(".item-facts > time").all_inner_texts()
    assert dates and all(date.startswith("2021") for date in dates)


def test_the_search_page_says_where_to_look_instead(reader: Any, address: str) -> None:
    reader.locator("header input[type=search]").fill("预算")
    reader.locator("header input[type=search]").press("Enter")
    reader.wait_for_url("**/search.html?q=*")
    expect(reader.get_by_text("搜索需要启用 JavaScript")).to_be_visible()
    reader.locator("footer").get_by_role("link", name="网站地图").click()
    expect(reader.get_by_role("link", name="收费目录清单").first).to_be_visible()


def test_nothing_that_needs_scripts_is_offered(reader: Any, address: str) -> None:
    reader.goto(address + SHAPES["policy"])
    assert reader.locator("header").get_by_role("button").all_inner_texts() == ["搜索"]
    assert reader.locator("[data-aid], main button").count() == 0


def test_a_mistake_can_be_reported_and_links_elsewhere_say_where(reader: Any, address: str) -> None:
    reader.goto(address + SHAPES["policy"])
    assert reader.get_by_role("link", name="我为政府网站找错").first.is_visible()
    mail = unquote(reader.get_by_role("link", name="发邮件").get_attribute("href"))
    version = reader.locator(".report span").inner_text().split()[-1]
    assert mail.endswith(f"body=网址：https://portal.example{SHAPES['policy']}\n版本：{version}\n问题：")
    reader.goto(address + "/contact.html")
    for link in reader.locator("main a[data-host]").all():
        shown = link.evaluate("(one) => getComputedStyle(one, '::after').content")
        assert link.get_attribute("data-host") in shown or "attr(data-host)" in shown


@pytest.mark.parametrize("shape", ["plan", "fees-elsewhere", "consultation-open", "organ", "missing"])
def test_a_page_reads_the_same(reader: Any, address: str, shape: str) -> None:
    reader.goto(address + SHAPES[shape])
    assert reader.locator("h1").is_visible()
    assert scrolls_sideways(reader) <= 0
