"""What no official text contains and Markdown would choke on: refused before it is drawn.

Python-Markdown looks for the end of every bracket, tag and list again and again, so a few kilobytes of unclosed brackets
keep it busy for hours. Each limit is far above anything a person writes and keeps the work in proportion to the size.
"""

from __future__ import annotations

import re

BLOCK_LENGTH = 200_000
BLOCK_LINES = 10_000
OPEN_BRACKETS = 50
OPEN_TAGS = 200
NESTED_TAGS = 2_000
DEPTH = 50
NOTES = 1_000

_DEEP = re.compile(rf"^ *(?:> *){{{DEPTH}}}|^ {{{4 * DEPTH},}}(?:[-*+]|\d+\.)", re.MULTILINE)
_BRACKET = re.compile(r"[\[\](){}]|\n[ \t]*\n")
_CLOSES = {"]": "[", ")": "(", "}": "{"}
_TAG = re.compile(r"<[a-zA-Z!/?]|>")
_ELEMENT = re.compile(r"<(/?)(?!(?:br|hr|img|p|li|td|th|tr|col|dt|dd|wbr)\b)[a-zA-Z]")
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]*\]:", re.MULTILINE)


def too_much(text: str) -> tuple[str, str] | None:
    """Why a body cannot be drawn and what to do about it; None when it can."""
    if _DEEP.search(text.expandtabs(4)):
        return f"引用或列表超过 {DEPTH} 层", "减少引用或列表的层次"
    if len(text) > BLOCK_LENGTH or text.count("\n") > BLOCK_LINES:
        for block in re.split(r"\n[ \t]*\n", text):
            if len(block) > BLOCK_LENGTH or block.count("\n") > BLOCK_LINES:
                return (
                    f"有一段长达 {len(block)} 字、{block.count(chr(10)) + 1} 行",
                    "在段落之间空一行；图片和数据放进附件",
                )
    if text.count("[") + text.count("(") + text.count("{") > OPEN_BRACKETS and _brackets_left_open(text):
        return f"有一段里没有配对的括号超过 {OPEN_BRACKETS} 个", "补上配对的括号，或删掉多余的"
    if text.count("<") > OPEN_TAGS and _tags_left_open(text):
        return (
            f"没有写完的网页标签超过 {OPEN_TAGS} 个",
            "去掉网页代码，只写文字；从 Word 粘贴时选“只保留文本”",
        )
    if len(_NOTE.findall(text)) > NOTES:
        return f"脚注超过 {NOTES} 条", "把脚注写进正文或附件"
    return None


def _brackets_left_open(text: str) -> bool:
    """Whether some paragraph has too many brackets open at one place."""
    open_now = dict.fromkeys("[({", 0)
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark in open_now:
            open_now[mark] += 1
            if open_now[mark] > OPEN_BRACKETS:
                return True
        elif mark in _CLOSES:
            open_now[_CLOSES[mark]] = max(0, open_now[_CLOSES[mark]] - 1)
        else:
            open_now = dict.fromkeys("[({", 0)
    return False


def _tags_left_open(text: str) -> bool:
    """Whether too many tags are never finished, or stand inside one another."""
    unfinished = open_now = 0
    for found in _TAG.finditer(text):
        unfinished += open_now if found[0] != ">" else 0
        open_now = found[0] != ">"
        if unfinished > OPEN_TAGS:
            return True
    nested = 0
    for found in _ELEMENT.finditer(text):
        nested = max(0, nested - 1) if found[1] else nested + 1
        if nested > NESTED_TAGS:
            return True
    return False
