"""Tables that are cut into pages: every row once, at an address that stays, in data and search too; views and totals."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from govportal.products.tables import ONE_PAGE, PAGE_ROWS, Sheet, cut
from support.large_list import code, large_town
from support.published import search_text
from support.town import Built, Town

COUNT = 450


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return large_town(tmp_path_factory.mktemp("tables"), COUNT)


@pytest.fixture(scope="module")
def built(town: Town) -> Built:
    built = town.build()
    assert built.ok, built.lines
    return built


def rows_by_page(built: Built, base: str) -> dict[str, list[str]]:
    pages = {path: data for path, data in built.files.items() if re.fullmatch(rf"power-lists/{base}(-rows-\d+)?\.html", path)}
    return {path: re.findall(r'<tr id="row-([^"]+)"', data.decode()) for path, data in pages.items()}


@pytest.mark.parametrize("base", ["register", "register-duties"])
def test_every_row_stands_on_exactly_one_page_of_each_view(built: Built, base: str) -> None:
    pages = rows_by_page(built, base)
    assert len(pages) >= 5 and max(map(len, pages.values())) <= PAGE_ROWS
    assert sorted(row for rows in pages.values() for row in rows) == sorted(code(one) for one in range(1, COUNT + 1))


def test_a_list_that_fits_stays_on_one_page(tmp_path: Path) -> None:
    town = large_town(tmp_path, ONE_PAGE)
    built = town.build()
    assert list(rows_by_page(built, "register")) == ["power-lists/register.html"]
    assert not any("register-rows" in path for path in built.files)


def test_long_rows_make_shorter_pages() -> None:
    row = {"id": "row-1", "cells": [[{"text": "字" * 4000}]]}
    starts = cut([row] * 300, 10)
    assert starts[:3] == (0, 9, 18)
    short = {"id": "row-1", "cells": [[{"text": "字"}]]}
    assert cut([short] * 300, 10) == (0, 100, 200) and cut([short] * 200, 10) == (0,)
    made = Sheet("/a", "rows", "", [], [short] * 300, (0, 100, 200))
    assert [made.page_of(place) for place in (0, 99, 100, 299)] == [1, 1, 2, 3]
    assert [made.address(page) for page in (1, 2)] == ["/a.html", "/a-rows-2.html"]


def test_powers_and_duties_are_two_pages_of_one_register(built: Built) -> None:
    powers, duties = built.text("power-lists/register.html"), built.text("power-lists/register-duties.html")
    for label, here, there in (("实施依据", powers, duties), ("追责情形及依据", duties, powers)):
        assert f">{label}</th>" in here and f">{label}</th>" not in there
    for page in (powers, duties):
        assert ">职权名称</th>" in page
    assert 'href="/power-lists/register-duties.html"' in powers and 'href="/power-lists/register.html"' in duties
    assert '<span aria-current="page">权力清单</span>' in powers
    assert '<span aria-current="page">责任清单</span>' in duties
    assert "<title>示例：权责清单（责任清单）" in duties and "示例：本页内容是为演示而编写的" in duties


def test_data_holds_all_rows_and_says_where_they_stand(built: Built) -> None:
    data = json.loads(built.files["power-lists/register.json"])
    assert len(data["rows"]) == COUNT and data["pages"][0]["first"] == code(1)
    pages = rows_by_page(built, "register")
    for one in data["pages"]:
        assert pages[one["url"].removeprefix("https://portal.example/")][0] == one["first"]
    table = list(csv.DictReader(io.StringIO(built.files["power-lists/register.csv"].decode("utf-8-sig"))))
    assert len(table) == COUNT and {"实施依据", "追责情形及依据", "声明"} <= table[0].keys()


def test_what_the_browser_loads_agrees_with_the_pages(built: Built) -> None:
    index = json.loads(built.files["power-lists/register-rows/index.json"])
    assert index["notice"] == "示例站点，非政府官方网站"
    pages = rows_by_page(built, "register")
    assert [one for page in index["pages"] for one in pages[page[1:]]] == [one.removeprefix("row-") for one in index["codes"]]
    pieces = [row for piece in index["pieces"] for row in json.loads(built.files[piece[1:]])["rows"]]
    assert len(pieces) == COUNT and [row[0] for row in pieces] == [code(one) for one in range(1, COUNT + 1)]
    for cells in index["cells"]:
        assert [cells["values"][one] for one in cells["rows"]] == [row[cells["column"]] for row in pieces]


def test_figures_are_added_up_below_the_table(tmp_path: Path) -> None:
    town = Town(tmp_path)
    page = (Path(__file__).parents[1] / "spec/types/observer_seat.md").read_text(encoding="utf-8")
    text = page.split("```markdown\n", 1)[1].split("```", 1)[0]
    counts = [int(one) for one in re.findall(r"count: (\d+)", text)]
    path = "observer-seats/2026/first"
    town.write(f"{path}.md", re.sub(r"^(meeting|task|decision): .*\n", "", text, flags=re.MULTILINE))
    built = town.build()
    assert built.ok, built.lines
    foot = built.text(f"{path}.html").partition("<tfoot")[2].partition("</tfoot>")[0]
    assert len(counts) > 0 and "合计" in foot and f">{sum(counts)}" in foot


def test_search_leads_to_the_page_of_a_row(built: Built) -> None:
    entries = search_text(built.files)
    found = {entry.href for entry, text in entries.values() if code(333) in text}
    pages = rows_by_page(built, "register")
    assert found == {f"/{path}" for path, rows in pages.items() if code(333) in rows}
    assert max(len(text) for _, text in entries.values()) < 60_000


def test_a_large_list_is_made_the_same_again(town: Town, built: Built) -> None:
    again = town.build()
    assert again.files == built.files and again.summary is not None and again.summary.written == 0
    town.forget()
    assert town.build().files == built.files


def test_a_comparison_of_many_lines_is_cut_into_pages_too(tmp_path: Path) -> None:
    town = large_town(tmp_path, 250)
    text = (town.content / "power-lists/register.yml").read_text()
    changes = "".join(
        f"  - {{code: {code(one)}, action: 变更要素, reason: 示例理由, basis: 示例依据, effective_on: 2026-11-15, notified_on: 2026-11-14, notified_by: 示例编办}}\n"
        for one in range(1, 251)
    )
    changed = text.replace("id: register", "id: later").replace("edition: 2026-11-01", "edition: 2026-11-15")
    changed = changed.replace("published_at: 2026-11-05", "published_at: 2026-11-16")
    town.write("power-lists/later.yml", changed.replace("示例股", "另一股") + "changes:\n" + changes)
    built = town.build()
    assert built.ok, built.lines[:3]
    stem = "power-lists/register/changes/2026-11-01--2026-11-15"
    first, second = built.text(f"{stem}.html"), built.text(f"{stem}-page-2.html")
    assert first.count('<tr id="change-') <= PAGE_ROWS and "修改 250 项" in first and "第2页" in second
    # A row that stands on a later page of its edition is linked there.
    pages = rows_by_page(built, "later")
    path = next(path for path, rows in pages.items() if code(150) in rows)
    assert path != "power-lists/later.html" and f'href="/{path}#row-{code(150)}"' in second
    # The page of the edition shows the first of them.
    assert built.text("power-lists/later.html").count('<tr id="change-') == 200
