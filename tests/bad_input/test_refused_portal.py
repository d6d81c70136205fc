"""The portal's own settings, and the standing pages, are read as strictly as everything else."""

import shutil

import pytest

from support.standing import StandingTown, file
from support.town import COLUMNS, SITE, Town, notice

SITE_FILE, COLUMN_FILE = "_portal/site.yml", "_portal/columns.yml"
MEASURES, TOMBSTONES, LEDGER = "_portal/measures.yml", "_portal/tombstones.yml", "_portal/addresses.csv"
SUBJECTS = "_portal/vocabularies/subjects.yml"
LISTS = {COLUMN_FILE: "columns", MEASURES: "measures", TOMBSTONES: "tombstones", SUBJECTS: "subjects"}

SPOILT = {
    "NUL": (b"a: \0", "1:4 file/control-character"),
    "GBK": ("name: 中文名称".encode("gbk"), "1:7 file/encoding"),
    "UTF-16": ("name: 示例".encode("utf-16"), "1:1 file/encoding"),
    "a tab": (b"a:\n\tb: c\n", "2:1 yaml/tab"),
    "an open bracket": (b"a: [\n", "2:1 yaml/syntax"),
    "an anchor": (b"a: &b c\n", "1:4 yaml/anchor"),
    "a word": (b"example\n", "1:1 yaml/not-a-mapping"),
    "a list": (b"- a\n", "1:1 yaml/not-a-mapping"),
}


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("path", [SITE_FILE, *LISTS])
def test_a_broken_settings_file_is_refused_at_its_place(name: str, path: str, standing: StandingTown) -> None:
    data, place = SPOILT[name]
    assert standing.refused(file(path, data)) == [f"{path}:{place}"]


