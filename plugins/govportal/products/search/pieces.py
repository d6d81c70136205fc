"""Long texts in pieces, so that what is known of an entry says where in a text a word may stand, and little is loaded.

How many pieces a text has follows from a length that is known before the text itself is: that of its Markdown and of
the words added to it. The text is then cut evenly. Each piece goes on for OVERLAP letters (see `analyse.py`) into the
next, so that a word of at most OVERLAP letters stands wholly in one of them; a longer word of a query is cut. MARK at
the beginning or end of a piece says that the text goes on there; it has no letters.
"""

from bisect import bisect_left, bisect_right

from .analyse import letters_at

PIECE = 2000
"""Letters of a piece, at most, without the overlap."""
OVERLAP = 200
MOST = 256
"""Pieces of a text; a longer text has longer ones."""
MARK = "……"


def count_for(length: int) -> int:
    """Into how many pieces a text of about so many characters is cut."""
    return min(MOST, max(1, -(-length // PIECE)))


def cut(text: str, count: int) -> tuple[str, ...]:
    """So many pieces of a text; the last are empty if it is shorter than was thought."""
    if count == 1:
        return (text,)
    letters = letters_at(text)
    whole = letters[-1] if letters else 0
    step = -(-whole // min(count, max(1, -(-whole // PIECE))))
    found: list[str] = []
    for at in range(count):
        start = bisect_right(letters, at * step) if at else 0
        end = bisect_left(letters, (at + 1) * step + OVERLAP) + 1
        found.append((MARK if at else "") + text[start:end] + (MARK if end < len(text) else ""))
        if end >= len(text):
            break
    return (*found, *[""] * (count - len(found)))
