"""The rule for letters and grams, by the vectors the browser is held to as well."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
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


@pytest.mark.parametrize(("text", "key"), VECTORS["whole"])
def test_whole_key(text: str, key: str) -> None:
    assert analyse.whole_key(analyse.fold(text)) == key


@pytest.mark.parametrize(("text", "key"), VECTORS["parts"])
def test_parts_key(text: str, key: str) -> None:
    assert analyse.parts_key(analyse.fold(text)) == key


@pytest.mark.parametrize(("key", "count", "shard"), VECTORS["shards"])
def test_shard_of(key: str, count: int, shard: int) -> None:
    assert analyse.shard_of(key, count) == shard


@pytest.mark.parametrize(("word", "found"), VECTORS["forms"])
def test_forms(word: str, found: list[str]) -> None:
    assert analyse.forms(word) == found


@given(st.integers(1, 10**12 - 1))
def test_a_number_said_in_chinese_is_read_back(value: int) -> None:
    assert analyse._value(analyse._spoken(value)) == value


@given(st.text("第〇一二十百千万亿两年月号元12ab", max_size=20))
def test_every_form_can_be_asked_for(word: str) -> None:
    found = analyse.forms(word)
    assert found[0] == word and len(found) <= 4
    assert all(analyse.fold(form) == form for form in found)


def test_the_variants_of_a_text_are_what_folding_it_needs() -> None:
    assert analyse.variants_in("機關与机关、機") == "機机關关"
    assert analyse.variants_in("机关") == ""


@given(st.text(), st.text())
def test_folding_is_one_character_at_a_time(one: str, other: str) -> None:
    assert analyse.fold(one + other) == analyse.fold(one) + analyse.fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = analyse.fold(text)
    assert analyse.fold(once) == once


@settings(deadline=None)
@given(st.text("ab1水土𠮷", min_size=2), st.data())
def test_the_grams_of_a_piece_never_reject_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    piece = text[start : data.draw(st.integers(start + 2, len(text)))]
    masks = analyse.gram_masks([text])
    assert all(masks[gram] & bit == bit for gram, bit in analyse.query_grams(piece))
