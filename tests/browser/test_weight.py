"""What a reader on a slow line has to fetch for one article, compressed as a web server sends it."""

import gzip
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "plugins/govportal_theme"


def packed(data: bytes) -> int:
    """Bytes on the line."""
    return len(gzip.compress(data, 9, mtime=0))


@pytest.mark.parametrize(
    ("file", "limit"), [("assets/css/portal.css", 10_000), ("assets/js/portal.js", 3_000)]
)
def test_style_and_script_stay_small(file: str, limit: int) -> None:
    size = packed((THEME / file).read_bytes())
    print(f"{file}: {size} bytes compressed")
    assert size <= limit


def test_what_stands_around_an_article_stays_small(shipped_site: Path) -> None:
    page = (shipped_site / "policies/undated/open-government-plan.html").read_text(encoding="utf-8")
    begin, end = page.index("<article"), page.index("</article>")
    chrome = packed((page[:begin] + page[end:]).encode())
    print(f"chrome of an article: {chrome} bytes compressed; the whole page: {packed(page.encode())}")
    assert chrome <= 4_000
