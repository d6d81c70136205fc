"""The one rule by which text becomes letters and letters become grams; the browser's half is `analyse.js`.

Both halves, and the desk's Whoosh, are held together by `tests/golden/search/vectors.json`.

Letters
    Every code point is folded by itself: compatibility decomposition (NFKD), lower case, `○` and `零` read as
    `〇`, traditional characters and variants read as the simplified one (`variants.py`); of the result only
    letters and numbers stay (Unicode categories L* and N*, and everything in planes 2 and 3, which hold nothing
    but ideographs). So full width equals half width, `Ａ` equals `a`, `①` equals `1`, `é` equals `e`, `機關`
    equals `机关`, and punctuation, spaces, line ends, symbols and accents are gone. Because each code point is
    folded by itself, `fold(a + b) == fold(a) + fold(b)` for all texts.

What "substring" means
    A word `w` is found in a field (title, document number, index number or body) exactly when `fold(w)` has
    two or more letters and `fold(w) in fold(field)`. Dropped characters do not separate: 甲、乙 is found by
    甲乙, and 〔2017〕9号 by [2017]9, (2017)9号 and 20179; line ends inside the body do not separate either.
    Fields do separate: no word is found half in the title and half in the body.

A query
    White space (Unicode Z*, tab to carriage return, U+0085) divides a query into words, and all words must
    be found, each in any field of the record or in the text of any of its attachments. A word of one letter is
    only checked on the text of what the others found; when every word has but one letter, they are joined into
    one word (水 土 保 持 is 水土保持). A word of more than 200 letters is cut to these (see `pieces.py`). Hence
    every piece of a field of up to 200 letters, typed with its punctuation and spaces as it stands there, finds
    its record. A record is left out when an excluded word stands in any of its fields or attachments.

Other forms
    Numerals are not rewritten in the index. A query asks for a word in any of its forms: `2017年3月` also as
    `二〇一七年三月`, `第二十三条` as `第23条`, `50000元` as `5万元` and `五万元`, and the other way about.

Grams
    Every two adjacent letters are a gram; every three adjacent letters of a-z0-9 are a gram too. Of all places
    of a gram in its fields the index keeps one byte, what follows: the bit of the next letter, `(c ^ c >> 3 ^
    c >> 6) & 7` of its code point, is set for every place that has a next letter. A word that contains a gram
    and a letter after it can only stand where that letter's bit is set: a test that never rejects a true match,
    and that a change elsewhere in the text does not touch.

Whole match
    `whole_key` is one more key, for a title or number as a whole without a final 号: `=` and the 32-bit
    FNV-1a hash of the UTF-16 code units in eight hexadecimal digits. A document number has another, for its
    parts (issuer, year, serial number) in the order of their code units, divided by spaces.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate
from operator import add

from . import variants

ALL_TEXT_PLANES = range(0x20000, 0x40000)
LATIN_RUNS = re.compile(r"[a-z0-9]{3,}")
SIMPLE = dict(variants.pairs()) | {"○": "〇", "零": "〇"}


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or ord(character) in ALL_TEXT_PLANES


def _fold_character(character: str) -> str:
    if character in SIMPLE:
        return SIMPLE[character]
    plain = unicodedata.normalize("NFKD", character).lower()
    return "".join(SIMPLE.get(letter, letter) for letter in plain if _is_letter(letter))


class _FoldTable(dict[int, str]):
    """Folded forms by code point, filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


class _BitTable(dict[int, int]):
    """The bit of a letter by code point, filled as they are met."""

    def __missing__(self, code: int) -> int:
        bit = self[code] = 1 << ((code ^ code >> 3 ^ code >> 6) & 7)
        return bit


_TABLE = _FoldTable()
_BITS = _BitTable()


def fold(text: str) -> str:
    """The letters of a text: lower case, one width, one form, nothing but letters and numbers."""
    return text.translate(_TABLE)


def letters_at(text: str) -> list[int]:
    """For every character of a text, how many letters stand up to its end."""
    return list(accumulate(map(len, map(_TABLE.__getitem__, map(ord, text)))))


VARIANTS_OF_A_TEXT = re.compile("[" + "".join(dict(variants.pairs())) + "]")


def variants_in(text: str) -> str:
    """The traditional characters and variants of a text, each followed by the character that stands for it."""
    return "".join(one + SIMPLE[one] for one in sorted(set(VARIANTS_OF_A_TEXT.findall(text))))


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
    """For folded fields: every gram with the byte of what follows it."""
    masks: dict[str, int] = {}
    get = masks.get
    for letters in fields:
        following = letters[2:].translate(_BITS).encode("latin-1") + b"\0"
        for gram, bit in zip(map(add, letters, letters[1:]), following, strict=False):
            masks[gram] = get(gram, 0) | bit
        for run in LATIN_RUNS.finditer(letters):
            for place in range(run.start(), run.end() - 2):
                gram = letters[place : place + 3]
                masks[gram] = get(gram, 0) | (following[place + 1] if place + 1 < len(following) else 0)
    return masks


