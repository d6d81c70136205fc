"""Bodies that carry what must not be published: it is taken out, by name, and no byte of it leaves."""

import json
import re

import feedparser
import pytest

from govportal.kinds.prose import render
from govportal.problems import Severity
from support.published import decoded
from support.standing import StandingTown, file
from support.town import Built, notice

NOTICE = "notices/2026/new.md"
BODY_LINE = 13
# name: body, what the warnings name, and where
BODIES = {
    "script": ("前<script>alert(1)</script>后", {"13:2": "<script>"}),
    "script in capitals": ("<ScRiPt src=//example.org/x.js>alert(1)</sCrIpT>", {"13:1": "<script>"}),
    "script that does not end": ("前\n\n<script>alert(1)", {"15:1": "<script>"}),
    "script in a template": ("<template><script>alert(1)</script></template>", {"13:1": "<template>", "13:11": "<script>"}),
    "a handler": ('<p onclick="alert(1)">示例</p>', {"13:4": "onclick="}),
    "a handler in capitals": ("<p OnMouseOver=alert(1)>示例</p>", {"13:4": "onmouseover="}),
    "a handler in an attribute list": ("[示例](https://example.org/){onclick=alert(1)}", {"13:28": "onclick="}),
    "a style in an attribute list": ("示例\n{: style=\"background:url(javascript:alert(1))\" onload=alert(1)}", {"14:4": "style=", "14:48": "onload="}),
    "javascript in a link": ("[示例](javascript:alert(1))", {"13:6": "javascript: 地址"}),
    "javascript in a link by reference": ("[示例][a]\n\n[a]: JavaScript:alert(1)", {"15:6": "javascript: 地址"}),
    "javascript in pointed brackets": ("<javascript:alert(1)>", {"13:1": "<javascript:alert(1)>"}),
    "javascript in HTML": ('<a href="javascript:alert(1)">示例</a>', {"13:10": "javascript: 地址"}),
    "javascript behind entities, in Markdown": ("[示例](java&#115;cript:alert(1))", {"13:6": "javascript: 地址"}),
    "javascript behind entities, in HTML": ('<a href="&#106;&#x61;vascript:alert(1)">示例</a>', {"13:1": "javascript: 地址"}),
    "javascript with a tab in it": ('<a href="java\tscript:alert(1)">示例</a>', {"13:1": "java"}),
    "javascript with a line end as an entity": ('<a href="java&#10;script:alert(1)">示例</a>', {"13:1": "java"}),
    "javascript in a picture": ("![示例](javascript:alert(1))", {"13:7": "javascript: 地址"}),
    "vbscript": ("[示例](vbscript:msgbox(1))", {"13:6": "vbscript: 地址"}),
    "a page inside an address": ("[示例](data:text/html;base64,PHNjcmlwdD4=)", {"13:6": "data: 地址"}),
    "a picture inside an address": ("![示例](data:image/png;base64,iVBORw0KGgo=)", {"13:7": "data: 地址"}),
    "a file on the reader's machine": ("[示例](file:///etc/passwd)", {"13:6": "file: 地址"}),
    "a frame": ('示例<iframe src="https://example.org/"></iframe>', {"13:3": "<iframe>"}),
    "a plug-in": ("示例<object data=a.swf></object><embed src=b.swf><applet code=c></applet>",
                {"13:3": "<object>", "13:31": "<embed>", "13:48": "<applet>"}),
    "a form": ("示例<form action=https://example.org/><input name=a><button>b</button></form>", {"13:3": "<form>", "13:37": "<input>", "13:51": "<button>"}),
    "a drawing": ("示例<svg onload=alert(1)><script>alert(1)</script></svg>", {"13:3": "<svg>", "13:24": "<script>"}),
    "formulas": ('示例<math href="javascript:alert(1)">x</math>', {"13:3": "<math>"}),
    "a forward": ('<meta http-equiv="refresh" content="0;url=https://example.org/">示例', {"13:1": "<meta>"}),
    "another base": ("<base href=https://example.org/>示例", {"13:1": "<base>"}),
    "another style sheet": ("<link rel=stylesheet href=https://example.org/a.css>示例", {"13:1": "<link>"}),
    "styles": ("<style>body{background:url(javascript:alert(1))}</style>示例", {"13:1": "<style>"}),
    "a style": ('<p style="position:fixed">示例</p>', {"13:4": "style="}),
    "a comment": ("示例<!-- 秘密批注 -->文", {"13:3": "HTML 注释"}),
    "Word's HTML": (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"
        "<p class=MsoNormal style='mso-char-indent-count:2.0'><o:p>示例</o:p><font face=仿宋>正文</font></p>",
        {"13:1": "HTML 注释", "14:20": "style=", "14:54": "<o:p>", "14:67": "<font>"}),
}  # fmt: skip


