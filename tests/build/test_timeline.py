"""The way of a decision: every station in order on one page, its rules, and the pages of the five kinds of openness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest

from govportal.checks import decisions as checks
from support.town import COLUMNS, OWN, Built, Town, front, notice, policy

REVIEWED = OWN | {"secrecy_review": "{organ: 示例, reviewer: 示例岗, reviewed_on: 2026-01-01, result: 可以公开}"}
PROCEDURES = "[公众参与, 专家论证, 风险评估, 合法性审查, 集体讨论]"


def record(id: str, published_at: str = "2026-11-20", **fields: str | None) -> str:
    return front(**({"id": id, "title": f"示例：{id}", "column": "notice", "published_at": published_at} | REVIEWED | fields))


def decision(**fields: str | None) -> str:
    return record(
        **({"id": "decision", "title": "示例：供热改造", "published_at": "2026-06-01", "kind": "重大公共建设项目", "livelihood": "公用事业", "decided_by": "office",
            "undertaken_by": "[office]", "started_on": "2026-06-01", "planned_finish": "2026-12", "procedures": PROCEDURES} | fields))  # fmt: skip


def survey(**fields: str | None) -> str:
    return record(**({"id": "survey", "form": "问卷调查", "held_from": "2026-09-01", "held_until": "2026-09-10", "audience": "示例居民", "method": "网上",
                      "sample_size": "100", "result": "赞成（示例）。", "response": "已采纳（示例）。", "decision": "decision"} | fields))  # fmt: skip


def consultation(**fields: str | None) -> str:
    return record(
        **({"id": "consultation", "column": "consultation", "opens_on": "2026-08-10", "closes_on": "2026-09-15", "explanation": "说明（示例）。",
            "basis": "依据（示例）。", "methods": "[信函]", "contact": "示例岗位", "draft_file": "draft.txt", "attachments": "[{file: draft.txt, name: 草案}]",
            "decision": "decision", "feedback": "{received: 3, adopted: 1, partly_adopted: 1, rejected: 1, published_on: 2026-10-08}"} | fields))  # fmt: skip


def meeting(**fields: str | None) -> str:
    return record(
        **({"id": "meeting", "published_at": "2026-10-26", "kind": "政府常务会议", "session": "6", "meeting_number": "1", "held_on": "2026-10-20",
            "presided_by": "示例区区长", "matters": "[{topic: 审议供热改造, decided: 原则同意（示例）, decision: decision}]"} | fields))  # fmt: skip


APPRAISAL = record("appraisal", decision="decision", form="论证会", held_from="2026-09-12", topics="[必要性]", conclusion="可行", opinions="可行（示例）。",
                   adoption="已采纳（示例）。", experts="[{field: 供热, title: 高级工程师, independent: true}]")  # fmt: skip
ASSESSMENT = record("assessment", decision="decision", level="低风险", conclusion="风险可控", assessed_from="2026-09-10", assessed_until="2026-09-14",
                    conducted_by="[示例机构]", methods="[重点走访]", risks="[{kind: 社会稳定, point: 停热, level: 低风险, prevention: 分段}]")  # fmt: skip


def review(**fields: str | None) -> str:
    return record(**({"id": "review", "decision": "decision", "conclusion": "合法", "reviewer": "office", "submitted_on": "2026-09-16", "reviewed_on": "2026-10-12",
                      "materials": "[决策草案及相关材料]", "scope": "[决策权限]", "opinions": "合法（示例）。"} | fields))  # fmt: skip


WHOLE = {
    "decisions/2026/decision.md": decision(documents="[rules]"),
    "participations/2026/survey.md": survey(),
    "consultations/2026/consultation.md": consultation(),
    "expert-appraisals/2026/appraisal.md": APPRAISAL,
    "risk-assessments/2026/assessment.md": ASSESSMENT,
    "legality-reviews/2026/review.md": review(),
    "meetings/2026/meeting.md": meeting(),
    "policies/2026/rules.md": policy(id="rules", published_at="2026-11-02", written_on="2026-10-30"),
}


def town_of(folder: Path, **changes: str | None) -> Town:
    """A town with a whole decision; a change names a file by its stem, None leaves it out."""
    town = Town(folder)
    town.write("consultations/2026/draft.txt", "征求意见稿（示例）。\n")
    for path, text in WHOLE.items():
        stem = path.rpartition("/")[2].removesuffix(".md")
        text = changes.get(stem, text)
        if text is not None:
            town.write(path, text)
    return town


def errors(built: Built) -> list[tuple[str, str]]:
    return sorted((one.at.path.rpartition("/")[2], one.code) for one in built.problems if one.severity.value == "error")


def main(built: Built, path: str) -> Any:
    return lxml.html.document_fromstring(built.files[path]).xpath("//main")[0]


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def stations(built: Built) -> dict[str, str]:
    return {words(one.xpath("h3")[0]).split(" ")[0]: words(one) for one in main(built, "decisions/2026/decision.html").xpath(".//ol/li[h3]")}


def test_every_station_stands_in_order_with_dates_and_links(tmp_path: Path) -> None:
    built = town_of(tmp_path).build()
    assert built.ok and errors(built) == [], built.lines
    found = stations(built)
    assert list(found) == ["列入目录", "决策草案", "意见征集", "公众参与", "意见采纳", "专家论证", "风险评估", "合法性审查", "公众列席", "集体讨论",
                           "决策公布", "政策解读", "执行进展", "落实结果", "政府督查", "审计监督", "决策后评估"]  # fmt: skip
    assert "2026年8月10日至2026年9月15日" in found["意见征集"]
    assert "收到 3 条，采纳 1 条，部分采纳 1 条，未采纳 1 条" in found["意见采纳"]
    assert "低风险；风险可控" in found["风险评估"] and "原则同意" in found["集体讨论"]
    assert found["公众列席"] == "公众列席 没有记录" and found["执行进展"] == "执行进展 尚未进行"
    links = main(built, "decisions/2026/decision.html").xpath(".//ol/li[h3]//a/@href")
    assert "/consultations/2026/consultation.html#feedback" in links and "/policies/2026/rules.html" in links
    # What the timeline shows is not listed a second time.
    headings = [words(one) for one in main(built, "decisions/2026/decision.html").xpath(".//h2")]
    assert "合法性审查" not in headings and "决策文件" not in headings


def test_a_station_left_out_says_why(tmp_path: Path) -> None:
    exempt = decision(documents="[rules]", procedures="[公众参与, 专家论证, 合法性审查, 集体讨论]", assessment_exempt_reason="不涉及公共安全（示例）。")
    built = town_of(tmp_path, decision=exempt, assessment=None).build()
    assert errors(built) == [], built.lines
    assert stations(built)["风险评估"] == "风险评估 不进行 理由：不涉及公共安全（示例）。"


def test_a_decision_that_has_just_begun_has_only_empty_stations(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("decisions/2026/decision.md", decision())
    built = town.build()
    assert errors(built) == []
    assert set(stations(built).values()) == {f"{name} 尚未进行" for name in stations(built)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"assessment": None}, [("review.md", "station/missing")]),
        ({"consultation": None}, [("review.md", "station/missing")]),
        ({"review": None}, [("meeting.md", "station/missing")]),
        ({"meeting": None}, [("decision.md", "station/missing")]),
        ({"survey": None}, [("decision.md", "decision/no-survey")]),
        ({"survey": survey(form="座谈会")}, [("decision.md", "decision/no-survey")]),
        ({"survey": survey(held_until="2026-09-17")}, [("review.md", "station/out-of-order")]),
        ({"review": review(reviewed_on="2026-10-21")}, [("meeting.md", "station/out-of-order")]),
        ({"rules": policy(id="rules", published_at="2026-10-19", written_on="2026-10-18")}, [("decision.md", "station/out-of-order")]),
    ],
)  # fmt: skip
def test_no_station_before_those_it_needs(tmp_path: Path, changes: dict[str, str | None], said: list[tuple[str, str]]) -> None:
    assert errors(town_of(tmp_path, **changes).build()) == said


def test_where_a_station_was_passed_twice_the_last_time_counts(tmp_path: Path) -> None:
    town = town_of(tmp_path)
    town.write("meetings/2026/first-reading.md", meeting(id="first-reading", title="示例：一读", held_on="2026-10-14"))
    town.write("participations/2026/again.md", survey(id="again", held_from="2026-10-14", held_until="2026-10-15"))
    town.write("legality-reviews/2026/second.md", review(id="second", submitted_on="2026-10-15", reviewed_on="2026-10-19"))
    assert errors(town.build()) == []


def test_a_changed_station_draws_the_timeline_anew_and_the_rest_stays(tmp_path: Path) -> None:
    town = town_of(tmp_path)
    town.build()
    town.write("risk-assessments/2026/assessment.md", ASSESSMENT.replace("level: 低风险", "level: 中风险", 1))
    changed = town.build().files
    town.forget()
    assert changed == town.build().files
    assert "中风险；风险可控".encode() in changed["decisions/2026/decision.html"]


MEASURES = """\
measures:
  - {id: 一（一）1, title: 示例：预公开, text: 示例：原文。, section: 一、示例章（一）决策, columns: [notice]}
  - {id: 一（一）4, title: 示例：民意调查, text: 示例：原文。, section: 一、示例章（一）决策, columns: [policy]}
  - {id: 一（二）3, title: 示例：审计, text: 示例：原文。, section: 一、示例章（二）执行, columns: [budget]}
  - {id: 二（一）1, title: 示例：解读, text: 示例：原文。, section: 二、别的章（一）解读, columns: [notice]}
