"""The letters of a paper in one column of the index, and the query that looks for words in them.

A paper's texts, folded by the analyser of the public search, stand one after the other, those worth most first:

    %x1f code letters  %x1f code letters …  %x1e  %x1f code letters …

`code` is two bytes from 1 to 26 that stand for the field's name; letters are UTF-8 and hold letters and figures only,
so no byte below 0x20. Texts behind %x1e are found only when their field is named. A word is found by going through the
letters: exact, and without a list of places for every pair of letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whoosh import matching, query

from govportal.products.search import analyse

COLUMN = "LETTERS"
SECTION, NAMED = b"\x1f", b"\x1e"
BASE = 26
WHOLE = 100.0
"""What a title or number is worth that was typed whole."""


def forms(word: str) -> list[str]:
    """A folded word, and how else its numerals may be written where the analyser knows."""
    known = getattr(analyse, "forms", None)
    return list(known(word)) if known else [word]


def codes(asked: Iterable[str]) -> dict[str, bytes]:
    """The code of each field of text."""
    return {name: bytes((1 + place // BASE, 1 + place % BASE)) for place, name in enumerate(sorted(asked))}


def column(texts: Sequence[tuple[str, str]], searched: frozenset[str], known: Mapping[str, bytes]) -> bytes:
    """The column of a paper from (name of the field, text), those worth most first."""
    parts: dict[bool, list[bytes]] = {True: [], False: []}
    for name, text in texts:
        parts[name in searched].append(SECTION + known[name] + analyse.fold(text).encode())
    return b"".join([*parts[True], NAMED, *parts[False]])


class Containing(query.Query):  # type: ignore[misc]
    """Papers that contain a word in one of its forms, in a field or ('') in any that is searched."""

    fieldname = None

    def __init__(self, words: tuple[str, ...], code: bytes, weights: tuple[tuple[bytes, float], ...]) -> None:
        self.words = words
        self.code = code
        self.weights = weights
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Containing) and (self.words, self.code) == (other.words, other.code)

    def __hash__(self) -> int:
        return hash((self.words, self.code))

    def __repr__(self) -> str:
        return f"Containing({self.words!r}, {self.code!r})"

    def is_leaf(self) -> bool:
        """Nothing stands below it."""
        return True

    def estimate_size(self, reader: Any) -> int:
        """Not known before looking."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The papers of one segment, each with what its first hit is worth."""
        reader = searcher.reader()
        if not reader.has_column(COLUMN):
            return matching.NullMatcher()
        letters, deleted = reader.column_reader(COLUMN), reader.is_deleted
        worth = dict(self.weights)
        words = [word.encode() for word in self.words]
        numbers, weights = [], []
        for number in range(reader.doc_count_all()):
            if deleted(number):
                continue
            held = letters[number]
            value = max((self._value(held, word, worth) for word in words), default=0.0)
            if value:
                numbers.append(number)
                weights.append(value)
        return matching.ListMatcher(numbers, weights) if numbers else matching.NullMatcher()

    def _value(self, held: bytes, word: bytes, worth: Mapping[bytes, float]) -> float:
        """What the best hit is worth: its field's weight, more when the word is most of the field; 0 for no hit."""
        place = self._place_in_field(held, word) if self.code else held.find(word, 0, held.index(NAMED))
        if place < 0:
            return 0.0
        start = held.rfind(SECTION, 0, place)
        end = held.find(SECTION, place)
        end = len(held) if end < 0 else end
        code, length = held[start + 1 : start + 3], end - start - 3
        whole = WHOLE if length == len(word) and worth.get(code, 0) >= 6 else 0.0
        return whole + (worth.get(code) or 1.0) * (1 + len(word) / length)

    def _place_in_field(self, held: bytes, word: bytes) -> int:
        start = held.find(SECTION + self.code)
        while start >= 0:
            end = held.find(SECTION, start + 1)
            place = held.find(word, start + 3, len(held) if end < 0 else end)
            if place >= 0:
                return place
            start = held.find(SECTION + self.code, start + 1)
        return -1
