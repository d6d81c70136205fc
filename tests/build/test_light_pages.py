"""What a page shows of itself without growing heavy: contents by article, and the first of many related records."""

from pathlib import Path

import pytest
from lxml import html

from govportal.kinds.prose import render
from govportal.products.pages.records import RELATED_FIRST, RELATED_OF_GROUP, RELATED_ON_PAGE
from govportal.render import ARTICLES, articles, tightened
from support.town import Town, notice, policy

NUMBERS = "一二三四五六七八九"


def text(count: int, heading: str = "") -> str:
    """A text of so many articles."""
    return "\n\n".join(f"第{number}条 {heading}示例内容。" for number in NUMBERS[:count])


@pytest.mark.parametrize(
    ("body", "contents"),
    [
        (text(ARTICLES), [f"第{number}条" for number in NUMBERS[:ARTICLES]]),
        (text(ARTICLES - 1), []),
        (text(7, "【目的】"), [f"第{number}条 目的" for number in NUMBERS[:7]]),
        (text(6, "【甲&乙】"), [f"第{number}条 甲&乙" for number in NUMBERS[:6]]),
        ("## 第一章 总则\n\n" + text(8), []),
        ("## 附表\n\n" + text(6), [f"第{number}条" for number in NUMBERS[:6]]),
        ("\n\n".join(f"### 第{number}条 目的\n\n示例。" for number in NUMBERS), []),
    ],
)
def test_a_text_without_chapters_has_its_articles_as_contents(body: str, contents: list[str]) -> None:
    found = articles(render(body))
    assert [one["text"] for one in found] == contents
    assert [one["anchor"] for one in found] == [f"article-{place}" for place in range(1, len(found) + 1)]


def test_the_contents_by_article_lead_to_the_articles_and_are_drawn_without_scripts(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("policies/2026/articles.md", policy(text(8)))
    built = town.build()
    assert built.ok, built.lines
    page = html.fromstring(built.text("policies/2026/articles.html"))
    (contents,) = page.xpath("//aside//details[summary]/nav[@aria-label='本页目录']")
    links = contents.xpath("ol/li/a")
    assert [one.text for one in links] == [f"第{number}条" for number in NUMBERS[:8]]
    assert all(page.xpath(f"//div[@class='prose']//*[@id='{one.get('href')[1:]}']") for one in links)
    assert contents.xpath("ul") == []


@pytest.mark.parametrize("count", [RELATED_ON_PAGE, RELATED_ON_PAGE + 1])
def test_of_many_related_records_a_page_shows_the_first_and_a_page_of_their_own_all(tmp_path: Path, count: int) -> None:
    town = Town(tmp_path)
    town.write("policies/2026/busy.md", policy())
    for place in range(count):
        town.write(f"notices/2026/n{place:02}.md", notice(id=f"n{place:02}", title=f"示例公告{place:02}", related="[policy]"))
    built = town.build()
    assert built.ok, built.lines
    page = html.fromstring(built.text("policies/2026/busy.html"))
    shown = page.xpath("//section[@class='relation']//li//a[starts-with(@href, '/notices/')]")
    if count <= RELATED_ON_PAGE:
        assert len(shown) == count and "policies/2026/busy-related.html" not in built.files
        assert page.xpath("//ul[@class='jumps']//a/@href") == ["#relation-1"]
        return
    assert len(shown) == RELATED_OF_GROUP < RELATED_FIRST
    assert set(page.xpath("//a[starts-with(., '全部相关内容')]/@href")) == {"/policies/2026/busy-related.html"}
    assert f"（{count} 件）" in page.text_content()
    related = html.fromstring(built.text("policies/2026/busy-related.html"))
    assert len(related.xpath("//section[@class='relation']//li//a[starts-with(@href, '/notices/')]")) == count
    assert related.xpath("//h1/text()") == ["示例文件（示例政办发〔2026〕1号）的相关内容"]
    assert related.xpath("//nav[@aria-label='当前位置']//a[@href='/policies/2026/busy.html']")


def test_only_line_breaks_that_show_nothing_are_left_out() -> None:
    assert tightened("<ul>\n<li><b>甲</b>\n<i>乙</i></li>\n{% if x %}\n</ul>\n<p>丙") == "<ul>\n<li><b>甲</b>\n<i>乙</i></li>\n{% if x %}</ul>\n<p>丙"
    assert tightened("<title>\n甲</title>\n\n<meta a>\n<a>乙</a>") == "<title>\n甲</title><meta a>\n<a>乙</a>"
