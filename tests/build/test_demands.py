"""What the plan demands of the whole site: each check speaks when something is lacking, and is silent when it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from govportal.build import load
from govportal.checks import INSPECTIONS, gazette, interaction, safeguards, services, systems
from govportal.problems import Problem
from govportal.registry import find_types
from govportal.shapes import CONCERN_SYSTEMS, SECTORS, SYSTEMS
from govportal.site import Site
from support.specification import first_file
from support.town import COLUMNS, SITE, Town, organ, policy, reprint

TYPES = {declared.type.name: declared for declared in find_types()}
NOVEMBER, DECEMBER, JANUARY = "2026-11-23", "2026-12-02", "2027-01-10"
# What the first files point at, which is not in this town.
NEIGHBOURS = re.compile(
    r"\[(?:rules|working-rule|interpretation|guide|evaluation|training-plan|service-platform|public-concern-response|government-inspection)\]"
)
Check = Callable[[Site], Iterable[Problem]]


class Plan:
    """A town whose plan has one measure."""

    def __init__(self, folder: Path, measure: str) -> None:
        self.town = Town(folder)
        self.count = 0
        self.town.write("_portal/measures.yml", f"measures:\n  - {{id: {measure}, title: 示例, text: 示例。, section: 示例}}\n")

    def has(self, type_name: str, **changes: str | None) -> Plan:
        """Add the first file of a specification page, with properties changed; None leaves one out."""
        self.count += 1
        name = f"{type_name.replace('_', '-')}-{self.count}"
        first = first_file(TYPES[type_name])
        text = first.text
        for key, value in ({"id": name} | changes).items():
            line = "" if value is None else f"{key}: {value}\n"
            text, found = re.subn(rf"^{key}:.*\n(?:  .*\n)*", lambda _, line=line: line, text, flags=re.M)
            if not found and line:
                text = re.sub(r"^id:.*\n", lambda match, line=line: match[0] + line, text, flags=re.M)
        path = first.path.replace("first", name)
        self.town.write(path, NEIGHBOURS.sub("[]", text))
        return self

    def says(self, check: Check, day: str = NOVEMBER) -> list[str]:
        """The codes of what a check says, with the severity of each."""
        site = load(self.town.project(moment=day, switches=frozenset())).site
        assert site is not None
        return [f"{one.severity.value} {one.code}" for one in check(site)]


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str], Plan]:
    return lambda measure: Plan(tmp_path, measure)


def test_what_the_plan_does_not_have_is_not_asked_for(tmp_path: Path) -> None:
    town = Town(tmp_path)
    site = load(town.project(moment=DECEMBER)).site
    assert site is not None
    new = [one for one in INSPECTIONS if one.__module__.rpartition(".")[2] in ("gazette", "interaction", "safeguards", "services", "systems")]
    assert len(new) == 19 and [problem.code for check in new for problem in check(site)] == []


@pytest.mark.parametrize("check", [one for one in INSPECTIONS if one.__module__.startswith("govportal.checks")], ids=lambda one: one.__name__)
def test_every_check_says_in_words_what_it_demands(check: Check) -> None:
    assert re.search("[\u4e00-\u9fff]", check.__doc__ or "")


# Standing rules

def test_every_kind_of_rule_is_there(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（二）1")
    asked = [system for system, measure in SYSTEMS.items() if measure == "三乙（二）1"]
    assert made.says(systems.standing_rules_exist) == ["warning system/missing"] * len(asked) == ["warning system/missing"] * 7
    for system in asked[1:]:
        made.has("working_rule", system=system)
    assert made.says(systems.standing_rules_exist) == ["warning system/missing"]
    made.has("working_rule", system=asked[0])
    assert made.says(systems.standing_rules_exist) == []


@pytest.mark.parametrize(("measure", "severity"), [
    ("三乙（二）1", "error"), ("三乙（四）2", "error"), ("一（一）2", "error"), ("二（一）1", "warning"), ("三甲（一）1", "warning"),
])
def test_the_real_website_may_not_be_without_some_of_them(plan: Callable[[str], Plan], measure: str, severity: str) -> None:
    made = plan(measure)
    made.town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: production"))
    assert set(made.says(systems.standing_rules_exist)) == {f"{severity} system/missing"}


def test_the_mechanism_for_public_concerns_names_its_five_rules(plan: Callable[[str], Plan]) -> None:
    made = plan("二（三）1")
    assert made.says(systems.the_concern_mechanism_names_its_rules) == ["warning concern-mechanism/none"]
    for place, system in enumerate(CONCERN_SYSTEMS):
        made.has("working_rule", id=f"rule-{place}", system=system, measures="[二（三）1]")
    made.has("concern_mechanism", id="mechanism", systems="[rule-0, rule-1, rule-2, rule-3]")
    assert made.says(systems.the_concern_mechanism_names_its_rules) == ["warning concern-mechanism/rule-missing"]
    made.count = 5
    made.has("concern_mechanism", id="mechanism", systems="[rule-0, rule-1, rule-2, rule-3, rule-4]")
    assert made.says(systems.the_concern_mechanism_names_its_rules) == []


# Leadership, training, appraisal

def test_leading_group_and_leaders_are_public(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（一）0")
    assert made.says(safeguards.leadership_is_public) == ["warning safeguard/no-leading-group", "warning safeguard/no-leaders"]
    made.has("leading_group", level="部门").has("leader_in_charge_list")
    assert made.says(safeguards.leadership_is_public) == ["warning safeguard/no-leading-group"]
    made.has("leading_group", level="区级")
    assert made.says(safeguards.leadership_is_public) == []


def hearing(organ: str, day: str) -> str:
    return f"[{{organ: {organ}, held_on: {day}, heard_by: 示例岗, topic: 示例}}]"


def test_every_head_hears_a_report_each_year(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（一）0")
    made.town.write("organs/finance.md", organ(id="finance", title="示例区财政局", order="2"))
    check = safeguards.every_head_hears_a_report
    assert made.says(check, NOVEMBER) == [] and made.says(check, DECEMBER) == ["warning safeguard/no-hearing"] * 2
    assert made.says(check, JANUARY) == [], "before the first record nothing is owed"
    made.has("annual_hearing", hearings=hearing("office", "2026-03-12"))
    assert made.says(check, NOVEMBER) == [] and made.says(check, DECEMBER) == ["warning safeguard/no-hearing"]
    assert made.says(check, JANUARY) == ["error safeguard/no-hearing"]
    made.town.write("organs/finance.md", organ(id="finance", title="示例区财政局", order="2", sample="true"))
    assert made.says(check, JANUARY) == ["warning safeguard/no-hearing"], "a sample is no error as time passes"
    made.has("annual_hearing", hearings=hearing("finance", "2026-11-02"))
    assert made.says(check, JANUARY) == made.says(check, DECEMBER) == []


def test_organs_that_are_not_asked_or_abolished_owe_nothing(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（一）0")
    made.town.write("organs/office.md", organ(valid_until="2026-11-30"))
    made.town.write("organs/party.md", organ(id="party", title="示例区委办", kind="区委部门", order="2"))
    assert made.says(safeguards.every_head_hears_a_report, DECEMBER) == []


def test_every_organ_has_a_training_plan(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（三）2")
    check = safeguards.every_organ_trains
    assert made.says(check, "2026-03-31") == [] and made.says(check, "2026-04-01") == ["warning safeguard/no-training-plan"]
    made.has("training_plan", year="2025")
    assert made.says(check) == ["warning safeguard/no-training-plan"]
    made.has("training_plan")
    assert made.says(check) == [] and made.says(check, "2027-04-01") == ["warning safeguard/no-training-plan"]


def course(kind: str, held: bool = True) -> str:
    words = ", held_on: 2026-06-05, trainees_count: 9" if held else ""
    return f"{{kind: {kind}, subject: 示例, organizer: 示例, planned: 六月, planned_count: 9, hours: 4{words}}}"


def test_five_trainings_have_the_subject_and_the_party_school_its_class(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（三）1")
    check = safeguards.courses_teach_open_government
    subject, school = "warning safeguard/subject-missing", "warning safeguard/no-party-school"
    assert made.says(check, NOVEMBER) == [] and made.says(check, DECEMBER) == [subject, school]
    made.has("training_plan", courses="[" + ", ".join(map(course, safeguards.SUBJECTS)) + ", " + course("党校专题", held=False) + "]")
    assert made.says(check, DECEMBER) == [school], "planned is not held"
    made.has("training_plan", courses=f"[{course('党校专题')}]")
    assert made.says(check, DECEMBER) == []


def test_the_year_is_assessed_and_supervisors_are_known(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（四）1")
    check = safeguards.open_government_is_assessed
    assert made.says(check, NOVEMBER) == [] and made.says(check, DECEMBER) == ["warning safeguard/no-assessment"]
    made.has("assessment", evaluation=None, system=None)
    assert made.says(check, DECEMBER) == []


def test_there_is_a_register_of_supervisors(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（四）2")
    check = safeguards.open_government_is_assessed
    assert made.says(check) == ["warning safeguard/no-supervisors"]
    made.has("supervisor_register", system=None)
    assert made.says(check) == []


def test_circulars_come_each_half_year(plan: Callable[[str], Plan]) -> None:
    made = plan("三乙（四）3")
    assert made.says(safeguards.circulars_come) == ["warning safeguard/no-circular"]
    made.has("circular", inspections=None)
    assert made.says(safeguards.circulars_come) == [] == made.says(safeguards.circulars_come, "2027-05-22")
    assert made.says(safeguards.circulars_come, "2027-05-23") == ["warning safeguard/no-circular"]


def test_a_circular_on_inspections_comes_each_year(plan: Callable[[str], Plan]) -> None:
    made = plan("99-结尾").has("circular", inspections=None)
    assert made.says(safeguards.circulars_come) == ["warning safeguard/no-inspection-circular"]
    made.has("circular", inspections=None, kind="督导通报")
    assert made.says(safeguards.circulars_come) == [] == made.says(safeguards.circulars_come, "2027-11-20")
    assert made.says(safeguards.circulars_come, "2027-11-21") == ["warning safeguard/no-inspection-circular"]


def test_every_organ_carries_out_the_plan(plan: Callable[[str], Plan]) -> None:
    made = plan("99-结尾")
    check = safeguards.every_organ_carries_out_the_plan
    assert made.says(check) == ["warning safeguard/no-implementation-plan"]
    made.town.write("policies/2026/rules.md", policy(id="rules"))
    made.has("implementation_plan")
    assert made.says(check) == ["error safeguard/unknown-measure"], "its step names a measure that this plan has not"
    made.count = 0
    steps = "[{measure: 99-结尾, task: 示例, owner: 示例岗, due: 2026-12-31, progress: 示例, status: 推进中}]"
    made.has("implementation_plan", steps=steps)
    assert made.says(check) == []


# The press, the public

def test_heads_of_key_organs_speak_for_themselves(plan: Callable[[str], Plan]) -> None:
    made = plan("二（一）2")
    check = interaction.heads_speak_for_themselves
    assert made.says(check) == ["warning heads/no-spokespersons"]
    made.has("spokesperson_list")
    assert made.says(check, NOVEMBER) == [] and made.says(check, DECEMBER) == ["warning heads/silent"]
    made.has("press_conference", policies=None, concern=None, speakers="[{post: 示例岗, organ: office, rank: 部门负责人}]")
    assert made.says(check, DECEMBER) == ["warning heads/silent"]
    made.has("press_conference", policies=None, concern=None)
    assert made.says(check, DECEMBER) == [] and made.says(check, "2027-12-02") == ["warning heads/silent"]


def test_a_head_may_also_speak_in_an_interpretation(plan: Callable[[str], Plan]) -> None:
    made = plan("二（一）2").has("spokesperson_list")
    made.town.write("policies/2026/rules.md", policy(id="rules"))
    made.has("interpretation", level="主要负责人", policies="[ rules ]")
    assert made.says(interaction.heads_speak_for_themselves, DECEMBER) == []


def column(name: str, number: int, words: str = "示例") -> str:
    return f"  - {{id: c{number}, name: {name}, path: c{number}, description: 示例。, keywords: [{words}], column_type: 咨询投诉, update_days: 0}}\n"


def test_there_is_a_section_for_taking_part(plan: Callable[[str], Plan]) -> None:
    made = plan("二（二）1")
    assert made.says(interaction.the_ways_in_are_there) == ["warning interaction/no-section"]
    made.town.write("_portal/columns.yml", COLUMNS + column("公众参与", 1))
    assert made.says(interaction.the_ways_in_are_there) == []


def test_six_ways_in_are_there_as_columns_or_entrances(plan: Callable[[str], Plan]) -> None:
    made = plan("二（二）2")
    assert made.says(interaction.the_ways_in_are_there) == ["warning interaction/no-entrance"] * 5, "意见征集 has its column"
    made.town.write("_portal/columns.yml", COLUMNS + column("信箱回复", 1) + column("在线访谈", 2) + column("公众参与", 3, "建言献策"))
    assert made.says(interaction.the_ways_in_are_there) == ["warning interaction/no-entrance"] * 2
    entrances = "outside:\n  - {id: a, title: 12345热线, url: 'https://portal.example/a'}\n  - {id: b, title: 网上留言, url: 'https://portal.example/b'}\n"
    made.town.write("_portal/site.yml", SITE + entrances)
    assert made.says(interaction.the_ways_in_are_there) == []
    made.town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: production"))
    assert made.says(interaction.the_ways_in_are_there) == ["error interaction/no-entrance"] * 2


def test_six_interviews_consultations_and_surveys_a_year(plan: Callable[[str], Plan]) -> None:
    made = plan("二（二）1")
    for _ in range(5):
        made.has("interview")
    assert made.says(interaction.the_public_is_asked) == ["warning interaction/too-few"]
    made.has("interview", published_at="2025-11-20 09:30", held_at="2025-11-19 14:30")
    assert made.says(interaction.the_public_is_asked) == ["warning interaction/too-few"], "a year ago and more"
    made.has("interview")
    assert made.says(interaction.the_public_is_asked) == []


def test_each_kind_of_activity_a_year(plan: Callable[[str], Plan]) -> None:
    made = plan("二（二）2")
    for kind in interaction.ACTIVITIES[1:]:
        made.has("activity", kind=kind)
    assert made.says(interaction.the_public_is_asked) == ["warning interaction/no-activity"]
    made.has("activity", kind=interaction.ACTIVITIES[0])
    assert made.says(interaction.the_public_is_asked) == []


@pytest.mark.parametrize(("day", "said"), [("2026-11-15", 0), ("2026-11-23", 0), ("2026-12-15", 0), ("2026-12-16", 1), ("2027-01-15", 1)])
def test_statistics_come_every_month(plan: Callable[[str], Plan], day: str, said: int) -> None:
    made = plan("二（二）3").has("interaction_statistics", published_at="2026-11-09 09:30")
    assert made.says(interaction.statistics_come_every_month, day) == ["warning interaction/no-statistics"] * said


def test_the_press_knows_whom_to_ask_and_is_invited(plan: Callable[[str], Plan]) -> None:
    made = plan("三甲（一）5")
    contact, invited = "warning press/no-contact", "warning press/not-invited"
    assert made.says(interaction.the_press_is_served) == [contact, invited]
    made.has("media_service", policies=None)
    assert made.says(interaction.the_press_is_served) == [contact]
    made.has("media_service", policies=None, kind="采访联系", held_on=None)
    assert made.says(interaction.the_press_is_served) == [] == made.says(interaction.the_press_is_served, "2027-11-12")
    assert made.says(interaction.the_press_is_served, "2027-11-13") == [invited]


# The gazette

def issue(made: Plan, record: str, issued: str = "2026-06-30") -> Plan:
    contents = f"[{{section: 区政府文件, record: {record}, page_from: 1, page_to: 2}}]"
    return made.has("gazette_issue", issued_on=issued, published_at=issued, contents=contents, corrections=None, secrecy_review=REVIEW)


REVIEW = "{organ: 示例保密办, reviewer: 示例审查岗, reviewed_on: 2026-06-01, result: 可以公开}"
NORMATIVE: dict[str, Any] = {
    "authority_level": "行政规范性文件", "document_number": "示例政办规〔2026〕1号", "effective_on": "2026-07-20", "long_term": "true",
    "registration_number": "示例登记〔2026〕1号", "legality_review": "{organ: 示例司法局, reviewed_on: 2026-07-01, conclusion: 合法}",
    "consultation_exempt_reason": "示例", "written_on": "2026-07-15",
}


def test_normative_documents_are_printed_in_three_months(plan: Callable[[str], Plan]) -> None:
    made = plan("三甲（一）2")
    check = gazette.normative_documents_are_in_the_gazette
    assert made.says(check) == ["warning gazette/none"]
    made.town.write("policies/2026/plain.md", policy(id="plain", document_number="示例政办发〔2026〕9号", index_number="11999999000000001U/2026-00009"))
    made.town.write("policies/2026/rules.md", policy(id="rules", published_at="2026-07-20", **NORMATIVE))
    issue(made, "plain")
    assert made.says(check, "2026-10-18") == [] and made.says(check, "2026-11-23") == ["warning gazette/not-printed"]
    made.count = 0
    issue(made, "rules")
    assert made.says(check) == []
    made.count = 0
    issue(made, "plain", issued="2026-07-21")
    assert made.says(check) == [], "older than the gazette itself"


def test_the_gazette_prints_nothing_taken_over(plan: Callable[[str], Plan]) -> None:
    made = plan("三甲（一）2")
    made.town.write("policies/2026/law.md", reprint())
    assert issue(made, "law").says(gazette.the_gazette_prints_only_own_papers) == ["error gazette/not-own"]


# Services

def test_centre_and_platform_are_public(plan: Callable[[str], Plan]) -> None:
    made = plan("一（四）1")
    assert made.says(services.centre_and_platform_are_public) == ["warning service/none"]
    made.has("service_centre", windows="[{window: 一号, organ: office, items: ['002020001000']}]", standards=None)
    assert made.says(services.centre_and_platform_are_public) == []


@pytest.mark.parametrize(("day", "said"), [("2026-11-23", 0), ("2027-01-31", 0), ("2027-02-01", 1), ("2027-05-02", 1)])
def test_depth_is_counted_every_quarter(plan: Callable[[str], Plan], day: str, said: int) -> None:
    made = plan("一（四）3").has("online_depth_statistics", platforms=None)
    assert made.says(services.depth_is_counted_every_quarter, day) == ["warning service/no-depth-statistics"] * said


def test_nine_sectors_serve_openly_or_it_is_explained(plan: Callable[[str], Plan]) -> None:
    made = plan("一（四）4")
    assert made.says(services.every_sector_serves_openly) == ["warning service/sector-missing"] * 9
    for sector in SECTORS[:7]:
        made.has("public_service_body", sector=sector)
    assert made.says(services.every_sector_serves_openly) == ["warning service/sector-missing"] * 2
    made.has("notice", measures="[一（四）4]", keywords=f"[{SECTORS[7]}, {SECTORS[8]}]")
    assert made.says(services.every_sector_serves_openly) == []


