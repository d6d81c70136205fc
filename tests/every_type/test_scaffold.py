"""What a clerk begins with: the new file of every type reads without an error, and is never published by accident."""

from __future__ import annotations

import re

import pytest

from govportal.model import Record, columns
from govportal.parse import parse
from govportal.problems import Severity
from govportal.products.forms import scaffold
from govportal.products.forms.scaffold import LEFT_OUT
from govportal.registry import find_types
from govportal.site import visible

every_type = pytest.mark.parametrize("declared", find_types(), ids=lambda one: one.type.name)
DAY = "2026-11-23"
# What no example can stand for: the clerk is told by name what remains to be written.
REMAINS = {
    "assessment": ({"assessment/weights"}, "the weights of all indicators make a hundred together"),
    "clean_up_result": ({"clean-up/which-document"}, "a document is named either by its record or by its title"),
    "concern_mechanism": ({"concern-mechanism/weights"}, "the weights of all indicators make a hundred together"),
    "decision": ({"decision/procedures"}, "which procedures it goes through, or why not"),
    "decision_catalogue": ({"decision-catalogue/procedure-missing"}, "which procedures each decision goes through"),
    "disclosure_annual_report": ({"annual-report/first-chapter"}, "five paragraphs that the format demands"),
    "disclosure_guide": ({"application/items", "application/limits", "application/fees", "application/remedies", "guide/access"},
                         "what the regulation demands a guide to say"),
    "disclosure_request_rules": ({"application/items", "application/limits", "application/fees", "application/remedies", "request-rules/ways"},
                                 "what the regulation demands the rules to say"),
    "interaction_statistics": ({"interaction/balance"}, "five figures that balance"),
    "public_resource": ({"public-resource/category"}, "a step belongs to its category"),
    "standard_catalogue": ({"standard-catalogue/field"}, "one of the 26 fields, or the name that the place prints"),
    "statute_articles": ({"statute/article"}, "the number of an article"),
}  # fmt: skip


def path_of(declared: type[Record]) -> str:
    return f"{declared.type.folder}/2026/{name_of(declared)}{declared.type.suffix}"


def name_of(declared: type[Record]) -> str:
    return f"{declared.type.name.replace('_', '-')}-2026-0001"


@every_type
def test_the_new_file_reads_without_an_error(declared: type[Record]) -> None:
    text = scaffold(declared, path_of(declared), {"id": name_of(declared)})
    parsed = parse(declared, path_of(declared), text.encode())
    codes = {one.code for one in parsed.problems if one.severity is Severity.ERROR}
    assert codes == REMAINS.get(declared.type.name, (set(), ""))[0], [str(one) for one in parsed.problems]
    assert parsed.record is not None and parsed.record.draft and not visible(parsed.record, DAY)


@every_type
def test_it_names_every_field_with_the_offices_word(declared: type[Record]) -> None:
    text = scaffold(declared, path_of(declared))
    for one in columns(declared):
        if one.name not in LEFT_OUT:
            assert re.search(rf"^(?:# )?{one.name}:.*# {re.escape(one.kind.label)}", text, re.MULTILINE), one.name


@every_type
def test_what_was_not_filled_in_cannot_be_published(declared: type[Record]) -> None:
    text = scaffold(declared, path_of(declared)).replace("draft: true", "draft: false")
    assert "（标题）" in text
    problems = parse(declared, path_of(declared), text.encode()).problems
    places = [(one.at.line, one.code) for one in problems if one.code == "field/to-fill-in"]
    line = next(number for number, written in enumerate(text.split("\n"), 1) if written.startswith("title:"))
    assert (line, "field/to-fill-in") in places


@every_type
def test_what_is_known_already_is_written(declared: type[Record]) -> None:
    given = {"id": "heating-2026", "title": "示例：供热 #1", "column": "notice", "published_at": DAY, "organ": "office", "sample": "true"}
    text = scaffold(declared, path_of(declared), given)
    record = parse(declared, path_of(declared), text.encode()).record
    assert (record.id, record.title, record.column, record.published_at, record.organ, record.sample) == (
        "heating-2026", "示例：供热 #1", "notice", DAY, ("office",), True
    )  # fmt: skip