FILES = {name: f"notices/2026/new-{number}.md" for number, name in enumerate(BODIES)}


@pytest.fixture(scope="module")
def built(standing: StandingTown) -> Built:
    """One build with a notice for each of these bodies."""
    return standing.trial(
        *(
            file(FILES[name], notice(body, id=f"new-{at}"))
            for at, (name, (body, _)) in enumerate(BODIES.items())
        )
    )


def test_it_is_published_all_the_same(built: Built) -> None:
    assert built.ok, built.lines
    assert {path.replace(".md", ".html") for path in FILES.values()} <= built.files.keys()


@pytest.mark.parametrize("name", BODIES)
def test_what_is_taken_out_is_named_at_its_place(name: str, built: Built) -> None:
    _, expected = BODIES[name]
    warnings = {
        f"{one.at.line}:{one.at.column}": one.message
        for one in built.problems
        if one.code == "body/taken-out" and one.at.path == FILES[name]
    }
    assert warnings.keys() == expected.keys(), warnings
    for place, what in expected.items():
        assert what in warnings[place]
    assert all(one.severity is Severity.WARNING for one in built.problems if one.code == "body/taken-out")


# What a browser might act on, and the secrets of the bodies above.
PAYLOAD = re.compile(
    rb"alert\(|msgbox|javascript:|vbscript:|data:text|base64|PHNjcmlwdD4|iVBORw0|mso-|MsoNormal|WordDocument|\xe7\xa7\x98\xe5\xaf\x86\xe6\x89\xb9"
    rb"|https://example\.org/(?:x\.js|a\.css)|onmouseover|file:///|\.swf|position:fixed", re.IGNORECASE)  # fmt: skip


def test_no_byte_of_it_is_published_anywhere(built: Built, standing: StandingTown) -> None:
    allowed = {path for path, data in decoded(standing.site).items() if PAYLOAD.search(data)}
    found = {
        path: PAYLOAD.search(data)
        for path, data in decoded(built.files).items()
        if path not in allowed and PAYLOAD.search(data)
    }
    assert found == {}
    assert not allowed & {
        "notices/2026/heating.html",
        "data/notice.json",
        "data/notice.csv",
        "feeds/notice.rss.xml",
    }


def test_words_that_only_look_dangerous_are_published_as_words(standing: StandingTown) -> None:
    body = "示例 `<script>alert(1)</script>`，a < b，x<5，1 > 0，5 && 6。"
    built = standing.trial(file(NOTICE, notice(body, id="new")))
    assert [one for one in built.problems if one.at.path == NOTICE] == []
    page = built.text("notices/2026/new.html")
    assert (
        "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>，a &lt; b，x&lt;5，1 &gt; 0，5 &amp;&amp; 6。"
        in page
    )
    record = next(one for one in json.loads(built.files["data/notice.json"])["records"] if one["id"] == "new")
    assert record["title"] == "示例公告"
    summary = feedparser.parse(built.files["feeds/notice.atom.xml"], sanitize_html=False)["entries"]
    assert "a < b" in str(summary)


def test_a_table_keeps_its_alignment_and_a_note_its_way_back() -> None:
    made = render("|左|右|中|\n|:-|-:|:-:|\n|1|2|3|\n\n示例[^1]。\n\n[^1]: 注释。").html
    assert re.findall(r'<t[hd] class="align-(\w+)"', made) == ["left", "right", "center"] * 2
    assert (
        'id="fnref:1"' in made
        and 'href="#fn:1"' in made
        and 'id="fn:1"' in made
        and 'href="#fnref:1"' in made
    )
    assert "style=" not in made and made.count('scope="col"') == 3


def test_structural_pages_name_what_is_taken_out(standing: StandingTown) -> None:
    built = standing.trial(
        file("pages/more.md", "---\ntitle: 示例\n---\n[甲](javascript:alert(1)) <b onclick=alert(1)>乙</b>\n")
    )
    named = [str(one.at) for one in built.problems if one.code == "body/taken-out"]
    assert named == ["pages/more.md:4:5", "pages/more.md:4:29"]
