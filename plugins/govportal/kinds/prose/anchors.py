"""Permanent anchors of headings and articles, and a heading outline without gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from govportal.han import article_anchor, chinese_number

_NUMBERED = re.compile(r"第([零〇一二三四五六七八九十百]+|\d+)(编|章|节)")
_NAMES = {"编": "part", "章": "chapter", "节": "division"}


def heading_anchor(text: str) -> str:
    """第二章 总则 to `chapter-2`; other headings get a name from their words, so that it survives reordering."""
    if found := _NUMBERED.match(text):
        return f"{_NAMES[found[2]]}-{chinese_number(found[1])}"
    if article := article_anchor(text):
        return article[0]
    return "heading-" + blake2b(" ".join(text.split()).encode(), digest_size=4).hexdigest()


class Anchors:
    """Gives each anchor of one page once: a second `chapter-1` becomes `chapter-1-2`... with a double hyphen."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, anchor: str) -> str:
        """The anchor itself the first time, then `anchor--2`, `anchor--3`."""
        count = self._seen[anchor] = self._seen.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}--{count}"


def outline(levels: Sequence[int]) -> list[int]:
    """Heading levels shifted to begin at 2 (1 is the page's title) and never to skip one on the way down."""
    shown: list[int] = []
    open_levels: list[int] = []
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        shown.append(min(len(open_levels) + 1, 6))
    return shown
