"""政府信息公开: reports and statistics that agree across periods, the catalogue, the items of the law, the official order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest

from govportal.disclosure import REQUESTS, STATISTICS
from govportal.kinds.grid import Grid
from govportal.problems import Severity
from support.town import COLUMNS, OWN, Built, Town, front, notice, policy, reprint


def grid(kind: Grid, **written: list[int]) -> str:
    """The rows of a grid as a file writes them; those not named are nought."""
    empty = [0] * len(kind.columns)
    return "\n" + "\n".join(f"  {row.name}: {written.get(row.name, empty)}" for row in kind.rows)


def people(count: int) -> list[int]:
    """A row of the annual report's table with people only."""
    return [count, 0, 0, 0, 0, 0, count]


def report(year: int, over: int, left: int, **fields: Any) -> str:
    """A department's report of a year that began with `over` applications and left `left`."""
    done = over + 5 - left
    requests = grid(
        REQUESTS,
        new_received=people(5),
        carried_over=people(over),
        granted=people(done),
        processed_total=people(done),
        carried_forward=people(left),
    )
    return front(
        **{
            "id": f"report-{year}",
            "title": f"示例{year}年报告",
            "column": "notice",
            "published_at": f"{year + 1}-01-20",
            **OWN,
            "secrecy_review": f"{{organ: 示例, reviewer: 示例岗, reviewed_on: {year + 1}-01-10, result: 可以公开}}",
            "year": year,
            "reporting_organ": "office",
            "level": "政府部门",
            "general_situation": "主动公开、依申请公开、政府信息管理、平台建设、监督保障。",
            "documents": "{rules: [0, 0, 0], normative_documents: [0, 0, 0]}",
            "decisions": "{permits: 1, penalties: 0, compulsions: 0}",
            "fees": "{fees: 0}",
            "requests": requests,
            "reviews": "{reconsideration: [0, 0, 0, 0, 0], litigation_direct: [0, 0, 0, 0, 0], "
            "litigation_after_reconsideration: [0, 0, 0, 0, 0]}",
            "problems_and_improvements": "示例。",
            "other_matters": "示例。",
        }
        | fields
    )


def statistics(year: int, period: str, published: str, new: int, over: int, left: int, **fields: Any) -> str:
    """The statistics of a period, of people only, all answered with 予以公开."""
    done = new + over - left
    answers = grid(
        STATISTICS,
        new_received=[new, 0, new],
        carried_over=[over, 0, over],
        granted=[done, 0, done],
        processed_total=[done, 0, done],
        carried_forward=[left, 0, left],
    )
    return front(
        **{
            "id": f"statistics-{published}",
            "title": "示例统计",
            "column": "notice",
            "published_at": published,
            **OWN,
            "secrecy_review": "{organ: 示例, reviewer: 示例岗, reviewed_on: 2025-01-01, result: 可以公开}",
            "organ_of_statistics": "office",
            "year": year,
            "period": period,
            "answers": answers,
        }
        | fields
    )


def said(town: Town, code: str, moment: str = "2026-11-23") -> list[str]:
    """Place and message of every problem of a code."""
    problems = town.build(moment=moment).problems
    return [f"{one.at.path}:{one.at.line}:{one.at.column} {one.message}" for one in problems if one.code == code]


def line_of(text: str, name: str) -> int:
    return [one.split(":")[0].strip() for one in text.split("\n")].index(name) + 1


