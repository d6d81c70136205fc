"""Published addresses are permanent: `_portal/addresses.csv` remembers what was promised."""

from __future__ import annotations

import csv

import pytest

from support.full_town import furnish
from support.town import COLUMNS, TODAY, Town, notice

LEDGER = "_portal/addresses.csv"
STONE = "  - {{address: {address}, title: 示例：撤下的网页, reason: 示例原因, date: 2026-11-22}}\n"


def tombstones(*addresses: str) -> str:
    return "tombstones:\n" + "".join(STONE.format(address=address) for address in addresses)


@pytest.fixture
def town(tmp_path):
    """A town that has published one notice."""
    town = Town(tmp_path)
    town.write("notices/2026/heating.md", notice(id="heating", title="示例：供热通知"))
    assert town.build().ok
    return town


def ledger(town: Town) -> list[list[str]]:
    return list(csv.reader((town.content / LEDGER).read_text(encoding="utf-8").splitlines()))


def lost(built) -> list[str]:
    return [line for line in built.lines if "address/lost" in line]


def test_the_ledger_is_sorted_and_names_each_page_its_record_and_its_day(tmp_path):
    town = furnish(Town(tmp_path))
    assert town.build().ok
    header, *rows = ledger(town)
    assert header == ["address", "id", "since"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert ["/notices/2026/heating.html", "heating", "2026-11-20"] in rows
    assert ["/policies/2019/law.html", "law", "2026-11-20"] in rows
    assert {"/policies/", "/key-areas/budget/"} <= {row[0] for row in rows}
    assert not any("draft" in row[0] or "later" in row[0] for row in rows), "what is not published is not promised"


def test_a_lost_page_is_named_with_what_to_write_and_nothing_changes(town):
    before = town.published()
    town.remove("notices/2026/heating.md")
    built = town.build()
    assert not built.ok and built.files == before
    (line,) = lost(built)
    assert "/notices/2026/heating.html" in line and "heating" in line
    assert "_portal/tombstones.yml" in line and "address: /notices/2026/heating.html" in line
    row = next(number for number, row in enumerate(ledger(town), 1) if row[1] == "heating")
    assert line.startswith(f"{LEDGER}:{row}:")


def test_with_a_tombstone_it_leaves_and_its_address_says_why(town):
    town.remove("notices/2026/heating.md")
    town.write("_portal/tombstones.yml", tombstones("/notices/2026/heating.html"))
    built = town.build()
    assert built.ok, built.lines
    page = built.text("notices/2026/heating.html")
    assert "示例原因" in page and "供热通知" not in page
    assert "供热通知" not in built.text("notices/index.html")


def test_a_page_that_moves_needs_its_former_address_among_the_aliases(town):
    moved = notice(id="heating", title="示例：供热通知")
    town.remove("notices/2026/heating.md")
    town.write("notices/2026/winter/heating.md", moved)
    (line,) = lost(town.build())
    assert line.startswith("notices/2026/winter/heating.md:")
    assert "aliases: [/notices/2026/heating.html]" in line, "the hint is what to type"
    town.write("notices/2026/winter/heating.md", notice(id="heating", title="示例：供热通知", aliases="[/notices/2026/heating.html]"))
    built = town.build()
    assert built.ok, built.lines
    assert 'href="/notices/2026/winter/heating.html"' in built.text("notices/2026/heating.html")


def test_an_alias_may_not_be_dropped_later(town):
    town.remove("notices/2026/heating.md")
    town.write("notices/2026/warm.md", notice(id="heating", aliases="[/notices/2026/heating.html]"))
    assert town.build().ok
    town.write("notices/2026/warm.md", notice(id="heating"))
    assert "/notices/2026/heating.html" in lost(town.build())[0]


@pytest.mark.parametrize("change", [
    {"draft": "true"},
    {"published_at": "2026-12-24"},
    {"publish_at": "2026-12-24 08:00"},
    {"disclosure_mode": "不予公开", "withheld_ground": "内部事务信息"},
    {"disclosure_mode": "依申请公开", "withheld_ground": "商业秘密、个人隐私"},
], ids=lambda change: " ".join(f"{name}={value}" for name, value in change.items()))  # fmt: skip
def test_a_published_page_that_is_hidden_again_needs_a_tombstone(town, change):
    town.write("notices/2026/heating.md", notice(**{"id": "heating", "title": "示例：供热通知"} | change))
    (line,) = lost(town.build())
    assert "不公开" in line and "tombstones.yml" in line


@pytest.mark.parametrize("gone", [True, False], ids=["its file taken away", "its file kept as a draft"])
def test_a_tombstone_stands_where_the_hidden_page_stood(town, gone):
    if gone:
        town.remove("notices/2026/heating.md")
    else:
        town.write("notices/2026/heating.md", notice(id="heating", title="示例：供热通知", draft="true"))
    town.write("_portal/tombstones.yml", tombstones("/notices/2026/heating.html"))
    built = town.build()
    assert built.ok, built.lines
    assert "示例原因" in built.text("notices/2026/heating.html")


def test_a_tombstone_for_a_page_that_still_stands_is_refused(town):
    town.write("_portal/tombstones.yml", tombstones("/notices/2026/heating.html"))
    assert "address/used-twice" in town.build().codes


def test_a_tombstone_may_not_send_readers_to_nothing(town):
    town.write("_portal/tombstones.yml", "tombstones:\n  - {address: /notices/2025/old.html, title: 示例, reason: 示例, date: 2026-11-22, "
                                         "replacement: /notices/2026/heatign.html}\n")
    built = town.build()
    assert not built.ok
    assert any("link/nothing" in line and "改为 /notices/2026/heating.html" in line for line in built.lines)


@pytest.mark.parametrize(("old", "new", "hint"), [
    ("path: notices", "path: news", "把 path 改回 notices"),
    ("{id: notice, name: 通知公告, path: notices", "{id: news, name: 通知公告, path: notices-2", "恢复这个栏目"),
])  # fmt: skip
def test_a_column_keeps_its_address_too(town, old, new, hint):
    town.write("_portal/columns.yml", COLUMNS.replace(old, new))
    if "id: news" in new:
        town.write("notices/2026/heating.md", notice(id="heating", title="示例：供热通知", column="news"))
    line = next(line for line in lost(town.build()) if "/notices/" in line)
    assert line.startswith("_portal/columns.yml:") and hint in line
    town.write("_portal/tombstones.yml", tombstones("/notices/index.html"))
    assert town.build().ok, "or it leaves with a reason"


def test_a_record_and_a_column_may_have_one_name(tmp_path):
    town = Town(tmp_path)
    town.write("notices/2026/notice.md", notice(id="notice"))
    assert town.build().ok
    town.remove("notices/2026/notice.md")
    (line,) = lost(town.build())
    assert "/notices/2026/notice.html" in line


def test_the_ledger_never_forgets(town):
    first = ledger(town)
    town.remove("notices/2026/heating.md")
    town.write("_portal/tombstones.yml", tombstones("/notices/2026/heating.html"))
    town.write("notices/2026/new.md", notice(id="new"))
    assert town.build().ok
    rows = ledger(town)
    assert [row for row in first if row not in rows] == []
    assert ["/notices/2026/new.html", "new", "2026-11-20"] in rows


def test_an_earlier_day_does_not_miss_what_was_promised_later(town):
    town.write("notices/2026/coming.md", notice(id="coming", published_at="2026-12-05"))
    town.write("notices/2026/timed.md", notice(id="timed", publish_at="2026-12-05 08:00"))
    later = town.build(moment="2026-12-06")
    assert later.ok and {"notices/2026/coming.html", "notices/2026/timed.html"} <= later.files.keys()
    grown = ledger(town)
    for moment in (TODAY, "2026-12-05 07:59"):
        earlier = town.build(moment=moment)
        assert earlier.ok, earlier.lines
        assert "notices/2026/timed.html" not in earlier.files
        assert ledger(town) == grown, "and the ledger stays as long as it was"
    assert [row[2] for row in grown if row[1] == "timed"] == ["2026-12-05 08:00"]


def test_an_unchanged_ledger_is_not_written_again(town):
    before = (town.content / LEDGER).stat()
    assert town.build().ok
    after = (town.content / LEDGER).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_preview_leaves_the_ledger_alone(town):
    before = (town.content / LEDGER).read_bytes()
    town.write("notices/2026/new.md", notice(id="new"))
    assert town.build(keep_ledger=False).ok
    assert (town.content / LEDGER).read_bytes() == before


@pytest.mark.parametrize("line", ["/notices/2026/heating.html,heating", "notices/x.html,x,2026-01-01", "/x.html,x,yesterday", "\u202e,a,b", '"'])
def test_a_damaged_ledger_is_named_by_line(town, line):
    with (town.content / LEDGER).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    built = town.build()
    assert not built.ok
    assert any(problem.at.path == LEDGER for problem in built.problems)


@pytest.mark.parametrize("path", ["notices/page-2.md", "notices/year-2025.md", "policies/index.md"])
def test_a_record_may_not_take_the_address_of_a_page_the_site_makes(tmp_path, path):
    town = furnish(Town(tmp_path))
    town.write(path, notice(id="greedy") if path.startswith("notices") else town.content.joinpath("policies/2019/law.md").read_bytes().replace(b"id: law", b"id: greedy"))
    built = town.build()
    assert not built.ok and built.files == {}
    assert any(line.startswith(f"{path}:") and "address/used-twice" in line for line in built.lines), built.lines


@pytest.mark.parametrize("address", ["/index.html", "/search.html", "/feeds.html", "/sitemap.html", "/notices/page-2.html", "/notices/index.html"])
@pytest.mark.parametrize("way", ["alias", "tombstone"])
def test_neither_may_an_alias_or_a_tombstone(tmp_path, address, way):
    town = furnish(Town(tmp_path))
    if way == "alias":
        town.write("notices/2026/greedy.md", notice(id="greedy", aliases=f"[{address}]"))
    else:
        town.write("_portal/tombstones.yml", tombstones(address))
    built = town.build()
    assert not built.ok and built.files == {}
    place = "notices/2026/greedy.md" if way == "alias" else "_portal/tombstones.yml"
    assert any(line.startswith(f"{place}:") and "address/used-twice" in line for line in built.lines), built.lines


def test_neither_may_a_standing_page(tmp_path):
    built = furnish(Town(tmp_path)).build(structure={"search.html": b"<p>", "statement.html": b"<p>"})
    assert not built.ok
    assert next(line for line in built.lines if "address/used-twice" in line).startswith("pages/search.md:")
