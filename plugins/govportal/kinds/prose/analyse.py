"""What a body contains, found once when it is read: its summary, headings, links, files, and what had to be taken out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from hashlib import blake2b
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from govportal.citations import find
from govportal.kinds.prose.anchors import Anchors
from govportal.kinds.prose.limits import too_much
from govportal.kinds.prose.plain import plain_headings, read_plain
from govportal.kinds.prose.render import (
    ATTRIBUTES,
    TAGS,
    address_may_stand,
    plain_text,
    raw_html,
    render,
    sanitise,
)
from govportal.model import Body
from govportal.problems import At, Problem, error, warning
from govportal.source import CONTROL, DIRECTION

SUMMARY_LENGTH = 120
_NOT_PLAIN = re.compile(r"[<\[\]{&]|https?:")


class _Seen(HTMLParser):
    """Lists the tags, attributes and addresses of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.comments = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def handle_decl(self, decl: str) -> None:
        self.comments += 1

    def unknown_decl(self, data: str) -> None:
        self.comments += 1

    def handle_pi(self, data: str) -> None:
        self.comments += 1


def _read(made: str) -> _Seen:
    seen = _Seen()
    seen.feed(made)
    seen.close()
    return seen


def _taken_out(raw: str) -> list[tuple[str, str]]:
    """What the sanitiser removes, as (name for people, pattern that finds it in the source)."""
    out: dict[str, str] = {}
    seen = _read(raw)
    for tag, attributes in seen.tags:
        if tag not in TAGS:
            out.setdefault(f"<{tag}>", rf"<\s*{re.escape(tag)}")
            continue
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | {"rel"}
        for name, value in attributes:
            if name not in allowed:
                out.setdefault(f"{name}=", rf"{re.escape(name)}\s*=")
            elif name in ("href", "src", "cite") and not address_may_stand(name, value or ""):
                scheme = (value or "").split(":")[0].strip()[:20].casefold()
                out.setdefault(f"{scheme}: 地址", re.escape(scheme) + r"\s*:")
    if seen.comments:
        out.setdefault("HTML 注释", r"<[!?]")
    return list(out.items())


def _broken_addresses(raw: str) -> Iterator[str]:
    """The links that the sanitiser takes out because no browser could follow them."""
    for tag, attributes in _read(raw).tags:
        address = dict(attributes).get("href") or ""
        if (
            tag == "a"
            and ":" in address
            and address_may_stand("href", address)
            and "href" not in sanitise(f'<a href="{html.escape(address)}">x</a>')
        ):
            yield address


def _line_of(text: str, pattern: str) -> tuple[int, int]:
    # What stands behind entities or white space is found by the link or tag that holds it.
    found = re.search(pattern, text, re.IGNORECASE) or re.search(r"(?<=\]\()|<", text)
    if found is None:
        return 1, 1
    return text.count("\n", 0, found.start()) + 1, found.start() - (
        text.rfind("\n", 0, found.start()) + 1
    ) + 1


def summarise(words: str) -> str:
    """The first words of a text, cut at a sentence where that leaves enough."""
    text = " ".join(words.split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = max(text.rfind(mark, 40, SUMMARY_LENGTH) for mark in "。；！？")
    return text[: cut + 1] if cut > 0 else text[: SUMMARY_LENGTH - 1] + "…"


def analyse(path: str, text: str, first_line: int) -> tuple[Body, list[Problem]]:
    """What is known of a body that begins at a line of its file, and what is wrong with it."""
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    cited = tuple(dict.fromkeys(one.written for one in find(text)))
    problems: list[Problem] = []

    def at(pattern: str) -> At:
        line, column = _line_of(text, pattern)
        return At(path, first_line + line - 1, column)

    if (blocks := read_plain(text)) is not None:
        plain = tuple((level, words) for level, words, _ in plain_headings(blocks, Anchors()))
        return Body(first_line, digest, len(text), _first_of(blocks), plain, citations=cited), []
    if excess := too_much(text):
        return Body(first_line, digest, len(text), ""), [
            error(At(path, first_line), "body/depth", f"正文{excess[0]}，排不出来", excess[1])
        ]
    try:
        rendered = render(text)
        raw = raw_html(text)[0] if _NOT_PLAIN.search(text) else ""
    except RecursionError:
        return Body(first_line, digest, len(text), ""), [
            error(At(path, first_line), "body/depth", "正文的层次过深，排不出来", "减少引用或列表的层次")
        ]
    links: list[tuple[str, int]] = []
    files: list[tuple[str, int]] = []
    if raw:
        for name, pattern in _taken_out(raw):
            problems.append(
                warning(
                    at(pattern),
                    "body/taken-out",
                    f"正文里的 {name} 已去掉，不会出现在网页上",
                    "用文字和 Markdown 写；从 Word 粘贴时选“只保留文本”",
                )
            )
        for address in _broken_addresses(raw):
            problems.append(
                error(
                    at(re.escape(address[:40])),
                    "link/format",
                    f"链接“{address[:60]}”不是有效的网址",
                    "核对网址",
                )
            )
        if hidden := CONTROL.search(rendered.html) or DIRECTION.search(rendered.html):
            message = f"正文用 &#…; 写出了看不见的字符 U+{ord(hidden[0]):04X}"
            problems.append(error(at(r"&#"), "file/control-character", message, "删掉它，直接写文字"))
        for tag, attributes in _read(sanitise(raw)).tags:
            values = dict(attributes)
            address = values.get("href" if tag == "a" else "src") or ""
            if not address or address.startswith("#") or tag not in ("a", "img"):
                continue
            where = at(re.escape(address[:40]))
            try:
                parts = urlsplit(address)
            except ValueError:
                problems.append(
                    error(where, "link/format", f"链接“{address[:60]}”不是有效的网址", "核对网址")
                )
                continue
            if tag == "img" and not (values.get("alt") or "").strip():
                problems.append(
                    error(
                        where,
                        "image/no-words",
                        f"图片 {address[:60]} 没有文字说明",
                        "写成 ![图里写了什么](文件名.png)",
                    )
                )
            if parts.scheme or parts.netloc:
                links.append((address, where.line))
            elif tag == "img":
                files.append((unquote(parts.path), where.line))
            else:
                links.append((unquote(parts.path), where.line))
    headings = tuple((level, words) for level, words, _ in rendered.headings)
    summary = _first_words(rendered.html)
    return Body(first_line, digest, len(text), summary, headings, tuple(links), tuple(files), cited), problems


_PARAGRAPH = re.compile(r"<p[ >].*?</p>|<li>.*?</li>|<td[ >].*?</td>", re.DOTALL)


def _first_of(blocks: list[tuple[int, str]]) -> str:
    """The first paragraphs of plain blocks as words."""
    words: list[str] = []
    for level, block in blocks:
        if level == 0:
            words.append(block)
        elif level < 0:
            words += [plain_text(found[0]) for found in _PARAGRAPH.finditer(block)]
        if sum(map(len, words)) > SUMMARY_LENGTH:
            break
    return summarise(" ".join(words))


def _first_words(made: str) -> str:
    """The first paragraphs of safe HTML as words."""
    words: list[str] = []
    for found in _PARAGRAPH.finditer(made):
        words.append(plain_text(found[0]))
        if sum(map(len, words)) > SUMMARY_LENGTH:
            break
    return summarise(" ".join(words))