def test_what_a_year_left_the_next_begins_with(tmp_path: Path) -> None:
    town = Town(tmp_path)
    for year, over, left in ((2023, 0, 2), (2024, 2, 1), (2025, 1, 0)):
        town.write(f"disclosure-annual-reports/{year}.md", report(year, over, left))
    assert said(town, "annual-report/carried-over") == []
    spoilt = report(2025, 3, 0)
    town.write("disclosure-annual-reports/2025.md", spoilt)
    line = line_of(spoilt, "carried_over")
    assert said(town, "annual-report/carried-over") == [
        f"disclosure-annual-reports/2025.md:{line}:18 “自然人”结转进来 3，上一期（disclosure-annual-reports/2024.md）结转出去 1",
        f"disclosure-annual-reports/2025.md:{line}:36 “总计”结转进来 3，上一期（disclosure-annual-reports/2024.md）结转出去 1",
    ]
    # A year is missing between them: nothing can be compared.
    town.remove("disclosure-annual-reports/2024.md")
    assert said(town, "annual-report/carried-over") == []


@pytest.mark.parametrize(
    ("moment", "sample", "expected"),
    [
        ("2027-01-31", None, []),
        ("2027-02-01", None, [Severity.ERROR]),
        ("2027-02-01", "true", [Severity.WARNING]),
    ],
)
def test_the_report_of_last_year_is_missed_the_day_after_its_deadline(
    moment: str, sample: str | None, expected: list[Severity], tmp_path: Path
) -> None:
    town = Town(tmp_path)
    town.write("disclosure-annual-reports/2024.md", report(2024, 0, 0, sample=sample))
    town.write("disclosure-annual-reports/2025.md", report(2025, 0, 0, sample=sample))
    problems = town.build(moment=moment).problems
    assert [one.severity for one in problems if one.code == "annual-report/missing"] == expected


