"""Decisions on a party: names that may not be shown, amounts in 元 and 万元, working days, display periods, by examples."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govportal import han
from govportal.build import load
from govportal.decisions import PARTY_KINDS
from govportal.kinds import Many, Text
from govportal.kinds.base import Kind
from govportal.model import columns
from govportal.parse import parse
from govportal.shapes import REGULATED
from govportal.types.licence import FOREVER, Licence
from govportal.types.penalty import DISPLAY_MONTHS, Penalty, amounts_written
from support.enforcement import PERSON, decision, enforcing, penalty
from support.town import COLUMNS, Town, front, notice, organ

NAMES = [
    ("张三", "张某"), ("张三丰", "张某某"), ("欧阳修", "欧阳某"), ("欧阳文忠", "欧阳某某"), ("欧阳", "欧某"), ("张", "张某"), ("阿依古丽·买买提", "阿某某"),
    ("张 三 丰", "张某某"), ("张　三", "张某"), ("示例人甲", "示例某某"), ("示例甲", "示例某"), ("John Smith", "J某某"), ("张*丰", "张某某"), ("张某", "张某"),
    ("张某某", "张某某"), ("张某甲", "张某某"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a_name_is_shown_as_surname_and_mou(name: str, shown: str) -> None:
    assert han.masked_name(name) == shown
    assert han.masked_name(shown) == shown, "masking twice changes nothing"


CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=5)


@settings(deadline=None)
@given(CHINESE)
def test_nothing_of_a_given_name_is_left(name: str) -> None:
    masked = han.masked_name(name)
    surname = masked.rstrip("某") or name[:1]
    assert len(surname) <= 2 and len(masked) <= 4
    assert set(masked) <= set(name[:2]) | {"某"}


AMOUNTS = [
    ("罚款2000元", ["2000"]), ("罚款2,000.50元", ["2000.5"]), ("罚款0.2万元", ["2000"]), ("罚款贰仟元整", ["2000"]), ("罚款人民币壹万贰仟元", ["12000"]),
    ("没收壹仟贰佰叁拾肆元伍角陆分", ["1234.56"]), ("一亿二千万元", ["120000000"]), ("1.5亿元", ["150000000"]), ("十二元", ["12"]), ("2000", []), ("2000美元", []),
    ("2万5千元", []), ("零元", ["0"]), ("100圆，200圓", ["100", "200"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amounts"), AMOUNTS)
def test_amounts_are_read_in_figures_and_in_characters(text: str, amounts: list[str]) -> None:
    assert [found for _, _, found in han.amounts_in_yuan(text)] == [Decimal(one) for one in amounts]


SENTENCES = [
    ("没收违法所得1200元，并处罚款3000元。", [3000], [1200]), ("没收违法所得1200元，处3000元罚款。", [3000], [1200]), ("处2000元的罚款", [2000], []),
    ("货值金额9000元，处罚款2000元", [2000], []), ("罚款贰仟元整（2000元）", [2000, 2000], []), ("没收非法财物（价值500元）；罚款100元", [100], []),
    ("罚款500元。限期缴纳1000元保证金。", [500], []), ("警告", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fines", "confiscated"), SENTENCES)
def test_what_an_amount_is_for_is_read_from_the_decision(text: str, fines: list[int], confiscated: list[int]) -> None:
    assert amounts_written(text, ("罚款",)) == fines
    assert amounts_written(text, ("没收",)) == confiscated


@settings(deadline=None)
@given(st.integers(1, 10**9))
def test_yuan_and_ten_thousand_yuan_agree_both_ways(yuan: int) -> None:
    ten_thousands = Decimal(yuan) / 10000
    text = penalty(kinds="[罚款]", confiscated=None, certificates=None, fine=f"{ten_thousands:f}", content=f"罚款{yuan}元。")
    assert [one.code for one in parse(Penalty, "penalties/7.yml", text.encode()).problems] == []
    for wrong in (text.replace(f"fine: {ten_thousands:f}", f"fine: {yuan}"), text.replace(f"罚款{yuan}元", f"罚款{yuan + 1}元")):
        assert [one.code for one in parse(Penalty, "penalties/7.yml", wrong.encode()).problems] == ["penalty/amount"]


MONTHS = [("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-01-31", 1, "2026-02-28"), ("2026-11-10", 12, "2027-11-10"),
          ("2024-02-29", 12, "2025-02-28"), ("2026-11-10", 0, "2026-11-10"), ("2026-12-31", 36, "2029-12-31")]  # fmt: skip


@pytest.mark.parametrize(("day", "months", "end"), MONTHS)
def test_a_period_of_months_ends_on_the_same_day_of_the_month(day: str, months: int, end: str) -> None:
    assert han.months_later(date.fromisoformat(day), months) == date.fromisoformat(end)


# Names stand nowhere else

def is_words(kind: Kind) -> bool:
    """Whether a field holds free words."""
    return type(kind) is Text or (isinstance(kind, Many) and type(kind.kind) is Text)


WORDS = [one.name for one in columns(Penalty) if is_words(one.kind)]


@pytest.mark.parametrize("name", WORDS)
def test_a_persons_name_is_found_in_every_field_that_holds_words(name: str) -> None:
    """And the record itself no longer knows the name."""
    written = "见示例隐没人一案" if name != "party_name" else "示例隐没人"
    text = penalty(**{**PERSON, "party_name": "示例隐没人", name: written})
    parsed = parse(Penalty, "penalties/7.yml", text.encode())
    codes = [(one.code, one.at.line) for one in parsed.problems]
    if name == "party_name":
        assert codes == [] and parsed.record.party_name == "示例某某"
        assert "隐没" not in repr({one.name: getattr(parsed.record, one.name) for one in columns(Penalty)})
    elif name == "legal_representative":
        assert [code for code, _ in codes] == ["decision/person-has"], "a name is masked here as well"
    else:
        line = text.split("\n").index(f"{name}: {written}") + 1
        assert ("decision/name-shown", line) in codes
    assert "隐没" not in "".join(f"{one.message}{one.hint}" for one in parsed.problems), "nor do the messages say it"


@pytest.mark.parametrize("name", ["attachments", "channels", "exempt", "revocation"])
def test_it_is_found_in_groups_and_rows_too(name: str) -> None:
    written = {"attachments": "[{file: a.txt, name: 示例隐没人}]", "channels": "[{kind: 网站, name: 示例隐没人}]", "exempt": "{column/stale: 示例隐没人}",
               "revocation": "{kind: 撤销, decided_on: 2026-11-20, withdrawn_on: 2026-11-20, reason: 示例隐没人}"}[name]  # fmt: skip
    text = penalty(**{**PERSON, "party_name": "示例隐没人", name: written})
    assert "decision/name-shown" in [one.code for one in parse(Penalty, "penalties/7.yml", text.encode()).problems]


@settings(deadline=None)
@given(CHINESE, st.sampled_from(["title", "facts", "content", "remarks", "decision_text"]), st.sampled_from([" ", "　", ""]))
def test_no_name_slips_through_be_it_spaced_or_not(name: str, field: str, gap: str) -> None:
    assume(han.plain_name(name) != han.plain_name(han.masked_name(name)))
    text = penalty(**{**PERSON, "party_name": name, field: f"示例：{gap.join(name)}"})
    found = [one.code for one in parse(Penalty, "penalties/7.yml", text.encode()).problems]
    assert "decision/name-shown" in found


def test_where_the_kind_of_party_cannot_be_read_it_is_taken_for_a_person() -> None:
    parsed = parse(Penalty, "penalties/7.yml", penalty(party_kind="公司", party_name="示例隐没人").encode())
    assert parsed.record is None and "choice/unknown" in [one.code for one in parsed.problems]
    for kind in PARTY_KINDS:
        made = parse(Penalty, "penalties/7.yml", penalty(**PERSON | {"party_kind": kind, "legal_representative": "示例隐没人"}).encode())
        assert (made.record.legal_representative == "示例隐没人") == (kind == "法人及非法人组织")


# Display periods

@pytest.mark.parametrize("severity", DISPLAY_MONTHS)
def test_the_last_day_of_display_is_worked_out_and_the_day_after_it_is_gone(severity: str) -> None:
    made = parse(Penalty, "penalties/7.yml", penalty(severity=severity, display_until=None).encode()).record
    last = han.months_later(made.decided_on, DISPLAY_MONTHS[severity][1])
    assert made.display_until == last
    assert made.withdrawal(last) is None and made.withdrawal(last + timedelta(1)).since == last + timedelta(1)


def test_what_ended_the_display_first_is_said() -> None:
    text = penalty(repaired_on="2027-03-01", revocation="{kind: 撤销, decided_on: 2027-04-01, withdrawn_on: 2027-04-02, reason: 示例}")
    made = parse(Penalty, "penalties/7.yml", text.encode()).record
    assert made.withdrawal(date(2027, 2, 28)) is None
    assert "信用修复" in made.withdrawal(date(2028, 1, 1)).reason


def test_a_licence_of_a_person_is_shown_while_it_is_valid() -> None:
    for kind, until, last in (("自然人", "2027-11-09", date(2027, 11, 9)), ("自然人", FOREVER.isoformat(), None), ("法人及非法人组织", "2027-11-09", None)):
        person = PERSON if kind == "自然人" else {}
        text = decision("licence", **{**person, "valid_until": until, "display_until": None})
        made = parse(Licence, "licences/7.yml", text.encode()).record
        assert made.display_until == last
        assert (made.withdrawal(date(2027, 11, 10)) is None) == (last is None)


# Working days (rules 21; the vectors of the rules)

VECTORS = [
    ("2026-09-18", "2026-09-29", None), ("2026-09-18", "2026-09-30", "warning"), ("2026-04-28", "2026-05-06", None), ("2026-02-10", "2026-03-16", "warning"),
    ("2026-02-10", "2026-03-17", "error"), ("2025-09-26", "2025-10-30", "warning"), ("2025-09-26", "2025-10-31", "error"),
]  # fmt: skip
MARKET_VECTORS = [("2026-09-18", "2026-09-30", None), ("2026-02-10", "2026-03-16", None), ("2026-02-10", "2026-03-17", "error")]


def late(town: Town, kind: str, decided: str, published: str, **fields: str) -> list[str]:
    folder = "penalties" if kind == "penalty" else "licences"
    if kind == "penalty":
        fields = {"severity": "严重"} | fields  # so that it is still shown
    text = decision(kind, decided_on=decided, published_at=published, secrecy_review="{organ: 示例保密办, reviewer: 示例岗, reviewed_on: 2025-01-01, result: 可以公开}",
                    display_until=None, **fields)  # fmt: skip
    town.write(f"{folder}/7.yml", text)
    problems = load(town.project()).problems
    town.remove(f"{folder}/7.yml")
    return [one.severity.value for one in problems if one.code == "decision/published-late"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return enforcing(tmp_path_factory.mktemp("decisions"))


@pytest.mark.parametrize(("decided", "published", "said"), VECTORS)
def test_penalties_and_licences_are_published_within_seven_working_days(decided: str, published: str, said: str | None, town: Town) -> None:
    for kind in ("penalty", "licence"):
        assert late(town, kind, decided, published) == [said] * bool(said)


@pytest.mark.parametrize(("decided", "published", "said"), MARKET_VECTORS)
def test_a_market_office_publishes_its_penalties_within_twenty(decided: str, published: str, said: str | None, tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    town.write("organs/market.md", organ(id="market", title="示例区市场监督管理局", order="2", credit_code="11999999000000002Y"))
    fields = {"authority": "market", "authority_code": "11999999000000002Y"}
    assert late(town, "penalty", decided, published, **fields) == [said] * bool(said)


def test_where_the_calendar_is_not_known_nothing_is_claimed(tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    town.remove("_portal/calendar/days.csv")
    town.remove("_portal/calendar/notices.csv")
    assert late(town, "penalty", "2026-02-10", "2026-06-01") == []


# What the whole site shows

def codes(town: Town, path: str = "") -> list[str]:
    return [one.code for one in load(town.project()).problems if one.at.path.startswith(path)]


def test_an_office_that_punishes_has_its_page(tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    town.write("penalties/7.yml", penalty())
    assert codes(town, "penalties/") == []
    town.remove("enforcement-disclosures/2026/first.md")
    assert codes(town, "penalties/") == ["penalty/no-disclosure"]


def test_a_power_to_punish_without_a_standard_of_discretion_is_named(tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    assert "power/no-discretion-standard" not in codes(town)
    town.remove("discretion-standards/2026/first.md")
    text = (town.content / "enforcement-disclosures/2026/first.md").read_text(encoding="utf-8")
    town.write("enforcement-disclosures/2026/first.md", text.replace("standards: [discretion]\n", ""))
    assert [str(one.at) for one in load(town.project()).problems if one.code == "power/no-discretion-standard"] == ["power-lists/first.yml:13:12"]


def test_licences_without_a_way_to_apply_on_the_net_are_counted(tmp_path: Path) -> None:
    from govportal.types.licensing_list import LicensingList
    from support.specification import first_file

    town = enforcing(tmp_path)
    town.write("licensing-lists/first.yml", first_file(LicensingList).text)
    assert "licence/not-online" not in codes(town)
    guide = town.content / "service-guides/2026/first.md"
    guide.write_text(guide.read_text(encoding="utf-8").replace("online_url: https://example.org/apply\n", ""), encoding="utf-8")
    assert codes(town, "licensing-lists/") == ["licence/not-online"]


REGULATION = "  - {id: regulation, name: 市场监管信息公开, path: regulation, description: 监管。, keywords: [监管], column_type: 信息公开目录, update_days: 0%s}\n"
CHILD = "{id: field-%d, name: %s, path: regulation/f%d, description: 监管。, keywords: [监管], column_type: 信息公开目录, update_days: 183}"
MEASURES = "measures:\n  - {id: 一（三）4, title: 示例, text: 示例。, section: 示例}\n"


def test_regulation_has_a_column_for_each_of_the_fourteen_fields(tmp_path: Path) -> None:
    town = Town(tmp_path)
    assert "column/fixed-missing" not in codes(town), "a site without the plan need not have them"
    town.write("_portal/measures.yml", MEASURES)
    assert codes(town).count("column/fixed-missing") == 1
    town.write("_portal/columns.yml", COLUMNS + REGULATION % "")
    assert codes(town).count("column/fixed-missing") == len(REGULATED) == 14
    children = ", ".join(CHILD % (number, name, number) for number, name in enumerate(REGULATED))
    town.write("_portal/columns.yml", COLUMNS + REGULATION % f", children: [{children}]")
    assert "column/fixed-missing" not in codes(town)
    fields = {"id": "food", "title": "示例", "published_at": "2026-11-20", "field": "食品药品", "kind": "检查结果", "authority": "office", "made_on": "2026-11-20"}
    own = notice().split("kind: 公告\n")[1].split("---")[0]
    own_fields = dict(line.split(": ", 1) for line in own.strip().split("\n"))
    for place, said in ((3, []), (6, ["regulation/other-column"])):
        town.write("regulatory-disclosures/2026/food.md", front(**fields, **own_fields, column=f"field-{place}"))
        assert codes(town, "regulatory-disclosures/") == said
