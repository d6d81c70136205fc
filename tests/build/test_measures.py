"""Every measure of the plan has its place: the table of all, a page for each, and what was really published for it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest

from govportal.build import Project, load
from govportal.portal import Measure
from govportal.products.context import Context
from govportal.products.pages.measures import ITEMS, tally
from govportal.registry import find_types
from support.full_town import furnish
from support.links import dead_links
from support.pages import front_matter, read_yaml
from support.shipped import AS_OF, ROOT
from support.town import SITE, Built, Town, notice, organ

MEASURES = """\
measures:
  - {id: 0-引言, title: 示例：引言, text: 示例：引言的原文。, section: 引言, columns: [notice]}
  - {id: 一（一）1, title: 示例：预公开, text: "示例：原文 1 < 2。", lead: [示例办], implement: [示例部门], section: 一、示例章（一）示例节, columns: [notice, policy]}
  - {id: 一（二）1, title: 示例：执行公开, text: 示例：原文。, section: 一、示例章（二）示例节, columns: [notice]}
  - {id: 三甲（一）2, title: 示例：平台, text: 示例：原文。, section: 三、示例平台（一）示例节, columns: [notice]}
  - {id: 三乙（一）0, title: 示例：保障, text: 示例：原文。, section: 三、示例保障（一）示例节, columns: [notice]}
"""
REAL, SAMPLE, NOTHING = "有真实公开", "只有示例", "还没有内容"


def town_with_a_plan(folder: Path) -> Town:
    """Two real records and one sample for one measure, a sample alone for another."""
    town = furnish(Town(folder))
    town.write("_portal/measures.yml", MEASURES)
    town.write("notices/2026/a.md", notice(id="a", title="示例公告甲", published_at="2026-11-01", measures="[一（一）1]",
                                          secrecy_review="{organ: 示例, reviewer: 示例岗, reviewed_on: 2026-01-01, result: 可以公开}"))
    town.write("notices/2026/b.md", notice(id="b", title="示例公告乙", published_at="2026-11-02", measures="[一（一）1, 三乙（一）0]"))
    town.write("notices/2026/c.md", notice(id="c", title="示例公告丙", published_at="2026-11-20", measures="[一（一）1, 一（二）1]", sample="true"))
    return town


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = town_with_a_plan(tmp_path_factory.mktemp("measures")).build()
    assert made.ok, made.lines
    return made


def page(files: dict[str, bytes], path: str) -> Any:
    return lxml.html.document_fromstring(files[path])


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows(files: dict[str, bytes]) -> dict[str, list[str]]:
    """The cells of the table of all measures by the address of each measure's page."""
    return {
        row.xpath("th//a/@href")[0]: [words(cell) for cell in row.xpath("th|td")]
        for row in page(files, "measures/index.html").xpath("//main//div[contains(@class, 'measures-table')]//tbody/tr")
    }


def test_the_table_says_who_where_how_much_how_recently_and_in_what_state(built: Built) -> None:
    assert list(rows(built.files).items()) == [
        ("/measures/1-1-1.html", ["一（一）1 示例：预公开", "示例办", "示例部门", "通知公告、政策", "3 件，今年 3 件 真实 2（今年 2），本区 2", "2026-11-02", REAL]),
        ("/measures/1-2-1.html", ["一（二）1 示例：执行公开", "方案未列", "方案未列", "通知公告", "1 件，今年 1 件 真实 0（今年 0），本区 0", "还没有", SAMPLE]),
        ("/measures/3a-1-2.html", ["三（一）2 示例：平台", "方案未列", "方案未列", "通知公告", "0 件，今年 0 件", "还没有", NOTHING]),
        ("/measures/3b-1-0.html", ["三（一） 示例：保障", "方案未列", "方案未列", "通知公告", "1 件，今年 1 件 真实 1（今年 1），本区 1", "2026-11-02", REAL]),
        ("/measures/introduction.html", ["示例：引言", "方案未列", "方案未列", "通知公告", "0 件，今年 0 件", "还没有", NOTHING]),
    ]