def test_the_report_of_the_government_counts_the_normative_documents_of_the_library(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write(
        "policies/2025/rules.md",
        policy(
            id="rules",
            authority_level="行政规范性文件",
            document_number="示例政办规〔2025〕1号",
            index_number="11999999000000001U/2025-00001",
            written_on="2025-03-03",
            published_at="2026-02-01",
            effective_on="2025-03-10",
            valid_until="2030-12-31",
            registration_number="示例登〔2025〕1号",
            legality_review="{organ: 示例司法局, reviewed_on: 2025-03-01, conclusion: 合法}",
            consultation_exempt_reason="示例理由",
        ),
    )
    of_government = {"level": "本级政府", "published_at": "2026-03-20"}
    path = "disclosure-annual-reports/2025.md"
    town.write(path, report(2025, 0, 0, **of_government, documents="{rules: [0, 0, 0], normative_documents: [1, 0, 1]}"))
    assert said(town, "annual-report/normative-documents") == []
    text = report(2025, 0, 0, **of_government, documents="{rules: [0, 0, 0], normative_documents: [1, 0, 4]}")
    town.write(path, text)
    assert said(town, "annual-report/normative-documents") == [
        f"{path}:{line_of(text, 'documents')}:59 行政规范性文件现行有效件数 4，本站文件库是 1"
    ]


QUARTERS = (
    ("第一季度", "2025-04-10", 2, 0, 1),
    ("第二季度", "2025-07-10", 1, 1, 0),
    ("第三季度", "2025-10-10", 1, 0, 1),
    ("第四季度", "2026-01-10", 1, 1, 0),
)


def year_of_quarters(folder: Path) -> Town:
    """Four quarters, their year, and the annual report, all in agreement."""
    town = Town(folder)
    for period, published, new, over, left in QUARTERS:
        town.write(f"disclosure-request-statistics/{published}.md", statistics(2025, period, published, new, over, left))
    town.write("disclosure-request-statistics/year.md", statistics(2025, "年度", "2026-01-12", 5, 0, 0))
    town.write("disclosure-request-statistics/next.md", statistics(2026, "第一季度", "2026-04-10", 1, 0, 0))
    town.write("disclosure-annual-reports/2025.md", report(2025, 0, 0))
    return town


def test_quarters_year_and_report_that_agree_are_not_complained_of(tmp_path: Path) -> None:
    built = year_of_quarters(tmp_path).build()
    assert [line for line in built.lines if "statistics" in line or "annual-report" in line] == []


def test_four_quarters_make_the_year(tmp_path: Path) -> None:
    town = year_of_quarters(tmp_path)
    town.write(
        "disclosure-request-statistics/2025-07-10.md", statistics(2025, "第二季度", "2025-07-10", 2, 1, 0)
    )
    found = said(town, "request-statistics/quarters")
    assert len(found) == 6 and all(one.startswith("disclosure-request-statistics/year.md") for one in found)
    assert "“本期新收申请”“自然人”这一期是 5，四个季度之和 6" in found[0]


def test_a_quarter_begins_with_what_the_one_before_left(tmp_path: Path) -> None:
    town = year_of_quarters(tmp_path)
    town.write(
        "disclosure-request-statistics/2025-10-10.md", statistics(2025, "第三季度", "2025-10-10", 1, 2, 1)
    )
    found = said(town, "request-statistics/carried-over")
    assert len(found) == 2 and "“自然人”结转进来 2" in found[0] and "2025-07-10.md" in found[0]


def test_a_first_quarter_may_follow_a_year(tmp_path: Path) -> None:
    town = year_of_quarters(tmp_path)
    town.remove("disclosure-request-statistics/2026-01-10.md")
    town.write("disclosure-request-statistics/next.md", statistics(2026, "第一季度", "2026-04-10", 1, 1, 0))
    found = said(town, "request-statistics/carried-over")
    assert len(found) == 2 and "disclosure-request-statistics/year.md" in found[0]


# Pages

DISCLOSURE = """\
  - {id: catalogue, name: 政府信息公开目录, path: catalogue, description: 目录。, keywords: [目录], column_type: 信息公开目录, update_days: 0, shows: 公开目录}
  - {id: statutory, name: 法定主动公开内容, path: statutory, description: 法定内容。, keywords: [法定], column_type: 信息公开目录, update_days: 0, shows: 法定内容}
  - {id: leaders, name: 领导之窗, path: leaders, description: 领导。, keywords: [领导], column_type: 负责人信息, update_days: 0, in_order: true}
"""
ITEMS = """\
items:
  - {id: 20-01, clause: 第二十条第（一）项, text: 规范性文件, columns: [policy]}
  - {id: 20-02, clause: 第二十条第（二）项, text: 机关职能, columns: [organs, leaders]}
  - {id: 20-08, clause: 第二十条第（八）项, text: 收费, columns: [fees]}
  - {id: 20-14, clause: 第二十条第（十四）项, text: 招考, not_produced: 示例说明。}
"""


def leader(name: str, order: int, day: int) -> str:
    return front(
        id=name,
        title=f"示例{name}",
        column="leaders",
        published_at=f"2026-11-{day}",
        **OWN,
        leads="office",
        post="示例职务",
        order=order,
        duties="示例。",
        since="2026-11-01",
        checked_on="2026-11-10",
    )


def town_of_pages(folder: Path) -> Town:
    town = Town(folder)
    town.write("_portal/columns.yml", COLUMNS + DISCLOSURE)
    town.write("_portal/vocabularies/statutory_items.yml", ITEMS)
    for name, order, day in (("c", 30, 20), ("a", 10, 11), ("b", 20, 15)):
        town.write(f"leaders/{name}.md", leader(name, order, day))
    town.write("policies/2026/own.md", policy(id="own", sample="true"))
    town.write("policies/2026/law.md", reprint(id="law"))
    town.write("notices/2026/note.md", notice(id="note", column="statutory"))
    return town


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = town_of_pages(tmp_path_factory.mktemp("disclosure")).build()
    assert made.ok, made.lines
    return made


def table(built: Built, path: str) -> list[list[str]]:
    page = lxml.html.document_fromstring(built.files[path])
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//main//tbody/tr")]


def test_the_catalogue_holds_every_record_of_its_own_and_no_reprint(built: Built) -> None:
    rows = table(built, "catalogue/index.html")
    assert {row[1] for row in rows} == {"a", "b", "c", "note", "office", "11999999000000001U/2026-00001"}
    own = next(row for row in rows if row[1].startswith("1199"))
    assert own[0].startswith("示例文件") and own[3] == "示例区政府办公室" and own[4] == "2026-11-18"
    site = built.loaded.site
    assert site is not None
    assert b"11999999000000001U/2026-00001" in built.files["data/columns/catalogue.csv"]
    # What the catalogue gathers counts nowhere else, and an empty column is not complained of.
    assert [record.id for record in site.in_column["statutory"]] == ["note"]
    assert not any("政府信息公开目录" in line for line in built.lines)


def test_every_item_of_the_law_says_where_it_is_found_and_in_what_state(built: Built) -> None:
    rows = {row[1]: row for row in table(built, "statutory/index.html")}
    assert rows["第二十条第（一）项"][2:] == ["政策（2）", "2 件 本区 0，转载 1，示例 1", "2026-11-20", "有真实公开"]
    assert rows["第二十条第（二）项"][2:4] == ["机构职能（1）、领导之窗（3）", "4 件 本区 4，转载 0，示例 0"]
    assert rows["第二十条第（八）项"][2:] == ["收费目录清单（0）", "0 件", "还没有", "还没有内容"]
    assert rows["第二十条第（十四）项"][2:] == ["示例说明。", "0 件", "还没有", "不产生"]
    assert "示例公告" in built.text("statutory/index.html") and "示例公告" in built.text("statutory/all.html")


def test_an_item_without_content_or_reason_is_said(built: Built) -> None:
    found = [one for one in built.problems if one.code == "statutory/empty"]
    assert [(one.at.line, one.at.column, one.severity) for one in found] == [(4, 10, Severity.WARNING)]
    assert "第二十条第（八）项" in found[0].message


def test_an_item_names_only_columns_that_exist(tmp_path: Path) -> None:
    town = town_of_pages(tmp_path)
    town.write("_portal/vocabularies/statutory_items.yml", ITEMS.replace("[policy]", "[policies]"))
    found = [one for one in town.build().problems if one.code == "statutory/unknown-column"]
    assert [(one.at.line, one.severity, one.hint) for one in found] == [(2, Severity.ERROR, "改为 policy")]


def test_leaders_are_listed_in_their_official_order_and_lead_to_one_another_in_it(built: Built) -> None:
    page = lxml.html.document_fromstring(built.files["leaders/index.html"])
    assert page.xpath("//main//ul[contains(@class, 'items')]//a/@href") == [
        "/leaders/a.html",
        "/leaders/b.html",
        "/leaders/c.html",
    ]
    second = lxml.html.document_fromstring(built.files["leaders/b.html"])
    assert second.xpath("//a[@rel='prev']/@href") == ["/leaders/a.html"]
    assert second.xpath("//a[@rel='next']/@href") == ["/leaders/c.html"]


def test_the_tables_of_a_report_stand_in_their_chapters_with_merged_heads(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("disclosure-annual-reports/2025.md", report(2025, 1, 0))
    page = lxml.html.document_fromstring(town.build().files["disclosure-annual-reports/2025.html"])
    chapters = page.xpath("//section[@class='section']")
    assert [chapter.xpath("h2")[0].text for chapter in chapters] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert [len(chapter.xpath(".//table")) for chapter in chapters] == [0, 3, 1, 1, 0, 0]
    (requests,) = chapters[2].xpath(".//table")
    rows = requests.xpath(".//tbody/tr")
    assert len(rows) == 25 and all(len(row.xpath("td")) == 7 for row in rows)
    refused = requests.xpath(".//th[text()='（三）不予公开']")[0]
    assert (refused.get("scope"), refused.get("rowspan")) == ("row", "8")
    bodies = requests.xpath(".//th[text()='法人或其他组织']")[0]
    assert (bodies.get("scope"), bodies.get("colspan")) == ("col", "5")
