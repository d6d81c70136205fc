"""`words/<digest>.bin`: what citizens say, and what official texts say.

Packed (see `packed.py`); inside: texts. Each text is a group of words, folded (see `analyse.py`) and divided by spaces:
the first is official, the further ones are what citizens say.

A word of a query that contains a citizens' word is also asked with the official word in its place. From the left, the
longest word that stands there counts, official ones as well, which are not replaced; one word is replaced at a time.
A form in which the word itself stands finds nothing new and is left out; at most MOST are asked. Records that have
the query as it was typed come before those that have only a replaced one.
"""

from collections.abc import Iterable, Sequence

from . import packed
from .analyse import fold


def texts(groups: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """The texts, from official words with what is said instead; words that fold to less than two letters are left out."""
    found = []
    for official, said in groups:
        first, *words = dict.fromkeys(map(fold, (official, *said)))
        words = [word for word in words if len(word) > 1]
        if len(first) > 1 and words:
            found.append(" ".join((first, *words)))
    return sorted(found)


def write(found: Sequence[str]) -> bytes:
    """The file, not packed; nothing when there is no text."""
    return packed.texts_bytes(list(found)) if found else b""


def read(content: bytes) -> list[str]:
    """The texts."""
    return packed.Reader(packed.unpack(content)).texts()


MOST = 4
"""How many replaced forms of a word are asked for."""


def replaced(texts: Iterable[str], word: str) -> list[str]:
    """A folded word with each way to replace what citizens say in it, without itself."""
    known: dict[str, list[str]] = {}
    for official, *said in map(str.split, texts):
        known.setdefault(official, [])
        for one in said:
            known.setdefault(one, []).append(official)
    found: list[str] = []
    at = 0
    while at < len(word):
        length = next((size for size in range(len(word) - at, 1, -1) if word[at : at + size] in known), 0)
        if length:
            found += [word[:at] + other + word[at + length :] for other in known[word[at : at + length]]]
        at += length or 1
    return [one for one in dict.fromkeys(found) if word not in one][:MOST]