def test_measures_stand_under_their_chapters_and_the_introduction_apart(built: Built) -> None:
    table = page(built.files, "measures/index.html")
    assert [words(one) for one in table.xpath("//main//h2")] == ["一、示例章", "三、示例平台", "三、示例保障", "引言和结尾"]
    captions = table.xpath("//main//div[contains(@class, 'measures-table')]//caption")
    assert [words(one) for one in captions][:4] == ["（一）示例节", "（二）示例节", "（一）示例节", "（一）示例节"]
    assert [words(one) for one in table.xpath("//main//dl/div")] == [f"{REAL}2 项", f"{SAMPLE}1 项", f"{NOTHING}1 项"]


def test_the_page_of_a_measure_has_its_words_and_its_records_newest_first(built: Built) -> None:
    one = page(built.files, "measures/1-1-1.html")
    assert "示例：原文 1 < 2。" in words(one.xpath("//main")[0])
    assert one.xpath("//main//ul[contains(@class, 'items')]/li//div[@class='item-title']/a/@href") == [
        "/notices/2026/c.html", "/notices/2026/b.html", "/notices/2026/a.html"
    ]  # fmt: skip
    assert one.xpath("//title/text()") == ["一（一）1　示例：预公开 - 示例区政务公开"]
    assert one.xpath("//link[@rel='canonical']/@href") == ["https://portal.example/measures/1-1-1.html"]
    assert one.xpath("//meta[@name='SiteName']/@content") == ["示例区政务公开"]
    assert one.xpath("//nav[@aria-label='当前位置']//a/@href") == ["/", "/measures/"]
    assert "这里现在没有内容" in words(page(built.files, "measures/3a-1-2.html").xpath("//main")[0])


def test_every_measure_is_reached_from_the_home_page_and_leads_back_from_its_records(built: Built) -> None:
    for path in ("index.html", "sitemap.html", "notices/2026/a.html"):
        assert "/measures/" in page(built.files, path).xpath("//a/@href"), path
    for name, bound in {"1-1-1": "abc", "1-2-1": "c", "3b-1-0": "b", "3a-1-2": ""}.items():
        address = f"/measures/{name}.html"
        assert address in page(built.files, "measures/index.html").xpath("//main//a/@href")
        there = page(built.files, address[1:]).xpath("//main//a/@href")
        assert "/measures/" in there
        for record in "abc":
            leads = f"/notices/2026/{record}.html" in there
            back = address in page(built.files, f"notices/2026/{record}.html").xpath("//main//a/@href")
            assert (leads, back) == (record in bound, record in bound), (name, record)
    assert [one for one in dead_links(built.files) if "-> /measures/" in one] == []
    map_of_site = built.text("sitemap-1.xml")
    assert all(f"<loc>https://portal.example/measures/{one}</loc>" in map_of_site for one in ("", "1-1-1.html", "introduction.html"))


def test_the_home_page_gives_both_figures(built: Built) -> None:
    (section,) = page(built.files, "index.html").xpath("//section[@aria-labelledby='measures-title']")
    assert words(section.xpath("p")[0]) == "实施方案 4 项措施：2 项有真实公开（其中 2 项有本区自己的文件），1 项只有示例，1 项还没有内容。"


def test_a_site_without_a_plan_has_no_such_pages(tmp_path: Path) -> None:
    files = Town(tmp_path).build().files
    assert not [path for path in files if path.startswith("measures/")]
    assert not [path for path, data in files.items() if path.endswith(".html") and b"/measures/" in data]


def test_a_text_may_link_to_a_measure_that_is_there(tmp_path: Path) -> None:
    town = town_with_a_plan(tmp_path)
    town.write("notices/2026/d.md", notice("见[措施](/measures/1-1-1.html)和[全部](/measures/)，[没有](/measures/9-9-9.html)。", id="d"))
    assert [line.partition("（")[0] for line in town.build().lines if "link/nothing" in line] == [
        "notices/2026/d.md:13:1: 错误 [link/nothing] 链接 /measures/9-9-9.html 指向的网页不存在"
    ]


