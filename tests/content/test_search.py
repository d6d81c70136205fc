"""Searching what ships: nothing that stands in a record is missed, and a whole title or number leads to its record."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from govportal.products.search import SearchEntry, manifest, record, synonyms
from support.pages import Whole
from unit.search import reference_reader as reader

PIECES = 50
LENGTHS = (2, 3, 4, 6, 10, 20)


class Files(dict[str, bytes]):
    """The files of the index, read when they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __missing__(self, path: str) -> bytes:
        self[path] = (self.root / path).read_bytes()
        return self[path]


@pytest.fixture(scope="module")
def index(whole: Whole) -> Files:
    return Files(whole.site / "search")


@pytest.fixture(scope="module")
def entries(index: Files) -> dict[str, tuple[SearchEntry, str]]:
    """Every entry by the path of its file, those of one record together."""
    return {path: record.read(index[path]) for paths in reader.places(index) for path in paths}


def test_every_piece_of_every_text_finds_its_record(index: Files, entries: dict[str, tuple[SearchEntry, str]]):
    chance = random.Random(20261125)
    paths = sorted(entries)
    owner = {path: some[0] for some in reader.places(index) for path in some}
    asked = 0
    while asked < PIECES:
        path = chance.choice(paths)
        entry, text = entries[path]
        field = chance.choice([entry.title, entry.number, text, text, text])
        start = chance.randrange(len(field) + 1)
        piece = field[start : start + chance.choice(LENGTHS)]
        if reader.words(piece)[0]:
            asked += 1
            assert owner[path] in reader.candidates(index, piece), (entry.id, piece)


def test_a_whole_number_names_its_records_alone(index: Files, entries: dict[str, tuple[SearchEntry, str]]):
    records = [entry for entry, _ in entries.values() if entry.number and not entry.part]
    for entry in random.Random(1).sample(records, 40):
        same = {other.id for other in records if reader.fold(other.number) == reader.fold(entry.number)}
        assert reader.whole(index, entry.number) >= same
        assert len(reader.whole(index, entry.number)) <= len(same) + 1


def test_a_whole_title_names_its_records(index: Files, entries: dict[str, tuple[SearchEntry, str]]):
    records = [entry for entry, _ in entries.values() if not entry.part]
    for entry in random.Random(2).sample(records, 40):
        assert entry.id in reader.whole(index, entry.title)


def test_citizens_words_lead_to_words_that_can_be_searched(index: Files):
    """Every synonym of the vocabulary folds to words of two letters or more, and none replaces itself."""
    texts = synonyms.read(index[manifest.read(index).synonyms])
    assert len(texts) >= 100
    for official, *said in map(str.split, texts):
        assert said and all(len(word) > 1 for word in (official, *said)) and official not in said
