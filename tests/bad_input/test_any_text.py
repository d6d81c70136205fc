"""Any text at all as a body: what is drawn is safe, and drawing never fails and never takes for ever."""

import html
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govportal.kinds.prose import analyse, render
from govportal.kinds.prose.render import ATTRIBUTES, SCHEMES, TAGS
from govportal.problems import Severity

PIECES = [
    "<", ">", "</", "/>", "<script>", "</script>", "<style>", "<svg ", "<math>", "<a href=", "<img src=", "<p ", "<div>", "</div>", "<table><tr><td>", "<!--", "-->",
    "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE", "<noscript>", "<textarea>", "<template>", "<title>", "<xmp>", "<plaintext>", "<br>", "<p title='",
    " onclick=", "onerror=alert(1)", " style=", "javascript:", "java&#115;cript:", "JAVA\tSCRIPT:", "vbscript:", "data:text/html,", "alert(1)", "\"",
    "'", "=", "`", "``",
    "[", "]", "(", ")", "![", "](", "[^1]", "[^1]: ", "{", "}", "{: ", "{#x .y onclick=z}", "{:", "&", "&lt;", "&#x3c;", "&#60;", "&#0;", "&amp;", "&lt;script&gt;",
    "*", "**", "_", "__", "***", "~", "\\", "#", "# ", "## ", "> ", "- ", "1. ", "    ", "\t", "|", "|-|-|", ":-:", "---", "===", "\n", "\n\n", " ", "  \n",
    "第一条", "第二章 总则", "　", "中文", "，", "。", "𠮷", "a", "http://x.org/", "<http://x.org>", "https://", "//x.org", "\u200b", "klzzwxh:0001",
    "wzxhzdk:0", "amp;", ":",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


class Seen(HTMLParser):
    """What a browser would meet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
                self.faults.append(f"{tag} {name}=")
            if name in ("href", "src", "cite"):
                bare = re.sub(r"[\x00-\x20]", "", html.unescape(value or ""))
                scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
                if scheme and (name == "src" or scheme[1].lower() not in SCHEMES):
                    self.faults.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}")


def check(text: str) -> None:
    body, problems = analyse("a.md", text, 1)
    assert all(one.at.line >= 1 and one.at.column >= 1 for one in problems)
    assert len(body.summary) <= 121
    if any(one.severity is Severity.ERROR and one.code == "body/depth" for one in problems):
        return
    made = render(text).html
    seen = Seen()
    seen.feed(made)
    seen.close()
    assert seen.faults == []
    ids = re.findall(r' id="([^"]*)"', made)
    assert [one for one in ids if not re.fullmatch(r"[\w:-]+", one)] == []


@settings(max_examples=400, deadline=None, database=None)
@given(TEXTS)
def test_any_text_is_drawn_without_script_handler_or_dangerous_address(text: str) -> None:
    check(text)


@pytest.mark.full
@settings(max_examples=30_000, deadline=None, database=None)
@given(TEXTS)
def test_and_so_are_many_thousands(text: str) -> None:
    check(text)


KNOWN_TRICKS = [
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61\">x</a>",
    "<a href=\"\x01javascript:alert(1)\">x</a>".replace("\x01", "&#1;"),
    "[x](<javascript:alert(1)>)", "[x]( javascript:alert(1))", "[x](javascript&colon;alert(1))", "[x](\\javascript:alert(1))", "![x](x){onerror=alert(1)}",
    "<javascript:alert(1)>", "<p {: onclick=alert(1)}>", "`x`{: onclick=alert(1)}", "| a |\n|---|\n| b {: onclick=alert(1)} |", "# x {: onclick=alert(1)}",
    "<img src=`x` onerror=alert(1)>", "<a/href=javascript:alert(1)>x", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<xmp><p title=\"</xmp><svg/onload=alert(1)>\">",
    "<<script>alert(1)//<</script>", "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[^<script>]: x\n\na[^<script>]", "[a](x \"' onmouseover=alert(1) '\")", "![a](x '\"><script>alert(1)</script>')",
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN_TRICKS)
def test_known_tricks_do_not_get_through(text: str) -> None:
    check(text)


DEEP = {
    "quotations": ">" * 10_000 + "x", "spaced quotations": "> " * 10_000 + "x", "brackets": "[" * 10_000 + "]" * 10_000, "open brackets": "[" * 100_000,
    "pictures": "![" * 10_000, "links": "[a](" * 10_000, "emphasis": "*a **b " * 10_000, "stars": "*" * 100_000, "underlines": "_a" * 50_000, "ticks": "` " * 20_000,
    "lists": "".join("    " * at + "- a\n" for at in range(1000)), "numbered lists": "".join("   " * at + "1. a\n" for at in range(1000)),
    "tags": "<div>" * 10_000, "closed tags": "<div>" * 10_000 + "</div>" * 10_000, "open tags": "<a " * 10_000, "comments": "<!--" * 10_000,
    "sections": "<![CDATA[" * 10_000,
    "instructions": "<?" * 10_000, "attribute lists": "{: " * 10_000, "headings": "# a\n" * 9_000, "underlined headings": "a\n=\n" * 4_000,
    "tables": "|a" * 400 + "|\n" + "|-" * 400 + "|\n",
    "notes": "".join(f"[^{at}]: x\n" for at in range(5_000)), "references": "[a]: http://x.org\n" * 9_000, "tabs": "\t" * 100_000 + "x",
    "spaces": " " * 100_000 + "x",
    "backslashes": "\\" * 50_000, "ampersands": "&" * 50_000, "less than": "<" * 50_000, "words": "字" * 1_000_000, "bars": "|" * 50_000, "hyphens": "-" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP)
def test_deep_or_endless_markdown_ends_soon(name: str) -> None:
    begun = time.process_time()
    check(DEEP[name])
    assert time.process_time() - begun < 10
