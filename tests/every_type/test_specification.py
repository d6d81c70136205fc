"""The exam: every type has its page, and the portal says of every file on it what the page promises, no more and no less."""

import inspect
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from govportal.build import load
from govportal.model import Record
from govportal.registry import find_types
from support.specification import Example, examples, first_file, lay, page_of
from support.town import Town

TYPES = find_types()
CALENDAR = Path(__file__).parents[2] / "content/_portal/calendar"
SUBJECTS = "subjects:\n  - {name: 综合政务, children: [政务公开, 其他]}\n"


@pytest.mark.parametrize("declared", TYPES, ids=lambda one: one.type.name)
def test_every_type_has_its_page(declared: type[Record]) -> None:
    assert page_of(declared).is_file(), f"write tests/spec/types/{declared.type.name}.md"
    assert declared.type.label in page_of(declared).read_text(encoding="utf-8").split("\n")[0]


def test_every_page_has_its_type() -> None:
    assert {path.stem for path in page_of(TYPES[0]).parent.glob("*.md")} == {one.type.name for one in TYPES}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The first files of all pages together."""
    town = Town(tmp_path_factory.mktemp("specification"))
    town.remove("organs/office.md")
    town.write("_portal/vocabularies/subjects.yml", SUBJECTS)
    shutil.copytree(CALENDAR, town.content / "_portal/calendar")
    for declared in TYPES:
        lay(town, first_file(declared))
    yield town


def test_the_first_files_of_all_pages_are_a_town_with_nothing_wrong(town: Town) -> None:
    assert [line for line in map(str, load(town.project()).problems) if "column/empty" not in line] == []


ALL = [example for declared in TYPES if page_of(declared).is_file() for example in examples(declared)]


@pytest.mark.parametrize("example", ALL, ids=[f"{one.type_name}: {one.heading}" for one in ALL])
def test_what_the_page_promises_is_said(example: Example, town: Town) -> None:
    target = town.content / example.path
    before = target.read_bytes() if target.exists() else None
    try:
        town.write(example.path, example.text)
        problems = load(town.project()).problems
    finally:
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)
    # A file may be named once for several causes of one kind; a count is a promise too.
    said = sorted(
        (one.at.line, one.at.column, one.severity.value, one.code)
        for one in problems
        if one.at.path == example.path
    )
    assert said == sorted(example.promises), [str(one) for one in problems if one.at.path == example.path] + [
        example.text
    ]


CODE = re.compile(r'"([a-z-]+/[a-z-]+)"')


@pytest.mark.parametrize("declared", TYPES, ids=lambda one: one.type.name)
def test_every_code_of_a_type_is_shown_on_its_page(declared: type[Record]) -> None:
    codes = set(CODE.findall(inspect.getsource(sys.modules[declared.__module__])))
    promised = {code for example in examples(declared) for _, _, _, code in example.promises}
    assert codes - promised == set()


@pytest.mark.parametrize("declared", TYPES, ids=lambda one: one.type.name)
def test_every_rule_of_a_type_says_in_words_what_it_demands(declared: type[Record]) -> None:
    for rule in (*declared.type.rules, *declared.type.site_rules):
        assert re.search("[\u4e00-\u9fff]", rule.__doc__ or ""), rule
    assert Path(inspect.getfile(declared)).stem == declared.type.name