def test_a_measure_of_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    town = town_with_a_plan(tmp_path)
    town.write("_portal/measures.yml", MEASURES.replace("columns: [notice, policy]", "columns: [notices]"))
    assert [line for line in town.build().lines if "measure/" in line] == [
        "_portal/measures.yml:1:1: 错误 [measure/unknown-column] 措施 一（一）1 对应的栏目 notices 不存在（改为 notice）"
    ]


def test_a_long_list_says_where_the_rest_is(tmp_path: Path) -> None:
    town = town_with_a_plan(tmp_path)
    for number in range(ITEMS):
        town.write(f"notices/2026/m{number}.md", notice(id=f"m{number}", title=f"示例第{number}件", measures="[三甲（一）2, 一（二）1]"))
    files = town.build().files
    for name, hint in (("3a-1-2", False), ("1-2-1", True)):
        one = page(files, f"measures/{name}.html")
        assert len(one.xpath("//main//ul[contains(@class, 'items')]/li")) == ITEMS
        assert (f"最近的 {ITEMS} 件，共 {ITEMS + 1} 件" in words(one)) is hint


# Who answers for it, what is owed of each type, and whether it came in time

def town_with_duties(folder: Path, days: int = 20) -> Town:
    """The first measure is led by a body of the register under its former name, owes notices and interpretations, and has a clock."""
    town = town_with_a_plan(folder)
    town.write("organs/culture.md", organ(id="culture", title="示例区文化和旅游局", order="9", former_names="[示例办]"))
    owed = "columns: [notice, policy], types: [notice, interpretation], notes: [示例：原文少一个字。]"
    town.write("_portal/measures.yml", MEASURES.replace("columns: [notice, policy]", owed))
    columns = town.content / "_portal/columns.yml"
    line = "{id: notice, name: 通知公告, path: notices, description: 通知公告。, keywords: [公告], column_type: 工作动态, update_days: "
    assert line + "0" in columns.read_text(encoding="utf-8")
    columns.write_text(columns.read_text(encoding="utf-8").replace(line + "0", line + str(days)), encoding="utf-8")
    return town


def test_a_unit_of_the_plan_leads_to_the_body_that_succeeded_it(tmp_path: Path) -> None:
    files = town_with_duties(tmp_path).build().files
    for path in ("measures/index.html", "measures/1-1-1.html"):
        assert page(files, path).xpath("//main//a[text()='示例办']/@href") == ["/organs/culture.html"], path
        assert page(files, path).xpath("//main//a[text()='示例部门']") == [], path


def test_each_type_that_is_owed_is_named_with_what_there_is_of_it(tmp_path: Path) -> None:
    one = page(town_with_duties(tmp_path).build().files, "measures/1-1-1.html")
    found = [[words(cell) for cell in row.xpath("th|td")] for row in one.xpath("//section[@aria-labelledby='evidence-title']//tbody/tr")]
    assert found == [["动态公告", "3 件 真实 2，本区 2", "3 件", "示例公告乙 2026-11-02"], ["政策解读", "0 件", "0 件", "还没有"]]
    assert "原文照录。示例：原文少一个字。" in words(one)


@pytest.mark.parametrize(("days", "said"), [
    (20, "已超期 1 天 应在 2026-11-22 以前更新"), (21, "按期 应在 2026-11-23 以前更新"), (0, "还没有本区自己的文件")])
