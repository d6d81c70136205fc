"""The desk's index: what a question finds, what it costs to keep up, papers that repeat one another."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from govportal.desk import BadQuery
from govportal.desk.alike import alike, opened, repetitions, sketch
from govportal.desk.index import locate
from support.enforcement import enforcing, penalty
from support.town import notice

from .conftest import Office, furnished


def found(desk, query, **how):
    return {hit.id for hit in desk.search(query, count=1000, **how).hits}


@pytest.mark.parametrize(("query", "ids"), [
    ("供热 工作方案", {"heat-plan", "heat-again"}),
    ('"供热工作方案 （再次"', {"heat-again"}),
    ("“供热工作方案”", {"heat-plan", "heat-again"}),
    ("供热工作方案 -再次印发", {"heat-plan"}),
    ("供热工作方案 NOT 再次印发", {"heat-plan"}),
    ("再次印发 OR 换热站分布", {"heat-plan", "heat-again"}),
    ("再次印发 或 换热站分布", {"heat-plan", "heat-again"}),
    ("供热工作方案 （再次印发 或 分布表） 非 另行", {"heat-plan"}),
    ("西山换热站", {"heat-plan"}),
    ("附件:西山", {"heat-plan"}),
    ("标题:西山", set()),
    ("关键词:采暖", {"heat-plan"}),
    ("Keywords:采暖", None),
    ("ＫＥＹ", set()),
    ("文号:示例政办发[2026]1", {"rules"}),
    ("document_number:2026〕1号", {"rules"}),
    ("类型：政策文件", {"rules", "law"}),
    ("type:policy", set()),
    ("机构:office 类型:政策文件", {"rules"}),
    ("机构:机关", {"law"}),
    ("效力:有效 示例规定", {"rules"}),
    ("日期:2026-10", {"heat-again"}),
    ("日期:2026年10月", {"heat-again"}),
    ("日期:2026-10-01..2026-11-10", {"heat-again", "consultation"}),
    ("日期:[2026-10 TO 2026-11-10]", {"heat-again", "consultation"}),
    ("日期:[2026-10 TO 2026-11-10}", {"heat-again"}),
    ("日期:>2026-11-20", {"interpretation"}),
    ("日期:<2025-02", {"n12", "n24"}),
    ("来源日期:2019 OR source_date:2019-04", None),
    ("原文日期:..2019", {"law"}),
    ("示例:是", {"fees-2026", "heating"}),
])  # fmt: skip
def test_a_question_finds_its_papers(desk, query, ids):
    if ids is None:
        with pytest.raises(BadQuery, match=r"没有“.*”这个字段"):
            desk.search(query)
    else:
        assert found(desk, query) == ids


@pytest.mark.parametrize(("query", "why"), [
    ("供热" * 300, "最多 500"),
    ('"供热', "引号没有成对"),
    ("(供热", "括号没有成对"),
    ("供热)", "多了一个右括号"),
    ("()", "括号里没有"),
    ("(" * 30 + "供热" + ")" * 30, "括号套了"),
    ("供热 AND", "“AND”后面没有"),
    ("OR 供热", "“OR”前面没有"),
    ("供热 且 或 供水", "“且”后面没有"),
    ("标题:", "后面没有写"),
    ("标题: 供热", "后面没有写"),
    (":供热", "冒号前面"),
    ("标提:供热", "是不是 标题"),
    ("日期:2026-02-30", "不是日期"),
    ("日期:昨天", "不是日期"),
    ("日期:2026-03..2026-01", "之后"),
    ("日期:..", "至少要写一头"),
    ("日期:[2026", "范围写成"),
    ("日期:[2026]", r"日期:\[2026-01 TO"),
    ("[2026-01 TO 2026-02]", "前面要写字段"),
    ("标题:[甲 TO 乙]", "不能写范围"),
    ("面积:>=很多", "没有“面积”"),
    ("——！", "没有可查的文字"),
    ('"，"', "没有可查的文字"),
    ("标题:——", "没有可查的文字"),
])  # fmt: skip
def test_what_cannot_be_understood_is_said(desk, query, why):
    with pytest.raises(BadQuery, match=why):
        desk.search(query)


@pytest.mark.parametrize("query", [
    ".*", "a{1,99999}", "<script>alert(1)</script>", "供热~2", "供热^9", "'", "\\", "*:*", "\0", "％", "𠮷", "[[]]", "--", "- -", "NOT", "a:b:c",
])  # fmt: skip
def test_no_question_makes_it_fall(desk, query):
    try:
        desk.search(query, groups=["column"])
    except BadQuery as wrong:
        assert len(str(wrong)) > 4


def test_hostile_questions_by_chance(desk):
    pieces = ["供热", "(", ")", '"', ":", "标题:", "日期:", "[", "]", " TO ", "AND", " OR ", " NOT ", "-", "2026", "..", ">=", "*", "，", " "]
    chance = random.Random(5)
    for _ in range(300):
        try:
            desk.search("".join(chance.choices(pieces, k=chance.randint(1, 9))), count=1)
        except BadQuery:
            continue


def test_drafts_and_papers_of_later_days_only_on_request(desk):
    assert found(desk, "供热补贴") == set()
    assert found(desk, "供热补贴", waiting=True) == {"draft"}
    assert found(desk, "公开情况:待发布", waiting=True) == {"draft", "later"}


def test_groups_order_and_pages(desk):
    everything = desk.search("", groups=["类型", "column"], count=5)
    assert everything.total == sum(everything.groups["type"].values()) == 35
    assert everything.groups["column"]["通知公告"] == everything.groups["type"]["动态公告"] == 28
    assert [hit.id for hit in desk.search("供热工作方案", order="oldest").hits] == ["heat-again", "heat-plan"]
    assert next(hit.id for hit in desk.search("示例规定").hits) == "rules"
    days = [hit.date for page in range(7) for hit in desk.search("", first=5 * page, count=5).hits]
    assert days == sorted(days, reverse=True) and len(days) == 35


def test_a_hit_shows_where_the_words_stand(desk):
    hit = desk.search("西山  换热站").hits[0]
    assert (hit.field, hit.attachment) == ("附件", "换热站分布表.docx") and "西山" in hit.snippet
    start, end = desk.search("西山换热站").hits[0].hit
    assert desk.search("西山换热站").hits[0].snippet[start:end] == "西山换热站"
    assert locate("甲、１２（乙）", "12乙") == (2, 6)
    assert locate("甲", "乙") == (0, 0)


def test_an_unknown_word_of_a_field_is_answered_with_those_there_are(desk):
    answer = desk.search("栏目:通知公共")
    assert answer.total == 0 and "通知公告" in answer.hints[0]


def test_only_what_changed_is_written(tmp_path):
    office = furnished(tmp_path)
    desk = office.desk()
    assert office.changed == (37, 0)
    assert office.desk() is not desk and office.changed == (0, 0)
    office.write("notices/2026/heat-plan.md", notice(id="heat-plan", title="示例：改了标题"))
    (office.town.content / "notices/2026/heat-again.md").unlink()
    again = office.desk()
    assert office.changed == (1, 1)
    assert found(again, "改了标题") == {"heat-plan"} and found(again, "供热工作方案") == set()
    before = again.search("", count=100, groups=["type"])
    (tmp_path / "desk/state").write_bytes(b"?")
    fresh = office.desk()
    assert office.changed == (36, 0) and fresh.search("", count=100, groups=["type"]) == before


@pytest.mark.parametrize("damage", ["empty", "cut", "missing", "toc"])
def test_a_damaged_index_is_made_anew(tmp_path, damage):
    office = furnished(tmp_path)
    expected = found(office.desk(), "供热")
    for path in (tmp_path / "desk/index").iterdir():
        if damage == "missing" or (damage == "toc") == path.name.endswith(".toc"):
            path.unlink() if damage == "missing" else path.write_bytes(b"" if damage == "empty" else path.read_bytes()[: path.stat().st_size // 2])
    assert found(office.desk(), "供热") == expected


def test_the_index_follows_the_day(tmp_path):
    office = furnished(tmp_path)
    assert "draft" not in found(office.desk("2026-10-01"), "供热")
    assert found(office.desk("2026-10-01"), "供热工作方案") == set()
    assert found(office.desk("2026-10-02"), "供热工作方案") == {"heat-again"}


def test_what_was_withdrawn_is_not_known_any_more(tmp_path):
    office = Office(tmp_path, enforcing(tmp_path))
    office.write("penalties/2026/2026-0007.yml", penalty(display_until="2027-05-10"))
    assert found(office.desk("2027-05-10"), "编号:penalty-2026-0007") == {"penalty-2026-0007"}
    desk = office.desk("2027-05-11")
    assert "penalty-2026-0007" not in desk.papers
    assert found(desk, "", waiting=True) == set(desk.papers)


def test_amounts_are_asked_for_in_yuan(tmp_path):
    office = Office(tmp_path, enforcing(tmp_path))
    office.write("penalties/2026/2026-0007.yml", penalty(fine="1.5"))
    desk = office.desk()
    for query, there in (("fine:>=1.5万", True), ("fine:15000", True), ("罚款金额:1,5000..2万", True), ("fine:>1.5万", False), ("fine:[1 TO 1.4万]", False)):
        assert (found(desk, query) == {"penalty-2026-0007"}) is there, query
    for query, why in (("fine:很多", "不是数"), ("fine:2万..1万", "大于上限")):
        with pytest.raises(BadQuery, match=why):
            desk.search(query)


def test_papers_that_nearly_repeat_each_other(desk):
    pairs = {frozenset((one.id, other.id)) for _, one, other in desk.repetitions()}
    assert pairs == {frozenset(pair) for pair in (("heat-plan", "heat-again"), ("heat-plan", "draft"), ("heat-again", "draft"))}
    assert desk.repetitions(0.99) == []


def test_many_copies_of_one_paper_are_found_too():
    letters = "".join(random.Random(3).choices("公开政务信息条例规定办法通知申请答复", k=900))
    pairs = repetitions({f"copy-{number}": sketch(letters) for number in range(100)}, 0.9)
    assert len(pairs) >= 99 and {name for _, *names in pairs for name in names} == {f"copy-{number}" for number in range(100)}


def test_likeness_falls_with_what_was_changed():
    chance = random.Random(2)
    letters = "".join(chance.choices("公开政务信息条例规定办法通知申请答复期限机关单位部门", k=8000))
    assert alike(opened(sketch(letters)), opened(sketch(letters))) == 1
    seen = []
    for share in (0.02, 0.1, 0.3, 0.6):
        parts = [letters[at : at + 40] for at in range(0, len(letters), 40)]
        changed = "".join("".join(chance.sample(part, 40)) if chance.random() < share else part for part in parts)
        seen.append(alike(opened(sketch(letters)), opened(sketch(changed))))
    assert seen == sorted(seen, reverse=True) and seen[0] > 0.9 and seen[1] > 0.7 and 0.4 < seen[2] < 0.65 and seen[3] < 0.4
    assert sketch("短") == b""


def test_related_papers(desk):
    related = [(hit.id, why) for _, hit, why in desk.related("heat-plan")]
    assert related[0][0] == "heat-again" and "相同" in related[0][1]
    assert "heat-plan" not in dict(related) and "draft" not in dict(related)
    assert {hit.id: why for _, hit, why in desk.related("rules")}["interpretation"] == "互相引用"


def test_a_paper_is_new_when_anything_of_it_is(office):
    paper = next(one for one in office.papers() if one.id == "heat-plan")
    assert paper.files[0].digest
    for change in ({"title": "x"}, {"digest": "x"}, {"public": False}, {"files": ()}, {"words": {}}):
        assert replace(paper, **change).key != paper.key
