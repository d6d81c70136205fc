"""Problems for people and machines: lines, JSON, SARIF; ordered, once each."""

import json

from govportal import report
from govportal.problems import At, error, has_errors, note, ordered, warning

PROBLEMS = [
    warning(At("notices/2026/a.md", 13, 2), "body/taken-out", "正文里的 <script> 已去掉", "用文字写"),
    error(At("notices/2026/a.md", 3, 8), "text/markup", "标题里不能写网页代码"),
    note(At("_portal/columns.yml"), "exempt/unused", "没有对应的提醒"),
    error(At("notices/2026/a.md", 3, 8), "text/markup", "标题里不能写网页代码"),
    error(At("mkdocs.yml"), "option/as-of", "不是日期", "写成 2026-11-23"),
]


def test_problems_are_said_once_in_the_order_of_their_places() -> None:
    assert [str(one.at) for one in ordered(PROBLEMS)] == [
        "_portal/columns.yml:1:1",
        "mkdocs.yml:1:1",
        "notices/2026/a.md:3:8",
        "notices/2026/a.md:13:2",
    ]


def test_a_line_can_be_clicked_from_the_folder_of_the_project() -> None:
    assert report.lines(ordered(PROBLEMS)) == [
        "content/_portal/columns.yml:1:1: 说明 [exempt/unused] 没有对应的提醒",
        "mkdocs.yml:1:1: 错误 [option/as-of] 不是日期（写成 2026-11-23）",
        "content/notices/2026/a.md:3:8: 错误 [text/markup] 标题里不能写网页代码",
        "content/notices/2026/a.md:13:2: 提醒 [body/taken-out] 正文里的 <script> 已去掉（用文字写）",
    ]
    assert report.totals(ordered(PROBLEMS)) == "2 个错误，1 个提醒，1 个说明"


def test_json_has_every_part_of_every_problem() -> None:
    found = json.loads(report.as_json(ordered(PROBLEMS)))
    assert found[2] == {
        "path": "content/notices/2026/a.md",
        "line": 3,
        "column": 8,
        "severity": "error",
        "code": "text/markup",
        "message": "标题里不能写网页代码",
        "hint": "",
    }
    assert [one["path"] for one in found] == [
        "content/_portal/columns.yml",
        "mkdocs.yml",
        "content/notices/2026/a.md",
        "content/notices/2026/a.md",
    ]


def test_sarif_names_rules_levels_and_places() -> None:
    log = json.loads(report.as_sarif(ordered(PROBLEMS)))
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    assert run["tool"]["driver"]["name"] == "govportal"
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} == {one.code for one in PROBLEMS}
    assert [one["level"] for one in run["results"]] == ["note", "error", "error", "warning"]
    first = run["results"][2]["locations"][0]["physicalLocation"]
    assert first == {
        "artifactLocation": {"uri": "content/notices/2026/a.md"},
        "region": {"startLine": 3, "startColumn": 8},
    }
    assert run["results"][3]["message"]["text"] == "正文里的 <script> 已去掉（用文字写）"
    assert run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "mkdocs.yml"


def test_no_problems_are_an_empty_report() -> None:
    assert (
        json.loads(report.as_json([])) == [] and json.loads(report.as_sarif([]))["runs"][0]["results"] == []
    )
    assert report.totals([]) == "0 个错误，0 个提醒，0 个说明" and not has_errors([])


def test_a_name_in_chinese_is_a_proper_address_in_sarif() -> None:
    log = json.loads(report.as_sarif([error(At("notices/2026/通知 1.md"), "file/stem", "文件名不能作网址")]))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert location == "content/notices/2026/%E9%80%9A%E7%9F%A5%201.md"
