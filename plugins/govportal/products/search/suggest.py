"""`words/<digest>.bin` for 您是不是要找: words that occur here, and how characters are read.

Packed (see `packed.py`); inside:

    texts       words that occur in titles, names of columns, organs and types, and among official words, ordered by
                code points; only words whose folded form (see `analyse.py`) is the word itself
    texts       readings: a syllable in a–z, then all characters that are read so; a character may be read in several
                ways; a character of no syllable, a letter or a digit is read as itself

A query of one word is compared with every word, and the nearest are proposed, unless the query is one itself. The
distance of two words is

    0       they sound the same: letter by letter they share a reading, or one is typed in Latin letters, and is one
            reading after the other of the other
    1, 2    so many letters must be put in, taken out, changed or swapped with the next to come from one to the other,
            where letters that share a reading are the same; at most 1 for words of less than six letters, and never
            all letters of a word but one

Nearest first, then words that begin with the same letter as the query, then in order of the list; at most MOST.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import packed, pinyin
from .analyse import fold

MOST = 3
COMMON = 3755
"""So many first characters of GB 2312, the common ones, are always among the readings."""
SHORTEST, LONGEST = 2, 10
BREAK = re.compile(
    "[^\u3400-\u9fff]+|关于|印发|转发|有关|进一步|做好|开展|实施|切实|加强|工作|的|和|与|及|等|在|对|为|将|由|向|并|或|第[〇一二三四五六七八九十]+"
)


def phrases(title: str) -> set[str]:
    """The words of a title, folded: its runs of Chinese between words that only join."""
    return {piece for piece in BREAK.split(fold(title)) if SHORTEST <= len(piece) <= LONGEST}


def common(found: Iterable[set[str]]) -> set[str]:
    """Words that occur in two or more titles, given the words of each."""
    once: set[str] = set()
    twice: set[str] = set()
    for words in found:
        twice |= words & once
        once |= words
    return twice


def write(words: Iterable[str]) -> bytes:
    """The file, not packed; b"" without a word."""
    known = sorted({word for word in map(fold, words) if SHORTEST <= len(word) <= LONGEST})
    if not known:
        return b""
    shown = set("".join(known))
    readings = [
        syllable + "".join(one for one in characters if one in shown or _is_common(one))
        for syllable, characters in pinyin.groups()
    ]
    return packed.texts_bytes(known) + packed.texts_bytes([one for one in readings if not one.isascii()])


def _is_common(character: str) -> bool:
    high, low = character.encode("gb2312")
    return (high - 0xB0) * 94 + low - 0xA1 < COMMON


@dataclass(frozen=True)
class Suggest:
    """What the file says."""

    words: list[str]
    readings: dict[str, set[str]] = field(default_factory=dict)

    def read(self, letter: str) -> set[str]:
        """All ways to read a letter."""
        return self.readings.get(letter, {letter})

    def sounds(self, word: str) -> list[set[str]]:
        """All ways to read each letter of a word."""
        return [self.read(letter) for letter in word]

    def nearest(self, query: str) -> list[str]:
        """Words to propose for a folded query of one word."""
        if query in self.words:
            return []
        asked = self.sounds(query)
        allowed = 1 if len(query) < 6 else 2
        found = []
        for at, word in enumerate(self.words):
            far = 0 if _spelt(query, self.sounds(word)) else _distance(asked, self.sounds(word), allowed)
            if (far <= allowed and far < min(len(query), len(word)) - 1) or far == 0:
                found.append((far, word[0] != query[0], at, word))
        return [word for _, _, _, word in sorted(found)[:MOST]]


def read(content: bytes) -> Suggest:
    """The words and the readings."""
    reader = packed.Reader(packed.unpack(content))
    words = reader.texts()
    readings: dict[str, set[str]] = {}
    for group in reader.texts():
        characters = group.lstrip("abcdefghijklmnopqrstuvwxyz")
        for character in characters:
            readings.setdefault(character, set()).add(group[: len(group) - len(characters)])
    return Suggest(words, readings)


def _spelt(query: str, sounds: Sequence[set[str]]) -> bool:
    """Whether a query in Latin letters is one reading after the other."""
    if not query.isascii():
        return False
    ends = {0}
    for readings in sounds:
        ends = {end + len(one) for end in ends for one in readings if query.startswith(one, end)}
    return len(query) in ends


def _distance(asked: Sequence[set[str]], found: Sequence[set[str]], allowed: int) -> int:
    """How many steps lie between two words; more than `allowed` is not told apart."""
    if abs(len(asked) - len(found)) > allowed:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(found) + 1))
    for at, mine in enumerate(asked, 1):
        older, before = before, row
        row = [at]
        for place, theirs in enumerate(found, 1):
            step = min(before[place] + 1, row[-1] + 1, before[place - 1] + mine.isdisjoint(theirs))
            if at > 1 and place > 1 and mine & found[place - 2] and asked[at - 2] & theirs:
                step = min(step, older[place - 2] + 1)
            row.append(step)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
