"""The rule for letters and grams, by the vectors the browser is held to as well."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govportal.products.search import analyse

VECTORS = json.loads((Path(__file__).parents[2] / "golden/search/vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "letters"), VECTORS["fold"])
def test_fold(text: str, letters: str) -> None:
    assert analyse.fold(text) == letters


@pytest.mark.parametrize(("query", "long", "single"), VECTORS["words"])
def test_words(query: str, long: list[str], single: list[str]) -> None:
    assert analyse.words(query) == (long, single)


@pytest.mark.parametrize(("word", "grams"), VECTORS["grams"])
def test_query_grams(word: str, grams: list[list[object]]) -> None:
    assert [list(gram) for gram in analyse.query_grams(word)] == grams


@pytest.mark.parametrize(("letters", "masks"), VECTORS["masks"])
def test_gram_masks(letters: str, masks: dict[str, int]) -> None:
    assert analyse.gram_masks([letters]) == masks


@pytest.mark.parametrize(("mask", "offset", "result"), VECTORS["turned"])
def test_turned(mask: int, offset: int, result: int) -> None:
    assert analyse.turned(mask, offset) == result


@pytest.mark.parametrize(("text", "key"), VECTORS["whole"])
def test_whole_key(text: str, key: str) -> None:
    assert analyse.whole_key(analyse.fold(text)) == key


@given(st.text(), st.text())
def test_folding_is_one_character_at_a_time(one: str, other: str) -> None:
    assert analyse.fold(one + other) == analyse.fold(one) + analyse.fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = analyse.fold(text)
    assert analyse.fold(once) == once


@given(st.text("ab1水土𠮷", min_size=2), st.data())
def test_the_grams_of_a_piece_never_reject_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    piece = text[start : data.draw(st.integers(start + 2, len(text)))]
    masks = analyse.gram_masks([text])
    common = 255
    for gram, offset in analyse.query_grams(piece):
        common &= analyse.turned(masks[gram], offset)
    assert common >> start % 8 & 1
