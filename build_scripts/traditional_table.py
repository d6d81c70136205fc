"""Make the table of traditional characters for the browser from the dictionaries of OpenCC.

    python build_scripts/traditional_table.py

Writes plugins/govportal_theme/assets/js/aids/traditional.txt. Needs `opencc` (requirements-test.txt), whose s2t it follows:
the longest phrase of STPhrases first, else the first form of STCharacters.

The table is UTF-8 text:

    line 1   where it comes from, and its licence
    line 2   pairs of characters, simplified and traditional, without separator
    others   a phrase each, sorted: how many characters it shares with the phrase before (one figure of base 36), the
             rest of it, and where its traditional form is not that of its characters, a tab and pairs of place (base
             36, from 0) and character
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

TABLE = Path(__file__).parents[1] / "plugins/govportal_theme/assets/js/aids/traditional.txt"
DICTIONARIES = ("STPhrases_GeneratedFromRegionalPhrases", "STPhrases")
FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz"


def dictionary(name: str) -> dict[str, str]:
    """A dictionary of the installed OpenCC: words and the first form given for each."""
    import opencc

    home = Path(str(opencc.__file__)).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        subprocess.run(
            [
                str(home / "bin" / "opencc_dict"),
                *("-i", str(home / "share/opencc" / f"{name}.ocd2")),
                *("-f", "ocd2", "-t", "text", "-o", str(text)),
            ],
            check=True,
            capture_output=True,
        )
        lines = text.read_text(encoding="utf-8").splitlines()
    return {word: forms.split(" ")[0] for word, forms in (line.split("\t") for line in lines if line)}


def convert(
    text: str, phrases: Mapping[str, str], characters: Mapping[str, str], longest: int
) -> tuple[str, list[int]]:
    """The longest phrase first, else the character; and where, after the beginning, a piece begins."""
    made, starts, at = "", [], 0
    while at < len(text):
        if at:
            starts.append(at)
        for length in range(min(longest, len(text) - at), 0, -1):
            if (found := phrases.get(text[at : at + length])) is not None:
                made, at = made + found, at + length
                break
        else:
            made, at = made + characters.get(text[at], text[at]), at + 1
    return made, starts


def needed(phrases: Mapping[str, str], characters: Mapping[str, str]) -> dict[str, str]:
    """The phrases without those that change the conversion of no text whatever.

    One is left out when the others give the same for it, and no piece of what they cut it into could go on into what
    follows it.
    """
    left = dict(phrases)
    beginnings = Counter(word[:length] for word in left for length in range(1, len(word)))
    longest = max(map(len, left))
    changed = True
    while changed:
        changed = False
        for word in sorted(left, key=lambda one: (-len(one), one)):
            form = left.pop(word)
            own = [word[:length] for length in range(1, len(word))]
            beginnings.subtract(own)
            made, starts = convert(word, left, characters, longest)
            if made == form and not any(beginnings[word[start:]] for start in starts):
                changed = True
            else:
                left[word] = form
                beginnings.update(own)
    return left


def lines(phrases: Mapping[str, str], characters: Mapping[str, str]) -> Iterator[str]:
    """The lines of the table."""
    version = importlib.metadata.version("opencc")
    yield f"OpenCC {version} s2t, https://github.com/BYVoid/OpenCC, Apache License 2.0 (traditional.LICENSE.txt)"
    yield "".join(sign + form for sign, form in sorted(characters.items()) if sign != form)
    before = ""
    for word in sorted(phrases):
        shared = next(
            (at for at, pair in enumerate(zip(word, before, strict=False)) if pair[0] != pair[1]),
            min(len(word), len(before)),
        )
        plain = [characters.get(sign, sign) for sign in word]
        changes = "".join(
            FIGURES[at] + form
            for at, (form, usual) in enumerate(zip(phrases[word], plain, strict=True))
            if form != usual
        )
        yield FIGURES[shared] + word[shared:] + (f"\t{changes}" if changes else "")
        before = word


def table() -> bytes:
    """The whole table."""
    characters = dictionary("STCharacters")
    phrases: dict[str, str] = {}
    for name in DICTIONARIES:
        phrases |= dictionary(name)
    return ("\n".join(lines(needed(phrases, characters), characters)) + "\n").encode()


if __name__ == "__main__":
    data = table()
    TABLE.write_bytes(data)
    print(f"{TABLE.name}: {len(data)} bytes")
