"""Both searches in a real Chromium over HTTP: bytes, time on a slow line, processor time, and what comes first.

Every query is asked in a browser that has seen nothing (cold), then another query in the same page (second).
"""

from __future__ import annotations

import gzip
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
LATENCY, BYTES_A_SECOND = 0.17, 9e6 / 8
"""A simulated 4G line: 170 ms, 9 Mbit/s."""
SWITCHES = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000
FORM = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>搜索</title></head><body>
<main id="main"><form id="search-form" role="search"><label for="q">检索词</label><input id="q" name="q" type="search">
<button>搜索</button></form>%s</main></body></html>"""
OURS = (
    FORM
    % """<div id="search-results" data-index="/ours/search/"></div>
<section id="search-help"></section><script src="/ours/search.js"></script>"""
)
THEIRS = FORM % """<ol id="list"></ol><script type="module" src="/theirs/page.js"></script>"""
THEIR_SCRIPT = """import * as pagefind from "/theirs/pagefind/pagefind.js";
const list = document.getElementById("list");
const input = document.getElementById("q");
async function run() {
  const found = await pagefind.search(input.value);
  const shown = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
  list.textContent = "";
  shown.forEach((one) => {
    const item = document.createElement("li");
    item.className = "search-result";
    item.innerHTML = `<a href="${one.url}">${one.meta.title}</a><p>${one.excerpt}</p>`;
    list.append(item);
  });
  list.dataset.done = input.value;
}
document.getElementById("search-form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
window.resultIds = async (text) => (await pagefind.search(text)).results.map((one) => one.id);
input.value = new URLSearchParams(location.search).get("q") || "";
if (input.value) run();
"""
READY = {
    "ours": "(text) => document.querySelector('.search-result a') && !document.querySelector('[aria-busy=true]')"
    " && document.getElementById('q').value === text",
    "theirs": "(text) => document.querySelector('.search-result a')"
    " && document.getElementById('list').dataset.done === text",
}


class Server(ThreadingHTTPServer):
    """Counts what goes over the line, whoever asks for it (a page or its workers), and makes it slow when told to."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.is_slow = False
        self.bytes = self.requests = 0
        self._line = threading.Lock()
        self._free_at = 0.0

    def reset(self) -> None:
        """Count anew."""
        self.bytes = self.requests = 0

    def pass_through(self, size: int) -> None:
        """Wait until so many bytes have come through the line."""
        now = time.monotonic()
        with self._line:
            self.bytes += size
            self.requests += 1
            self._free_at = max(self._free_at, now + LATENCY) + size / BYTES_A_SECOND
            until = self._free_at
        if self.is_slow and (left := until - time.monotonic()) > 0:
            time.sleep(left)


class Handler(SimpleHTTPRequestHandler):
    """Plain files; texts go out compressed, as any server does it."""

    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Nothing is said."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        head = {
            "Content-Type": self.guess_type(str(path)),
            "Cache-Control": "public, max-age=600",
            "Last-Modified": self.date_time_string(int(path.stat().st_mtime)),
        }
        if path.suffix in (".js", ".html", ".json", ".css"):
            data = gzip.compress(data, 9)
            head["Content-Encoding"] = "gzip"
        head["Content-Length"] = str(len(data))
        # What `send_response` adds, status line, server and date, is about a hundred bytes.
        self.server.pass_through(len(data) + 100 + sum(len(name) + len(value) + 4 for name, value in head.items()))
        self.send_response(200)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served(folder: Path) -> Iterator[tuple[Server, str]]:
    """The folder over HTTP: the server, and its address."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def furnish(folder: Path, ours: Path, theirs: Path | None) -> None:
    """A page for each search beside its index."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "ours").mkdir(parents=True)
    (folder / "ours/search").symlink_to(ours.resolve())
    scripts = ROOT / "plugins/govportal_theme/assets/js"
    shutil.copy(scripts / "search.js", folder / "ours/search.js")
    shutil.copytree(scripts / "search", folder / "ours/modules")
    (folder / "ours/index.html").write_text(OURS, "utf-8")
    if theirs:
        (folder / "theirs").mkdir()
        (folder / "theirs/pagefind").symlink_to(theirs.resolve())
        (folder / "theirs/index.html").write_text(THEIRS, "utf-8")
        (folder / "theirs/page.js").write_text(THEIR_SCRIPT, "utf-8")


