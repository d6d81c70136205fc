"""The search in a real browser: the same rules, the same formats, nothing missed, and troubles told plainly."""

import gzip
import json
import random
import re
import threading
import zlib
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from govportal.products.search import SearchEntry, assemble, packed, prepare
from govportal.products.search.analyse import fold
from unit.search import reference_reader as reader

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "plugins/govportal_theme/assets/js/search"
GOLDEN = ROOT / "tests/golden/search"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>搜索</title>
<script type="module" src="/js/page.js"></script></head><body><main><h1>搜索</h1>
<form role="search"><label for="q">检索词</label><input id="q" name="q"><button>搜索</button></form>
<div id="search-results" data-index="/search/" aria-live="polite"></div></main></body></html>"""

# Sentences of statutes (outside copyright); titles, numbers and organs are made up.
SENTENCES = [
    "为了预防和治理水土流失，保护和合理利用水土资源，减轻水、旱、风沙灾害，改善生态环境，制定本法。",
    "在中华人民共和国境内从事水土保持活动，应当遵守本法。",
    "任何单位和个人都有保护水土资源、预防和治理水土流失的义务，并有权对破坏水土资源、造成水土流失的行为进行举报。",
    "行政机关公开政府信息，应当坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则。",
    "行政机关应当及时、准确地公开政府信息。",
    "公民、法人或者其他组织的合法权益受法律保护。",
    "县级以上人民政府应当将突发事件应对工作所需经费列入本级预算。",
    "生产经营单位的主要负责人对本单位的安全生产工作全面负责。",
    "违反本条例规定的，由县级以上人民政府有关部门责令限期改正；逾期不改正的，处2000元以上1万元以下的罚款。",
    "本办法自2018年7月1日起施行，有效期5年。",
    "联系电话：0000-1234567，邮编000000，网址example.gov.cn，GB/T 19001-2016。",
    "（一）一九九七年以前，二○一七年以后；（二）其他情形。",
    "𠮷林镇、㐂乐村的地名用字，以国家公布的为准。",
    "“三农”问题：农业、农村、农民。\n第二段从这里开始，ＡＢＣ与abc同样对待。",
]
SUBJECTS = ["水土保持", "政务公开", "安全生产", "突发事件应对", "农村饮水", "行政执法"]


def corpus() -> list[tuple[SearchEntry, str]]:
    """Sixty small records, always the same."""
    chance = random.Random(20170301)
    found = []
    for at in range(60):
        subject = SUBJECTS[at % len(SUBJECTS)]
        shown = SearchEntry(
            id=f"sample-{at}",
            href=f"/policies/{at}.html",
            title=f"示例区关于{subject}工作（第{at}批）的通知",
            number=f"示例办发〔{2015 + at % 9}〕{at}号",
            index_number=f"000000000000000000/{2015 + at % 9}-{at:05}",
            column="政策文件",
            organ="示例区水务局",
            type="policy",
            date=f"{2015 + at % 9}-{at % 12 + 1:02}-{at % 28 + 1:02}",
            badge="废止" if at % 10 == 0 else "有效（推定）",
            sample=True,
        )
        found.append((shown, "\n".join(chance.sample(SENTENCES, 6))))
    trap = SearchEntry(
        "trap",
        "javascript:alert(1)",
        "示例<img src=x onerror=alert(1)>标记",
        "",
        "",
        "栏目<b>",
        "机关",
        "notice",
        "2001-01-01",
        "",
        False,
    )
    found.append((trap, "正文<script>alert(1)</script>陷阱&amp;结束。"))
    return found


CORPUS = corpus()
FILES = dict(assemble([(shown, prepare(shown, text)) for shown, text in CORPUS]))


class Server(ThreadingHTTPServer):
    """A plain static server whose files can be taken away or broken."""

    files: dict[str, bytes]
    changed: dict[str, bytes | None]
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers from memory."""

    server: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        content = self.server.changed.get(path, self.server.files.get(path))
        self.send_response(200 if content is not None else 404)
        kinds = {".js": "text/javascript", ".json": "application/json", ".bin": "application/octet-stream"}
        self.send_header("Content-Type", kinds.get(Path(path).suffix, "text/html; charset=utf-8"))
        self.send_header("Content-Security-Policy", POLICY)
        if "/postings/" in path or path.endswith("directory.bin"):
            self.send_header("Cache-Control", "max-age=3600, immutable")
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.files = {"/search/": PAGE.encode(), "/empty.html": b"<!doctype html><title>.</title>"}
    server.files |= {f"/search/{path}": content for path, content in FILES.items()}
    server.files |= {f"/js/{path.name}": path.read_bytes() for path in SCRIPTS.glob("*.js")}
    server.files |= {f"/golden/{path.name}": path.read_bytes() for path in GOLDEN.iterdir()}
    server.files |= {f"/packed/{name}": content for name, content in PACKED.items()}
    server.changed, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(running: Server) -> Server:
    running.changed, running.asked = {}, []
    return running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    switches = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    switches += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=switches)
        yield browser
        browser.close()


