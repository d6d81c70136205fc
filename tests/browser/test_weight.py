"""What a reader on a slow line has to fetch for one article, compressed as a web server sends it."""

import gzip
import re
from pathlib import Path

import lxml.html
import pytest

from support.shapes import SHAPES

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


def own_text(page: bytes) -> bytes:
    """What an article says itself: title, metadata (labels and values, also in the line below the title and at its foot), its
    state and dates, its body as HTML as the record's text gives it, and the words of its further sections and tables."""
    document = lxml.html.document_fromstring(page)
    said = document.xpath(
        "//h1 | //article//dl[contains(@class, 'head')]//*[self::dt or self::dd] | //article//p[@class='byline']"
        " | //article//div[contains(@class, 'record-foot')]/p | //article//div[contains(@class, 'state')]/p"
        " | //article//section[@class='section']//*[self::h2 or self::p] | //article//table//*[self::caption or self::th or self::td]"
    )
    words = "\n".join(" ".join(one.text_content().split()) for one in said).encode()
    body = re.search(rb'<div class="prose">(.*?)</div>', page, re.DOTALL)
    return words + (body[1] if body else b"")


@pytest.mark.parametrize(
    "shape", ["policy", "policy-repealed", "plan", "interpretation", "notice", "consultation-open", "consultation-closed", "fees", "organ", "decision"]
)
def test_an_article_has_little_beyond_its_text(shipped_site: Path, shape: str) -> None:
    """At most 4 kB (4,096 bytes) beyond the article's text, read strictly.

    Measured as gzip(whole page) − gzip(the article's own text, see `own_text`): head with labels and data for machines, header,
    navigation, contents, related records, attachments, aids, report of mistakes, footer and all markup count as beyond it.
    """
    address = "/notices/2026/holiday-hours.html" if shape == "notice" else SHAPES[shape]
    page = (shipped_site / address[1:]).read_bytes()
    text = own_text(page)
    assert len(text) > 300
    beyond = packed(page) - packed(text)
    print(f"{shape}: {packed(page)} bytes compressed, {packed(text)} of them its text, {beyond} beyond it")
    assert beyond <= 4_096
