"""Every page by the Nu HTML Checker; home, list, article and search by Lighthouse as a phone sees them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.browser import served
from support.examiners import RUNS, html_errors, lighthouse, medians
from support.shapes import SHAPES
from support.shipped import build

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.examiners]

LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
EXAMINED = ("home", "list-page-2", "policy", "search-words")


def test_every_page_is_valid(shipped_site: Path) -> None:
    pages = sorted(shipped_site.rglob("*.html"))
    named = {shipped_site / (urlsplit(path).path.lstrip("/") + ("index.html" if path.endswith("/") else "")) for path in SHAPES.values()}
    assert named - {shipped_site / "no/such/page.html"} <= set(pages) and shipped_site / "404.html" in pages
    assert html_errors(pages) == []


def test_the_checker_sees_errors(tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang=zh-CN><meta charset=utf-8><title>错</title><p><img src=x.png><div role=cell>格</div>", encoding="utf-8")
    assert any("alt" in line for line in html_errors([page]))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration as it would be if search engines might come, served as a web server should."""
    project = tmp_path_factory.mktemp("indexed")
    told = build(project, lambda settings: settings.replace("  - govportal/records:\n", "  - govportal/records:\n      indexed: true\n"))
    assert "site/indexed" in told and b"noindex" not in (project / "site/index.html").read_bytes(), told[-2000:]
    with served(project / "site", strict=True) as root:
        yield root
    shutil.rmtree(project)


@pytest.mark.parametrize("shape", EXAMINED)
def test_lighthouse_gives_full_marks(indexed: str, shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    runs, reasons = [], []
    for _ in range(RUNS):
        marks, lost = lighthouse(indexed + SHAPES[shape])
        runs.append(marks)
        reasons = [*dict.fromkeys([*reasons, *lost])]
    middle = medians(runs)
    with capsys.disabled():
        print(f"\nLighthouse {shape}: median {middle}; all runs {[list(run.values()) for run in runs]}")
    assert [f"{name} {middle[name]}" for name, least in LEAST.items() if middle[name] < least] == [], reasons