@dataclass
class Seen:
    """What was seen of one search: a list of values for each figure, and the first hits of each query."""

    cold_bytes: list[float] = field(default_factory=list)
    second_bytes: list[float] = field(default_factory=list)
    cold_requests: list[float] = field(default_factory=list)
    cold_time: list[float] = field(default_factory=list)
    second_time: list[float] = field(default_factory=list)
    first: dict[str, list[str]] = field(default_factory=dict)


HITS = "() => Array.from(document.querySelectorAll('.search-result a'), (link) => link.pathname.match(/([\\w-]+)\\.html/)[1])"
SETTLED = 400
"""Milliseconds to wait for what still comes after the results are seen."""


def ask(browser: Browser, server: Server, address: str, name: str, query: str, other: str, seen: Seen) -> None:
    """One query in a browser that has seen nothing, and another in the same page."""
    context = browser.new_context()
    page = context.new_page()
    server.reset()
    try:
        started = page.evaluate("() => Date.now()")
        page.goto(f"{address}/{name}/index.html?{_encoded(query)}", wait_until="commit", timeout=PATIENCE)
        page.wait_for_function(READY[name], arg=query, timeout=PATIENCE)
        seen.cold_time.append(page.evaluate("() => Date.now()") - started)
        page.wait_for_timeout(SETTLED)
        seen.cold_bytes.append(server.bytes)
        seen.cold_requests.append(server.requests)
        seen.first[query] = page.evaluate(HITS)
        server.reset()
        started = page.evaluate("() => Date.now()")
        page.evaluate(
            "(text) => { document.getElementById('q').value = text; document.querySelector('.search-result').remove();"
            " document.querySelectorAll('.search-result').forEach((one) => one.remove()); }",
            other,
        )
        page.evaluate("() => document.getElementById('search-form').requestSubmit()")
        page.wait_for_function(READY[name], arg=other, timeout=PATIENCE)
        seen.second_time.append(page.evaluate("() => Date.now()") - started)
        page.wait_for_timeout(SETTLED)
        seen.second_bytes.append(server.bytes)
    finally:
        context.close()


def _encoded(query: str) -> str:
    return urlencode({"q": query, "stay": ""})


def warm(page: Page, session: CDPSession, query: str) -> float:
    """Milliseconds of work on the main thread for a query whose files are all there."""
    for _ in range(2):
        before = _worked(session)
        page.evaluate(
            "(text) => { document.getElementById('q').value = text; document.querySelectorAll('.search-result').forEach((one) => one.remove()); }",
            query,
        )
        page.evaluate("() => document.getElementById('search-form').requestSubmit()")
        page.wait_for_function(READY["ours"], arg=query, timeout=PATIENCE, polling=30)
        after = _worked(session)
    return (after - before) * 1000


def _worked(session: CDPSession) -> float:
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"])


ALL_HITS = """async ([text, most]) => {
  const { openIndex } = await import("/ours/modules/backend.js");
  window.opened = window.opened || openIndex("/ours/search/");
  const answer = await window.opened.search({ text, order: "relevance", from: "", to: "", column: "", organ: "", type: "", year: "", validity: "" });
  const ids = [];
  while (ids.length < most) {
    const hits = await answer.next(50);
    if (!hits.length) break;
    ids.push(...hits.map((hit) => hit.id));
  }
  return ids;
}"""


def watch(
    folder: Path, queries: Sequence[str], plain: Sequence[str], names: Sequence[str], small: Sequence[str]
) -> dict[str, Any]:
    """Everything that is seen in the browser.

    `plain` are queries that do not open a document by themselves; of `small` ones all hits are turned over.
    """
    seen = {name: Seen() for name in names}
    result: dict[str, Any] = {"seen": seen}
    with served(folder) as (server, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        server.is_slow = True
        for at, query in enumerate(queries):
            for name in names:
                try:
                    ask(browser, server, address, name, query, plain[(at + 7) % len(plain)], seen[name])
                except Exception as failure:  # a search that finds nothing is a finding, not an accident
                    print(f"{name}: {query}: {type(failure).__name__}", file=sys.stderr)
                    seen[name].first.setdefault(query, [])
        server.is_slow = False
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        page.goto(f"{address}/ours/index.html")
        result["warm"] = [warm(page, session, query) for query in plain]
        result["all"] = {query: page.evaluate(ALL_HITS, [query, 100_000]) for query in small}
        if "theirs" in names:
            page.goto(f"{address}/theirs/index.html")
            page.wait_for_function("() => window.resultIds")
            result["theirs"] = {query: page.evaluate("(text) => window.resultIds(text)", query) for query in queries}
        browser.close()
    return result
