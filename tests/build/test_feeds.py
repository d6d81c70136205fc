"""Feeds of a small town, byte for byte, and what does not touch their identities."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.full_town import furnish
from support.town import SITE, Town, notice

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds"


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.write("notices/2026/plain.md", notice("正文。", id="plain", title="示例：一件公告"))
    town.write("notices/2026/timed.md", notice("又一段正文。", id="timed", title="示例：带时刻的公告", published_at="2026-11-20 09:30", summary="概述。"))
    town.write("notices/2026/marks.md", notice("甲 < 乙 & “丙” > 丁。", id="marks", title="'示例：甲 & 乙、𠮷野'", published_at="2026-11-19",
                                               revised_at="2026-11-22 16:05"))
    return town


@pytest.mark.parametrize("name", ["notice.rss.xml", "notice.atom.xml", "budget.rss.xml", "budget.atom.xml"])
def test_a_feed_is_written_exactly_so(town, name):
    """When a change of the format is meant, look at the difference and copy the new file to tests/golden/feeds."""
    built = town.build()
    assert built.ok, built.lines
    assert built.text(f"feeds/{name}") == (GOLDEN / name).read_text(encoding="utf-8")


def identities(files: dict[str, bytes], name: str = "all") -> tuple[list[str], list[str]]:
    atom, rss = (files[f"feeds/{name}.{kind}.xml"].decode() for kind in ("atom", "rss"))
    return re.findall(r"<id>(.*?)</id>", atom), re.findall(r"<guid.*?>(.*?)</guid>", rss)


CHANGES = {
    "domain and name": lambda town: town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: staging").replace(
        "domain: portal.example", "domain: www.example-district.gov.cn").replace("name: 示例区政务公开", "name: 另一个名称")),
    "titles": lambda town: town.write("notices/2026/plain.md", notice("新的正文。", id="plain", title="示例：改了题目的公告")),
    "an address": lambda town: (town.remove("notices/2026/plain.md"), town.write(
        "notices/2026/other-name.md", notice("正文。", id="plain", title="示例：一件公告", aliases="[/notices/2026/plain.html]"))),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_identity_of_an_entry_outlives_a_change_of(town, what):
    before = town.build()
    CHANGES[what](town)
    after = town.build(root="https://www.example-district.gov.cn") if what.startswith("domain") else town.build()
    assert after.ok, after.lines
    assert after.files["feeds/all.atom.xml"] != before.files["feeds/all.atom.xml"], "something did change"
    assert identities(after.files) == identities(before.files)


def test_a_revision_shows_in_atom_as_an_update_and_keeps_the_day_of_publication(town):
    entry = town.build().text("feeds/notice.atom.xml").partition("record/marks</id>")[2].partition("</entry>")[0]
    assert "<updated>2026-11-22T16:05:00+08:00</updated>" in entry
    assert "<published>2026-11-19T00:00:00+08:00</published>" in entry


def test_what_is_not_public_is_in_no_feed(tmp_path):
    built = furnish(Town(tmp_path)).build()
    for path, data in built.files.items():
        if path.startswith("feeds/"):
            assert "草稿" not in data.decode() and "定时发布" not in data.decode(), path


@pytest.mark.parametrize("count", [50, 51, 60])
def test_nothing_of_the_last_thirty_days_is_lost(tmp_path, count):
    town = Town(tmp_path)
    for number in range(count):
        town.write(f"notices/2026/m{number}.md", notice(id=f"m{number}", title=f"示例公告 {number}", published_at="2026-11-01"))
        town.write(f"notices/2026/o{number}.md", notice(id=f"o{number}", title=f"示例旧闻 {number}", published_at="2026-06-01"))
    ids = identities(town.build().files, "notice")[0][1:]
    assert sum("record/m" in one for one in ids) == count
    assert len(ids) == max(count, 50), "older ones only to make fifty"
