"""The table of all types is what the declarations say, and what it says is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govportal.registry import find_types
from unit.build_scripts.conftest import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def command():
    return load("build_scripts/types_table.py")


def test_the_table_that_ships_is_the_newest(command):
    written = (ROOT / command.TABLE).read_text(encoding="utf-8")
    assert written == command.text(), "run python3 build_scripts/types_table.py"
    assert "plugins/TYPES.md" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_type_stands_in_it_with_its_page_its_words_and_its_data(command):
    lines = {re.search(r"<br>`(\w+)`", line)[1]: line for line in command.rows()}
    assert list(lines) == [one.type.name for one in find_types()]
    for one in find_types():
        assert f"`content/{one.type.folder}/`" in lines[one.type.name]
        assert (ROOT / f"plugins/govportal_theme/pages/{one.type.template}.html").is_file()
        assert lines[one.type.name].count("|") == 8
