"""An exact short cut: Markdown that is only plain paragraphs and headings, which is most of an official text.

The result is byte for byte what the full renderer gives; at the first sign of anything else it gives None and the
full renderer does the work. A test holds the two together.
"""

from __future__ import annotations

import re

from govportal.han import article_anchor
from govportal.kinds.prose.anchors import Anchors, heading_anchor, outline

# Any of these may mean something to Markdown or HTML, so the short cut steps aside.
_DOUBT = re.compile(
    r"[\\`*_\[\]<>&|{}~\t]|^\s*[ \u3000\u00a0]|[ \u3000\u00a0]$|^[-+=:]|^\d+[.)]|[^#\n]#|#{7}|^#+$",
    re.MULTILINE,
)
_HEADING = re.compile(r"(#{1,6}) (\S.*)")
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])\n(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])"
)


def article_paragraph(text: str, anchors: Anchors) -> str:
    """A paragraph; one that begins with an article number gets its permanent anchor and link."""
    found = article_anchor(text)
    if found is None:
        return f"<p>{text}</p>"
    anchor = anchors.unique(found[0])
    return (
        f'<p id="{anchor}"><strong class="article-number">{found[1]}</strong>{text[len(found[1]) :]}'
        f'<a aria-label="{found[1]}的链接" class="permalink" href="#{anchor}">¶</a></p>'
    )


def join_wide_lines(text: str) -> str:
    """A line break between two Chinese characters is no space."""
    return _WIDE_BREAK.sub("", text)


def render_plain(text: str) -> tuple[str, list[tuple[int, str, str]]] | None:
    """HTML and headings (level, text, anchor) of plain prose; None in any doubt."""
    if _DOUBT.search(text):
        return None
    blocks: list[tuple[int, str]] = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        if not block:
            continue
        if "#" in block:
            heading = _HEADING.fullmatch(block)
            if heading is None:
                return None
            blocks.append((len(heading[1]), heading[2]))
        else:
            blocks.append((0, join_wide_lines(block)))
    levels = iter(outline([level for level, _ in blocks if level]))
    anchors = Anchors()
    headings: list[tuple[int, str, str]] = []
    # Headings take their anchors first, as they do in the full renderer.
    for level, words in blocks:
        if level:
            headings.append((next(levels), " ".join(words.split()), anchors.unique(heading_anchor(words))))
    given = iter(headings)
    lines: list[str] = []
    for level, words in blocks:
        if level:
            shown, _, anchor = next(given)
            lines.append(f'<h{shown} id="{anchor}">{words}</h{shown}>')
        else:
            lines.append(article_paragraph(words, anchors))
    return "\n".join(lines), headings
