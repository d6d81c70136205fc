"""Lists as dated editions: old and difference give new, nothing changes without its record, the page says what changed."""

import json
from itertools import pairwise
from pathlib import Path

import feedparser
from hypothesis import given
from hypothesis import strategies as some

from govportal.editions import apply, compare
from support.town import OWN, Town, notice, organ

CELLS = some.dictionaries(some.sampled_from(["item", "standard", "basis"]), some.text(max_size=3), max_size=3)
TABLES = some.dictionaries(some.sampled_from(["A-01", "A-02", "B-01", "C-09"]), CELLS, max_size=4)


@given(TABLES, TABLES)
def test_the_old_edition_and_the_difference_give_the_new_one_and_back(old: dict, new: dict) -> None:
    difference = compare(old, new)
    assert apply(old, difference) == new
    assert apply(new, difference.inverse()) == old


@given(TABLES, TABLES)
def test_a_difference_names_what_differs_and_nothing_else(old: dict, new: dict) -> None:
    difference = compare(old, new)
    assert set(difference.added) == new.keys() - old.keys()
    assert set(difference.removed) == old.keys() - new.keys()
    assert set(difference.changed) == {key for key in old.keys() & new.keys() if old[key] != new[key]}
    assert all(before != after for cells in difference.changed.values() for before, after in cells.values())
    assert bool(difference) is (old != new)


def edition(day: str, *rows: str, changes: tuple[str, ...] = (), **fields: str) -> str:
    given = {"id": f"fees-{day}", "title": "示例：收费目录清单", "column": "fees", "published_at": day, "list": "fees",
             "edition": day, "kind": "行政事业性收费"} | OWN | fields  # fmt: skip
    lines = [*(f"{name}: {value}" for name, value in given.items()), "rows:", *(f"  - {row}" for row in rows)]
    return "\n".join([*lines, *(["changes:", *(f"  - {one}" for one in changes)] if changes else [])]) + "\n"


def fee(code: str, standard: str) -> str:
    return f"{{code: {code}, department: 示例部门, item: 示例费{code}, basis: 示例依据, standard: {standard}}}"


def change(code: str, action: str) -> str:
    return f"{{code: {code}, action: {action}, reason: 示例理由{code}, basis: 示例文件{code}, effective_on: 2026-03-01, notified_on: 2026-02-27, notified_by: 示例编办}}"


def recorded(built: object) -> list[str]:
    return [str(one).split(" ")[0] for one in built.problems if one.code.startswith("list/")]  # type: ignore[attr-defined]


OLD = edition("2026-01-01", fee("A-01", "旧标准"), fee("A-02", "不变"), fee("A-03", "删去"))
ROWS = (fee("A-01", "新标准"), fee("A-02", "不变"), fee("A-04", "加上"))
ALL = (change("A-01", "变更要素"), change("A-03", "取消"), change("A-04", "新增"))


