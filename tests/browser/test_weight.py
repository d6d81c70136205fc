"""What a reader on a slow line has to fetch for one article, compressed as a web server sends it."""

import gzip
import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "plugins/govportal_theme"


def packed(data: bytes) -> int:
    """Bytes on the line."""
    return len(gzip.compress(data, 9, mtime=0))


@pytest.mark.parametrize(
    ("file", "limit"),
    [
        ("assets/css/portal.css", 10_000),
        ("assets/css/aids.css", 2_500),
        ("assets/css/print.css", 2_500),
        ("assets/js/portal.js", 1_500),
    ],
)
def test_style_and_script_stay_small(file: str, limit: int) -> None:
    size = packed((THEME / file).read_bytes())
    print(f"{file}: {size} bytes compressed")
    assert size <= limit


def test_all_styles_and_scripts_of_an_article_stay_small(shipped_site: Path) -> None:
    """With every aid in use, but without the table of traditional characters: at most 40 kB."""
    page = (shipped_site / "policies/undated/open-government-plan.html").read_text(encoding="utf-8")
    linked = re.findall(r'(?:<link rel="stylesheet"|<script)[^>]* (?:href|src)="/(assets/[^"]+)"', page)
    assert len(linked) >= 5
    aids = [str(one.relative_to(THEME)) for one in (THEME / "assets/js/aids").glob("*.js")]
    files = {*linked, *aids, "assets/css/aids-open.css"}
    first = sum(packed((shipped_site / file).read_bytes()) for file in linked)
    whole = sum(packed((shipped_site / file).read_bytes()) for file in files)
    print(f"styles and scripts: {first} bytes compressed named by the page, {whole} with every aid")
    assert whole <= 40_000
    table = packed((THEME / "assets/js/aids/traditional.txt").read_bytes())
    print(f"table of traditional characters: {table} bytes compressed")
    assert table <= 220_000


def test_what_stands_around_an_article_stays_small(shipped_site: Path) -> None:
    page = (shipped_site / "policies/undated/open-government-plan.html").read_text(encoding="utf-8")
    begin, end = page.index("<article"), page.index("</article>")
    chrome = packed((page[:begin] + page[end:]).encode())
    print(f"chrome of an article: {chrome} bytes compressed; the whole page: {packed(page.encode())}")
    assert chrome <= 4_000
