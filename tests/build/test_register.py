"""The register of normative documents: its catalogues, what never changes in them, and its numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govportal.register import Quarter, missing_numbers, past_quarters
from support.town import COLUMNS, Built, Town, notice, organ, policy

FOLDER = "policies/catalogue/"
STANDING = ("register", "in-force", "ended")
REVIEW = "{organ: 示例司法局, reviewed_on: 2024-01-02, conclusion: 合法}"


def normative(number: int, published: str, **fields: Any) -> str:
    """A registered normative document that has nothing wrong with it."""
    day = published[:10]
    return policy(**({"id": f"rules-{number}", "title": f"示例办法{number}", "published_at": published, "written_on": day,
                      "authority_level": "行政规范性文件", "document_number": f"示例政规〔{day[:4]}〕{number}号",
                      "index_number": f"11999999000000001U/{day[:4]}-{number:05}", "effective_on": day, "valid_until": "2035-12-31",
                      "registration_number": f"示例登-{number:03}", "legality_review": REVIEW, "consultation_exempt_reason": "示例",
                      "interpretation_exempt_reason": "示例", "secrecy_review": f"{{organ: 示例, reviewer: 示例岗, reviewed_on: {day}, result: 可以公开}}"} | fields))


def furnish(folder: Path) -> Town:
    town = Town(folder)
    town.write("_portal/columns.yml", COLUMNS + """\
  - {id: normative, name: 目录与清理, path: policies/catalogue, description: 目录。, keywords: [目录], column_type: 政策文件, update_days: 0, register: true}
""")  # fmt: skip
    town.write("organs/office.md", organ(published_at="2020-01-01", secrecy_review="{organ: 示例, reviewer: 示例岗, reviewed_on: 2020-01-01, result: 可以公开}"))
    town.write("policies/2025/one.md", normative(1, "2025-02-10", repeal="{kind: 废止, by_name: 示例决定, on: 2026-03-01}"))
    town.write("policies/2025/two.md", normative(2, "2025-03-31 17:30", valid_until="2025-12-31"))
    # Registered in one quarter, public in the next: it belongs to that one whenever it is looked at.
    town.write("policies/2025/three.md", normative(3, "2025-09-30", registered_on="2025-09-29", publish_at="2025-10-01 08:00"))
    town.write("policies/2026/four.md", normative(4, "2026-05-20", effective_on="2026-12-01", replaces="[rules-3]"))
    return town


def quarters(built: Built) -> dict[str, bytes]:
    return {path: data for path, data in built.files.items() if re.fullmatch(FOLDER + r"\d{4}-q\d\.(html|csv|json)", path)}


def said(built: Built) -> list[str]:
    """The codes of all problems but those of the town's empty columns."""
    return [code for code in built.codes if code != "column/empty"]


