"""The key areas: each column states its elements, has every part, and stands under every organ's page."""

import json
from pathlib import Path

import pytest

from govportal.build import load
from govportal.registry import find_types
from support.specification import first_file
from support.standing import StandingTown, file
from support.town import COLUMNS, SITE, Town, notice, organ

TYPES = {declared.type.name: declared for declared in find_types()}
WELFARE = "elements: {scope: 示例范围, content: 示例内容, time_limit: 示例时限, carrier: 示例载体, presentation: 示例形式}"
PAGE = "organs/office/key-areas.html"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def columns(town: Town, old: str, new: str) -> None:
    """Change the first place in columns.yml where something stands."""
    assert old in COLUMNS
    town.write("_portal/columns.yml", COLUMNS.replace(old, new, 1))


def example(town: Town, name: str, **changes: str) -> None:
    """The first file of a type's specification page, without what points outside this town."""
    shown = first_file(TYPES[name])
    lines = [line for line in shown.text.split("\n") if not line.startswith(("policies:", "guides:", "budget:", "audits:", "project:"))]
    text = "\n".join(f"{key}: {changes[key]}" if (key := line.partition(":")[0]) in changes else line for line in lines)
    town.write(shown.path.replace("first", changes.get("id", "first")), text)


# The five elements

def test_a_column_without_elements_is_an_error_at_its_place(town: Town):
    columns(town, f", {WELFARE}}}\n      - {{id: resources", "}\n      - {id: resources")
    (problem,) = [one for one in load(town.project()).problems if one.code == "column/elements-missing"]
    line = next(number for number, text in enumerate(COLUMNS.split("\n"), 1) if "id: budget" in text)
    assert (problem.at.path, problem.at.line, problem.severity.value) == ("_portal/columns.yml", line, "error")


@pytest.mark.parametrize("spoilt", [WELFARE.replace("carrier: 示例载体, ", ""), WELFARE.replace("carrier: 示例载体", "carrier: ")])
def test_an_element_that_is_missing_or_empty_is_an_error(spoilt: str, town: Town):
    columns(town, WELFARE, spoilt)
    problems = [one for one in load(town.project()).problems if one.code == "field/missing"]
    assert ["公开载体（carrier）" in one.message and one.at.path == "_portal/columns.yml" for one in problems] == [True]


def test_a_column_below_a_column_of_the_key_areas_states_its_elements_too(town: Town):
    inner = "{id: reports, name: 预决算公开, path: key-areas/budget/reports, description: 示例。, keywords: [预算], column_type: 信息公开目录, update_days: 0}"
    columns(town, f"{WELFARE}}}", f"{WELFARE}, children: [{inner}]}}")
    assert "column/elements-missing" in [one.code for one in load(town.project()).problems]


def test_list_and_hub_open_with_the_elements(town: Town):
    built = town.build()
    page = built.text("key-areas/budget/index.html")
    for label, text in (("公开范围", "示例范围"), ("公开内容", "示例内容"), ("公开时限", "示例时限"), ("公开载体", "示例载体"), ("展现形式", "示例形式")):
        assert f"<dt>{label}</dt><dd>{text}</dd>" in page
    assert page.index("展现形式") < page.index("这里现在没有内容") and "公开范围" not in built.text("notices/index.html")


def test_empty_key_areas_of_a_production_site_are_errors_and_samples_do_not_fill_them(town: Town):
    example(town, "public_welfare", sample="true")
    town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: production"))
    found = {one.message: one.severity.value for one in load(town.project()).problems if one.code == "column/empty"}
    assert found["栏目“财政预决算”没有公开的内容"] == "error"
    assert found["栏目“政策”没有公开的内容"] == "warning"
    town.write("notices/2026/welfare.md", notice(id="welfare", column="welfare"))
    assert "栏目“社会公益事业建设”没有公开的内容" not in [one.message for one in load(town.project()).problems]


# Every part of a vocabulary

def test_a_part_without_content_is_named_and_shown(town: Town):
    example(town, "public_welfare")
    built = town.build()
    missing = [one.message for one in built.problems if one.code == "column/empty-part"]
    assert len(missing) == 6 and any("没有领域为“教育”的社会公益事业" in one for one in missing)
    page = built.text("key-areas/welfare/index.html")
    assert page.count("还没有内容") == 6 and "有真实公开" in page


