"""The same at the door: `mkdocs build` says what is wrong in Chinese, ends with status 1, and leaves the site alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from govportal import disk
from support.full_town import furnish
from support.town import Town, notice

ROOT = Path(__file__).parents[2]
MKDOCS = """\
site_name: 示例区政务公开
site_url: https://portal.example/
docs_dir: content/pages
use_directory_urls: false
theme: {name: govportal}
plugins:
  - govportal/records: {as_of: 2026-11-23, workers: 1}
  - govportal/search
  - govportal/feeds
  - govportal/inspector
markdown_extensions: [tables, footnotes, toc, attr_list]
validation: {omitted_files: ignore, absolute_links: ignore, not_found: warn, anchors: warn, unrecognized_links: warn}
"""
HOSTILE = """\
---
title: %s
---

正文<script>alert(1)</script> [甲](javascript:alert(1)) [乙](java&#115;cript:alert(1)) <b onclick=alert(1)>丙</b>
<iframe src=https://example.org/></iframe> [丁](contact.md){onclick=alert(1)} [戊](#heading-%s)

## 办理时间

示例。
"""


def mkdocs(town: Town, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GOVPORTAL_")} | {
        "PYTHONUTF8": "1"
    }
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "plugins"), environment.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", *arguments], cwd=town.folder, env=environment, timeout=120, capture_output=True, text=True,
        encoding="utf-8", check=False)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = furnish(Town(tmp_path_factory.mktemp("door")))
    (town.folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    for name in ("statement", "privacy", "accessibility"):
        town.write(f"pages/{name}.md", f"---\ntitle: 示例{name}\n---\n\n示例。\n")
    from govportal.kinds.prose import heading_anchor

    town.write("pages/contact.md", HOSTILE % ("010", heading_anchor("办理时间").removeprefix("heading-")))
    done = mkdocs(town)
    assert done.returncode == 0, done.stderr
    return town


def test_a_standing_page_is_made_harmless_and_called_what_was_written(town: Town) -> None:
    page = (town.folder / "site" / "contact.html").read_text(encoding="utf-8")
    assert "<title>010 - " in page and "<h1>010</h1>" in page
    for payload in ("alert(", "javascript:", "onclick", "<iframe"):
        assert payload not in page
    assert 'href="contact.html"' in page and "丙" in page
    anchor = page.partition('href="#heading-')[2].partition('"')[0]
    assert anchor and f'<h2 id="heading-{anchor}">办理时间' in page


BROKEN = {
    "notices/2026/empty.md": b"", "notices/2026/gbk.md": "供热通知".encode("gbk"), "notices/2026/date.md": notice(id="date", published_at="2024-02-30").encode(),
    "pages/statement.md": b"\xff\xfe", "_portal/measures.yml": b"measures: [x]\n",
}  # fmt: skip


def test_broken_files_end_the_build_with_every_problem_and_no_traceback(town: Town) -> None:
    before = disk.read_folder(town.folder / "site")
    kept = {path: (town.content / path).read_bytes() for path in BROKEN if (town.content / path).exists()}
    for path, data in BROKEN.items():
        town.write(path, data)
    done = mkdocs(town)
    for path in BROKEN:
        town.remove(path)
    for path, data in kept.items():
        town.write(path, data)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    for path in BROKEN:
        assert done.stderr.count(f"content/{path}:") == 1, done.stderr
    assert "没有发布" in done.stdout + done.stderr and "已发布的网站没有改动" in done.stdout + done.stderr
    assert disk.read_folder(town.folder / "site") == before
    report = (town.folder / ".govportal/report/problems.json").read_text(encoding="utf-8")
    assert "date/no-such-day" in report and "file/encoding" in report


def test_under_strict_a_warning_ends_the_build_too(town: Town) -> None:
    before = disk.read_folder(town.folder / "site")
    done = mkdocs(town, "--strict")
    assert done.returncode == 1 and "Traceback" not in done.stderr and "body/taken-out" in done.stderr
    assert disk.read_folder(town.folder / "site") == before