def query_grams(word: str) -> list[tuple[str, int]]:
    """The grams that cover a folded word, each with the bit that must follow; triples for longer Latin runs, else pairs."""
    found: list[tuple[str, int]] = []
    bits = [_BITS[ord(letter)] for letter in word] + [0, 0]
    for place in range(len(word) - 1):
        pair, triple = word[place : place + 2], word[place : place + 3]
        if len(triple) == 3 and triple.isascii():
            found.append((triple, bits[place + 3]))
        elif not (pair.isascii() and place > 0 and word[place - 1].isascii()):
            found.append((pair, bits[place + 2]))
    return found


def _hash(text: str) -> int:
    state = 0x811C9DC5
    for character in text:
        code = ord(character)
        if code > 0xFFFF:
            state = (state ^ (0xD7C0 + (code >> 10))) * 0x01000193 & 0xFFFFFFFF
            code = 0xDC00 | (code & 0x3FF)
        state = (state ^ code) * 0x01000193 & 0xFFFFFFFF
    return state


def whole_key(letters: str) -> str:
    """The key under which a whole folded title or document number is listed; 号 at the end does not count."""
    return f"={_hash(letters.removesuffix('号')):08x}"


NUMBER_PARTS = re.compile(r"([^0-9]*)((?:19|20)[0-9]{2})0*([0-9]{1,5})号?")


def parts_key(letters: str) -> str:
    """The key of a folded document number by its parts; '' when it is not issuer, year and serial number."""
    found = NUMBER_PARTS.fullmatch(letters)
    return whole_key(" ".join(sorted(found.groups()))) if found and found[1] else ""


def shard_of(key: str, count: int) -> int:
    """Which of so many shards (a power of two) holds a key."""
    state = _hash(key)
    return (state ^ state >> 15) & (count - 1)


DIGITS = "〇一二三四五六七八九"
WORTH = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"亿": 10**8, "万": 10**4}
RUN = re.compile(
    "(第?)([0-9]{1,12}[万亿]?|[〇一二三四五六七八九十百千万亿两]{1,12})([年月日号条款项章节期批届次周天岁人个件户亩元名家所级类米吨]?)"
)


def _value(run: str) -> int:
    """What a numeral says; -1 when it says nothing."""
    if run[0] in "0123456789":
        return int(run[:-1]) * MYRIADS[run[-1]] if run[-1] in MYRIADS else int(run)
    if len(run) > 1 and all(letter in DIGITS for letter in run):
        return -1 if run[0] == "〇" else int("".join(str(DIGITS.index(letter)) for letter in run))
    return _counted(run)


def _counted(run: str) -> int:
    """What a numeral with units says."""
    for letter, worth in MYRIADS.items():
        before, found, after = run.rpartition(letter)
        if found:
            return (_counted(before) if before else 1) * worth + _counted(after)
    total = digit = 0
    for letter in run:
        if letter in WORTH:
            total, digit = total + (digit or 1) * WORTH[letter], 0
        else:
            digit = 2 if letter == "两" else DIGITS.index(letter)
    return total + digit


def _spoken(value: int) -> str:
    """A value as Chinese counts it, with 〇 for 零."""
    for letter, worth in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if value >= worth:
            head, rest = divmod(value, worth)
            first = "" if letter == "十" and head == 1 and value < 20 else _spoken(head)
            gap = "〇" if 0 < rest < worth // 10 else ""
            tail = "一" if 10 <= rest < 20 and worth > 10 else ""
            return first + letter + gap + tail + (_spoken(rest) if rest else "")
    return DIGITS[value]


def _figures(value: int, unit: str) -> str:
    return str(value)


def _short(value: int, unit: str) -> str:
    for letter, worth in MYRIADS.items():
        if value and value % worth == 0:
            return f"{value // worth}{letter}"
    return str(value)


def _chinese(value: int, unit: str) -> str:
    if unit == "年" and 1000 <= value < 3000:
        return "".join(DIGITS[int(digit)] for digit in str(value))
    return _spoken(value)


def forms(word: str) -> list[str]:
    """A folded word, and how else its numerals may be written."""

    def written(found: re.Match[str], write: Callable[[int, str], str]) -> str:
        before, run, unit = found.groups()
        sure = before or (unit and (unit in "年月日条" or len(run) > 1 or run.isascii()))
        value = -1 if not sure or (unit == "号" and len(run) > 4) else _value(run)
        return found[0] if value < 0 else before + write(value, unit) + unit

    ways = (_figures, _short, _chinese)
    return list(dict.fromkeys([word, *(RUN.sub(partial(written, write=way), word) for way in ways)]))
