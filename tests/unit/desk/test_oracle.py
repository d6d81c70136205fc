"""The desk looks at the texts themselves, so it can tell whether the public search misses anything."""

from __future__ import annotations

import random
import re

import pytest

from govportal import disk
from govportal.build import Project, load
from govportal.desk import Desk
from govportal.papers import fields_of, papers
from govportal.products.search.analyse import fold
from govportal.registry import find_types
from support.shipped import AS_OF
from support.town import TODAY
from unit.search import reference_reader as public

from .conftest import furnished

NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")


class Oracle:
    """Published content: at the desk, in the public index, and plain."""

    def __init__(self, content, index, moment, folder):
        loaded = load(Project(content=content, site=folder, cache=folder / "memory", moment=moment, types=find_types()))
        held = papers(loaded)
        self.desk = Desk(folder / "desk", content, folder / "texts", fields_of(loaded.project.types), "test")
        self.desk.update(held)
        self.files = index
        self.own, self.attached = {}, {}
        for paper in (one for one in held if one.public):
            searched = [text for name, text in paper.texts.items() if name in paper.searched]
            self.own[paper.id] = [fold(text) for text in (paper.title, *searched, paper.body_text(content)) if text]
            self.attached[paper.id] = [fold(f"{name}\n{text}") for name, text in paper.attachment_texts(content, folder / "texts")]

    def words(self, count):
        """Words cut from all texts by chance, of two to nine letters."""
        chance, names = random.Random(11), sorted(self.own)
        while count:
            name = chance.choice(names)
            text = chance.choice(self.own[name] + self.attached[name])
            start, length = chance.randrange(len(text)), chance.randint(2, 9)
            word = text[start : start + length]
            # How a numeral else may be written is not the matter here.
            if len(word) == length and not NUMERAL.search(word):
                count -= 1
                yield word

    def truth(self, word, texts):
        """The papers that have a word in such texts, by looking."""
        return {name for name in texts if any(word in text for text in texts[name])}


def across(word, texts):
    """Whether a word may lie across a seam: the public index holds the fields of a record in one text."""
    return any(
        any(one.endswith(word[:place]) for one in texts) and any(one.startswith(word[place:]) for one in texts) for place in range(1, len(word))
    )


def judge(oracle, count):
    """For so many words: the desk is right, the public index misses nothing and shows nothing that is not there."""
    for word in oracle.words(count):
        own, attached = oracle.truth(word, oracle.own), oracle.truth(word, oracle.attached)
        desk = {hit.id for hit in oracle.desk.search(f'"{word}"', count=2000).hits}
        shown = {name.partition("--")[0] for name in public.search(oracle.files, word)}
        assert desk == own | attached, word
        assert own <= shown, (word, own - shown)
        assert all(across(word, oracle.own[name] + oracle.attached[name]) for name in shown - own - attached), word


def test_desk_and_public_search_find_the_truth(tmp_path):
    office = furnished(tmp_path)
    built = office.town.build()
    index = {path.removeprefix("search/"): data for path, data in built.files.items() if path.startswith("search/")}
    judge(Oracle(office.town.content, index, TODAY, tmp_path), 60)


@pytest.mark.full
def test_desk_and_public_search_find_the_truth_in_all_that_ships(shipped_project, tmp_path):
    judge(Oracle(shipped_project / "content", disk.read_folder(shipped_project / "site/search"), AS_OF, tmp_path), 300)