def test_it_says_whether_the_measure_was_kept_in_time(tmp_path: Path, days: int, said: str) -> None:
    files = town_with_duties(tmp_path, days).build(moment="2026-11-23").files
    head = {words(row.xpath("dt")[0]): words(row.xpath("dd")[0]) for row in page(files, "measures/1-1-1.html").xpath("//dl[@class='head']/div")}
    assert head["是否按期"] == said
    assert rows(files)["/measures/1-1-1.html"][6] == (f"{REAL} {said.partition(' 应')[0]}" if days else REAL)
    assert "按期" not in rows(files)["/measures/1-2-1.html"][6], "on samples no clock runs"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_every_measure_has_its_feed(built: Built, form: str) -> None:
    for name, bound in {"1-1-1": "cba", "1-2-1": "c", "3b-1-0": "b", "3a-1-2": ""}.items():
        feed = feedparser.parse(built.files[f"feeds/measures/{name}.{form}.xml"])
        assert not feed["bozo"]
        assert [one["id"].rpartition("/")[2] for one in feed["entries"]] == list(bound)
        assert f"/feeds/measures/{name}.{form}.xml" in page(built.files, f"measures/{name}.html").xpath("//main//a/@href")
    assert "预公开" in feedparser.parse(built.files[f"feeds/measures/1-1-1.{form}.xml"])["feed"]["title"]


def test_a_type_that_is_not_there_is_refused(tmp_path: Path) -> None:
    town = town_with_duties(tmp_path)
    town.write("_portal/measures.yml", MEASURES.replace("columns: [notice, policy]", "columns: [notice], types: [notices]"))
    assert [line for line in town.build().lines if "measure/" in line] == [
        "_portal/measures.yml:1:1: 错误 [measure/unknown-type] 措施 一（一）1 对应的内容类型 notices 不存在（改为 notice）"
    ]


def test_a_sample_cannot_go_live(tmp_path: Path) -> None:
    town = town_with_a_plan(tmp_path)
    town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: production"))
    said = [line for line in town.build().lines if "sample/in-production" in line]
    assert [line.split(": ")[0] for line in said if "notices/2026/c.md" in line] == ["notices/2026/c.md:12:9"]
    assert not any("notices/2026/a.md" in line for line in said)
    town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: staging"))
    assert not any("sample/in-production" in line for line in town.build().lines)


