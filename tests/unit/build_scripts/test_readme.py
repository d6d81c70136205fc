"""What the README promises a clerk on the first day must be true."""

import re
from pathlib import Path

import pytest

from govportal.parse import parse
from govportal.types.notice import Notice

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENGLISH = (ROOT / "README.en.md").read_text(encoding="utf-8")
PATH = "notices/2026/snow-hotline.md"
FIRST = re.search(r"^```markdown\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[1]


def problems(text):
    return [str(problem) for problem in parse(Notice, PATH, text.encode()).problems]


def test_the_first_document_is_without_fault():
    assert problems(FIRST) == []


def test_the_first_document_with_an_attachment_is_without_fault():
    block = re.search(r"^```yaml\n(attachments:.*?)^```$", README, re.MULTILINE | re.DOTALL)[1]
    assert problems(FIRST.replace("summary:", block + "summary:")) == []


def test_the_english_example_is_without_fault():
    block = re.search(r"^```yaml\n(---.*?)^```$", ENGLISH, re.MULTILINE | re.DOTALL)[1]
    assert problems(block + "正文（示例）。\n") == []


@pytest.mark.parametrize("readme", [README, ENGLISH], ids=["README.md", "README.en.md"])
def test_the_mistake_that_is_shown_reads_exactly_so(readme):
    shown = re.search(rf"^content/({re.escape(PATH)}:\d+:\d+: .*)$", readme, re.MULTILINE)[1]
    assert shown in problems(FIRST.replace("2026-11-20 09:00", "2026-11-31"))


def test_every_field_that_is_explained_is_in_the_example():
    explained = re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)
    assert explained and all(f"\n{name}:" in FIRST for name in explained)


def test_places_that_are_named_exist():
    for place in re.findall(
        r"^\| `((?:content|plugins|build_scripts|tests)/?[\w/]*)` \|", README, re.MULTILINE
    ):
        assert (ROOT / place).exists(), place


def test_commands_that_are_named_exist():
    for script in re.findall(r"build_scripts/\w+\.py", README + ENGLISH):
        assert (ROOT / script).is_file(), script


def test_pictures_that_are_shown_exist():
    shown = re.findall(r"\]\((\.pictures/[\w-]+\.png)\)", README)
    assert shown and all((ROOT / picture).is_file() for picture in shown)
