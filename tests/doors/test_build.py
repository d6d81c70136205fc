"""`mkdocs build` as a clerk runs it: what it answers, what it publishes, and what stays out of the site."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import time

import lxml.html
import pytest

from govportal import disk
from support.links import dead_links
from support.town import COLUMNS, SITE, notice

from .conftest import PLUGINS


def chinese(text: str) -> bool:
    return bool(re.search(r"[一-鿿]", text))


def test_a_build_publishes_records_and_standing_pages_as_one_site(door):
    told = door.build()
    assert told.status == 0
    assert "已生成：0 个错误" in told.err
    files = door.files
    assert {"index.html", "notices/2026/heating.html", "statement.html", "404.html", "search.html", "feeds.html", "sitemap.xml", "robots.txt",
            "notices/2026/heating/areas.csv", "notices/2026/heat.html", "notices/2025/withdrawn.html"} <= files.keys()
    assert dead_links(files) == []
    assert door.build().status == 0 and door.files == files


def test_it_leaves_a_report_and_a_summary(door):
    door.build()
    problems = json.loads((door.folder / ".govportal/report/problems.json").read_bytes())
    assert {problem["code"] for problem in problems} == {"column/empty"}
    assert all(problem["path"].startswith("content/") for problem in problems)
    sarif = json.loads((door.folder / ".govportal/report/problems.sarif").read_bytes())
    assert len(sarif["runs"][0]["results"]) == len(problems)
    summary = json.loads((door.folder / ".govportal/summary.json").read_bytes())
    assert summary["records"]["政策文件"] == 2 and summary["written"] > 100


def test_nothing_of_material_or_of_mkdocs_is_in_the_site_or_the_output(door):
    told = door.build()
    names = {path.lower() for path in door.files}
    assert not [name for name in names if re.search(r"material|bundle|mkdocs|lunr|fontawesome|\.map$|javascripts/|stylesheets/", name)]
    for path, data in door.files.items():
        if path.endswith((".html", ".xml", ".json")):
            assert b"mkdocs" not in data.lower() and b"md-" not in data, path
    assert "MkDocs 2" not in told.all and "Material for MkDocs" not in told.all and "zensical" not in told.all.lower()
    assert "sitemap.xml.gz" not in names


def test_the_site_map_for_machines_is_ours(door):
    door.build()
    text = door.files["sitemap-1.xml"].decode()
    assert "https://portal.example/notices/2026/heating.html" in text
    assert "<lastmod>2026-11-20</lastmod>" in text
    assert time.strftime("%Y") == "2026" or time.strftime("%Y-%m-%d") not in text


BROKEN = {
    "a missing title": ("notices/2026/bad.md", notice(id="bad", title=None), "notices/2026/bad.md:"),
    "a day that is not": ("notices/2026/bad.md", notice(id="bad", published_at="2026-02-30"), "[date/no-such-day]"),
    "bytes that are not UTF-8": ("notices/2026/bad.md", notice(id="bad").encode("gbk"), "[file/encoding]"),
    "broken settings": ("_portal/site.yml", SITE.replace("code: 0000000000", "code: 12"), "_portal/site.yml:3:"),
    "broken columns": ("_portal/columns.yml", COLUMNS.replace("columns:", "columns: x\nmore:"), "_portal/columns.yml:"),
    "a standing page without a title": ("pages/statement.md", "没有标题。\n", "pages/statement.md:1:1"),
    "a standing page with broken front matter": ("pages/statement.md", "---\ntitle: 声明\n  x: [\n---\n\n正文\n", "pages/statement.md:"),
    "a standing page that links to nothing": ("pages/statement.md", "---\ntitle: 声明\n---\n\n见[别处](/nowhere.html)。\n", "pages/statement.md"),
    "a standing page that links to a missing neighbour": ("pages/statement.md", "---\ntitle: 声明\n---\n\n见[别处](nowhere.html)。\n", "pages/statement.md"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_said_in_chinese_with_its_place_and_nothing_is_published(door, what):
    path, data, expected = BROKEN[what]
    door.town.write(path, data)
    told = door.build()
    assert told.status == 1
    line = next(line for line in told.err.splitlines() if expected in line)
    assert line.startswith("content/") and chinese(line) and "错误 [" in line
    assert "没有发布" in told.all and "已发布的网站没有改动" in told.all
    assert not door.site.exists()


def test_a_broken_record_leaves_the_published_site_as_it_was(door):
    assert door.build().status == 0
    before = door.files
    door.town.write("notices/2026/bad.md", notice(id="bad", title=None))
    door.town.write("pages/statement.md", "---\ntitle: 新的声明\n---\n\n新的。\n")
    assert door.build().status == 1
    assert door.files == before


@pytest.mark.parametrize("link", ["/", "/notices/", "notices/2026/heating.html", "/notices/2026/heating.html#top", "privacy.html", "policies/", "/feeds.html"])
def test_a_standing_page_may_link_to_whatever_is_there(door, link):
    door.town.write("pages/statement.md", f"---\ntitle: 声明\n---\n\n见[那里]({link})。\n")
    told = door.build()
    assert told.status == 0, told.err


# --strict

@pytest.mark.parametrize("options", [["--strict"], ["-q", "--strict"], ["--strict", "-v"]], ids=" ".join)
def test_strict_makes_a_warning_of_ours_a_failure(door, options):
    told = door.build(*options)
    assert told.status == 1
    assert "提醒 [column/empty]" in told.err and "--strict" in told.all
    assert not door.site.exists()


@pytest.mark.parametrize("options", [["--strict"], ["-q", "--strict"]], ids=" ".join)
def test_strict_makes_a_warning_of_mkdocs_a_failure(door, options):
    door.without_warnings()
    assert door.build("--strict").status == 0, "without a warning it publishes"
    before = door.files
    door.town.write("pages/statement.md", "---\ntitle: 声明\n---\n\n见[一处](contact.md#nowhere)。\n")
    told = door.build(*options)
    assert told.status == 1 and "mkdocs/warning" in told.err
    assert door.files == before
    assert door.build().status == 0, "without --strict it is only mentioned"


# Plugins

def test_plugins_work_in_any_order(door):
    trees = []
    for order in list(itertools.permutations(PLUGINS))[::8]:
        door.configure(plugins=list(order))
        assert door.build().status == 0
        trees.append(door.files)
    assert all(tree == trees[0] for tree in trees)


@pytest.mark.parametrize(("left_out", "traces"), [
    ("search", r"^search"),
    ("feeds", r"^feeds|\.(rss|atom)\.xml$"),
], ids=["search", "feeds"])  # fmt: skip
def test_a_product_that_is_left_out_leaves_nothing_behind(door, left_out, traces):
    assert door.build().status == 0
    assert [path for path in door.files if re.search(traces, path)]
    door.configure(plugins=[one for one in PLUGINS if one != f"govportal/{left_out}"])
    assert door.build().status == 0
    files = door.files
    assert [path for path in files if re.search(traces, path)] == []
    assert dead_links(files) == []
    for path, data in files.items():
        if path.endswith(".html"):
            page = lxml.html.fromstring(data)
            assert page.xpath("//form[@action='']") == [], path
            if left_out == "search":
                assert page.xpath("//form[@role='search']") == [], path
            else:
                assert page.xpath("//link[contains(@type, 'rss') or contains(@type, 'atom')]") == [], path


def test_without_the_inspector_there_is_no_report_and_no_inspection(door):
    door.configure(plugins=[one for one in PLUGINS if one != "govportal/inspector"])
    told = door.build("--strict")
    assert told.status == 0 and "column/empty" not in told.err
    assert not (door.folder / ".govportal/report").exists()


@pytest.mark.parametrize(("plugin", "option", "expected"), [
    ("govportal/records", {"as_off": "2026-01-01"}, "改为 as_of"),
    ("govportal/records", {"colour": "red"}, "colour"),
    ("govportal/search", {"language": "zh"}, "language"),
    ("govportal/feeds", {"count": 5}, "count"),
    ("govportal/inspector", {"report": "x"}, "改为 report_dir"),
])  # fmt: skip
def test_an_option_that_nobody_reads_is_a_mistake(door, plugin, option, expected):
    plugins = [one for one in PLUGINS if one != plugin and not (isinstance(one, dict) and plugin in one)]
    door.configure(plugins=[*plugins, {plugin: option}])
    told = door.build()
    assert told.status == 1
    line = next(line for line in told.err.splitlines() if "option/unknown" in line)
    assert line.startswith("mkdocs.yml") and expected in line
    assert not door.site.exists()


@pytest.mark.parametrize("as_of", ["tomorrow", "2026-13-01", "2026-11-23 25:00"])
def test_an_as_of_that_is_no_day_is_told(door, as_of):
    door.configure(plugins=[{"govportal/records": {"as_of": as_of}}, *PLUGINS[1:]])
    told = door.build()
    assert told.status == 1 and "option/as-of" in told.err


def test_a_site_address_of_another_domain_is_told(door):
    door.configure(site_url="https://www.gov.cn/")
    told = door.build()
    assert told.status == 1 and "site/url-differs" in told.err and "https://portal.example/" in told.err


# The site at a sub-path, and a theme of one's own

def test_a_site_at_a_sub_path_links_within_it(door):
    door.configure(site_url="https://portal.example/sub/")
    assert door.build().status == 0
    files = door.files
    assert dead_links(files, base="/sub/") == []
    for path, data in files.items():
        if path.endswith(".html"):
            page = lxml.html.fromstring(data)
            (canonical,) = page.xpath("//link[@rel='canonical']/@href") or ["https://portal.example/sub/"]
            assert canonical.startswith("https://portal.example/sub/"), path
    for path in ("sitemap.xml", "sitemap-1.xml", "feeds/all.rss.xml", "feeds/all.atom.xml", "data/catalogue.json"):
        addresses = re.findall(r"https://portal\.example/[^\s\"<]*", files[path].decode())
        assert addresses and all(one.startswith("https://portal.example/sub/") for one in addresses), path
    assert "Sitemap: https://portal.example/sub/sitemap.xml" in files["robots.txt"].decode()


def test_the_sub_path_changes_no_identity_of_a_feed_entry(door):
    def identities() -> list[str]:
        return re.findall(r"<id>(.*?)</id>", door.files["feeds/all.atom.xml"].decode())

    door.build()
    before = identities()
    door.configure(site_url="https://portal.example/sub/")
    door.build()
    assert identities() == before and len(before) > 3


def test_a_template_of_ones_own_takes_the_place_of_the_themes(door):
    own = door.folder / "own" / "pages"
    own.mkdir(parents=True)
    (own / "tombstone.html").write_text("<h1>{{ view.title }}</h1>\n<p>自己的模板：{{ view.reason }}</p>\n", encoding="utf-8")
    door.configure(theme={"name": "govportal", "language": "zh", "custom_dir": "own"})
    assert door.build().status == 0
    page = door.files["notices/2025/withdrawn.html"].decode()
    assert "自己的模板：内容有误（示例）" in page and "我为政府网站找错" in page
    (own / "tombstone.html").write_text("<h1>{{ view.title }}</h1>\n<p>又改了：{{ view.reason }}</p>\n", encoding="utf-8")
    assert door.build().status == 0
    assert "又改了" in door.files["notices/2025/withdrawn.html"].decode()


def test_a_project_folder_may_be_called_what_it_likes(tmp_path):
    from .conftest import Door

    folder = tmp_path / "mkdocs"
    folder.mkdir()
    door = Door(folder)
    (folder / "own/pages").mkdir(parents=True)
    (folder / "own/pages/tombstone.html").write_text("<h1>自己的模板</h1>", encoding="utf-8")
    door.configure(theme={"name": "govportal", "custom_dir": "own"})
    assert door.build().status == 0
    assert "自己的模板" in door.files["notices/2025/withdrawn.html"].decode()
    assert "assets/css/portal.css" in door.files


# Other builds, and disks

def test_a_second_build_at_the_same_time_is_told_to_wait(door):
    assert door.build().status == 0
    before = door.files
    with disk.locked(door.folder / ".govportal/lock"):
        told = door.build()
    assert told.status == 1 and "build/busy" in told.err
    assert door.files == before
    assert door.build().status == 0


def test_two_real_builds_at_once_leave_one_whole_site(door):
    command = [sys.executable, "-m", "mkdocs", "build"]
    both = [subprocess.Popen(command, cwd=door.folder, env=door.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
    told = [one.communicate(timeout=120)[0].decode() for one in both]
    assert 0 in {one.returncode for one in both}
    for one, text in zip(both, told, strict=True):
        assert one.returncode == 0 or "build/busy" in text, text
        assert "Traceback" not in text
    files = door.files
    assert door.build().status == 0 and door.files == files


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits of a process")
def test_a_full_disk_is_told_wherever_it_is_met(door):
    import resource
    import signal

    def short() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    assert door.build().status == 0
    before = door.files
    door.town.write("pages/statement.md", "---\ntitle: 声明\n---\n\n" + "新的声明。\n\n" * 400)
    door.town.write("notices/2026/new.md", notice("新的公告。\n\n" * 1200, id="new"))
    # At the first bytes of all, in MkDocs' own files, in ours.
    for limit in (0, 100, 6_000, 20_000):
        told = door.build(preexec_fn=short)
        assert told.status == 1 and "[disk/full]" in told.err, (limit, told.all)
        assert door.files == before
    assert door.build().status == 0
    assert "notices/2026/new.html" in door.files