def test_a_part_that_does_not_exist_here_is_excused_with_its_reason(town: Town):
    example(town, "public_welfare")
    last = COLUMNS.rindex(f"{WELFARE}}}")
    excused = COLUMNS[:last] + WELFARE + ", not_applicable: [{part: 教育, reason: 示例理由。}]" + COLUMNS[last + len(WELFARE):]
    town.write("_portal/columns.yml", excused)
    built = town.build()
    assert not [one for one in built.problems if "教育" in one.message]
    page = built.text("key-areas/welfare/index.html")
    assert "示例理由。" in page and "不适用" in page
    for wrong in ("社会救助和社会福利", "旅游"):
        town.write("_portal/columns.yml", excused.replace("part: 教育", f"part: {wrong}"))
        assert "column/not-applicable" in [one.code for one in load(town.project()).problems]


# Under every organ's page

def test_every_organ_has_the_column_with_what_it_published(town: Town):
    town.write("organs/other.md", organ(id="other", title="示例区财政局", order="2"))
    town.write("notices/2026/a.md", notice(id="a", title="示例预算公告", also_in="[budget]"))
    town.write("notices/2026/b.md", notice(id="b", title="示例别家公告", also_in="[welfare]", organ="[other]"))
    town.write("notices/2026/c.md", notice(id="c", title="示例一般公告"))
    built = town.build()
    page = built.text(PAGE)
    assert "示例预算公告" in page and "示例别家公告" not in page and "示例一般公告" not in page
    assert "示例别家公告" in built.text("organs/other/key-areas.html")
    assert f'href="/{PAGE}"' in built.text("organs/office.html")
    assert "不适用说明" in page and "示例：不承担重点领域的职能。" in page


def test_the_page_of_an_organ_follows_its_records(town: Town):
    town.write("notices/2026/a.md", notice(id="a", title="示例预算公告"))
    assert "示例预算公告" not in town.build().text(PAGE)
    town.write("notices/2026/a.md", notice(id="a", title="示例预算公告", also_in="[budget]"))
    assert "示例预算公告" in town.build().text(PAGE)
    town.write("notices/2026/a.md", notice(id="a", title="示例预算公告"))
    assert "示例预算公告" not in town.build().text(PAGE)


def test_a_body_may_link_to_it(town: Town):
    town.write("notices/2026/a.md", notice("见[专栏](/organs/office/key-areas.html)。", id="a"))
    assert "link/nothing" not in town.build().codes
    town.write("notices/2026/a.md", notice("见[专栏](/organs/nobody/key-areas.html)。", id="a"))
    assert "link/nothing" in town.build().codes


def test_a_record_may_not_take_its_address(tmp_path: Path):
    taken = organ(id="taken", title="示例区财政局", order="2")
    refused = StandingTown(tmp_path).refused(file("organs/office/key-areas.md", taken))
    assert [line.split()[-1] for line in refused] == ["address/used-twice"]


# Budgets

def test_a_budget_shows_its_tables_and_gives_them_as_data(town: Town):
    example(town, "fiscal_report")
    built = town.build()
    page = built.text("fiscal-reports/2026/first.html")
    assert "部门收支总体情况表（单位：万元）" in page and "+11.1" in page and "没有政府性基金预算" in page
    data = json.loads(built.files["fiscal-reports/2026/first.json"])
    assert data["totals"]["支出"] == {"amount": "100.00", "previous": "90.00", "budget": ""}
    assert data["expenditure"] == [{"item": "一般公共服务支出", "code": "201", "amount": "100.00", "share": "100.0"}]
    assert data["three_public"]["合计"] == "3.00" and len(data["changes"]) == 4
    assert built.text("fiscal-reports/2026/first.csv").startswith("\ufeff表,收支,科目编码,项目,本年数")




def test_the_parts_of_a_column_follow_the_records_at_home_there(town: Town):
    example(town, "public_welfare")
    assert "有真实公开" in town.build().text("key-areas/welfare/index.html")
    first = (town.content / "public-welfare/2026/first.md").read_text()
    town.write("public-welfare/2026/first.md", first.replace("area: 社会救助和社会福利", "area: 教育"))
    page = town.build().text("key-areas/welfare/index.html")
    assert page.index(">教育</th>") < page.index("有真实公开") < page.index(">基本医疗卫生</th>")
    town.write("public-welfare/2026/first.md", first.replace("column: welfare", "column: projects\nalso_in: [welfare]"))
    built = town.build()
    assert "有真实公开" not in built.text("key-areas/welfare/index.html")
    assert "有真实公开" in built.text("key-areas/projects/index.html")
