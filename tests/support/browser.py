"""A real browser before the built site: where it is found, how the site is served, and what may not happen on a page."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import threading
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

VARIABLE = "GOVPORTAL_CHROMIUM"
PICTURES = "GOVPORTAL_SCREENSHOTS"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE, SMALL_PHONE = (1280, 900), (360, 740), (320, 640)


def chromium_path() -> str:
    """The browser to use, or a failure that says what to do."""
    path = os.environ.get(VARIABLE) or "/usr/bin/chromium"
    if not Path(path).is_file():
        pytest.fail(
            f"no browser at {path}: install Chromium or set {VARIABLE} to the path of one", pytrace=False
        )
    return path


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self' https:; frame-ancestors 'none'"
)
"""The policy on content that a careful web server sends with every page."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files quietly; an address that is not there gets the site's own 404 page."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The page a web server would be told to send."""
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)


class _StrictHandler(_Handler):
    """Serves as a web server is told to: compressed, under the strict policy on content."""

    def do_GET(self) -> None:
        """The file compressed, where it is there and is text; else as always."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not path.is_file() or not re.match(r"text/|image/svg|application/(?:json|javascript|xml|manifest)", kind):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        """Every answer carries the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()


@contextmanager
def served(site: Path, *, strict: bool = False) -> Iterator[str]:
    """The address of a folder served on this machine, without a slash at the end."""
    handler = functools.partial(_StrictHandler if strict else _Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


def watch(page: Any, root: str) -> list[str]:
    """Everything that may not happen while a page is used, as it happens: errors, refusals, visits elsewhere."""
    troubles: list[str] = []

    def console(said: Any) -> None:
        # Chromium reports the answer 404 of a page that is meant to be missing; its address tells it apart.
        if said.type == "error" and said.location.get("url") != page.url:
            troubles.append(f"console: {said.text}")

    def response(answer: Any) -> None:
        # 304: the browser already has it.
        if not answer.request.is_navigation_request() and answer.status not in (200, 304):
            troubles.append(f"status {answer.status}: {answer.url}")

    def request(asked: Any) -> None:
        if urlsplit(asked.url).scheme not in ("data", "blob") and not asked.url.startswith(root + "/"):
            troubles.append(f"third party: {asked.url}")

    def failed(asked: Any) -> None:
        # Leaving a page ends what it was still fetching.
        if asked.failure != "net::ERR_ABORTED":
            troubles.append(f"failed: {asked.url} {asked.failure}")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("request", request)
    page.on("response", response)
    page.on("requestfailed", failed)
    return troubles


def picture(page: Any, name: str) -> None:
    """A picture of the whole page, where a folder for pictures is named."""
    folder = os.environ.get(PICTURES)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def scrolls_sideways(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\s(.*?)\nendobj", re.DOTALL)
# Some fonts give these letters as the radicals they look like, which no normal form undoes.
_RADICALS = str.maketrans("⻔⻚⻅⻋⻓⻛⻜⻢⻥⻦⻬⻰戶⻄⻆⻘⻝⻩⻨", "门页见车长风飞马鱼鸟齐龙户西角青食黄麦")


def pdf_text(data: bytes) -> str:
    """The words of a PDF made by Chromium, without white space: its glyphs through their fonts' own tables."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}

    def stream(body: bytes) -> bytes:
        head, _, rest = body.partition(b"stream\n")
        length = re.search(rb"/Length (\d+)", head)
        if length is None:
            return b""
        data = rest[: int(length[1])]
        return zlib.decompress(data) if b"FlateDecode" in head else data

    fonts: dict[bytes, dict[int, str]] = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", body):
            table = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(int(number), b""))
            if table is not None:
                fonts[name] = _glyphs(stream(objects[int(table[1])]))
    words: list[str] = []
    for body in objects.values():
        if (
            b"/ToUnicode" in body
            or b"stream" not in body
            or b"FlateDecode" not in body
            or b"/Length1" in body
        ):
            continue
        content = stream(body)
        if b" Tf" not in content:
            continue
        table_now: dict[int, str] = {}
        for font, glyphs in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", content):
            if font:
                table_now = fonts.get(font, {})
            else:
                words += [table_now.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4)]
    return plain("".join(words))


def plain(text: str) -> str:
    """A text without white space and without differences of form, to compare what was printed with what was meant."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_RADICALS).split())


def _glyphs(table: bytes) -> dict[int, str]:
    """A font's table of glyphs to letters (PDF 32000-1, 9.10.3)."""
    found: dict[int, str] = {}

    def letters(code: bytes) -> str:
        return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")

    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, code in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = letters(code)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, code in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(ord(letters(code)[-1]) + step)
    return found