"""
HUB = """\
  - id: five
    name: 五公开
    path: five
    description: 五公开。
    keywords: [五公开]
    column_type: 信息公开目录
    update_days: 0
    plan_section: 一、示例章
    children:
""" + "".join(
    f"      - {{id: {name}, name: {words}, path: five/{name}, description: {words}。, keywords: [公开], column_type: 信息公开目录,"
    f" update_days: 0, plan_section: 一、示例章{section}}}\n"
    for name, words, section in (("deciding", "决策公开", "（一）决策"), ("doing", "执行公开", "（二）执行"))
)


def town_with_openness(folder: Path) -> Town:
    town = Town(folder)
    town.write("_portal/columns.yml", COLUMNS + HUB)
    town.write("_portal/measures.yml", MEASURES)
    town.write("notices/2026/a.md", notice(id="a", title="示例公告甲", published_at="2026-11-20", measures="[一（一）1]"))
    town.write("notices/2026/b.md", notice(id="b", title="示例公告乙", published_at="2026-11-21", measures="[一（二）3]", sample="true"))
    return town


def test_the_page_of_all_and_of_each_openness_has_its_measures_and_how_far_they_came(tmp_path: Path) -> None:
    built = town_with_openness(tmp_path).build()
    assert built.ok, built.lines
    whole = words(main(built, "five/index.html"))
    assert "方案有 3 项措施：有真实公开 1 项，只有示例 1 项，还没有内容 1 项；覆盖率 33%（示例不算）；最近更新 2026-11-21。" in whole
    assert "方案有 2 项措施：有真实公开 1 项，还没有内容 1 项；覆盖率 50%" in whole and "解读" not in whole
    one = main(built, "five/deciding/index.html")
    assert one.xpath(".//ul[contains(@class, 'measure-list')]/li//a/@href")[:3] == ["/measures/1-1-1.html", "/notices/", "/notices/2026/a.html"]
    assert "measure-list" not in built.text("notices/index.html")


def test_a_record_elsewhere_that_serves_a_measure_draws_the_openness_anew(tmp_path: Path) -> None:
    town = town_with_openness(tmp_path)
    town.build()
    town.write("notices/2026/c.md", notice(id="c", title="示例公告丙", published_at="2026-11-22", measures="[一（一）4]"))
    changed = town.build().files
    assert "有真实公开</span> <b>2</b> 项" in changed["five/index.html"].decode().replace("\n", "")
    town.forget()
    assert changed == town.build().files


def test_a_section_that_the_plan_does_not_have_is_an_error(tmp_path: Path) -> None:
    town = town_with_openness(tmp_path)
    town.write("_portal/columns.yml", COLUMNS + HUB.replace("（二）执行", "（九）没有"))
    assert errors(town.build()) == [("columns.yml", "column/unknown-section")]


def said(town: Town) -> set[str]:
    return {one.code for one in town.build().problems}


def test_what_the_plan_asks_for_each_year_is_missed_where_it_is_not_there(tmp_path: Path) -> None:
    town = town_with_openness(tmp_path)
    missing = {"decisions/no-catalogue", "decisions/no-poll-rule", "decisions/no-budget-audit", "measure/no-content"}
    asked = ("decisions/no-rule", "decisions/no-observers", "decisions/no-inspection", "decisions/no-indicators")
    assert missing <= said(town) and not said(town) & set(asked)
    more = ("一（一）2", "一（一）3", "一（二）2", "一（五）1")
    rows = "".join(f"  - {{id: {one}, title: 示例, text: 示例, section: 一、示例章（三）别的, columns: [notice]}}\n" for one in more)
    town.write("_portal/measures.yml", MEASURES + rows)
    assert said(town) >= missing | set(asked)


def test_a_task_of_the_report_has_its_result_by_the_end_of_march(tmp_path: Path) -> None:
    town = Town(tmp_path)
    task = record("task", task_number="示例1", task_source="政府工作报告", status="滞后", finish_due="2025-10-31", lead_organ="office", goal="示例", main_measures="示例",
                  responsibility="示例", supervision="{phone: 0000-0000000}", steps="[{name: 示例, due: 2025-10-01}]",
                  progress="[{reported_on: 2026-11-01, percent: 50, text: 示例, problem: 暂无, next: 示例}]")  # fmt: skip
    town.write("tasks/2026/task.md", task)
    assert "decisions/no-result" in said(town)
    town.write(
        "outcomes/2026/outcome.md",
        record("outcome", kind="政府工作报告", year="2025", period="全年", rows="[{code: A, name: 示例, state: 进度滞后, remark: 示例, task: task}]"),
    )
    assert "decisions/no-result" not in said(town)


def test_every_check_says_in_words_what_it_looks_for() -> None:
    found = [one for name, one in vars(checks).items() if callable(one) and getattr(one, "__module__", "") == checks.__name__ and not name.startswith("_")]
    assert len(found) == 9 and all("实施方案" in one.__doc__ or "规定" in one.__doc__ for one in found)