def test_every_change_needs_a_record_that_fits_it(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("fee-lists/old.yml", OLD)
    for without, place in (("A-01", 13), ("A-03", 6), ("A-04", 15)):
        changes = tuple(one for one in ALL if without not in one)
        for some_changes in (changes, (*changes, change(without, "新增" if without != "A-04" else "取消"))):
            town.write("fee-lists/new.yml", edition("2026-03-01", *ROWS, changes=some_changes))
            built = town.build()
            assert [(one.code, one.at.line) for one in built.problems if one.code.startswith("list/")] == [
                ("list/change-without-record", place)
            ]
            assert without in "".join(built.lines) and not built.ok


def test_the_page_and_the_data_show_what_changed_with_reason_and_basis(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("fee-lists/old.yml", OLD)
    town.write("fee-lists/new.yml", edition("2026-03-01", *ROWS, changes=ALL))
    built = town.build()
    assert built.ok and recorded(built) == []
    page, before = built.text("fee-lists/new.html"), built.text("fee-lists/old.html")
    assert "与上一版（2026年1月1日版）相比" in page and "相比" not in before
    table = page[page.index('id="changes"') :]
    for words in ("旧标准", "新标准", "示例费A-03", "示例理由A-03", "示例文件A-04", "示例编办于2026-02-27告知"):
        assert words in table
    assert "不变" not in table[: table.index("</table>")]
    data = json.loads(built.files["fee-lists/new.json"])
    assert data["changed"] == {"A-01": {"standard": {"old": "旧标准", "new": "新标准"}}}
    assert (data["compared_with"], data["added"], data["removed"]) == ("2026-01-01", ["A-04"], ["A-03"])
    assert "compared_with" not in json.loads(built.files["fee-lists/old.json"])


def three_editions(town: Town) -> None:
    """A-01 changes twice and back, A-03 leaves, A-04 comes and changes."""
    town.write("fee-lists/a.yml", edition("2026-01-01", fee("A-01", "甲"), fee("A-03", "丙")))
    changes = (change("A-01", "变更要素"), change("A-03", "取消"), change("A-04", "新增"))
    town.write("fee-lists/b.yml", edition("2026-03-01", fee("A-01", "乙"), fee("A-04", "丁"), changes=changes))
    changes = (change("A-01", "变更依据"), change("A-04", "变更要素"))
    changes = tuple(one.replace("示例理由", "第二次理由") for one in changes)
    town.write("fee-lists/c.yml", edition("2026-05-01", fee("A-01", "甲"), fee("A-04", "戊"), changes=changes))


def test_any_two_editions_are_compared_with_the_reasons_of_all_editions_between(tmp_path: Path) -> None:
    town = Town(tmp_path)
    three_editions(town)
    built = town.build()
    assert built.ok, built.lines
    folder = "fee-lists/fees/changes/"
    pairs = {path.removeprefix(folder) for path in built.files if path.startswith(folder)}
    days = ("2026-01-01--2026-03-01", "2026-01-01--2026-05-01", "2026-03-01--2026-05-01")
    assert pairs == {f"{day}.{form}" for day in days for form in ("html", "json")}
    page = built.text(folder + "2026-01-01--2026-05-01.html")
    table = page[page.index("<table") : page.index("</table>")]
    assert "示例理由A-04" in table and "第二次理由A-04" in table and "示例理由A-03" in table
    assert 'href="/fee-lists/c.html#row-A-04"' in table and 'href="/fee-lists/a.html#row-A-03"' in table
    assert "A-01" not in table and "其间有变更记录、而这两版没有不同的：A-01" in page
    data = json.loads(built.files[folder + "2026-01-01--2026-05-01.json"])
    assert (data["added"], data["removed"], data["changed"]) == (["A-04"], ["A-03"], {})
    assert data["restored"] == ["A-01"] and len(data["records"]) == 5
    assert (data["from"], data["to"], data["notice"]) == ("2026-01-01", "2026-05-01", "示例站点，非政府官方网站")


def test_a_list_has_a_lasting_page_that_leads_to_its_editions_and_comparisons(tmp_path: Path) -> None:
    town = Town(tmp_path)
    three_editions(town)
    built = town.build()
    page = built.text("fee-lists/fees/index.html")
    for link in ("a.html", "b.html", "c.html", "fees/changes/2026-01-01--2026-05-01.html", "c.csv"):
        assert f'href="/fee-lists/{link}"' in page
    index = json.loads(built.files["fee-lists/fees/index.json"])
    assert index["current"] == "2026-05-01" and len(index["editions"]) == len(index["comparisons"]) == 3
    town.write("notices/2026/n.md", notice("见[收费清单](/fee-lists/fees/)。", id="n"))
    assert town.build().ok, "a text may lead to the lasting page"
    assert all('href="/fee-lists/fees/"' in built.text(f"fee-lists/{name}.html") for name in "abc")


def test_an_older_edition_says_so_and_leads_to_the_current_one(tmp_path: Path) -> None:
    town = Town(tmp_path)
    three_editions(town)
    built = town.build()
    for name, said in (("a", True), ("b", True), ("c", False)):
        page = built.text(f"fee-lists/{name}.html")
        assert ("这不是现行版本" in page) is said
        assert ('<a href="/fee-lists/c.html">2026年5月1日版</a>' in page) is said
    assert built.text("fee-lists/index.html").count("不是现行版本") == 2
    # The day before the third edition holds, the second is the current one.
    early = town.build(moment="2026-04-30")
    assert "fee-lists/c.html" not in early.files and "这不是现行版本" not in early.text("fee-lists/b.html")


def test_an_edition_still_to_come_is_not_the_current_one(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("fee-lists/old.yml", edition("2026-01-01", fee("A-01", "甲")))
    text = edition("2026-12-01", fee("A-01", "甲"), published_at="2026-11-20")
    town.write("fee-lists/new.yml", text)
    built = town.build()
    assert "这一版自2026年12月1日起施行" in built.text("fee-lists/new.html")
    assert "不是现行版本" not in built.text("fee-lists/old.html")
    later = town.build(moment="2026-12-01")
    assert "这不是现行版本" in later.text("fee-lists/old.html")
    assert "起施行" not in later.text("fee-lists/new.html")


def test_of_many_editions_each_is_compared_with_the_one_before_and_the_current_one(tmp_path: Path) -> None:
    town = Town(tmp_path)
    days = [f"2026-{month:02}-01" for month in range(1, 11)] + ["2026-10-15", "2026-11-01", "2026-11-15"]
    for day in days:
        town.write(f"fee-lists/{day}.yml", edition(day, fee("A-01", "甲")))
    built = town.build()
    assert built.ok, built.lines
    made = {path for path in built.files if path.startswith("fee-lists/fees/changes/") and path.endswith(".html")}
    wanted = {*pairwise(days), *((day, days[-1]) for day in days[:-1])}
    assert made == {f"fee-lists/fees/changes/{old}--{new}.html" for old, new in wanted} and len(made) == 23
    assert "每一版与前一版、与现行版本" in built.text("fee-lists/fees/index.html")


def test_comparisons_follow_every_edition_between(tmp_path: Path) -> None:
    town = Town(tmp_path)
    three_editions(town)
    town.build()
    middle = (town.content / "fee-lists/b.yml").read_text().replace("示例理由A-03", "改写的理由")
    town.write("fee-lists/b.yml", middle)
    changed = town.build()
    assert "改写的理由" in changed.text("fee-lists/fees/changes/2026-01-01--2026-05-01.html")
    town.forget()
    assert town.build().files == changed.files


def test_changes_of_lists_have_a_feed_with_lasting_names(tmp_path: Path) -> None:
    town = Town(tmp_path)
    three_editions(town)
    built = town.build()
    for form in ("rss", "atom"):
        feed = feedparser.parse(built.files[f"feeds/list-changes.{form}.xml"])
        assert not feed["bozo"]
        assert [one["id"] for one in feed["entries"]] == [
            f"tag:portal.example,2026-01-01:record/fees-{day}/changes" for day in ("2026-05-01", "2026-03-01")
        ]
        newest = feed["entries"][0]
        assert newest["title"] == "清单变更：示例：收费目录清单" and newest["link"].endswith("/fee-lists/c.html")
        assert newest["summary"].startswith("与上一版相比，修改 2 项")
    assert "/feeds/list-changes.rss.xml" in built.text("feeds.html")


def test_a_page_follows_the_edition_before_it(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("fee-lists/old.yml", OLD)
    town.write("fee-lists/new.yml", edition("2026-03-01", *ROWS, changes=ALL))
    town.build()
    town.write("fee-lists/old.yml", OLD.replace("旧标准", "更旧的标准"))
    changed = town.build()
    assert "更旧的标准" in changed.text("fee-lists/new.html")
    town.forget()
    assert town.build().files == changed.files


def test_lists_of_other_places_owe_no_records(tmp_path: Path) -> None:
    town = Town(tmp_path)
    row = "{code: A-01, department: 示例部门, item: 示例费, basis: 示例依据, place: 示例市, year: 2025, source_url: https://example.org/f}"
    source = {"origin": "reprint", "source_organ": "[示例机关]", "source_name": "示例", "source_url": "https://example.org/f", "source_date": "2025"}  # fmt: skip
    for day, said in (("2026-01-01", row), ("2026-03-01", row.replace("示例费", "另一费"))):
        text = edition(day, said, **source, kind="外地公开清单（格式示例）")
        own = ("organ:", "disclosure_mode:", "secrecy_review:")
        lines = [line for line in text.split("\n") if not line.startswith(own)]
        town.write(f"fee-lists/{day}.yml", "\n".join(lines))
    built = town.build()
    assert built.ok and recorded(built) == []
    assert "另一费" in built.text("fee-lists/2026-03-01.html")


def test_an_organ_that_was_abolished_holds_no_power(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("organs/gone.md", organ(id="gone", title="示例撤销局", valid_until="2026-10-01"))
    fields = dict(OWN, id="powers", title="示例：权责清单", column="fees", published_at="2026-11-05", list="powers", edition="2026-11-01")  # fmt: skip
    row = (
        "{code: '000220001000', name: 示例检查, kind: 行政检查, subject: 示例撤销局, department: 示例股, basis: 示例法第一条, level: 县, "
        "duties: 检查, accountability: 追责, supervise_phone: 12345, status: 在用, since: 2026-01-01}"
    )
    text = "\n".join([*(f"{name}: {value}" for name, value in fields.items()), "rows:", f"  - {row}"]) + "\n"
    for status, codes in (("在用", ["list/organ-abolished"]), ("暂停", [])):
        town.write("power-lists/powers.yml", text.replace("在用", status))
        assert [one.code for one in town.build().problems if one.severity.value == "error"] == codes
