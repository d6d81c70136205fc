"""The page of results in a real browser: what is drawn, the address, the keyboard, and troubles told plainly."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.test_accessibility import violations
from govportal.products.search import packed
from support.browser import scrolls_sideways
from support.search_site import CORPUS, FILES, PAGE, SCRIPTS, Server, entry, running
from unit.build_scripts.conftest import load
from unit.search import reference_reader as reader

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

BUNDLE = SCRIPTS.parent / "search.js"


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    """The index behind the one file that browsers load."""
    more = {"/js/page.js": BUNDLE.read_bytes(), "/columns.html": b"<!doctype html><title>.</title>"}
    more |= {"/favicon.ico": b"", "/search/index.html": PAGE.encode()}
    more |= {shown.href: f"<!doctype html><title>{shown.title}</title>".encode() for shown, _ in CORPUS}
    with running(more=more) as found:
        yield found


@pytest.fixture
def server(site: Server) -> Server:
    site.changed, site.asked = {}, []
    return site


def watched(context: Any) -> Iterator[Page]:
    """A page; an error or a refused resource in it fails the test."""
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: errors.append("a dialog opened"))
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def desk(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def view(desk: Any) -> Iterator[Page]:
    """A page that may find files in the browser's store."""
    yield from watched(desk)


@pytest.fixture
def fresh(browser: Any) -> Iterator[Page]:
    """A page of a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield from watched(context)
    context.close()


def search(view: Page, server: Server, query: str, **more: str) -> None:
    """Open the page of results with a query and wait until it has settled."""
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    view.goto(f"{server.address}/search/?q={quote(query)}{rest}")
    settled(view)


def settled(view: Page) -> None:
    expect(view.locator("#search-results:not([aria-busy]) .search-status")).not_to_have_text("")


def asked_for(view: Page, name: str) -> str:
    """A value in the address."""
    return parse_qs(urlsplit(view.url).query).get(name, [""])[0]


def test_results_are_drawn(view: Page, server: Server) -> None:
    search(view, server, "水土保持")
    expect(view.locator(".search-result")).to_have_count(10)
    expect(view.locator("#q")).to_have_value("水土保持")
    expect(view.locator("#top")).to_have_value("水土保持")
    first = view.locator(".search-result").first
    expect(first.locator(".search-result__title mark")).to_have_text("水土保持")
    for part in ("meta", "column", "organ", "number", "badge", "snippet"):
        expect(first.locator(f".search-result__{part}")).to_have_count(1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first.locator("time").get_attribute("datetime") or "")
    assert re.search(r"找到约 \d+ 条结果，已显示 10 条", view.locator(".search-status").inner_text())
    expect(view.locator("#search-help")).to_be_hidden()


def test_more_are_loaded_and_the_count_becomes_certain(view: Page, server: Server) -> None:
    truth = len({shown.id for shown, text in CORPUS if reader.matches(shown, text, "水土保持")})
    search(view, server, "水土保持")
    more = view.locator(".search-more")
    more.click()
    expect(view.locator(".search-result")).to_have_count(20)
    assert view.evaluate("document.activeElement.closest('.search-result') === document.querySelectorAll('.search-result')[10]")
    while more.is_visible():
        known = view.locator(".search-result").count()
        more.click()
        settled(view)
        expect(view.locator(".search-result").nth(known)).to_be_attached()
    expect(view.locator(".search-result")).to_have_count(truth)
    expect(view.locator(".search-status")).to_have_text(f"共找到 {truth} 条结果，已显示 {truth} 条。")


def test_what_has_ended_is_last_and_says_so(view: Page, server: Server) -> None:
    search(view, server, "水土")
    while view.locator(".search-more").is_visible():
        view.locator(".search-more").click()
        settled(view)
    badges = view.locator(".search-result__badge").all_inner_texts()
    assert badges == sorted(badges, key=lambda text: text == "废止") and "废止" in badges
    assert "badge-repealed" in (view.locator(".search-result__badge").last.get_attribute("class") or "")


def test_results_come_as_one_types_and_nothing_jumps(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    settled(view)
    view.evaluate("""() => {
      window.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shifts += one.value; }))
        .observe({ type: "layout-shift", buffered: false });
    }""")
    view.locator("#q").press_sequentially("水土", delay=30)
    expect(view.locator(".search-result")).to_have_count(10)
    assert asked_for(view, "q") == "水土"
    top = view.locator(".search-result").first.bounding_box()
    view.locator("#q").press_sequentially("流失", delay=30)
    expect(view.locator(".search-result__snippet mark").first).to_have_text("水土流失")
    settled(view)
    assert view.locator(".search-result").first.bounding_box()["y"] == top["y"]  # type: ignore[index]
    view.locator("#q").press_sequentially("没有此词", delay=30)
    expect(view.locator(".search-empty")).to_be_visible()
    assert view.evaluate("document.activeElement.id") == "q"
    assert view.evaluate("window.shifts") < 0.05


def test_letters_that_are_still_being_composed_are_not_searched(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    settled(view)
    session = view.context.new_cdp_session(view)
    view.locator("#q").focus()
    session.send("Input.imeSetComposition", {"text": "shuitu", "selectionStart": 6, "selectionEnd": 6})
    view.wait_for_timeout(500)
    assert asked_for(view, "q") == ""
    session.send("Input.insertText", {"text": "水土"})
    expect(view.locator(".search-result")).to_have_count(10)
    assert asked_for(view, "q") == "水土"


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    settled(view)
    slow: list[Any] = []
    view.route(re.compile(r"/\d+\.bin$"), lambda route: slow.append(route) if not slow else route.continue_())
    view.locator("#q").fill("灌溉设施名录17")
    view.wait_for_timeout(600)
    view.locator("#q").fill("第42批")
    expect(view.locator(".search-result mark").first).to_have_text("第42批")
    slow[0].continue_()
    view.wait_for_timeout(300)
    expect(view.locator(".search-result mark").first).to_have_text("第42批")


def test_the_state_is_in_the_address_and_back_and_forward_work(view: Page, server: Server) -> None:
    search(view, server, "水土", keep="this")
    view.locator(".search-narrow summary").click() if not view.locator("#search-year").is_visible() else None
    view.locator("#search-year").select_option("2016")
    settled(view)
    assert (asked_for(view, "year"), asked_for(view, "keep")) == ("2016", "this")
    narrowed = view.locator(".search-result").count()
    view.locator("#search-order").select_option("date")
    settled(view)
    assert asked_for(view, "order") == "date"
    dates = view.locator("time").all_inner_texts()
    assert dates == sorted(dates, reverse=True) and all(date.startswith("2016") for date in dates)
    view.go_back()
    expect(view.locator("#search-order")).to_have_value("")
    view.go_back()
    expect(view.locator("#search-year")).to_have_value("")
    expect(view.locator(".search-result")).to_have_count(10)
    view.go_forward()
    expect(view.locator("#search-year")).to_have_value("2016")
    expect(view.locator(".search-result")).to_have_count(min(narrowed, 10))
    search(view, server, "水土", year="2016", order="date")
    assert view.locator("time").all_inner_texts() == dates
    expect(view.locator(".search-narrow summary")).to_have_text("按条件筛选（已选 1 项）")


def test_the_list_is_as_long_as_it_was_when_one_comes_back(view: Page, server: Server) -> None:
    search(view, server, "水土")
    view.locator(".search-more").click()
    expect(view.locator(".search-result")).to_have_count(20)
    view.locator(".search-result__link").nth(15).click()
    view.wait_for_url("**/policies/**")
    view.go_back()
    expect(view.locator(".search-result")).to_have_count(20)


def test_facets_are_counted_and_narrow(view: Page, server: Server) -> None:
    search(view, server, "水土")
    expect(view.locator("#search-column option").nth(1)).to_be_attached()
    options = view.locator("#search-column option").all_inner_texts()
    assert options[0] == "全部" and all(re.fullmatch(r".+（\d+）", one) for one in options[1:])
    label, count = re.fullmatch(r"(.+)（(\d+)）", options[-1]).groups()  # type: ignore[union-attr]
    view.locator("#search-column").select_option(label)
    settled(view)
    expect(view.locator(".search-status")).to_contain_text(f"{count} 条结果")
    assert set(view.locator(".search-result__column").all_inner_texts()) == {label}
    view.locator("#search-from").fill("2017-01-01")
    view.locator("#search-to").fill("2017-12-31")
    settled(view)
    expect(view.locator("time").first).to_contain_text("2017")
    view.get_by_role("button", name="清除条件").click()
    settled(view)
    expect(view.locator(".search-result")).to_have_count(10)
    assert urlsplit(view.url).query == "q=" + quote("水土")
    assert view.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_one_can_browse_without_a_query(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    settled(view)
    expect(view.locator(".search-status")).to_have_text("请输入检索词，或者按条件浏览。")
    expect(view.locator("#search-help")).to_be_visible()
    view.locator("#search-organ").select_option("示例区应急局")
    settled(view)
    wanted = len({shown.id for shown, _ in CORPUS if shown.organ == "示例区应急局"})
    expect(view.locator(".search-status")).to_have_text(f"共找到 {wanted} 条结果，已显示 10 条。")
    dates = view.locator("time").all_inner_texts()
    assert dates == sorted(dates, reverse=True)


NUMBERED = entry(9)


def test_a_whole_number_opens_its_document_and_back_leads_to_the_list(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/columns.html")
    search_address = f"{server.address}/search/?q={quote(NUMBERED.number.replace('〔', '[').replace('〕', ']'))}"
    view.goto(search_address)
    view.wait_for_url(f"**{NUMBERED.href}")
    view.go_back()
    expect(view.locator(".search-result__title").first).to_have_text(NUMBERED.title)
    assert view.url == search_address
    view.goto(search_address + "&stay=1")
    expect(view.locator(".search-result__title").first).to_have_text(NUMBERED.title)


def test_typing_a_number_opens_nothing_before_enter(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    view.locator("#q").fill(NUMBERED.index_number)
    expect(view.locator(".search-result__title").first).to_have_text(NUMBERED.title)
    assert "/search/" in view.url
    view.locator("#q").press("Enter")
    view.wait_for_url(f"**{NUMBERED.href}")


def test_a_hit_in_an_attachment_names_and_links_it(view: Page, server: Server) -> None:
    search(view, server, "灌溉设施名录17")
    file = view.locator(".search-result__file a")
    expect(file).to_have_text("附件17.xlsx")
    assert file.get_attribute("href") == "/policies/17/table.xlsx"
    expect(view.locator(".search-result__title")).to_have_text(entry(17).title)


@pytest.mark.parametrize(
    ("query", "proposed"),
    [
        ("shuitubaochi", "水土保持"),
        pytest.param("水土保池", "水土保持", marks=pytest.mark.full),
        pytest.param("安全生铲", "安全生产", marks=pytest.mark.full),
    ],
)
def test_another_word_is_proposed(view: Page, server: Server, query: str, proposed: str) -> None:
    search(view, server, query)
    expect(view.locator(".search-similar").first).to_contain_text("您是不是要找：")
    view.locator(".search-similar a", has_text=proposed).first.click()
    expect(view.locator(".search-result")).to_have_count(10)
    expect(view.locator("#q")).to_have_value(proposed)


def test_an_empty_result_helps_on(view: Page, server: Server) -> None:
    search(view, server, "饮水安全保障条例细则")
    expect(view.locator(".search-empty__text")).to_have_text("没有找到与“饮水安全保障条例细则”有关的内容。")
    expect(view.locator(".search-similar", has_text="相关的词")).to_contain_text("饮水安全")
    expect(view.locator("#search-help")).to_be_visible()
    expect(view.locator(".search-status")).to_have_text("共找到 0 条结果，已显示 0 条。")


def test_the_query_is_carried_to_the_document(view: Page, server: Server) -> None:
    search(view, server, "水土 -罚款")
    address = view.locator(".search-result__link").first.get_attribute("href") or ""
    carried = parse_qs(address.split("#")[1])
    assert carried == {"search": ["水土"], "q": ["水土 -罚款"]}


def test_content_is_never_markup(view: Page, server: Server) -> None:
    search(view, server, "陷阱")
    expect(view.locator(".search-result__title")).to_have_text("示例<img src=x onerror=alert(1)>标记")
    expect(view.locator(".search-result__snippet")).to_contain_text("<script>alert(1)</script>陷阱&amp;结束。")
    assert (view.locator(".search-result__link").get_attribute("href") or "").startswith("#")
    assert view.locator("#search-results img, #search-results script, #search-results b").count() == 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("水", "至少输入两个字"),
        ("，。！？", "没有文字或数字"),
        pytest.param("<svg onload=alert(2)>", "没有找到与“<svg onload=alert(2)>”有关的内容", marks=pytest.mark.full),
        ("<script>alert(3)</script>", "没有找到与“<script>alert(3)</script>”有关的内容"),
        pytest.param("(((.*)+)+)+$[a-z", "没有", marks=pytest.mark.full),
        ("\\p{Lu}+ .* ^$ [", "没有"),
        ("__proto__ constructor", "没有找到"),
        pytest.param("水ab" * 1250, "只按前 200 个字检索", marks=pytest.mark.full),
        ("aa " * 1500, "只按前 200 个字检索"),
    ],
)
def test_odd_queries_do_no_harm(view: Page, server: Server, query: str, said: str) -> None:
    search(view, server, query)
    expect(view.locator("#search-results")).to_contain_text(said)
    expect(view.locator(".search-result")).to_have_count(0)


def test_ten_thousand_characters_can_be_typed_and_do_not_hang(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    for query in ("水土流失" * 2500, "<script>" * 1250, "(.*)+" * 2000):
        view.locator("#q").fill(query)
        expect(view.locator(".search-note")).to_contain_text("只按前 200 个字检索")
        assert view.evaluate("1 + 1") == 2


KINDS = {"manifest": r"/manifest\.bin$", "shards": r"/\w+-\w{4}\.bin$", "records": r"/\d+\.bin$"}


BROKEN = {
    "missing": (None, "缺少文件"),
    "not packed": (packed.HEADER + b"broken", "已损坏"),
    "odd": (packed.pack(b"\xff\xff\xff\xff\xff\xff"), "已损坏"),
    "page": (b"<html>", "已损坏"),
}
OFTEN = {("shards", "missing"), ("records", "page"), ("manifest", "not packed"), ("shards", "odd")}


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        pytest.param(kind, way, marks=[] if (kind, way) in OFTEN else pytest.mark.full)
        for kind in KINDS
        for way in BROKEN
    ],
)
def test_a_missing_or_broken_file_is_told_and_can_be_tried_again(
    fresh: Page, server: Server, kind: str, way: str
) -> None:
    content, said = BROKEN[way]
    server.changed = {path: content for path in server.files if path.startswith("/search/") and re.search(KINDS[kind], path)}
    assert server.changed
    search(fresh, server, "水土流失")
    expect(fresh.locator(".search-error[role=alert]")).to_contain_text(said)
    expect(fresh.locator(".search-status")).to_have_text("检索没有完成。")
    server.changed = {}
    fresh.locator(".search-retry").click()
    expect(fresh.locator(".search-result")).to_have_count(10)
    expect(fresh.locator(".search-error")).to_have_count(0)


def test_missing_facets_are_told_and_results_stay(fresh: Page, server: Server) -> None:
    server.changed = {path: None for path in server.files if "/facets/" in path}
    search(fresh, server, "水土流失")
    expect(fresh.locator(".search-error[role=alert]")).to_contain_text("缺少文件")
    expect(fresh.locator(".search-result")).to_have_count(10)
    server.changed = {}
    fresh.locator(".search-retry").click()
    expect(fresh.locator(".search-error")).to_have_count(0)
    expect(fresh.locator("#search-column option").nth(1)).to_be_attached()


def test_a_lost_network_is_told_and_what_was_shown_stays(fresh: Page, server: Server) -> None:
    search(fresh, server, "水土")
    fresh.context.set_offline(True)
    fresh.locator(".search-more").click()
    expect(fresh.locator(".search-error")).to_contain_text("网络连接中断")
    expect(fresh.locator(".search-result")).to_have_count(10)
    fresh.context.set_offline(False)
    fresh.locator(".search-retry").click()
    expect(fresh.locator(".search-result")).to_have_count(20)


def test_a_network_lost_in_the_middle_of_a_query_is_told(fresh: Page, server: Server) -> None:
    fresh.route(re.compile(KINDS["records"]), lambda route: route.abort())
    search(fresh, server, "水土流失")
    expect(fresh.locator(".search-error")).to_contain_text("网络连接中断")
    fresh.unroute(re.compile(KINDS["records"]))
    fresh.locator("#q").fill("行政机关")
    expect(fresh.locator(".search-result")).to_have_count(10)
    expect(fresh.locator(".search-error")).to_have_count(0)


def test_a_site_renewed_meanwhile_is_asked_again(fresh: Page, server: Server) -> None:
    old = packed.unpack(FILES["manifest.bin"])
    folder = next(path.split("/")[0] for path in FILES if "-" in path)
    answers = [packed.pack(old.replace(folder.encode(), b"0" * 12)), FILES["manifest.bin"]]
    fresh.route("**/manifest.bin", lambda route: route.fulfill(body=answers.pop(0)))
    search(fresh, server, "水土")
    expect(fresh.locator(".search-result")).to_have_count(10)
    assert answers == []


def test_it_works_without_decompression_stream(fresh: Page, server: Server) -> None:
    fresh.add_init_script("delete window.DecompressionStream")
    search(fresh, server, "水土")
    expect(fresh.locator(".search-result")).to_have_count(10)


def test_it_works_when_the_server_declares_the_packing(fresh: Page, server: Server) -> None:
    server.changed = {path: packed.unpack(content) for path, content in server.files.items() if path.endswith(".bin")}
    search(fresh, server, "水土")
    expect(fresh.locator(".search-result")).to_have_count(10)


def test_another_back_end_can_take_its_place(fresh: Page, server: Server) -> None:
    server.changed["/other.js"] = """window.searchBackend = { renew() {}, async search(request) { return {
      words: ["甲"], problem: "", cut: false, open: "", small: false, shown: 1, more: false, count: 1, certain: true,
      async next() { return [{ id: "1", href: "/a.html", title: "另一个甲" + request.text, number: "",
        column: "", organ: "", date: "2026-01-01", badge: "", text: "甲" }]; },
      async facets() { return [[["栏目", 1]], [], [], [], []]; }, async help() { return { similar: [], related: [] }; } }; } };""".encode()
    server.changed["/search/"] = PAGE.replace(
        "<script", '<script type="module" src="/other.js"></script><script', 1
    ).encode()
    search(fresh, server, "乙")
    expect(fresh.locator(".search-result__title")).to_have_text("另一个甲乙")
    assert not [path for path in server.asked if path.endswith(".bin")]


def test_everything_can_be_reached_by_keyboard_in_a_sensible_order(view: Page, server: Server) -> None:
    search(view, server, "水土")
    view.locator("#q").focus()
    stops = []
    for _ in range(14):
        view.keyboard.press("Tab")
        stops.append(view.evaluate("document.activeElement.id || document.activeElement.tagName + document.activeElement.className"))
    names = list(dict.fromkeys(stops))
    assert names[:8] == ["BUTTON", "SUMMARY", "search-column", "search-organ", "search-type", "search-year", "search-validity", "search-from"]
    expect(view.locator("[role=status]")).to_have_count(1)
    assert view.locator("#search-results").get_attribute("aria-live") is None
    view.locator("#search-order").focus()
    view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement === document.querySelector('.search-result__link')")


def test_it_fits_a_small_phone(view: Page, server: Server) -> None:
    view.set_viewport_size({"width": 320, "height": 640})
    search(view, server, "水土保持")
    assert scrolls_sideways(view) <= 0
    expect(view.locator("#search-column")).to_be_hidden()
    view.locator("summary").click()
    expect(view.locator("#search-column option").nth(1)).to_be_attached()
    assert scrolls_sideways(view) <= 0
    assert violations(view) == []


@pytest.mark.parametrize(
    ("query", "scheme"),
    [
        pytest.param("水土", "light", marks=pytest.mark.full),
        ("水土", "dark"),
        ("shuitubaochi", "light"),
        pytest.param("", "dark", marks=pytest.mark.full),
    ],
)
def test_the_page_has_no_barriers(browser: Any, server: Server, query: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    search(page, server, query)
    assert violations(page) == []
    context.close()


def test_a_first_query_costs_little(fresh: Page, server: Server) -> None:
    search(fresh, server, "水土流失")
    files = [path for path in server.asked if path.endswith((".bin", ".js"))]
    assert len(files) == len(set(files)) and len([path for path in files if path.endswith(".js")]) == 1


def test_what_browsers_load_is_small_old_fashioned_enough_and_made_from_the_modules() -> None:
    command = load("build_scripts/bundle_search.py")
    texts: dict[str, str] = {}
    for name, first in command.FIRST.items():
        needed = command.modules(SCRIPTS, first)
        texts |= needed
        shipped = (SCRIPTS.parent / name).read_text("utf-8")
        assert shipped.startswith(command.head(needed)), "run python3 build_scripts/bundle_search.py"
        size = len(gzip.compress(shipped.encode(), 9, mtime=0))
        print(f"{name}: {size} bytes compressed")
        assert size <= 12_000 and len(shipped.encode()) < 40_000
        assert not re.search(r"\?\.[a-zA-Z\[(]|\?\?|\bimport\b|innerHTML|\beval\b|Function\(", shipped)
    assert set(texts) == {path.stem for path in SCRIPTS.glob("*.js")}
    for name, text in texts.items():
        code = re.sub(r"//.*|/\*.*?\*/", "", text)
        assert not re.search(r"\?\.[a-zA-Z\[(]|\?\?|\bimport\(|innerHTML|\beval\b|\.style\b", code), name
        onstage = name in ("elements", "highlight", "opened", "page", "results")
        assert onstage == bool(re.search(r"\b(document|window|location)\b", code)), name
        assert (name == "files") == bool(re.search(r"\bfetch\(", code)), name
