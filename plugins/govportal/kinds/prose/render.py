"""Markdown to safe HTML: Python-Markdown, our few treeprocessors, then nh3 as the last gate."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import nh3

from govportal.han import article_anchor
from govportal.kinds.prose.anchors import Anchors, heading_anchor, outline
from govportal.kinds.prose.plain import join_wide_lines, render_plain

TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
}
ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href", "aria-label", "rel", "data-host"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "time": {"datetime"},
    "col": {"span"},
    "colgroup": {"span"},
    "blockquote": {"cite"},
    "details": {"open"},
}
CLASSES = frozenset(
    {
        "align-left",
        "align-center",
        "align-right",
        "article-number",
        "permalink",
        "footnote",
        "footnote-ref",
        "footnote-backref",
        "no-indent",
        "signature",
    }
)
SCHEMES = {"http", "https", "mailto", "tel"}
OUTSIDE = "noopener noreferrer"
_IDENTIFIER = re.compile(
    r"(?:article|chapter|part|division|heading|section|note|row|table|figure)-[a-z0-9-]+|fn(?:ref\d*)?:[\w-]+"
)
_NUMBER = re.compile(r"\d{1,4}%?")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, and the headings as (level, text, anchor)."""

    html: str
    headings: tuple[tuple[int, str, str], ...]


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Which values of an attribute may stand."""
    if name == "class":
        return " ".join(one for one in value.split() if one in CLASSES) or None
    if name == "id":
        return value if _IDENTIFIER.fullmatch(value) else None
    if name in ("width", "height", "colspan", "rowspan", "start", "span"):
        return value if _NUMBER.fullmatch(value) else None
    if name == "rel":
        return OUTSIDE
    if name in ("href", "src", "cite"):
        return value if address_may_stand(name, value) else None
    return value


def address_may_stand(name: str, value: str) -> bool:
    """Whether an address leads to a page, and a picture's address to this site; white space hides no scheme."""
    scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.\-\s]*):", value)
    if name == "src":
        return scheme is None and not value.lstrip().startswith(("//", "\\\\", "/\\", "\\/"))
    return scheme is None or scheme[1].casefold() in SCHEMES


@cache
def _cleaner() -> Any:
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
        attribute_filter=_attribute,
        strip_comments=True,
    )


_FROM_THE_TOP = re.compile(r'((?:href|src)=")/(?!/)')


def stand_at(base: str, text: str) -> str:
    """HTML whose links from the top of the site (`/policies/…`) lead to where the site stands (`/sub/policies/…`)."""
    return text if base == "/" else _FROM_THE_TOP.sub(lambda found: found[1] + base, text)


def sanitise(raw: str) -> str:
    """HTML with only what may stand on a page."""
    return str(_cleaner().clean(raw))


@cache
def _markdown() -> Any:
    """The one Markdown reader of this process."""
    import markdown
    from markdown.extensions import Extension
    from markdown.extensions.tables import TableExtension
    from markdown.treeprocessors import Treeprocessor

    class Official(Treeprocessor):
        """Headings without gaps and with anchors, articles with permalinks, alignment as classes, links marked."""

        def run(self, root: ElementTree.Element) -> None:
            anchors = Anchors()
            headings = [element for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
            found: list[tuple[int, str, str]] = []
            for element, level in zip(
                headings, outline([int(str(element.tag)[1]) for element in headings]), strict=True
            ):
                words = self._words(element)
                element.tag = f"h{level}"
                anchor = anchors.unique(heading_anchor(words))
                element.set("id", anchor)
                found.append((level, words, anchor))
            for element in root.iter():
                if element.tag in ("td", "th") and (side := element.attrib.pop("align", "")):
                    element.set("class", f"align-{side}")
                if element.tag == "a" and re.match("https?://", element.get("href", "")):
                    element.set("rel", OUTSIDE)
                    host = element.get("href", "").split("/")[2]
                    if host and host not in "".join(element.itertext()):
                        element.set("data-host", host)
                if element.tag == "th" and "scope" not in element.attrib:
                    element.set("scope", "col")
            for element in root:
                if element.tag == "p" and (article := article_anchor(element.text or "")):
                    self._link(element, anchors.unique(article[0]), article[1])
            self.md.official_headings = found  # type: ignore[attr-defined]

        def _words(self, element: ElementTree.Element) -> str:
            """A heading's text, with what the inline step has put aside brought back."""
            from markdown.extensions.toc import render_inner_html, strip_tags

            return html.unescape(strip_tags(render_inner_html(element, self.md))).strip()

        @staticmethod
        def _link(element: ElementTree.Element, anchor: str, words: str) -> None:
            number = ElementTree.Element("strong", {"class": "article-number"})
            number.text = words
            number.tail = (element.text or "")[len(words) :]
            element.text = ""
            element.set("id", anchor)
            element.insert(0, number)
            link = ElementTree.SubElement(
                element, "a", {"class": "permalink", "href": f"#{anchor}", "aria-label": f"{words}的链接"}
            )
            link.text = "¶"

    class OfficialExtension(Extension):
        def extendMarkdown(self, md: Any) -> None:
            md.treeprocessors.register(Official(md), "official", 6)

    return markdown.Markdown(
        output_format="html",
        extensions=[TableExtension(use_align_attribute=True), "footnotes", "attr_list", OfficialExtension()],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "回到正文中第{}条注释的位置"}},
    )


_WIDE = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]"
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def raw_html(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """What Markdown makes of a text, before anything is taken out, and its headings."""
    reader = _markdown()
    reader.reset()
    reader.official_headings = []
    made = reader.convert(text)
    pieces = _PRE.split(made)
    pieces[::2] = [join_wide_lines(piece) for piece in pieces[::2]]
    return "".join(pieces), reader.official_headings


@lru_cache(maxsize=8)
def render(text: str) -> Rendered:
    """Markdown to safe HTML with its headings."""
    plain = render_plain(text)
    if plain is not None:
        return Rendered(plain[0], tuple(plain[1]))
    if not text.strip():
        return Rendered("", ())
    raw, headings = raw_html(text)
    return Rendered(sanitise(raw), tuple(headings))


_PERMALINK = re.compile(r'<a [^>]*class="permalink"[^>]*>¶</a>')
_BLOCK_END = re.compile(
    r"</(?:p|h[2-6]|li|td|th|tr|dt|dd|caption|figcaption|blockquote|pre|div|summary)>|<(?:br|hr)>"
)
_TAG = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")


def plain_text(made: str) -> str:
    """The words of safe HTML, one block a line."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", _PERMALINK.sub("", made)))
    return re.sub(r"[ \t]*\n\s*", "\n", html.unescape(text)).strip()
