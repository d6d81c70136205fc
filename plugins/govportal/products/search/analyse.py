"""The one rule by which text becomes letters and letters become grams; the browser's half is `analyse.js`.

Both halves are held together by `tests/golden/search/vectors.json`.

Letters
    Every code point is folded by itself: compatibility decomposition (NFKD), lower case, `○` read as `〇`;
    of the result only letters and numbers stay (Unicode categories L* and N*, and everything in planes 2
    and 3, which hold nothing but ideographs). So full width equals half width, `Ａ` equals `a`, `①` equals
    `1`, `é` equals `e`, and punctuation, spaces, line ends, symbols and accents are gone. Because each code
    point is folded by itself, `fold(a + b) == fold(a) + fold(b)` for all texts.

What "substring" means
    A word `w` is found in a field (title, document number, index number or body) exactly when `fold(w)` has
    two or more letters and `fold(w) in fold(field)`. Dropped characters do not separate: 甲、乙 is found by
    甲乙, and 〔2017〕9号 by [2017]9, (2017)9号 and 20179; line ends inside the body do not separate either.
    Fields do separate: no word is found half in the title and half in the body.

A query
    White space (Unicode Z*, tab to carriage return, U+0085) divides a query into words, and all words must
    be found, each in any field. A word of one letter is only checked on the text of what the others found;
    when every word has but one letter, they are joined into one word (水 土 保 持 is 水土保持). Hence every
    piece of a field, typed with its punctuation and spaces as it stands there, finds its record.

Grams
    Every two adjacent letters are a gram; every three adjacent letters of a-z0-9 are a gram too. A gram's
    place is the count of letters before it in its field. Of all its places in a field the index keeps one
    byte: bit `place % 8` is set. A word that stands at place `p` has its gram of offset `i` at place `p + i`,
    so the bytes of its grams, each turned right by its offset, share a bit: a test that never rejects a true
    match.

Whole match
    `whole_key` is one more key, for a title or number as a whole without a final 号: `=` and the 32-bit
    FNV-1a hash of the UTF-16 code units in eight hexadecimal digits.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import cycle
from operator import add

ALL_TEXT_PLANES = range(0x20000, 0x40000)
LATIN_RUNS = re.compile(r"[a-z0-9]{3,}")
BITS = tuple(1 << place for place in range(8))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or ord(character) in ALL_TEXT_PLANES


def _fold_character(character: str) -> str:
    if character == "○":
        return "〇"
    plain = unicodedata.normalize("NFKD", character).lower()
    return "".join(letter for letter in plain if _is_letter(letter))


class _FoldTable(dict[int, str]):
    """Folded forms by code point, filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The letters of a text: lower case, one width, nothing but letters and numbers."""
    return text.translate(_TABLE)


def _is_space(character: str) -> bool:
    return character in "\t\n\v\f\r\x85" or unicodedata.category(character)[0] == "Z"


def words(query: str) -> tuple[list[str], list[str]]:
    """A query as (words of two or more letters, words of one letter), folded, each once, in order."""
    spaced = "".join(" " if _is_space(character) else character for character in query)
    found = [folded for folded in map(fold, spaced.split(" ")) if folded]
    if len(found) > 1 and all(len(word) == 1 for word in found):
        found = ["".join(found)]
    unique = list(dict.fromkeys(found))
    return [word for word in unique if len(word) > 1], [word for word in unique if len(word) == 1]


def gram_masks(fields: Iterable[str]) -> dict[str, int]:
    """For folded fields: every gram with the byte of its places (each field counts from nought)."""
    masks: dict[str, int] = {}
    get = masks.get
    for letters in fields:
        for gram, bit in zip(map(add, letters, letters[1:]), cycle(BITS), strict=False):
            masks[gram] = get(gram, 0) | bit
        for run in LATIN_RUNS.finditer(letters):
            for place in range(run.start(), run.end() - 2):
                gram = letters[place : place + 3]
                masks[gram] = get(gram, 0) | BITS[place % 8]
    return masks


def query_grams(word: str) -> list[tuple[str, int]]:
    """The grams that cover a folded word, with their offsets: triples for longer Latin runs, else pairs."""
    found: list[tuple[str, int]] = []
    for place in range(len(word) - 1):
        pair, triple = word[place : place + 2], word[place : place + 3]
        if len(triple) == 3 and triple.isascii():
            found.append((triple, place))
        elif not (pair.isascii() and place > 0 and word[place - 1].isascii()):
            found.append((pair, place))
    return found


def turned(mask: int, offset: int) -> int:
    """The places at which a query may begin, from the places of its gram at this offset."""
    offset %= 8
    return (mask >> offset | mask << (8 - offset)) & 255


def whole_key(letters: str) -> str:
    """The key under which a whole folded title or document number is listed; 号 at the end does not count."""
    units = letters.removesuffix("号").encode("utf-16-le")
    state = 0x811C9DC5
    for unit in range(0, len(units), 2):
        state = (state ^ (units[unit] | units[unit + 1] << 8)) * 0x01000193 & 0xFFFFFFFF
    return f"={state:08x}"
