"""A list of ten thousand rows in a browser: light, found, sorted and turned by keyboard, and whole without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.test_accessibility import violations
from support.browser import scrolls_sideways, served, watch
from support.large_list import ADDRESS, ROWS, build, code, large_town
from support.town import Built

pytestmark = pytest.mark.browser
LIMIT = 200_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build(large_town(tmp_path_factory.mktemp("large")))
    assert built.ok, built.lines
    return built


@pytest.fixture(scope="module")
def root(large: Built) -> Iterator[str]:
    with served(large.loaded.project.site) as address:
        yield address


@pytest.fixture(params=[(1280, 900), (360, 740)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Any, root: str) -> Iterator[Any]:
    """The list in a browser; anything that may not happen, a refusal by the policy on content too, fails the test."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    troubles = watch(page, root)
    page.goto(root + ADDRESS)
    yield page
    assert troubles == []
    assert scrolls_sideways(page) <= 0
    context.close()


def begin(page: Any) -> Any:
    """Ask for the controls, and the field where one types."""
    page.get_by_role("button", name="筛选和排序全部各行").click()
    field = page.get_by_label("在本表中筛选")
    expect(field).to_be_focused()
    return field


def codes(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("tbody th").all_inner_texts()]


def test_no_page_of_it_is_heavy_and_none_is_loaded_whole(large: Built) -> None:
    pages = {path: len(data) for path, data in large.files.items() if path.startswith("power-lists/") and path.endswith(".html")}
    print(f"{len(pages)} pages, the largest of {max(pages.values())} bytes")
    assert len(pages) > 150 and max(pages.values()) < LIMIT
    pieces = [len(data) for path, data in large.files.items() if "/register-rows/" in path]
    assert max(pieces) < 1_200_000 and sorted(pieces)[-2] < 60_000


def test_opening_it_loads_no_data(browser: Any, root: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(root + ADDRESS, wait_until="networkidle")
    assert [url for url in asked if url.endswith(".json")] == []
    page.close()


def test_rows_are_found_among_all_pages_and_keep_their_addresses(page: Any, root: str) -> None:
    begin(page).fill("示例区档案局")
    status = page.get_by_role("status").filter(has_text="找到")
    expect(status).to_have_text("共 10,000 行，找到 100 行，显示第 1—25 行")
    assert codes(page) == [code(number) for number in range(100, 2600, 100)]
    expect(page.locator("tbody tr").nth(3)).to_contain_text("《示例管理条例》第400条")
    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_role("status").filter(has_text="显示")).to_have_text("显示第 26—50 行")
    assert codes(page)[0] == code(2600)
    page.locator("tbody th a").first.click()
    page.wait_for_url(f"**-rows-*.html#row-{code(2600)}")
    expect(page.locator(f"#row-{code(2600)}")).to_be_in_viewport()


def test_choices_narrow_and_everything_can_be_undone(page: Any) -> None:
    before = codes(page)
    begin(page)
    page.get_by_label("职权类别").select_option("行政检查")
    expect(page.get_by_role("status").filter(has_text="找到")).to_contain_text("找到 1,000 行")
    page.get_by_label("在本表中筛选").fill("没有这样的一行")
    expect(page.get_by_role("status").filter(has_text="找到")).to_contain_text("找到 0 行")
    page.get_by_role("button", name="恢复原样").click()
    expect(page.locator("tbody tr")).to_have_count(len(before))
    assert codes(page) == before and page.locator(".pager").is_visible()


def test_long_columns_are_searched_on_request(page: Any) -> None:
    field = begin(page)
    field.fill("条例》第9876条")
    expect(page.get_by_role("status").filter(has_text="找到")).to_contain_text("找到 0 行")
    page.get_by_role("button", name="筛选时也看长的各列").click()
    expect(page.get_by_role("status").filter(has_text="找到")).to_contain_text("找到 1 行")
    assert codes(page) == [code(9876)]


def test_it_is_sorted_by_keyboard_from_the_heads_of_columns(browser: Any, root: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(root + ADDRESS)
    page.get_by_role("button", name="筛选和排序全部各行").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("在本表中筛选")).to_be_focused()
    head = page.get_by_role("columnheader", name="职权名称")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert codes(page)[:2] == [code(ROWS), code(ROWS - 1)]
    expect(page.get_by_role("status").filter(has_text="降序")).to_contain_text("按职权名称降序")
    page.keyboard.press("Enter")
    expect(head).not_to_have_attribute("aria-sort", "descending")
    assert codes(page)[0] == code(1)
    context.close()


def test_it_is_sorted_from_the_list_of_orders(page: Any) -> None:
    begin(page)
    page.get_by_label("排序").select_option("实施主体 升序")
    expect(page.get_by_role("status").filter(has_text="升序")).to_contain_text("按实施主体升序")
    assert codes(page)[0] == code(100)


def test_a_row_is_reached_by_its_address_from_the_first_page(page: Any, root: str) -> None:
    page.goto("about:blank")
    page.goto(f"{root}{ADDRESS}#row-{code(9001)}")
    page.wait_for_url(f"**-rows-*.html#row-{code(9001)}")
    expect(page.locator(f"#row-{code(9001)}")).to_contain_text("第9001号职权")


def test_it_has_no_barriers_before_and_after(page: Any) -> None:
    assert violations(page) == []
    begin(page).fill("档案局")
    expect(page.locator("tbody tr")).to_have_count(25)
    expect(page.locator("tbody").get_by_text("…", exact=True)).to_have_count(0)
    assert violations(page) == []


def _follow(page: Any, link: Any) -> None:
    """Open a link and wait until the page behind it is there."""
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{target}", wait_until="load")


def test_without_scripts_every_row_is_reached_by_links(browser: Any, root: str, large: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + ADDRESS)
    assert not page.get_by_role("button", name="筛选和排序全部各行").count()
    first = len(codes(page))
    _follow(page, page.get_by_role("link", name="下一页"))
    assert codes(page)[0] == code(first + 1)
    page.goto(root + ADDRESS)
    page.get_by_text("按第一列找页").click()
    _follow(page, page.locator(".ranges a").last)
    assert codes(page)[-1] == code(ROWS)
    _follow(page, page.get_by_role("link", name="责任清单"))
    assert "追责情形及依据" in page.locator("thead").inner_text() and "实施依据" not in page.locator("thead").inner_text()
    context.close()


def test_data_that_cannot_be_read_is_said_and_asked_for_again(browser: Any, root: str) -> None:
    page = browser.new_page()
    page.route("**/index.json", lambda route: route.abort())
    page.goto(root + ADDRESS)
    page.get_by_role("button", name="筛选和排序全部各行").click()
    expect(page.get_by_role("status").filter(has_text="没有读入成功")).to_be_visible()
    page.unroute("**/index.json")
    page.get_by_role("button", name="筛选和排序全部各行").click()
    expect(page.get_by_label("在本表中筛选")).to_be_visible()
    page.close()