@pytest.fixture
def view(chromium: Any) -> Iterator[Page]:
    """A fresh page; an error or a refused resource in it fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: errors.append("a dialog opened"))
    yield page
    context.close()
    assert errors == []


def noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)


def deflated(content: bytes, level: int, strategy: int) -> bytes:
    engine = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packed.HEADER + engine.compress(content) + engine.flush() + b"\0" * 8


LONG = "".join(SENTENCES).encode() * 40
PACKED = {
    "dynamic": packed.pack(LONG),
    "fixed": deflated(LONG[:5000], 9, zlib.Z_FIXED),
    "stored": deflated(noise(70000), 0, zlib.Z_DEFAULT_STRATEGY),
    "noise": packed.pack(noise(3000)),
    "repeats": packed.pack(b"a" * 100000),
    "nothing": packed.pack(b""),
}


def run(view: Page, server: Server, script: str, given: object = None) -> Any:
    """Run an asynchronous function of the modules on an empty page of the site."""
    view.goto(server.address + "/empty.html")
    return view.evaluate(script, given)


IDS = """async ({queries, order}) => {
  const { readQuery, search } = await import("/js/query.js");
  const { unpack } = await import("/js/packed.js");
  const known = new Map();
  const load = async (path) => {
    if (!known.has(path)) {
      const response = await fetch("/search/" + path);
      known.set(path, await unpack(new Uint8Array(await response.arrayBuffer())));
    }
    return known.get(path);
  };
  const found = [];
  for (const query of queries) {
    const results = await search(load, readQuery(query), order);
    const estimate = results.count;
    const ids = [];
    while (results.more) ids.push(...(await results.next(7)).map((record) => record.id));
    found.push({ ids, estimate, count: results.count, certain: results.certain });
  }
  return found;
}"""


def find(view: Page, server: Server, queries: list[str], order: str = "relevance") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(view, server, IDS, {"queries": queries, "order": order})
    return found


def pieces() -> list[str]:
    chance = random.Random(11)
    found = []
    for shown, text in CORPUS:
        for field in (shown.title, shown.number, shown.index_number, text, text):
            if len(field) > 2:
                start = chance.randrange(len(field) - 2)
                found.append(field[start : start + chance.choice([2, 3, 4, 8, 20])])
    return [piece for piece in found if reader.words(piece)[0]]


def test_the_rule_is_the_same_in_both_languages(view: Page, server: Server) -> None:
    script = """async () => {
      const rule = await import("/js/analyse.js");
      const vectors = await (await fetch("/golden/vectors.json")).json();
      return {
        fold: vectors.fold.map(([text]) => [text, rule.fold(text)]),
        words: vectors.words.map(([text]) => [text, rule.words(text).words, rule.words(text).singles]),
        grams: vectors.grams.map(([word]) => [word, rule.queryGrams(word)]),
        turned: vectors.turned.map(([mask, offset]) => [mask, offset, rule.turned(mask, offset)]),
        whole: vectors.whole.map(([text]) => [text, rule.wholeKey(rule.fold(text))]),
        places: vectors.fold.map(([text]) => rule.foldWithPlaces(text).letters === rule.fold(text)),
      };
    }"""
    vectors = json.loads((GOLDEN / "vectors.json").read_text("utf-8"))
    found = run(view, server, script)
    assert all(found.pop("places"))
    assert found == {name: vectors[name] for name in found}


def test_every_character_folds_alike(view: Page, server: Server) -> None:
    script = """async (codes) => {
      const { fold } = await import("/js/analyse.js");
      return codes.map((code) => fold(String.fromCodePoint(code)));
    }"""
    codes = [code for code in range(0x30000) if category(chr(code)) not in ("Cn", "Cs", "Co")]
    found = run(view, server, script, codes)
    differing = [hex(code) for code, letters in zip(codes, found, strict=True) if fold(chr(code)) != letters]
    assert differing == []


def test_the_readers_read_the_golden_files(view: Page, server: Server) -> None:
    script = """async () => {
      const { unpack } = await import("/js/packed.js");
      const formats = await import("/js/formats.js");
      const read = async (name) => unpack(new Uint8Array(await (await fetch("/golden/" + name)).arrayBuffer()));
      const wanted = await (await fetch("/golden/files.json")).json();
      const directory = formats.readDirectory(await read("directory.bin"));
      const lists = ({ numbers, masks }) => numbers.map((number, index) => [number, masks[index]]);
      const postings = {};
      formats.readPostings(await read("postings.bin")).forEach((found, key) => {
        postings[key] = { body: lists(found.body), title: lists(found.title), number: lists(found.number) };
      });
      const { text, ...entry } = formats.readRecord(await read("record.bin"));
      return {
        directory: directory.keys.map((key, index) => [key, directory.sizes[index]]),
        postings,
        record: { entry, text },
        manifest: formats.readManifest(await read("manifest.json")).segments,
        locate: wanted.locate.map(([key]) => [key, formats.locate(directory, key)]),
      };
    }"""
    wanted = json.loads((GOLDEN / "files.json").read_text("utf-8"))
    wanted["directory"] = [[key, -(-size // 64)] for key, size in wanted["directory"]]
    assert run(view, server, script) == wanted


def test_a_broken_file_is_an_error_not_an_endless_loop(view: Page, server: Server) -> None:
    script = """async (size) => {
      const { unpack } = await import("/js/packed.js");
      const { readPostings } = await import("/js/formats.js");
      const packed = new Uint8Array(await (await fetch("/golden/postings.bin")).arrayBuffer());
      const plain = await unpack(packed);
      let troubles = 0;
      for (let end = 1; end < plain.length; end += 1) {
        try { readPostings(plain.subarray(0, end)); } catch { troubles += 1; }
      }
      return troubles === plain.length - 1;
    }"""
    assert run(view, server, script)


def test_our_own_inflate_agrees(view: Page, server: Server) -> None:
    script = """async (names) => {
      const { inflate } = await import("/js/inflate.js");
      const sums = [];
      for (const name of names) {
        const packed = new Uint8Array(await (await fetch("/packed/" + name)).arrayBuffer());
        const digest = await crypto.subtle.digest("SHA-256", inflate(packed.subarray(10)));
        sums.push(Array.from(new Uint8Array(digest)).map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      }
      return sums;
    }"""
    names = list(PACKED)
    wanted = [sha256(zlib.decompress(PACKED[name][10:], -15)).hexdigest() for name in names]
    assert run(view, server, script, names) == wanted


@pytest.mark.parametrize("order", ["relevance", "date"])
def test_nothing_is_missed_and_nothing_wrong_is_shown(view: Page, server: Server, order: str) -> None:
    queries = pieces()
    for query, found in zip(queries, find(view, server, queries, order), strict=True):
        truth = [shown.id for shown, text in CORPUS if reader.matches(shown, text, query)]
        assert sorted(found["ids"]) == sorted(truth), query
        assert found["estimate"] >= found["count"] == len(truth)
        assert found["certain"]


def test_by_date_the_newest_come_first(view: Page, server: Server) -> None:
    dates = {shown.id: shown.date for shown, _ in CORPUS}
    [found] = find(view, server, ["水土"], "date")
    shown = [dates[identifier] for identifier in found["ids"]]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) > 20


@pytest.mark.parametrize(
    "query",
    [
        "示例办发〔2024〕9号",
        "示例办发[2024]9",
        "示例办发(2024)9号",
        "示例办发（２０２４）９号",
        "示例办发〔2024〕 9号",
    ],
)
def test_a_document_number_comes_first_however_it_is_typed(view: Page, server: Server, query: str) -> None:
    known = [shown for shown, _ in CORPUS if shown.number.endswith("〕9号")]
    query = query.replace("2024", known[0].number[5:9]).replace("２０２４", known[0].number[5:9])
    [found] = find(view, server, [query])
    assert found["ids"][0] == known[0].id


def test_the_order_is_whole_title_then_title_then_number_then_body(view: Page, server: Server) -> None:
    title = CORPUS[7][0].title
    whole, subject = find(view, server, [title, "水土保持"])
    assert whole["ids"][0] == CORPUS[7][0].id
    titled = {shown.id for shown, _ in CORPUS if "水土保持" in shown.title}
    assert set(subject["ids"][: len(titled)]) == titled
    assert len(subject["ids"]) > len(titled)


def test_results_are_drawn(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/?q={quote('水土保持')}")
    expect(view.locator(".search-result")).to_have_count(10)
    expect(view.locator("#q")).to_have_value("水土保持")
    first = view.locator(".search-result").first
    expect(first.locator(".search-result__title mark")).to_have_text("水土保持")
    expect(first.locator(".search-result__sample")).to_have_text("示例")
    for part in ("meta", "column", "organ", "number", "badge", "snippet"):
        expect(first.locator(f".search-result__{part}")).to_have_count(1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first.locator("time").get_attribute("datetime") or "")
    assert re.search(r"找到约 \d+ 条结果，已显示 10 条", view.locator(".search-status").inner_text())
    expect(view.locator("#search-results")).not_to_have_attribute("aria-busy", "true")


def test_more_are_loaded_and_the_count_becomes_certain(view: Page, server: Server) -> None:
    truth = sum(reader.matches(shown, text, "水土") for shown, text in CORPUS)
    view.goto(f"{server.address}/search/?q={quote('水土')}")
    more = view.locator(".search-more")
    expect(more).to_be_visible()
    more.click()
    expect(view.locator(".search-result")).to_have_count(20)
    assert view.evaluate("document.activeElement.closest('.search-result') !== null")
    while more.count():
        known = view.locator(".search-result").count()
        more.click()
        expect(view.locator(".search-result").nth(known)).to_be_attached()
    expect(view.locator(".search-result")).to_have_count(truth)
    expect(view.locator(".search-status")).to_have_text(f"共找到 {truth} 条结果，已显示 {truth} 条。")


def test_the_order_is_switched_by_a_link(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/?q={quote('水土')}&from=home")
    view.locator(".search-order__link", has_text="按日期").click()
    expect(view.locator(".search-order__link[aria-current]")).to_have_text("按日期")
    assert "order=date" in view.url and "from=home" in view.url
    dates = view.locator("time").all_inner_texts()
    assert dates == sorted(dates, reverse=True) and len(dates) == 10


def test_content_is_never_markup(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/?q={quote('陷阱')}")
    expect(view.locator(".search-result__title")).to_have_text("示例<img src=x onerror=alert(1)>标记")
    expect(view.locator(".search-result__snippet")).to_contain_text(
        "<script>alert(1)</script>陷阱&amp;结束。"
    )
    expect(view.locator(".search-result__link")).to_have_attribute("href", "#")
    assert view.locator("#search-results img, #search-results script, #search-results b").count() == 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("水", "至少输入两个字"),
        ("，。！？", "没有文字或数字"),
        ("不存在的内容甲乙丙", "没有找到与“不存在的内容甲乙丙”有关的内容"),
        ("<svg onload=alert(2)>", "没有找到与“<svg onload=alert(2)>”有关的内容"),
        ("(((.*)+)+)+$[a-z", "没有"),
        ("水ab" * 1500, "只按前 100 个字检索"),
        ("aa " * 3000, "只按前 100 个字检索"),
    ],
)
def test_odd_queries_do_no_harm(view: Page, server: Server, query: str, said: str) -> None:
    view.goto(f"{server.address}/search/?q={quote(query)}")
    expect(view.locator("#search-results")).to_contain_text(said)
    expect(view.locator(".search-result")).to_have_count(0)


def test_ten_thousand_characters_are_read_quickly(view: Page, server: Server) -> None:
    script = """async (query) => {
      const { readQuery } = await import("/js/query.js");
      const began = performance.now();
      const found = readQuery(query);
      return { time: performance.now() - began, cut: found.cut, letters: Array.from(found.words.join("")).length };
    }"""
    for query in ("水土流失" * 2500, "水 " * 5000, "𠮷" * 10000, "〔" * 10000, " " * 10000):
        found = run(view, server, script, query)
        assert found["time"] < 200
        assert found["letters"] <= 100
        assert found["cut"] == bool(query.strip())


def test_an_empty_query_says_nothing(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/?q=%20")
    view.wait_for_load_state("networkidle")
    expect(view.locator("#search-results")).to_be_empty()
    assert not any(path.endswith((".bin", ".json")) for path in server.asked)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "缺少文件"),
        (packed.HEADER + b"broken", "已损坏"),
        (packed.pack(b"\xff\xff"), "已损坏"),
        (b"<html>", "已损坏"),
    ],
)
@pytest.mark.parametrize("kind", ["directory", "postings", "records"])
def test_a_missing_or_broken_file_is_told_and_can_be_tried_again(
    view: Page, server: Server, kind: str, content: bytes | None, said: str
) -> None:
    server.changed = {path: content for path in server.files if kind in path and path.startswith("/search/")}
    view.goto(f"{server.address}/search/?q={quote('水土流失')}")
    expect(view.locator(".search-error[role=alert]")).to_contain_text(said)
    expect(view.locator(".search-status")).to_have_text("检索没有完成。")
    server.changed = {}
    view.locator(".search-retry").click()
    expect(view.locator(".search-result")).to_have_count(10)
    expect(view.locator(".search-error")).to_have_count(0)


def test_a_lost_network_is_told_and_what_was_shown_stays(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/?q={quote('水土')}")
    expect(view.locator(".search-result")).to_have_count(10)
    view.context.set_offline(True)
    view.locator(".search-more").click()
    expect(view.locator(".search-error")).to_contain_text("网络连接中断")
    expect(view.locator(".search-result")).to_have_count(10)
    view.context.set_offline(False)
    view.locator(".search-retry").click()
    expect(view.locator(".search-result")).to_have_count(20)


def test_a_site_renewed_meanwhile_is_asked_again(view: Page, server: Server) -> None:
    old = FILES["manifest.json"].replace(
        json.loads(FILES["manifest.json"])["segments"][0]["name"].encode(), b"0" * 16
    )
    answers = [old, FILES["manifest.json"]]
    view.route("**/manifest.json", lambda route: route.fulfill(body=answers.pop(0)))
    view.goto(f"{server.address}/search/?q={quote('水土')}")
    expect(view.locator(".search-result")).to_have_count(10)


def test_it_works_without_decompression_stream(view: Page, server: Server) -> None:
    view.add_init_script("delete window.DecompressionStream")
    view.goto(f"{server.address}/search/?q={quote('水土')}")
    expect(view.locator(".search-result")).to_have_count(10)


def test_it_works_when_the_server_declares_the_packing(view: Page, server: Server) -> None:
    server.changed = {
        path: packed.unpack(content) for path, content in server.files.items() if path.endswith(".bin")
    }
    view.goto(f"{server.address}/search/?q={quote('水土')}")
    expect(view.locator(".search-result")).to_have_count(10)


def test_the_form_works_by_keyboard(view: Page, server: Server) -> None:
    view.goto(f"{server.address}/search/")
    view.locator("#q").fill("三农")
    view.keyboard.press("Enter")
    expect(view.locator(".search-result__snippet mark").first).to_have_text("三农")


def test_the_scripts_are_small_and_old_fashioned_enough() -> None:
    sizes = [len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in SCRIPTS.glob("*.js")]
    assert sum(sizes) <= 12_000
    for path in SCRIPTS.glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text("utf-8"))
        assert not re.search(r"\?\.[a-zA-Z\[(]|\?\?|\bimport\(|innerHTML|\beval\b|\.style\b", code), path.name
        touches = re.search(r"\b(document|window|fetch)\b", code)
        assert (path.name == "page.js") == bool(touches), path.name
