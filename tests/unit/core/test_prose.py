"""From Markdown to a page's text: the short cut is exact, anchors are permanent, alignment is a class, lines join."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from govportal.kinds.prose import analyse, heading_anchor, plain_text, render
from govportal.kinds.prose.anchors import Anchors, outline
from govportal.kinds.prose.plain import render_plain
from govportal.kinds.prose.render import raw_html, sanitise

CONTENT = Path(__file__).parents[3] / "content"


def fully(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """What the full renderer gives."""
    raw, headings = raw_html(text)
    return sanitise(raw), headings


def body_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n---\n", 1)[1]


POLICIES = sorted((CONTENT / "policies").rglob("*.md"))


def agree(text: str) -> bool:
    """Whether the short cut was taken; when it was, it must give what the full renderer gives."""
    short = render_plain(text)
    if short is None:
        return False
    assert (short[0], list(short[1])) == fully(text)
    return True


def test_the_short_cut_is_exact_on_a_sample_of_the_shipped_policies() -> None:
    taken = [agree(body_of(path)) for path in POLICIES[::12]]
    assert sum(taken) * 2 > len(taken), "the short cut is hardly ever taken"


@pytest.mark.full
@pytest.mark.parametrize("path", sorted(path for path in CONTENT.rglob("*.md")), ids=lambda path: path.stem)
def test_the_short_cut_is_exact_on_everything_that_ships(path: Path) -> None:
    agree(body_of(path))


TRIGGERS = ["\n", "\n\n", "\n\n\n", " ", "  ", "　", "\u00a0", "\u2003", "# ", "## ", "###### ", "####### ", "#", "- ", "-", "+ ", "+", "1. ", "1.",
    "1) ", "１. ", "2024. ", "=", "===", "---",
            ": ", ":", "|", "|-|", "|甲|乙|", "|:-|-:|", "\n|---|---|\n", "| ", "甲", "中文段落", "，", "。", "（一）", "第一条", "第二条之一 ",
            "第一章 总则", "第三节", "a", "word", "3", "“", "\"", "'",
            "!", "(", ")", "/", ".", ";", "…", "—", "%", "@", "^", "$", "𠮷", "😀", "ｱ", "https", "*[A]: b", "\t", "*", "_", "`", "[", "]", "<",
            ">", "&", "{", "}", "\\", "~"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(TRIGGERS), max_size=14).map("".join)
# Without the marks that send a text to the full renderer at once, so that the short cut is really tried.
QUIET = st.lists(
    st.sampled_from([one for one in TRIGGERS if not set(one) & set("\t*_`[]<>&{}\\~")]), max_size=14
).map("".join)


@settings(max_examples=700, deadline=None, database=None)
@given(QUIET)
@example("第一条 甲\n\n第一条 乙\n\n# 第一条 丙")
@example("|甲|乙|\n|-|-|\n|一|二|")
@example("甲\n乙\na\nb\n\n丙 \n丁")
def test_the_short_cut_is_exact_on_text_full_of_triggers(text: str) -> None:
    agree(text)


@pytest.mark.full
@settings(max_examples=60_000, deadline=None, database=None)
@given(QUIET | TEXTS)
def test_the_short_cut_is_exact_on_very_much_text_full_of_triggers(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "mark",
    [
        "*",
        "_",
        "`",
        "[",
        "<",
        ">",
        "&",
        "{",
        "}",
        "\\",
        "~",
        "\t",
        "- 甲",
        "+ 甲",
        "1. 甲",
        ": 甲",
        " 甲",
        "　甲",
    ],
)
def test_the_short_cut_steps_aside_at_any_doubt(mark: str) -> None:
    assert render_plain(f"甲乙\n\n{mark}") is None


HEADINGS = [
    ("第一章 总则", "chapter-1"), ("第二十三章", "chapter-23"), ("第一编 通则", "part-1"), ("第三节 附则", "division-3"), ("第十二条", "article-12"),
    ("第十二条之一", "article-12-1"), ("第2章", "chapter-2"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "anchor"), HEADINGS)
def test_a_numbered_heading_has_its_number_for_an_anchor(words: str, anchor: str) -> None:
    assert heading_anchor(words) == anchor


def test_other_headings_have_an_anchor_of_their_words_whatever_stands_before_them() -> None:
    assert heading_anchor("工作要求") == heading_anchor(" 工作要求 ") != heading_anchor("工作安排")
    first, second = render("## 工作要求\n\n甲"), render("## 总体目标\n\n乙\n\n## 工作要求\n\n甲")
    assert first.headings[0][2] == second.headings[1][2]


def test_an_anchor_is_given_once_on_a_page() -> None:
    anchors = Anchors()
    assert [anchors.unique("article-1") for _ in range(3)] == ["article-1", "article-1--2", "article-1--3"]
    made = render("第一条 甲\n\n第一条 乙\n\n## 第一条 *丙*").html
    ids = re.findall(r' id="([^"]+)"', made)
    assert sorted(ids) == ["article-1", "article-1--2", "article-1--3"]
    assert (
        sorted(re.findall(r'class="permalink" href="#([^"]+)"|href="#([^"]+)" class="permalink"', made))
        and len(set(ids)) == 3
    )


OUTLINES = [
    ([], []),
    ([1], [2]),
    ([2], [2]),
    ([6], [2]),
    ([1, 2, 3], [2, 3, 4]),
    ([1, 3, 2, 3], [2, 3, 3, 4]),
    ([3, 1, 2], [2, 2, 3]),
    ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ([2, 4, 4, 2], [2, 3, 3, 2]),
]


@pytest.mark.parametrize(("written", "shown"), OUTLINES)
def test_the_outline_begins_below_the_title_and_has_no_gaps(written: list[int], shown: list[int]) -> None:
    assert outline(written) == shown


@given(st.lists(st.integers(1, 6), max_size=12))
def test_no_outline_skips_a_level_on_the_way_down(written: list[int]) -> None:
    shown = [1, *outline(written)]
    assert all(after <= before + 1 and 2 <= after <= 6 for before, after in pairwise(shown))


DRAWN = [
    ("中文\n中文", "<p>中文中文</p>"), ("中文，\n中文", "<p>中文，中文</p>"), ("中文\nabc", "<p>中文\nabc</p>"), ("abc\ndef", "<p>abc\ndef</p>"),
    ("**中**\n文", "<p><strong>中</strong>\n文</p>"),
    ("第三条 示例",
        '<p id="article-3"><strong class="article-number">第三条</strong> 示例<a aria-label="第三条的链接" class="permalink" href="#article-3">¶</a></p>'),
    ("# 标题", f'<h2 id="{heading_anchor("标题")}">标题</h2>'), ("甲<br>乙", "<p>甲<br>乙</p>"),
    ("[甲](https://x.org/)", '<p><a data-host="x.org" href="https://x.org/" rel="noopener noreferrer">甲</a></p>'),
    ("[甲](/a.html)", '<p><a href="/a.html">甲</a></p>'), ("![甲](a.png)", '<p><img alt="甲" src="a.png"></p>'),
    ("[邮件](mailto:a@b.cn)", '<p><a href="mailto:a@b.cn">邮件</a></p>'),
    ("> 甲", "<blockquote>\n<p>甲</p>\n</blockquote>"), ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"), ("", ""), ("\n \n", ""),
    ("段落\n{: .no-indent}", '<p class="no-indent">段落</p>'), ("段落\n{: .evil #x}", "<p>段落</p>"),
]  # fmt: skip


def in_order(made: str) -> str:
    """HTML with the attributes of pictures in the order of their names."""
    return re.sub(r"<img ([^>]*)>", lambda one: "<img " + " ".join(sorted(one[1].split())) + ">", made)


@pytest.mark.parametrize(("text", "made"), DRAWN)
def test_markdown_is_drawn(text: str, made: str) -> None:
    drawn = render(text).html.strip()
    assert in_order(drawn) == in_order(made)


def test_code_keeps_its_lines() -> None:
    assert "甲\n乙" in render("    甲\n    乙\n").html


def test_a_table_has_scopes_and_alignment_as_classes() -> None:
    for body in ("甲|乙|丙\n:-|-:|:-:\n一|二|三", "|甲|乙|丙|\n|:-|-:|:-:|\n|一|二|三|"):
        made = render(body).html
        assert made.count('scope="col"') == 3
        assert re.findall(r'<td class="align-(\w+)">(.)', made) == [
            ("left", "一"),
            ("right", "二"),
            ("center", "三"),
        ]
        assert "style" not in made and "align=" not in made


def test_footnotes_lead_there_and_back() -> None:
    made = render("甲[^1]，乙[^注]。\n\n[^1]: 第一条注释。\n[^注]: 第二条。").html
    targets = set(re.findall(r' id="([^"]+)"', made))
    links = re.findall(r'href="#([^"]+)"', made)
    assert len(links) == 4 and set(links) <= targets
    assert not re.search(r"[A-Za-z]{3,} back|Jump", made), "English words on a Chinese page"


SUMMARIES = [
    ("短文。", "短文。"), ("# 标题\n\n正文。", "正文。"), ("甲。\n\n乙。", "甲。 乙。"), ("- 甲\n- 乙", "甲 乙"), ("**甲**[乙](/a.html)", "甲乙"),
    ("|甲|\n|-|\n|乙|", "乙"), ("第一条 示例。", "第一条 示例。"), ("", ""),
    ("一" * 200, "一" * 119 + "…"), ("一" * 60 + "。" + "二" * 100, "一" * 60 + "。"),
    ("一" * 10 + "。" + "二" * 150, "一" * 10 + "。" + "二" * 108 + "…"), ("甲 < 乙 & 丙", "甲 < 乙 & 丙"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "summary"), SUMMARIES)
def test_the_summary_is_the_first_words_cut_at_a_sentence(text: str, summary: str) -> None:
    assert analyse("a.md", text, 1)[0].summary == summary


def test_what_a_body_contains_is_known_with_its_lines() -> None:
    body, problems = analyse(
        "a.md", "# 甲\n\n[乙](/b.html)\n\n![丙](c%20d.png)\n\n[丁](https://x.org/)\n\n[戊](e.pdf#page=2)", 10
    )
    assert problems == []
    assert body.headings == ((2, "甲"),)
    assert body.links == (("/b.html", 12), ("https://x.org/", 16), ("e.pdf", 18))
    assert body.files == (("c d.png", 14),)
    assert (body.line, body.size) == (10, 74)


@settings(max_examples=150, deadline=None, database=None)
@given(TEXTS)
def test_the_words_of_a_page_hold_no_markup_and_no_permalink(text: str) -> None:
    # What the writer typed as words may look like anything; here only what we add is looked for.
    assume(not set("<&¶") & set(text) and "class=" not in text)
    words = plain_text(render(text).html)
    assert "¶" not in words and "</" not in words and "class=" not in words
