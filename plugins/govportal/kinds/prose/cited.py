"""Links on the documents that a text names: put into safe HTML, never inside another link, a heading, code or a tag."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from govportal.citations import find

Links = Mapping[str, Mapping[str, Any]]
"""For each citation as written: `href`, `skip` (the words before a number that are no part of it), and `state`."""

_NO_LINKS = re.compile(
    r"<(a|h[1-6]|pre|code)\b(?:[^>\"]|\"[^\"]*\")*>.*?</\1>|<(?:[^>\"]|\"[^\"]*\")*>", re.DOTALL
)


def link_citations(made: str, links: Links) -> str:
    """HTML with a link on every title 《…》 and every number that stands in `links`.

    A number in brackets right behind a title that leads to the same page stays as it is: one link is enough.
    """
    if not links:
        return made
    closed = [found.span() for found in _NO_LINKS.finditer(made)]
    pieces: list[str] = []
    done = place = 0
    last: tuple[int, str] = (-9, "")
    for one in find(made):
        while place < len(closed) and closed[place][1] <= one.start:
            place += 1
        link = links.get(html.unescape(one.written))
        if link is None or one.start < done or (place < len(closed) and closed[place][0] < one.end):
            continue
        inside = made[one.start] == "《"
        start = one.start + (1 if inside else link["skip"])
        end = one.end - (1 if inside else 0)
        if not inside and last[1] == link["href"] and start - last[0] <= 4:
            continue
        pieces += [
            made[done:start],
            f'<a class="citation" href="{html.escape(link["href"])}">{made[start:end]}</a>',
        ]
        if link["state"]:
            pieces += [
                made[end : one.end],
                f'<span class="cited-state" data-state="{html.escape(link["state"])}"></span>',
            ]
            end = one.end
        done = end
        last = (one.end, link["href"])
    return "".join([*pieces, made[done:]])