STEPS = {
    "the body that answers is renamed": lambda town: town.write("organs/culture.md", organ(id="culture", title="示例区文旅局", former_names="[示例办]")),
    "serves another measure": lambda town: town.write("notices/2026/c.md", notice(
        id="c", title="示例公告丙", published_at="2026-11-20", measures="[三甲（一）2]", sample="true")),
    "serves none any more": lambda town: town.write("notices/2026/b.md", notice(id="b", title="示例公告乙", published_at="2026-11-02")),
    "has another title": lambda town: town.write("notices/2026/b.md", notice(
        id="b", title="示例公告乙（改）", published_at="2026-11-02", measures="[一（一）1, 三乙（一）0]")),
    "is no sample any more": lambda town: town.write("notices/2026/c.md", notice(
        id="c", title="示例公告丙", published_at="2026-11-20", measures="[一（一）1, 一（二）1]")),
    "is gone": lambda town: town.write("notices/2026/c.md", notice(id="c", title="示例公告丙", published_at="2026-11-20", draft="true")),
    "the measures themselves": lambda town: town.write("_portal/measures.yml", MEASURES.replace("示例：预公开", "示例：改了名")),
    "two measures change places": lambda town: town.write("_portal/measures.yml", "".join(
        MEASURES.splitlines(keepends=True)[place] for place in (0, 1, 3, 2, 4, 5))),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_after_a_change_the_pages_are_those_of_a_clean_build(step: str, tmp_path: Path) -> None:
    town = town_with_duties(tmp_path)
    before = town.build(keep_ledger=False).files
    STEPS[step](town)
    changed = town.build(keep_ledger=False).files
    town.forget()
    clean = town.build(keep_ledger=False).files
    assert changed == clean
    assert changed["measures/index.html"] != before["measures/index.html"] or step in ("has another title", "the body that answers is renamed")


# The plan that ships

def bound_by_hand(content: Path) -> Iterator[tuple[str, bool]]:
    """Every measure named in a content file that is public by now, and whether the file is a sample: an independent reading."""
    for path in sorted([*content.rglob("*.md"), *content.rglob("*.yml")]):
        if path.relative_to(content).parts[0] not in ("_portal", "pages"):
            fields = front_matter(path)
            repaired = fields.get("repaired_on", "9999") <= AS_OF
            if fields["published_at"][:10] <= AS_OF and fields.get("draft") != "true" and not repaired:
                for one in fields.get("measures", []):
                    yield one, fields.get("sample") == "true"


def site_of(content: Path, folder: Path) -> Context:
    project = Project(content=content, site=folder / "site", cache=folder / "cache", moment=AS_OF, types=find_types())
    loaded = load(project)
    assert loaded.site is not None
    return Context(loaded.site, "/", "https://portal.example")


def states(context: Context) -> dict[str, str]:
    from govportal.products.pages.measures import _state

    return {one.id: _state(context.site.for_measure[one.id])["text"] for one in context.site.portal.measures}


def test_the_shipped_table_counts_what_the_files_say(shipped_project: Path) -> None:
    files = {"measures/index.html": (shipped_project / "site/measures/index.html").read_bytes()}
    bound = list(bound_by_hand(shipped_project / "content"))
    named = re.findall(r"^  - id: (\S+)$", (shipped_project / "content/_portal/measures.yml").read_text(encoding="utf-8"), re.M)
    table = rows(files)
    assert len(table) == len(named) == 43 and len([one for one in named if re.search(r"）\d+$", one)]) == 41
    for one in named:
        measure = Measure(id=one, title="", text="", section="")
        total, real = len([name for name, _ in bound if name == one]), len([name for name, sample in bound if name == one and not sample])
        cell = table[measure.address][4]
        assert cell.startswith(f"{total} 件") and (not total or f"真实 {real}（" in cell), (one, cell)
        assert table[measure.address][6].startswith(REAL if real else SAMPLE if total else NOTHING)


def test_every_measure_of_the_plan_leads_to_a_record_and_back(shipped_site: Path) -> None:
    for path in sorted((shipped_site / "measures").glob("*.html")):
        if path.name == "index.html":
            continue
        found = lxml.html.document_fromstring(path.read_bytes()).xpath("//main//div[@class='item-title']/a/@href")
        assert found, path.name
        back = lxml.html.document_fromstring((shipped_site / found[0].lstrip("/")).read_bytes()).xpath("//main//a/@href")
        assert f"/measures/{path.name}" in back, found[0]


def test_with_the_samples_removed_exactly_those_with_real_content_have_any(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    before = states(site_of(content, tmp_path / "before"))
    bound = list(bound_by_hand(content))
    real = {one for one, sample in bound if not sample}
    assert {one for one, state in before.items() if state == REAL} == real
    assert {one for one, state in before.items() if state == SAMPLE} == {one for one, _ in bound} - real
    for path in content.rglob("*"):
        if path.suffix in (".md", ".yml") and re.search(r"^sample: true", path.read_text(encoding="utf-8"), re.M):
            path.unlink()
    context = site_of(content, tmp_path / "after")
    assert states(context) == {one: REAL if one in real else NOTHING for one in before}
    assert tally(context)["sample"] == 0


# The types bound to each measure are those that the table of the domain handbook asks for.

TABLE = ROOT / "tests/fixtures/plan/measures-table.md"
ASKED = {
    "意见征集 `": ["consultation"], "9.2、9.3": ["participation"], "常务会议 `": ["meeting"], "决策时间线": ["decision", "decision_catalogue"],
    "procedures{}": ["expert_appraisal", "risk_assessment", "legality_review", "working_rule"], "列席公告与结果": ["observer_seat"],
    "制度文本": ["working_rule"], "制度文件": ["working_rule"], "民意调查 `": ["participation"], "任务台账 `": ["task"], "督查 `": ["government_inspection"],
    "审计公告 `": ["audit_announcement"], "清单中心": ["licensing_list", "power_list", "fee_list"],
    "执法公示 `": ["enforcement_disclosure", "discretion_standard"], "处罚 `": ["penalty"], "许可结果": ["licence"], "许可事项 `online_url`": ["licensing_list"],
    "`/jgxx/` 14 子栏": ["regulatory_disclosure", "random_inspection"], "政务服务中心 `": ["service_centre"],
    "公共服务 `": ["public_service_list", "service_guide"], "平台导航": ["service_platform"], "事项深度统计": ["online_depth_statistics"],
    "`/gqsy/<sector>/`": ["public_service_body"], "规范+考核制度文本": ["working_rule"], "中介清单 `": ["intermediary_list"], "结果公开 `": ["outcome"],
    "评估 `": ["evaluation"], "`/zdly/`（固定栏目名）": ["fiscal_report", "public_resource", "major_project", "public_welfare", "standard_catalogue"],
    "`/zdly/fp/`": ["poverty_alleviation"], "规范性文件库 `": ["policy"], "清理 `": ["clean_up_result"], "政策解读 `": ["interpretation"],
    "发布会 `": ["press_conference"], "负责人解读 `": ["interpretation"], "speaker, post": ["spokesperson_list"],
    "公众参与 `/gzcy/`（汇总征集、调查、听证、列席、建言）": ["consultation", "participation", "observer_seat", "suggestion"],
    "互动中心": ["mailbox_reply", "interview", "activity"], "采纳公开": ["suggestion"], "办法文本": ["working_rule"], "月度统计": ["interaction_statistics"],
    "机制页": ["concern_mechanism", "working_rule"], "回应关切 `": ["public_concern_response"],
    "门户本身": ["working_rule", "website_register", "website_annual_report"], "公报 `": ["gazette_issue", "policy"], "媒体服务 `": ["media_service"],
    "组织领导 `": ["leading_group", "leader_in_charge_list", "annual_hearing"], "政府信息公开制度 `": ["working_rule"],
    "季度目录 `": ["policy", "clean_up_result"], "制度页 `": ["working_rule"], "负面清单 `": ["negative_list"], "培训 `/zwgk/px/`：": ["training_plan"],
    "年度计划 `": ["training_plan"], "轮训进度表": ["training_progress"], "考核 `": ["assessment"], "第三方评估报告": ["evaluation"],
    "社会监督 `": ["supervisor_register", "supervisor_feedback"], "通报 `": ["circular"], "落实台账": ["implementation_plan"], "督导通报": ["circular"],
    "（五公开总览": ["policy"],
}  # fmt: skip
"""Words of the table's columns 内容类型、字段、检查, and the types that they ask for."""
NOT_ASKED = {
    # The gazette is named there only as a place where things are published.
    ("一（五）3", "公报 `"),
}  # fmt: skip


def test_the_types_bound_to_each_measure_are_those_that_the_table_asks_for() -> None:
    bound = {one["id"]: set(one["types"]) for one in read_yaml((ROOT / "content/_portal/measures.yml").read_text(encoding="utf-8"))["measures"]}
    rows_of_table = [line.split(" | ") for line in TABLE.read_text(encoding="utf-8").split("\n") if re.match(r"\| (?:[一二三]|0-|99-)", line)]
    asked: dict[str, set[str]] = {}
    for cells in rows_of_table:
        name = re.match(r"\| (\S+)", cells[0])[1]  # type: ignore[index]
        text = " | ".join((cells[2], cells[5], cells[7]))
        asked[name] = {one for words, names in ASKED.items() if words in text and (name, words) not in NOT_ASKED for one in names}
    assert asked == bound
    assert not [one for one in bound.values() if not one], "every measure has its types"


def test_every_bound_type_has_a_record_that_serves_the_measure(shipped_project: Path, tmp_path: Path) -> None:
    context = site_of(shipped_project / "content", tmp_path)
    for measure in context.site.portal.measures:
        there = {record.type.name for record in context.site.for_measure[measure.id]}
        assert set(measure.types) <= there, measure.id
