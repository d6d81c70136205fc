"""Citations in the built site: linked where they stand, told on the document that is named, and never stale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.town import Town, notice, policy, reprint

LAW = "policies/2015/law.md"


def furnish(folder: Path) -> Town:
    town = Town(folder)
    town.write(LAW, reprint(title="中华人民共和国示例法", source_date="2014-12-01", effective_on="2015-01-01"))
    town.write("policies/2026/rules.md", policy("第一条 根据《中华人民共和国示例法》制定。\n\n第二条 依照《示例办法》办理。", id="rules", title="示例办法"))
    town.write("notices/2026/a.md", notice("依照《示例法》和示例政办发〔2026〕1号文件办理。《别处的法》", id="a"))
    return town


def links(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="citation" href="([^"]*)">([^<]*)</a>', page)


def test_what_a_text_names_is_linked_and_the_named_document_says_by_whom(tmp_path: Path) -> None:
    made = furnish(tmp_path).build()
    assert made.ok, made.lines
    assert links(made.text("policies/2026/rules.html")) == [("/policies/2015/law.html", "中华人民共和国示例法")]
    assert links(made.text("notices/2026/a.html")) == [("/policies/2015/law.html", "示例法"), ("/policies/2026/rules.html", "示例政办发〔2026〕1号")]
    law = made.text("policies/2015/law.html")
    assert "引用本文件的文件" in law and 'href="/policies/2026/rules.html"' in law and 'href="/notices/2026/a.html"' in law


def test_links_stand_under_the_base_of_the_site(tmp_path: Path) -> None:
    made = furnish(tmp_path).build(base="/sub/", root="https://portal.example/sub")
    assert links(made.text("policies/2026/rules.html")) == [("/sub/policies/2015/law.html", "中华人民共和国示例法")]


def test_the_version_in_force_on_the_day_is_meant(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    town.write("policies/2026/law.md", reprint(id="law-2026", title="中华人民共和国示例法", source_date="2026-11-01", effective_on="2027-01-01"))
    assert links(town.build().text("policies/2026/rules.html"))[0][0] == "/policies/2015/law.html"
    assert links(town.build(moment="2027-01-01").text("policies/2026/rules.html"))[0][0] == "/policies/2026/law.html"


@pytest.mark.parametrize("change", ["come", "go", "retitle", "move", "repeal", "cite", "stop"])
def test_after_a_change_the_pages_are_those_of_a_clean_build(change: str, tmp_path: Path) -> None:
    town = furnish(tmp_path)
    if change == "come":
        law = (town.content / LAW).read_text()
        town.remove(LAW)
        assert town.build().ok
        town.write(LAW, law)
    else:
        assert town.build(keep_ledger=False).ok
    if change == "go":
        town.remove(LAW)
    elif change == "retitle":
        town.write(LAW, reprint(title="中华人民共和国另一法", source_date="2014-12-01", effective_on="2015-01-01"))
    elif change == "move":
        text = (town.content / LAW).read_text()
        town.remove(LAW)
        town.write("policies/2015/moved.md", text)
    elif change == "repeal":
        town.write(LAW, reprint(title="中华人民共和国示例法", source_date="2014-12-01", effective_on="2015-01-01", repeal="{kind: 废止, reason: 示例, on: 2026-01-01}"))
    elif change == "cite":
        town.write("notices/2026/b.md", notice("《中华人民共和国示例法》", id="b", title="示例：又一篇"))
    elif change == "stop":
        town.write("notices/2026/a.md", notice("办理。", id="a"))
    after = town.build(keep_ledger=False)
    assert after.ok, after.lines
    town.forget()
    clean = town.build(keep_ledger=False)
    assert after.files == clean.files
    if change == "repeal":
        assert 'data-state="废止"' in after.text("policies/2026/rules.html")


def test_many_that_name_one_document_are_counted_and_the_newest_listed(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    for number in range(12):
        town.write(f"notices/2026/n{number}.md", notice("《示例办法》", id=f"n{number}", title=f"示例：第{number}件", published_at=f"2026-11-{number + 1:02}"))
    page = town.build().text("policies/2026/rules.html")
    assert "引用本文件的文件（共 13 份，列出最近 10 份）" in page
    assert "示例：第11件" in page and "示例：第0件" not in page.split("引用本文件的文件")[-1]


def test_one_more_that_names_a_document_makes_no_other_page_again(tmp_path: Path) -> None:
    town = furnish(tmp_path)
    for number in range(12):
        town.write(f"notices/2026/n{number}.md", notice("《示例办法》", id=f"n{number}", title=f"示例：第{number}件", published_at="2026-11-01"))
    site = town.build().loaded.site
    assert site is not None
    # The office is named in the new notice itself.
    before = {record.id: site.touches[record.id] for record in site.records if record.id != "office"}
    town.write("notices/2026/last.md", notice("《示例办法》", id="last", title="示例：又一件"))
    loaded = town.build().loaded
    assert loaded.site is not None and len(loaded.site.records) == len(before) + 2
    assert {one: digest for one, digest in loaded.site.touches.items() if one in before} == before