def numbers(built: Built, name: str) -> list[str]:
    return [one["registration_number"] for one in json.loads(built.files[f"{FOLDER}{name}.json"])["records"]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = furnish(tmp_path_factory.mktemp("register")).build()
    assert made.ok, made.lines
    return made


def test_there_is_a_catalogue_of_every_quarter_since_the_first_document(built: Built) -> None:
    assert sorted(quarters(built)) == sorted(
        f"{FOLDER}{name}.{suffix}"
        for name in ("2025-q1", "2025-q2", "2025-q3", "2025-q4", "2026-q1", "2026-q2", "2026-q3")
        for suffix in ("html", "csv", "json")
    )
    assert numbers(built, "2025-q1") == ["示例登-001", "示例登-002"]
    assert numbers(built, "2025-q4") == ["示例登-003"] and numbers(built, "2026-q2") == ["示例登-004"]


def test_a_quarter_without_documents_says_so(built: Built) -> None:
    page = built.text(FOLDER + "2025-q2.html")
    assert "2025年4月1日至2025年6月30日，没有登记并公布的行政规范性文件（零登记）" in page and "<td" not in page
    assert json.loads(built.files[FOLDER + "2025-q2.json"])["records"] == []
    rows = list(csv.reader(io.StringIO(built.files[FOLDER + "2025-q2.csv"].decode("utf-8-sig"))))
    assert len(rows) == 1 and rows[0][:3] == ["序号", "登记编号", "文号"]


def test_the_catalogue_of_a_past_quarter_is_the_same_file_on_every_later_day(tmp_path: Path) -> None:
    """Repeal, expiry, replacement and new documents come after it; the file of the quarter stays."""
    town = furnish(tmp_path)
    seen: dict[str, bytes] = {}
    days = ["2025-04-01", "2025-07-01", "2025-10-01 07:59", "2025-10-01 08:00", "2026-01-01", "2026-03-02", "2026-11-23", "2026-12-01", "2031-01-01", "2036-01-01"]
    for day in days:
        made = town.build(moment=day)
        assert made.ok, made.lines
        found = quarters(made)
        for path, data in seen.items():
            assert found[path] == data, (day, path)
        assert len(found) == 3 * len(past_quarters(list(made.loaded.site.registered), date.fromisoformat(day[:10])))  # type: ignore[union-attr]
        seen |= found
    assert len(seen) > 100
    # A repeal that is written down later changes the standing catalogues and no quarter.
    town.write("policies/2026/four.md", normative(4, "2026-05-20", effective_on="2026-12-01", replaces="[rules-3]",
                                                 repeal="{kind: 废止, by_name: 示例决定, on: 2027-01-01}"))  # fmt: skip
    made = town.build(moment="2036-01-01")
    assert quarters(made) == seen and numbers(made, "in-force") == []


def test_what_is_in_force_and_what_has_ended_are_the_whole_register(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    for day, ended in (("2025-12-31", []), ("2026-01-01", ["示例登-002"]), ("2026-11-23", ["示例登-001", "示例登-002"]),
                       ("2026-12-01", ["示例登-001", "示例登-002", "示例登-003"])):  # fmt: skip
        made = town.build(moment=day)
        assert made.ok, made.lines
        assert numbers(made, "ended") == ended
        both = numbers(made, "in-force") + numbers(made, "ended")
        assert sorted(both) == numbers(made, "register") and len(set(both)) == len(both)


def test_the_catalogue_of_what_has_ended_says_when_and_why(tmp_path: Path) -> None:
    made = furnish(tmp_path).build(moment="2026-12-02")
    ended = {one["registration_number"]: one for one in json.loads(made.files[FOLDER + "ended.json"])["records"]}
    assert [(one["validity"], one["ended_on"], one["ground"]) for one in ended.values()] == [
        ("废止", "2026-03-01", "示例决定"),
        ("失效", "2025-12-31", "有效期届满"),
        ("废止", "2026-12-01", "示例办法4"),
    ]


def test_pages_of_the_register_are_found(built: Built) -> None:
    listed = built.text(FOLDER + "index.html")
    for name in (*STANDING, "2026-q3"):
        assert f'href="/{FOLDER}{name}.html"' in listed
        assert f"https://portal.example/{FOLDER}{name}.html" in built.text("sitemap-1.xml")
    assert f'href="/{FOLDER}2025-q1.html">2025年第一季度登记目录</a>' in built.text("policies/2025/one.html")
    assert all(f'href="/{FOLDER}{name}.html"' in built.text("sitemap.html") for name in STANDING)


def test_without_a_column_for_it_there_is_no_register(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("_portal/columns.yml", COLUMNS)
    made = town.build()
    assert made.ok and [path for path in made.files if path.startswith(FOLDER)] == []


def test_a_link_in_a_text_may_lead_to_a_catalogue_that_is_there(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("notices/2026/a.md", notice("见[目录](/policies/catalogue/2026-q3.html)。"))
    assert town.build().ok
    town.write("notices/2026/a.md", notice("见[目录](/policies/catalogue/2026-q4.html)。"))
    assert said(town.build()) == ["link/nothing"]


# Numbers

@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("示例登-005", []),
        ("示例登-006", ["register/number-missing"]),
        ("示例登-008", ["register/number-missing"] * 3),
        ("示例登-004", ["register/used-twice"]),
        ("示例登", ["register/number-format"]),
        ("示例登〔2026〕1号", []),
        ("示例登〔2026〕2号", ["register/number-missing"]),
    ],
)
def test_numbers_run_on_and_are_used_once(number: str, codes: list[str], tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/five.md", normative(5, "2026-06-01", registration_number=number))
    made = town.build()
    assert said(made) == codes
    assert {problem.at.path for problem in made.problems if problem.code.startswith("register/")} <= {"policies/2026/five.md"}


def test_a_number_that_was_given_up_is_no_gap_and_is_told(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/six.md", normative(6, "2026-06-01", void_numbers="[{number: 示例登-005, reason: 示例原因}]"))
    made = town.build()
    assert made.ok, made.lines
    assert "作废的登记编号" in (page := made.text(FOLDER + "register.html")) and "示例登-005：示例原因" in page


def test_the_number_of_a_document_that_is_not_public_yet_is_no_gap_and_is_not_told(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/five.md", normative(5, "2026-11-20", publish_at="2026-12-01 08:00"))
    town.write("policies/2026/six.md", normative(6, "2026-11-21"))
    made = town.build()
    assert made.ok, made.lines
    assert [path for path, data in made.files.items() if "示例登-005".encode() in data] == []


def test_a_file_that_cannot_be_read_makes_no_gap(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2025/two.md", normative(2, "2025-03-31").replace("effective_on: 2025-03-31", "effective_on: 明天"))
    assert said(town.build()) == ["date/format"]


def test_quarters_follow_one_another() -> None:
    quarter = Quarter(2023, 1)
    for _ in range(12):
        assert quarter.next.before == quarter and quarter.next.begins.toordinal() == quarter.ends.toordinal() + 1
        assert Quarter.of(quarter.begins) == Quarter.of(quarter.ends) == quarter
        quarter = quarter.next
    assert quarter == Quarter(2026, 1) and quarter.title == "2026年第一季度"


def test_missing_numbers_of_each_series() -> None:
    assert list(missing_numbers(["甲1号", "甲3号", "乙-02", "丙"])) == [("乙-", 1), ("甲", 2)]


# Validity as time goes by

@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-11-30", "尚未施行"), ("2026-12-01", "有效"), ("2027-05-31", "有效"), ("2027-06-01", "已修改"), ("2028-12-31", "已修改"), ("2029-01-01", "失效"),
     ("2030-06-01", "废止")],
)
def test_validity_follows_the_day_in_page_list_search_feed_and_citation(day: str, state: str, tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/five.md", normative(5, "2026-11-20", effective_on="2026-12-01", valid_until="2028-12-31"))
    town.write("policies/2026/six.md", policy(id="amendment", title="示例修改决定", effective_on="2027-06-01", amends="[rules-5]"))
    if state == "废止":
        town.write("policies/2030/seven.md", normative(6, "2030-05-20", effective_on="2030-06-01", replaces="[rules-5]"))
    town.write("notices/2026/a.md", notice("依照《示例办法5》办理。"))
    made = town.build(moment=day)
    assert made.ok, made.lines
    badge = re.compile(rf'class="badge badge-\w+">{state}<')
    assert badge.search(made.text("policies/2026/five.html")[: made.text("policies/2026/five.html").index("<h1>")])
    entry = re.search(r'<li><div class="item-title"><a href="/policies/2026/five.html">.*?</li>', made.text("policies/index.html"), re.DOTALL)
    assert entry and badge.search(entry[0])
    feed = made.text("feeds/policy.atom.xml")
    (told,) = re.findall(r"<entry>(?:(?!</entry>).)*record/rules-5<.*?</entry>", feed, re.DOTALL)
    assert f'term="{state}"' in told and (f"【已{state}】" in told) == (state in ("失效", "废止"))
    assert "<updated>2026-11-20T00:00:00+08:00</updated>" in told, "a new state is no new entry"
    link = '<a class="citation" href="/policies/2026/five.html">示例办法5</a>》'
    shown = f'<span class="cited-state" data-state="{state}"></span>' if state in ("尚未施行", "失效", "废止") else ""
    assert f"依照《{link}{shown}办理。" in made.text("notices/2026/a.html")


def test_what_rests_on_a_repealed_document_says_so(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/five.md", policy(id="plan", title="示例方案", basis="[rules-1]"))
    town.write("policies/2026/six.md", policy(id="other", title="示例细则", basis="[《示例办法1》第二条, 《别处的法》]", document_number="示例政发〔2026〕9号",
                                             index_number="11999999000000001U/2026-00009"))  # fmt: skip
    made = town.build()
    assert made.ok, made.lines
    for path in ("five", "six"):
        assert re.search(r'banner-amended.*依据已废止： <a href="/policies/2025/one.html">示例办法1</a>', made.text(f"policies/2026/{path}.html"))
    assert "《别处的法》" in made.text("policies/2026/six.html")
    assert made.text("policies/2025/one.html").count("以本文件为依据的文件") == 2
