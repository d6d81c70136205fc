"""The reading aids in use: chosen by pointer and by keyboard, remembered or carried on, from static files under the strict policy."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import expect

from support.browser import scrolls_sideways, watch
from support.shapes import SHAPES

pytestmark = pytest.mark.browser

AIDS = Path(__file__).parents[2] / "plugins/govportal_theme/assets/js/aids"
ELSEWHERE, GOVERNMENT = "https://elsewhere.example/page", "https://www.gov.cn/page"
WITHOUT_STORAGE = """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError"); }});"""
# A voice that says nothing and remembers what it was given.
VOICE = """window.spoken = []; window.silenced = 0;
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "en-US", name: "English"}, {lang: "zh-CN", name: "普通话"}],
  cancel: () => { silenced += 1; },
  speak(said) { spoken.push({text: said.text, lang: said.lang, voice: said.voice.name, rate: said.rate}); window.now = said; said.dispatchEvent(new Event("start")); },
}});"""
COPIED = """window.copied = []; Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { copied.push(text); }}});"""
PRINTED = "window.printed = 0; window.print = () => { printed += 1; dispatchEvent(new Event('beforeprint')); };"
FONT = "parseFloat(getComputedStyle(document.body).fontSize)"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Any, strict: str) -> Iterator[Any]:
    """A page of a desktop browser in light colours; nothing may go wrong on it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    for script in (VOICE, COPIED, PRINTED, *getattr(request, "param", ())):
        context.add_init_script(script)
    for elsewhere in (ELSEWHERE, GOVERNMENT):
        context.route(elsewhere, lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html"))
    made = context.new_page()
    troubles = watch(made, strict)
    yield made
    assert [one for one in troubles if ELSEWHERE not in one and GOVERNMENT not in one] == []
    context.close()


def press(page: Any, name: str) -> None:
    """Use a button of the bar, the panel or a dialog by keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True).first
    button.focus()
    page.keyboard.press("Enter")


def open_panel(page: Any) -> Any:
    press(page, "更多辅助")
    panel = page.get_by_role("region", name="阅读辅助")
    expect(panel).to_be_visible()
    return panel