SHAPES = {
    "a word for the list": ("x", "field/not-a-list"),
    "a group for the list": ("{a: b}", "field/not-a-list"),
    "a word for an entry": ("[x]", "field/not-a-group"),
    "a list for an entry": ("[[x]]", "field/not-a-group"),
    "an entry with an unknown field": ("[{x: y}]", "field/unknown"),
    "a list for a name": ("[{id: [x], name: [x], address: [x]}]", "field/not-a-value"),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_the_wrong_shape_is_refused(name: str, path: str, standing: StandingTown) -> None:
    written, code = SHAPES[name]
    said = standing.refused(file(path, f"{LISTS[path]}: {written}\n"))
    assert code in {one.split()[1] for one in said}
    assert {one.partition(":")[0] for one in said} == {path}


@pytest.mark.parametrize("path", LISTS)
def test_a_misspelt_list_is_refused_and_not_passed_over(path: str, standing: StandingTown) -> None:
    said = standing.refused(file(path, f"{LISTS[path][:-1]}: []\n"))
    assert f"{path}:1:1 field/unknown" in said


def test_children_of_a_column_must_be_a_list(standing: StandingTown) -> None:
    broken = COLUMNS.replace("    children:\n", "    children: x\n    x:\n")
    assert f"{COLUMN_FILE}:15:15 field/not-a-list" in standing.refused(file(COLUMN_FILE, broken))


COLUMN_CASES = {
    "an identifier used twice": (("id: notice,", "id: policy,"), ["4:5 columns/repeated"]),
    "an address used twice": (("path: notices,", "path: policies,"), ["4:5 columns/repeated"]),
    "the name kept for the whole site": (("id: notice,", "id: all,"), ["4:5 columns/reserved"]),
    "an address out of the site": (("path: notices,", "path: ../notices,"), ["4:36 identifier/format"]),
    "a kind of column that does not exist": (("column_type: 工作动态", "column_type: 动态"), ["4:94 choice/unknown"]),
    "script in a name": (("name: 通知公告", "name: <script>x</script>"), ["4:24 text/markup"]),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMN_CASES)
def test_a_column_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    (old, new), expected = COLUMN_CASES[name]
    assert old in COLUMNS
    assert standing.refused(file(COLUMN_FILE, COLUMNS.replace(old, new))) == [
        f"{COLUMN_FILE}:{one}" for one in expected
    ]


SITE_CASES = {
    "a name left out": (("name: 示例区政务公开\n", ""), "1:1 field/missing"),
    "a setting that does not exist": (("name:", "nmae: x\nname:"), "1:1 field/unknown"),
    "a date that does not exist": (("2026-01-01", "2026-02-30"), "14:11 date/no-such-day"),
    "script": (("测试用", "<script>"), "11:14 text/markup"),
    "a link that is script": (("https://portal.example/find-error", "javascript:alert(1)"), "15:17 link/format"),
    "the code of a real site on the demonstration": (("0000000000", "2308000001"), "1:1 site/demo-identity"),
}  # fmt: skip


@pytest.mark.parametrize("name", SITE_CASES)
def test_a_setting_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    (old, new), place = SITE_CASES[name]
    assert old in SITE
    assert standing.refused(file(SITE_FILE, SITE.replace(old, new, 1))) == [f"{SITE_FILE}:{place}"]


LEDGER_LINES = {
    "a word": "x", "two columns": "/a.html,x", "four columns": "/a.html,x,2026-01-01,y", "a day that does not exist": "/a.html,x,2026-02-30",
    "no day": "/a.html,x,", "an address without its slash": "a.html,x,2026-01-01", "an open quotation": '"/a.html,x,2026-01-01',
    "the mark of a conflict": "<<<<<<< HEAD", "a very long line": "/" + "a" * 200_000 + ",x,y",
}  # fmt: skip


@pytest.mark.parametrize("name", LEDGER_LINES)
def test_a_line_of_the_ledger_that_cannot_be_read_is_refused(name: str, standing: StandingTown) -> None:
    ledger = (standing.town.content / LEDGER).read_text()
    line = ledger.count("\n") + 1
    assert standing.refused(file(LEDGER, f"{ledger}{LEDGER_LINES[name]}\n")) == [
        f"{LEDGER}:{line}:1 addresses/format"
    ]


TOMBSTONE = "tombstones:\n  - {address: /notices/2025/withdrawn.html, title: 旧, reason: 示例, date: 2026-01-01, replacement: %s}\n"
TOMBSTONE_CASES = {
    "a replacement that is script": (TOMBSTONE % "javascript:alert(1)", "2:98 address/format"),
    "a replacement that does not exist": (TOMBSTONE % "/nothing.html", "1:1 link/nothing"),
    "script in a reason": ((TOMBSTONE % "/organs/office.html").replace("reason: 示例", "reason: <script>"), "2:63 text/markup"),
    "the address of a record": ((TOMBSTONE % "/organs/office.html").replace("2025/withdrawn", "2026/heating"), "1:1 address/used-twice"),
    "the search page": ((TOMBSTONE % "/organs/office.html").replace("notices/2025/withdrawn", "search"), "1:1 address/used-twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOMBSTONE_CASES)
def test_a_tombstone_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    written, place = TOMBSTONE_CASES[name]
    ledger = "".join(
        line + "\n"
        for line in (standing.town.content / LEDGER).read_text().splitlines()
        if "withdrawn" not in line
    )
    assert standing.refused(file(TOMBSTONES, written), file(LEDGER, ledger)) == [f"{TOMBSTONES}:{place}"]


@pytest.mark.parametrize("path", [SITE_FILE, COLUMN_FILE])
def test_settings_that_are_missing_are_named(path: str, standing: StandingTown) -> None:
    assert standing.refused(lambda town: town.remove(path)) == [f"{path}:1:1 portal/missing"]


def test_all_settings_missing_are_named_at_once(standing: StandingTown) -> None:
    said = standing.refused(lambda town: shutil.rmtree(town.content / "_portal"))
    assert said == [f"{COLUMN_FILE}:1:1 portal/missing", f"{SITE_FILE}:1:1 portal/missing"]


def test_no_content_at_all_is_refused(standing: StandingTown) -> None:
    def vanish(town: Town) -> None:
        shutil.rmtree(town.content)

    assert "content:1:1 content/missing" in standing.refused(vanish)


def test_a_settings_file_that_nobody_reads_is_named(standing: StandingTown) -> None:
    built = standing.trial(file("_portal/tombstone.yml", "tombstones: []\n"))
    assert [str(one.at) for one in built.problems if one.code == "portal/unknown-file"] == [
        "_portal/tombstone.yml:1:1"
    ]


def test_broken_settings_do_not_hide_what_is_wrong_with_records(standing: StandingTown) -> None:
    said = standing.refused(
        file(SITE_FILE, b"name: ["),
        file("notices/2026/a.md", b""),
        file("notices/2026/b.md", notice(published_at="2024-02-30")),
    )
    assert said == [
        f"{SITE_FILE}:2:1 yaml/syntax",
        "notices/2026/a.md:1:1 front-matter/missing",
        "notices/2026/b.md:5:15 date/no-such-day",
    ]


STANDING_PAGES = {
    "no front matter": ("正文\n", "1:1 front-matter/missing"),
    "an open bracket": ("---\ntitle: [\n---\n正文\n", "3:1 yaml/syntax"),
    "GBK": ("---\ntitle: 网站声明\n---\n".encode("gbk"), "2:8 file/encoding"),
    "no title": ("---\nauthor: x\n---\n正文\n", "2:1 field/missing"),
    "an empty title": ("---\ntitle:\n---\n正文\n", "2:1 field/missing"),
    "a list for a title": ("---\ntitle: [a]\n---\n正文\n", "2:8 field/not-a-value"),
    "script in the title": ("---\ntitle: <script>alert(1)</script>\n---\n正文\n", "2:8 text/markup"),
    "a template of its own": ("---\ntitle: 示例\ntemplate: other.html\n---\n正文\n", "3:1 field/unknown"),
    "a direction override": ("---\ntitle: 示例\n---\n正\u202e文\n", "4:2 file/direction-override"),
    "brackets without end": ("---\ntitle: 示例\n---\n" + "[" * 10_000, "4:1 body/depth"),
}  # fmt: skip


@pytest.mark.parametrize("name", STANDING_PAGES)
def test_a_standing_page_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    data, place = STANDING_PAGES[name]
    assert f"pages/statement.md:{place}" in standing.refused(file("pages/statement.md", data))


@pytest.mark.parametrize(("path", "data", "code"), [
    ("pages/evil.html", b"<script>", "file/type"), ("pages/evil.js", b"alert(1)", "file/type"), ("pages/plan.pdf", b"<script>", "file/signature"),
    ("pages/plan.png", b"", "file/signature")])  # fmt: skip
def test_only_pages_pictures_and_papers_stand_among_the_standing_pages(
    path: str, data: bytes, code: str, standing: StandingTown
) -> None:
    assert standing.refused(file(path, data)) == [f"{path}:1:1 {code}"]
