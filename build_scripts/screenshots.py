"""Take pictures of the built site for the README: `python3 build_scripts/screenshots.py [--into .pictures]`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import functools
import http.server
import itertools
import os
import threading
from pathlib import Path

import _browser
import _environment
from _options import Parser
from _process import run
from _terminal import Refusal, complain, prepare, say

# The first address or pattern that the site has is the one that is shown.
PAGES = {
    "home": ["index.html"],
    "list": ["policies/regulations/index.html", "policies/*/index.html", "policies/index.html"],
    "document": ["policies/2026/disclosure-rules-2026.html", "policies/20*/*.html"],
    "search": ["search.html", "search/index.html"],
}
MORE_PAGES = {
    "hub": ["disclosure/index.html"],
    "interpretation": ["interpretations/2026/disclosure-rules-2026.html", "interpretations/20*/*.html"],
    "consultation": ["consultations/2026/park-renewal.html", "consultations/20*/*.html"],
    "fees": ["fee-lists/district-fees*.html", "fee-lists/*.html"],
    "editions": ["power-lists/*/index.html"],
    "comparison": ["power-lists/*/changes/*.html"],
    "decision": ["decisions/20*/*.html"],
    "task": ["tasks/20*/*.html"],
    "organ": ["organs/district-office.html", "organs/*.html"],
    "measures": ["measures/index.html"],
    "measure": ["measures/*.html"],
    "openness": ["disclosure/five-openness/index.html"],
    "statutory": ["disclosure/information/statutory/index.html"],
    "catalogue": ["disclosure/information/catalogue/index.html"],
    "sitemap": ["sitemap.html"],
    "feeds": ["feeds.html"],
    "missing": ["404.html"],
}
"""The other shapes of pages, with `--all`."""
SCREENS = {"desktop": (1280, 900), "phone": (360, 740)}
LOOKS = ("light", "dark", "elder")
ELDER = "localStorage.setItem('elder', 'on')"
"""What the page remembers for a reader who has chosen large type."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
]


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the person asked for."""
    parser = Parser(prog="screenshots.py", description="为已生成的网站拍摄页面图片。")
    parser.add_argument(
        "--site-dir",
        type=Path,
        metavar="文件夹",
        default=_environment.ROOT / "site",
        help="网站所在（默认 site）",
    )
    parser.add_argument(
        "--into", type=Path, metavar="文件夹", default=_environment.ROOT / ".pictures", help="图片放到哪里"
    )
    parser.add_argument("--whole", action="store_true", help="拍整页，不只第一屏")
    parser.add_argument("--all", action="store_true", help="拍每一种页面，不只 README 里的四种")
    return parser.parse_args(arguments)


def choose(site: Path, every: bool) -> dict[str, str]:
    """The address of each page to show, for those the site has."""
    chosen: dict[str, str] = {}
    for name, patterns in (PAGES | MORE_PAGES if every else PAGES).items():
        found = next((path for pattern in patterns for path in sorted(site.glob(pattern))), None)
        if found is None:
            say(f"网站里没有可拍的页面：{name}")
        else:
            chosen[name] = found.relative_to(site).as_posix()
    return chosen


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def shoot(site: Path, into: Path, whole: bool, every: bool, browser_path: str) -> None:
    """Serve the site on this machine and take every picture: light, dark and in large type, on desk and phone."""
    from playwright.sync_api import sync_playwright

    into.mkdir(parents=True, exist_ok=True)
    pages = choose(site, every)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
            for (screen, (width, height)), look in itertools.product(SCREENS.items(), LOOKS):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="zh-CN",
                    reduced_motion="reduce",
                    color_scheme="dark" if look == "dark" else "light",
                )
                if look == "elder":
                    context.add_init_script(ELDER)
                page = context.new_page()
                for name, path in pages.items():
                    query = "?q=政务公开" if name == "search" else ""
                    page.goto(address + path + query, wait_until="networkidle")
                    if query:
                        page.wait_for_selector(".search-result, .search-empty")
                    page.screenshot(path=str(into / f"{name}-{screen}-{look}.png"), full_page=whole)
                    say(f"  {name}-{screen}-{look}.png")
                context.close()
            browser.close()
    finally:
        server.shutdown()


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, take the pictures."""
    prepare()
    chosen = options(arguments)
    try:
        if not (chosen.site_dir / "index.html").is_file():
            raise Refusal(f"{chosen.site_dir} 里还没有网站。请先运行 python3 build_scripts/build.py")
        if os.environ.get(_browser.VARIABLE) is None or not _playwright_is_here():
            # Start again inside the environment that has a browser driver.
            python = _environment.ensure("test")
            extra = _environment.variables({_browser.VARIABLE: _browser.ensure()})
            command = [
                str(python),
                str(Path(__file__).resolve()),
                *(sys.argv[1:] if arguments is None else arguments),
            ]
            return run(command, Path.cwd(), extra)
        shoot(chosen.site_dir.resolve(), chosen.into, chosen.whole, chosen.all, os.environ[_browser.VARIABLE])
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status
    say(f"图片已存入 {chosen.into}")
    return 0


def _playwright_is_here() -> bool:
    import importlib.util

    return importlib.util.find_spec("playwright") is not None


if __name__ == "__main__":
    sys.exit(main())
