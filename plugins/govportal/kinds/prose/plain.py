"""An exact short cut: Markdown that is only plain paragraphs, headings and simple tables, which is most of an official text.

The result is byte for byte what the full renderer gives; at the first sign of anything else it gives None and the
full renderer does the work. A test holds the two together.
"""

from __future__ import annotations

import re

from govportal.han import article_anchor
from govportal.kinds.prose.anchors import Anchors, heading_anchor, outline

# Any of these may mean something to Markdown or HTML, so the short cut steps aside. A bar is looked at by block.
_DOUBT = re.compile(r"[\\`*_\[\]<>&{}~\t\u00a0]")
_NUMBERED = re.compile(r"\d+[.)]")
_HEADING = re.compile(r"(#{1,6}) (\S.*)")
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])\n(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])"
)
_ROW = re.compile(r"\|.*\|")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")


def article_paragraph(text: str, anchors: Anchors) -> str:
    """A paragraph; one that begins with an article number gets its permanent anchor and link."""
    found = article_anchor(text) if text[0] == "第" else None
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


def simple_table(block: str) -> str | None:
    """A table whose every row begins and ends with a bar; None when it is anything else."""
    lines = block.split("\n")
    if len(lines) < 3 or not _RULE.fullmatch(lines[1]) or not all(_ROW.fullmatch(line) for line in lines):
        return None
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    if any(len(row) != len(rows[0]) for row in rows):
        return None
    classes = []
    for mark in rows[1]:
        side = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(
            (mark.startswith(":"), mark.endswith(":"))
        )
        classes.append(f' class="align-{side}"' if side else "")
    head = "\n".join(
        f'<th{mark} scope="col">{cell}</th>' for cell, mark in zip(rows[0], classes, strict=True)
    )
    body = "\n".join(
        "<tr>\n"
        + "\n".join(f"<td{mark}>{cell}</td>" for cell, mark in zip(row, classes, strict=True))
        + "\n</tr>"
        for row in rows[2:]
    )
    return f"<table>\n<thead>\n<tr>\n{head}\n</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _line_is_plain(line: str) -> bool:
    """Whether a line's beginning and end mean nothing to Markdown."""
    first = line[0]
    if (
        first in "-+=:"
        or first.isspace()
        or line[-1].isspace()
        or (first.isdigit() and _NUMBERED.match(line))
    ):
        return False
    return "#" not in line or (
        first == "#" and _HEADING.fullmatch(line) is not None and "#" not in line.lstrip("#")
    )


def read_plain(text: str) -> list[tuple[int, str]] | None:
    """The blocks of plain prose: headings by level, paragraphs (0), tables as HTML (-1). None in any doubt."""
    if _DOUBT.search(text):
        return None
    blocks: list[tuple[int, str]] = []
    for block in text.strip("\n").split("\n\n"):
        block = block.strip("\n")
        if not block:
            continue
        if "|" in block:
            table = simple_table(block)
            if table is None:
                return None
            blocks.append((-1, table))
        elif "\n" in block:
            if not all(line and _line_is_plain(line) and line[0] != "#" for line in block.split("\n")):
                return None
            # The article number is an element of its own, so a line that ends with it keeps its end.
            number = article_anchor(block)
            head = number[1] if number else ""
            blocks.append((0, head + join_wide_lines(block[len(head) :])))
        elif not _line_is_plain(block):
            return None
        elif block[0] == "#":
            level = len(block) - len(block.lstrip("#"))
            blocks.append((level, block[level + 1 :]))
        else:
            blocks.append((0, block))
    return blocks


def plain_headings(blocks: list[tuple[int, str]], anchors: Anchors) -> list[tuple[int, str, str]]:
    """The headings among plain blocks as (level shown, words, anchor)."""
    levels = outline([level for level, _ in blocks if level > 0])
    words = [words for level, words in blocks if level > 0]
    return [
        (level, " ".join(one.split()), anchors.unique(heading_anchor(one)))
        for level, one in zip(levels, words, strict=True)
    ]


def render_plain(text: str) -> tuple[str, list[tuple[int, str, str]]] | None:
    """HTML and headings (level, text, anchor) of plain prose; None in any doubt."""
    blocks = read_plain(text)
    if blocks is None:
        return None
    anchors = Anchors()
    # Headings take their anchors first, as they do in the full renderer.
    headings = plain_headings(blocks, anchors)
    given = iter(headings)
    lines: list[str] = []
    for level, words in blocks:
        if level > 0:
            shown, _, anchor = next(given)
            lines.append(f'<h{shown} id="{anchor}">{words}</h{shown}>')
        else:
            lines.append(words if level else article_paragraph(words, anchors))
    return "\n".join(lines), headings
