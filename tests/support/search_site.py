"""A small made-up index, and a plain server for the client of the search whose files can be taken away or broken."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from govportal.products.search import SearchEntry, suggest, synonyms
from unit.search import reference_reader as reader

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "plugins/govportal_theme/assets/js/search"
STYLES = ROOT / "plugins/govportal_theme/assets/css"
GOLDEN = ROOT / "tests/golden/search"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self' https:; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>搜索</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/css/portal.css">
<script type="module" src="/js/page.js"></script></head><body><header><form role="search" action="/search/">
<label for="top">搜索本站</label><input id="top" name="q"></form></header><main id="main"><h1>搜索</h1>
<form class="search search-large" id="search-form" role="search" aria-label="全站搜索"><label for="q">检索词</label>
<div><input id="q" name="q" type="search"><button>搜索</button></div></form>
<div id="search-results" data-index="/search/"></div>
<section id="search-help" aria-labelledby="h"><h2 id="h">也可以从这里找</h2><a href="/columns.html">栏目</a></section>
</main></body></html>"""

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
    "臺灣地區居民來往，依照國家有關規定辦理。",
    "申请居民最低生活保障的，向户籍所在地提出。",
]
SUBJECTS = ["水土保持", "政务公开", "安全生产", "突发事件应对", "农村饮水", "行政执法"]
ORGANS = ["示例区水务局", "示例区政府办公室", "示例区应急局"]


def entry(at: int, **more: object) -> SearchEntry:
    """A made-up entry, always the same for the same number."""
    values = {
        "id": f"sample-{at}",
        "href": f"/policies/{at}.html",
        "title": f"示例区关于{SUBJECTS[at % len(SUBJECTS)]}工作（第{at}批）的通知",
        "number": f"示例办发〔{2015 + at % 9}〕{at}号",
        "index_number": f"000000000000000000/{2015 + at % 9}-{at:05}",
        "column": "政策文件" if at % 4 else "通知公告",
        "organ": ORGANS[at % 3],
        "type": "政策文件",
        "date": f"{2015 + at % 9}-{at % 12 + 1:02}-{at % 28 + 1:02}",
        "badge": "废止" if at % 10 == 0 else "有效（推定）",
        "sample": True,
        "late": at % 10 == 0,
    }
    return SearchEntry(**values | more)  # type: ignore[arg-type]


def corpus(count: int = 60) -> list[reader.Record]:
    """Small records, some with an attachment, always the same."""
    chance = random.Random(20170301)
    found = []
    for at in range(count):
        found.append((entry(at), "\n".join(chance.sample(SENTENCES, 6))))
        if at % 7 == 3:
            attached = entry(at, part=1, file=f"附件{at}.xlsx", file_href=f"/policies/{at}/table.xlsx")
            found.append((attached, f"灌溉设施名录{at}\n" + chance.choice(SENTENCES)))
    trap = entry(
        90001,
        id="trap",
        href="javascript:alert(1)",
        title="示例<img src=x onerror=alert(1)>标记",
        number="",
        index_number="",
        column="栏目<b>",
        organ="机关",
        date="2001-01-01",
        badge="",
        sample=False,
    )
    found.append((trap, "正文<script>alert(1)</script>陷阱&amp;结束。"))
    return found


CORPUS = corpus()
WORDS = ["水土保持", "最低生活保障", "安全生产", "政务公开", "突发事件应对", "饮水安全"]
SYNONYMS = synonyms.texts([("最低生活保障", ("低保",))])
FILES: dict[str, bytes] = reader.index(CORPUS, synonyms=SYNONYMS, suggest=suggest.write(WORDS))


class Server(ThreadingHTTPServer):
    """A plain static server whose files can be taken away or broken; it remembers what it was asked for."""

    files: dict[str, bytes]
    changed: dict[str, bytes | None]
    asked: list[str]
    daemon_threads = True

    @property
    def address(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers from memory."""

    server: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        content = self.server.changed.get(path, self.server.files.get(path))
        self.send_response(200 if content is not None else 404)
        kinds = {".js": "text/javascript", ".css": "text/css", ".bin": "application/octet-stream"}
        self.send_header("Content-Type", kinds.get(Path(path).suffix, "text/html; charset=utf-8"))
        self.send_header("Content-Security-Policy", POLICY)
        if "-" in path or "/facets/" in path or "/words/" in path:
            self.send_header("Cache-Control", "max-age=3600, immutable")
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running(files: Mapping[str, bytes] = FILES, more: Mapping[str, bytes] | None = None) -> Iterator[Server]:
    """A server for an index below `/search/`, the scripts below `/js/` and further files."""
    server = Server(("127.0.0.1", 0), Handler)
    server.files = {"/search/": PAGE.encode(), "/empty.html": b"<!doctype html><title>.</title>"}
    server.files |= {f"/search/{path}": content for path, content in files.items()}
    server.files |= {f"/js/{path.name}": path.read_bytes() for path in SCRIPTS.glob("*.js")}
    server.files |= {f"/css/{path.name}": path.read_bytes() for path in STYLES.glob("*.css")}
    server.files |= more or {}
    server.changed, server.asked = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