def test_elder_mode_is_remembered_and_undone(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    usual = page.evaluate(FONT)
    press(page, "长者模式")
    assert page.evaluate(FONT) == 24 > usual
    page.goto(strict + "/")
    assert page.evaluate(FONT) == 24
    columns = page.locator(".home-groups").first.evaluate("(one) => getComputedStyle(one).display")
    assert columns == "block"
    assert "pointer.svg" in page.evaluate("getComputedStyle(document.documentElement).cursor")
    button = page.get_by_role("button", name="长者模式")
    assert button.get_attribute("aria-pressed") == "true"
    assert button.evaluate("(one) => one.offsetHeight") >= 48
    press(page, "长者模式")
    page.reload()
    assert page.evaluate(FONT) == usual


@pytest.mark.parametrize("page", [(WITHOUT_STORAGE,)], indirect=True)
def test_without_storage_the_address_carries_the_choices(page: Any, strict: str) -> None:
    page.goto(strict + "/?elder=on&color-scheme=dark")
    assert (page.evaluate(FONT), page.evaluate(GROUND)) == (24, "rgb(20, 24, 29)")
    page.locator(".nav-wide").get_by_role("link", name="政策", exact=True).click()
    expect(page.locator("h1")).to_have_text("政策")
    assert page.url == strict + "/policies/?elder=on&color-scheme=dark"
    assert page.evaluate(FONT) == 24
    press(page, "长者模式")
    assert page.url == strict + "/policies/?color-scheme=dark"
    page.locator("header input[type=search]").fill("预算")
    page.locator("header input[type=search]").press("Enter")
    page.wait_for_url("**/search.html?*")
    assert "color-scheme=dark" in page.url and "elder" not in page.url
    assert page.evaluate(GROUND) == "rgb(20, 24, 29)"


def test_a_choice_in_the_address_is_remembered_where_that_is_possible(page: Any, strict: str) -> None:
    page.goto(strict + "/?elder=on")
    page.goto(strict + "/statement.html")
    assert page.evaluate(FONT) == 24
    page.goto(strict + "/?elder=off")
    assert page.evaluate(FONT) == 18


def test_every_choice_of_the_panel_works_by_keyboard(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    panel = open_panel(page)
    sizes = []
    panel.get_by_role("group", name="字号").get_by_role("radio", name="标准").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        sizes.append(page.evaluate(FONT))
    assert sizes == [21, 24]
    panel.get_by_role("group", name="颜色").get_by_role("radio", name="深色").check()
    assert page.evaluate(GROUND) == "rgb(20, 24, 29)"
    panel.get_by_role("group", name="对比度").get_by_role("radio", name="高").check()
    assert page.evaluate(GROUND) == "rgb(0, 0, 0)"
    panel.get_by_role("group", name="鼠标指针").get_by_role("radio", name="大").check()
    assert "pointer.svg" in page.evaluate("getComputedStyle(document.documentElement).cursor")
    panel.get_by_role("group", name="版面").get_by_role("radio", name="长者模式").check()
    # Elder mode and the largest letters: 30 px.
    assert page.evaluate(FONT) == 30
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
    press(page, "恢复默认")
    assert (page.evaluate(FONT), page.evaluate(GROUND)) == (18, "rgb(255, 255, 255)")
    assert page.evaluate("localStorage.length") == 0
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    opener = page.get_by_role("button", name="更多辅助")
    expect(opener).to_be_focused()
    assert opener.get_attribute("aria-expanded") == "false"


def test_the_voice_reads_heading_and_text_and_the_mark_follows(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    page.locator(".tools").get_by_role("button", name="朗读").focus()
    page.keyboard.press("Enter")
    player = page.get_by_role("region", name="朗读")
    expect(player).to_be_visible()
    expect(player.get_by_role("button", name="暂停")).to_be_focused()
    first = page.evaluate("spoken[0]")
    assert first == {"text": "示例：示例区政务公开工作管理办法", "lang": "zh-CN", "voice": "普通话", "rate": 1}
    assert page.locator(".aids-read").evaluate("(one) => one.tagName") == "H1"
    for _ in range(30):
        page.evaluate("now.dispatchEvent(new Event('end'))")
    said = [one["text"] for one in page.evaluate("spoken")]
    assert any(one.startswith("第一条") for one in said)
    assert not any(mark in one for one in said for mark in "〔〕《》0123456789¶")
    assert "索引号" not in "".join(said)
    page.keyboard.press("Enter")
    count = page.evaluate("[spoken.length, silenced]")
    expect(player.get_by_role("button", name="继续")).to_be_focused()
    page.evaluate("now.dispatchEvent(new Event('end'))")
    assert page.evaluate("spoken.length") == count[0]
    page.keyboard.press("Enter")
    assert page.evaluate("spoken.at(-1).text") == said[-1]
    player.get_by_label("语速").select_option("慢")
    assert page.evaluate("spoken.at(-1).rate") == 0.8
    page.keyboard.press("Escape")
    expect(player).not_to_be_visible()
    expect(page.locator(".tools").get_by_role("button", name="朗读")).to_be_focused()
    assert page.locator(".aids-read").count() == 0


def test_a_table_is_read_with_the_names_of_its_columns_and_what_is_selected_alone(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["fees"])
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    open_panel(page).get_by_role("button", name="朗读本页").click()
    expect(page.get_by_role("region", name="朗读")).to_be_visible()
    for _ in range(3):
        page.evaluate("now.dispatchEvent(new Event('end'))")
    assert page.evaluate("spoken.length") == 1
    page.evaluate("getSelection().removeAllRanges()")
    passages = page.evaluate(
        "import('/assets/js/aids/reader.js').then((reader) => reader.passages(document.querySelector('main')).flatMap((one) => one.said))"
    )
    assert any(one.startswith("收费标准：") for one in passages)


@pytest.mark.parametrize("page", [("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;",)], indirect=True)
def test_where_nothing_can_be_said_the_page_says_so(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    page.evaluate("delete window.speechSynthesis")
    if page.evaluate("'speechSynthesis' in window"):
        page.evaluate("speechSynthesis.speak = (said) => said.dispatchEvent(Object.assign(new Event('error'), {error: 'voice-unavailable'}))")
    page.locator(".tools").get_by_role("button", name="朗读").click()
    expect(page.get_by_role("status")).to_contain_text("没有可用的中文语音")
    expect(page.get_by_role("region", name="朗读")).not_to_be_visible()


def modules(page: Any) -> list[list[int]]:
    """The code on the page, a row of 0 and 1 for each row of modules."""
    path = page.locator("dialog svg path[stroke]").get_attribute("d")
    side = int(page.locator("dialog svg").get_attribute("viewBox").split()[2])
    rows = [[0] * side for _ in range(side)]
    for stroke in path.split("M")[1:]:
        left, rest = stroke.split(" ")
        top, length = rest.split(".5h")
        for at in range(int(left), int(left) + int(length)):
            rows[int(top)][at] = 1
    return [row[4:-4] for row in rows[4:-4]]


@pytest.mark.parametrize("shape", ["policy", pytest.param("home", marks=pytest.mark.full)])
def test_the_code_is_that_of_the_permanent_address(page: Any, strict: str, shape: str) -> None:
    page.goto(strict + SHAPES[shape] + "?contrast=more")
    open_panel(page).get_by_role("button", name="二维码").click()
    dialog = page.get_by_role("dialog", name="本页网址")
    expect(dialog.get_by_role("img", name="本页网址的二维码")).to_be_visible()
    address = "https://portal.example" + SHAPES[shape]
    assert dialog.locator(".address").inner_text() == address
    drawn = modules(page)
    possible = [
        segno.make(address, error="m", boost_error=False, mode="byte", encoding="utf-8", eci=True, micro=False, mask=mask)
        for mask in range(8)
    ]
    assert drawn in [[list(row) for row in one.matrix] for one in possible]
    expect(dialog.get_by_role("button", name="关闭")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("button", name="二维码").first).to_be_focused()


def test_the_drawer_of_codes_is_the_published_one() -> None:
    digest = sha256((AIDS / "lean-qr.js").read_bytes()).hexdigest()
    assert digest == "9f064e870e3ab537ca1f87fadbaa45dd7fa56d8c32440bbddb8b893201b951d7"
    assert "MIT License" in (AIDS / "lean-qr.LICENSE.txt").read_text(encoding="utf-8")


def test_sharing_asks_the_device_and_else_copies(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    address = "https://portal.example" + SHAPES["policy"]
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined, configurable: true})")
    page.locator(".tools").get_by_role("button", name="分享").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    assert page.evaluate("copied") == ["示例：示例区政务公开工作管理办法 " + address]
    page.evaluate("Object.defineProperty(navigator, 'share', {value: async (what) => { window.shared = what; }})")
    page.locator(".tools").get_by_role("button", name="分享").click()
    assert page.evaluate("shared") == {"title": "示例：示例区政务公开工作管理办法", "url": address}


def test_the_printout_has_code_and_time_when_printing_is_asked_for(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    page.locator("body").press("Control+p")
    expect(page.locator(".page-foot > .aids-code")).to_be_attached()
    assert page.evaluate("printed") == 1
    assert page.locator(".page-foot").get_attribute("data-printed").startswith("打印时间：20")
    press(page, "打印")
    for _ in range(40):
        if page.evaluate("printed") == 2:
            break
        page.wait_for_timeout(25)
    assert (page.evaluate("printed"), page.locator(".page-foot > .aids-code").count()) == (2, 1)


def test_the_reader_is_told_before_leaving_for_a_site_that_is_not_of_government(page: Any, strict: str) -> None:
    page.goto(strict + SHAPES["policy"])
    page.evaluate(
        """([elsewhere, government]) => document.querySelector('main').insertAdjacentHTML('afterbegin',
          `<p><a href="${elsewhere}">站外</a> <a href="${government}">政府网</a></p>`)""",
        [ELSEWHERE, GOVERNMENT],
    )
    page.get_by_role("link", name="站外", exact=True).press("Enter")
    dialog = page.get_by_role("dialog", name="即将离开本网站")
    expect(dialog).to_contain_text(ELSEWHERE)
    expect(dialog.get_by_role("button", name="留在本网站")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    assert page.url == strict + SHAPES["policy"]
    expect(page.get_by_role("link", name="站外", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("link", name="继续访问").press("Enter")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.evaluate(
        "(government) => document.querySelector('main').insertAdjacentHTML('afterbegin', `<a href=\"${government}\">政府网</a>`)", GOVERNMENT
    )
    page.get_by_role("link", name="政府网", exact=True).first.click()
    page.wait_for_url(GOVERNMENT)


def test_nothing_of_an_aid_is_loaded_before_it_is_used(page: Any, strict: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(strict)))
    page.goto(strict + SHAPES["policy"], wait_until="networkidle")
    assert {one for one in asked if "/aids" in one} == {
        "/assets/css/aids.css",
        *(f"/assets/js/aids/{name}.js" for name in ("modes", "bar", "choices", "tell")),
    }
    asked.clear()
    page.locator(".tools").get_by_role("button", name="二维码").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert sorted(one for one in asked if "/aids" in one) == ["/assets/css/aids-open.css", "/assets/js/aids/code.js", "/assets/js/aids/lean-qr.js"]


@pytest.mark.parametrize("shape", ["policy", pytest.param("home", marks=pytest.mark.full), pytest.param("fees", marks=pytest.mark.full)])
def test_the_open_panel_and_player_fit_the_smallest_phone_in_the_largest_letters(browser: Any, strict: str, shape: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    context.add_init_script(VOICE + "localStorage.setItem('elder', 'on'); localStorage.setItem('text-size', 'largest')")
    page = context.new_page()
    page.goto(strict + SHAPES[shape])
    page.locator(".aids [data-aid=panel]").click()
    panel = page.get_by_role("region", name="阅读辅助")
    panel.get_by_role("button", name="朗读本页").click()
    expect(page.get_by_role("region", name="朗读", exact=True)).to_be_visible()
    assert scrolls_sideways(page) <= 0
    heights = page.locator("button:visible").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 48
    context.close()
