"""One file to one record: half-readable records still meet the rules they can; the rule makers, by examples."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from govportal.document import Document
from govportal.kinds import Date, Flag, PartialDate, Text
from govportal.model import ContentType, Record, of
from govportal.parse import Parsed, address_of, parse
from govportal.registry import find_types
from govportal.rules import first_day, forbids, needs, not_before, together
from support.town import notice, policy, reprint

TYPES = {one.type.name: one for one in find_types()}


def read(written: str | bytes, type_name: str = "notice", path: str = "notices/2026/a.md") -> Parsed:
    return parse(TYPES[type_name], path, written if isinstance(written, bytes) else written.encode())


def said(parsed: Parsed) -> list[str]:
    return [
        f"{one.at.line}:{one.at.column} {one.code}" for one in sorted(parsed.problems, key=lambda one: one.at)
    ]


def test_a_sound_file_is_a_record() -> None:
    parsed = read(notice(id="a"))
    assert parsed.problems == () and parsed.record.id == "a" and parsed.address == "/notices/2026/a.html"


HALF = [
    # The title cannot be read; that review comes after publication can still be seen.
    ({"title": "<b>", "published_at": "2025-12-31"}, ["3:8 text/markup", "10:17 secrecy/after-publication"]),
    # The date of publication cannot be read: no rule that needs it says anything.
    ({"published_at": "2025-13-31"}, ["5:15 date/no-such-day"]),
    ({"published_at": "2025-13-31", "organ": None}, ["1:1 origin/own-needs", "5:15 date/no-such-day"]),
    # The group cannot be read: it is not missing.
    ({"secrecy_review": "{organ: 示例}"}, ["10:17 field/missing"] * 3),
    ({"expires_on": "2026-01-01", "kind": "x"}, ["6:7 choice/unknown", "11:13 notice/ends-before-it-begins"]),
    (
        {"attachments": "[{file: a.png, name: 图}]", "title": ""},
        ["3:1 field/missing", "11:14 attachment/no-words"],
    ),
]


@pytest.mark.parametrize(("fields", "expected"), HALF)
def test_of_a_half_readable_record_the_rules_that_can_be_met_are_met(
    fields: dict[str, str], expected: list[str]
) -> None:
    parsed = read(notice(**fields))
    assert parsed.record is None and said(parsed) == expected


RULES = [
    ("origin/own-needs", notice(disclosure_mode=None)), ("origin/own-needs", notice(secrecy_review=None)), ("origin/own-needs", notice(organ=None)),
    ("origin/reprint-needs",
        notice(origin="reprint", organ=None, secrecy_review=None, disclosure_mode=None, source_organ="[示例]", source_name="示例", source_url="https://x.org/")),
    ("origin/reprint-has",
        notice(origin="reprint", secrecy_review=None, source_organ="[示例]", source_name="示例", source_url="https://x.org/", source_date="2019")),
    ("date/revised-before-published", notice(revised_at="2026-11-19")), ("secrecy/after-publication", notice(published_at="2025-12-31")),
    ("gaps/unknown", notice(gaps="[document_number]")), ("gaps/present", notice(gaps="[title]")),
    ("notice/ends-before-it-begins", notice(expires_on="2026-11-19")), ("body/missing", notice("")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "written"), RULES)
def test_a_rule_of_every_record_is_one_problem(code: str, written: str) -> None:
    assert [one.split()[1] for one in said(read(written))] == [code]


POLICY_RULES = [
    ("document-number/format", {"document_number": "'示例政办发[2026]1号'"}), ("policy/normative-number", {"document_number": "示例政办规〔2026〕1号"}),
    ("policy/own-needs", {"index_number": None}), ("policy/own-needs", {"subject": None}), ("policy/own-needs", {"written_on": None}),
    ("date/published-before-written", {"written_on": "2026-11-21"}), ("policy/effective-before-written", {"effective_on": "2026-11-17"}),
    ("policy/ends-before-it-begins", {"effective_on": "2026-12-01", "valid_until": "2026-11-30"}), ("policy/repeal-without-ground", {"repeal": "{kind: 废止}"}),
    ("credit-code/check", {"index_number": "11999999000000001X/2026-00001"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields"), POLICY_RULES)
def test_a_rule_of_policies_is_one_problem(code: str, fields: dict[str, str | None]) -> None:
    assert [one.split()[1] for one in said(read(policy(**fields), "policy", "policies/2026/a.md"))] == [code]


@pytest.mark.parametrize(
    "number",
    [
        "令第711号",
        "令2017年第8号",
        "公告2019年第76号",
        "公告第12号",
        "'[1992]价费字240号'",
        "国发〔1992〕第018号",
        "无",
    ],
)
def test_any_number_of_a_reprint_is_kept_as_written(number: str) -> None:
    parsed = read(reprint(document_number=number), "policy", "policies/2019/a.md")
    assert parsed.problems == () and parsed.record.document_number == number.strip("'")


def test_a_reprint_needs_no_number_no_review_and_no_registration() -> None:
    parsed = read(reprint(authority_level="行政规范性文件"), "policy", "policies/2019/a.md")
    assert parsed.problems == ()


def test_what_a_source_does_not_say_is_a_gap_and_not_missing() -> None:
    assert [one.split()[1] for one in said(read(reprint(source_date=None), "policy"))] == [
        "origin/reprint-needs"
    ]
    assert read(reprint(source_date=None, gaps="[source_date]"), "policy").problems == ()


@pytest.mark.parametrize(
    ("path", "slug", "address"),
    [("notices/2026/a.md", None, "/notices/2026/a.html"), ("notices/a-1.md", None, "/notices/a-1.html"),
        ("notices/2026/通知.md", "tongzhi", "/notices/2026/tongzhi.html"),
     ("notices/2026/01/a.md", None, "/notices/2026/01/a.html")],
)  # fmt: skip
def test_an_address_is_the_place_of_the_file(path: str, slug: str | None, address: str) -> None:
    parsed = read(notice(slug=slug), path=path)
    assert parsed.address == address == address_of(parsed.record)


def test_a_broken_file_keeps_what_can_be_guessed_of_its_identity() -> None:
    for broken in (
        b"---\nid: heating\ntitle: \xff\n---\n",
        b"---\nid: heating\ntitle: 'x\n---\n",
        b"---\r\nid: heating  \r\n",
    ):
        parsed = read(broken)
        assert (parsed.record, parsed.identifier, parsed.address) == (None, "heating", "/notices/2026/a.html")
    assert read(b"id: Not One\n").identifier == ""


@dataclass(frozen=True, kw_only=True)
class Permit(Document):
    type: ClassVar[ContentType] = ContentType("permit", "许可", "permits")
    begins: date | None = of(Date("开始"))
    ends: date | None = of(Date("结束"))
    known: str | None = of(PartialDate("所知"))
    urgent: bool = of(Flag("紧急"), default=False)
    reason: str | None = of(Text("理由"))
    basis: str | None = of(Text("依据"))


def permit(**fields: object) -> Record:
    return Permit(**({"id": "a", "title": "示例", "column": "a", "published_at": "2026-01-01"} | fields))  # type: ignore[arg-type]


RULE_MAKERS = [
    (not_before("ends", "begins", "x"), {"begins": date(2026, 1, 2), "ends": date(2026, 1, 1)}, "ends"),
    (not_before("ends", "begins", "x"), {"begins": date(2026, 1, 1), "ends": date(2026, 1, 1)}, None),
    (not_before("ends", "begins", "x"), {"ends": date(2026, 1, 1)}, None), (not_before("ends", "known", "x"), {"known": "2027", "ends": date(2026, 1, 1)}, None),
    (not_before("ends", "known", "x"), {"known": "2027-01-01", "ends": date(2026, 1, 1)}, "ends"),
    (not_before("begins", "published_at", "x"), {"begins": date(2025, 12, 31)}, "begins"),
    (needs("x", lambda record: record.urgent, "紧急的", "reason"), {"urgent": True}, ""),
    (needs("x", lambda record: record.urgent, "紧急的", "reason"), {"urgent": True, "reason": "雪"}, None),
    (needs("x", lambda record: record.urgent, "紧急的", "reason"), {}, None), (needs("x", lambda record: True, "都", "reason"), {"gaps": ("reason",)}, None),
    (forbids("x", lambda record: record.urgent, "紧急的", "basis"), {"urgent": True, "basis": "雪"}, "basis"),
    (forbids("x", lambda record: record.urgent, "紧急的", "basis"), {"basis": "雪"}, None),
    (together("x", "urgent", "reason"), {"urgent": True}, "urgent"), (together("x", "urgent", "reason"), {"urgent": True, "reason": "雪"}, None),
    (together("x", "urgent", "reason"), {"reason": "雪"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fields", "field"), RULE_MAKERS)
def test_a_rule_maker_gives_a_sentence_and_a_rule(rule, fields: dict[str, object], field: str | None) -> None:  # type: ignore[no-untyped-def]
    places = {name: (number, 1) for number, name in enumerate(("begins", "ends", "urgent", "basis"), 10)}
    found = list(rule(permit(places=places, path="permits/a.md", **fields)))
    assert rule.__doc__
    assert [(one.code, one.at.line) for one in found] == (
        [] if field is None else [("x", places.get(field, (1, 1))[0])]
    )
    assert all(one.hint for one in found)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        ("2026-01-01 09:30", date(2026, 1, 1)),
        ("2026-01-01", date(2026, 1, 1)),
        ("2026-01", None),
        ("2026", None),
        (None, None),
        ("", None),
    ],
)
def test_the_first_day_is_known_only_of_whole_dates(value: object, day: date | None) -> None:
    assert first_day(value) == day


def test_a_place_to_fill_in_is_found_wherever_it_stands_but_not_in_a_draft() -> None:
    text = notice(title="（标题）", keywords="[供热, （关键词）]",
                  secrecy_review="{organ: （审查机构）, reviewer: 岗, reviewed_on: 2026-01-01, result: 可以公开}")  # fmt: skip
    found = [one for one in read(text).problems if one.code == "field/to-fill-in"]
    assert [text.split("\n")[one.at.line - 1].partition(":")[0] for one in found] == ["title", "keywords", "secrecy_review"]
    draft = text.replace("title:", "draft: true\ntitle:")
    assert read(draft).problems == ()
    assert read(notice(title="（标题）二")).problems == ()
