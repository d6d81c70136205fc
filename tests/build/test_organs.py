"""What stands under an organ's page: all that it published by type, its measures of the plan, and its feed."""

from pathlib import Path

import feedparser
import lxml.html
import pytest

from support.full_town import furnish
from support.links import dead_links
from support.standing import StandingTown, file
from support.town import Town, notice, organ, policy

MEASURES = """\
measures:
  - {id: 一（一）1, title: 示例甲, text: 示例。, section: 一、示例章（一）示例节, lead: [示例老粮食局], implement: [示例区政府办], columns: [notice]}
  - {id: 一（二）1, title: 示例乙, text: 示例。, section: 一、示例章（一）示例节, lead: [示例区粮食局], implement: [示例老粮食局], columns: [notice]}
  - {id: 三甲（一）2, title: 示例丙, text: 示例。, section: 三、示例平台（一）示例节, lead: [别的单位], columns: [notice]}
"""
LIST, DUTIES = "organs/money/published/index.html", "organs/money/measures.html"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = furnish(Town(tmp_path))
    made.write("_portal/measures.yml", MEASURES)
    made.write("organs/money.md", organ(id="money", title="示例区粮食局", order="2", former_names="[示例老粮食局]", credit_code="11999999000000002Y"))
    made.write("policies/2026/p.md", policy(id="p", title="示例办法", organ="[money]", index_number="11999999000000001U/2026-00077",
                                             document_number="示例政办发〔2026〕77号"))
    for number in range(1, 25):
        sample = "true" if number < 24 else "false"
        made.write(f"notices/2026/m{number}.md", notice(id=f"m{number}", title=f"示例公告第{number}号", organ="[money]", sample=sample,
                                                       published_at=f"2026-10-{number:02}", measures="[一（一）1]" if number > 22 else "[]"))
    made.write("notices/2026/other.md", notice(id="other", title="示例别家公告", measures="[一（一）1]"))
    return made


def test_it_lists_all_that_the_organ_published_and_each_type_apart(town: Town):
    built = town.build()
    first, second, notices, policies = (built.text(f"organs/money/published/{name}") for name in ("index.html", "page-2.html", "notice.html", "policy.html"))
    for number in range(1, 25):
        assert (f"示例公告第{number}号" in first) != (f"示例公告第{number}号" in second), "on one of the two pages"
    assert "示例办法" in policies and "示例公告" not in policies
    assert "示例公告第24号" in notices and "示例办法" not in notices and "示例公告第1号" in built.text("organs/money/published/notice-page-2.html")
    assert "示例别家公告" not in first + second
    facets = " ".join(lxml.html.document_fromstring(first).xpath("string(//nav[@aria-label='按类别筛选'])").split())
    assert all(option in facets for option in ("全部25", "动态公告24", "政策文件1")), facets
    assert 'href="/organs/money/published/"' in built.text("organs/money.html") and "全部 25 件" in built.text("organs/money.html")


def test_the_duties_are_those_in_which_the_plan_names_it_now_or_formerly(town: Town):
    page = lxml.html.document_fromstring(town.build().text(DUTIES))
    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in page.xpath("//tbody/tr")]
    assert [(row[0], row[1]) for row in rows] == [("一（一）1 示例甲", "牵头"), ("一（二）1 示例乙", "牵头、落实（配合）")]
    assert rows[0][2:] == ["2 件 真实 1", "2 件", "2026-10-24", "有真实公开"], "a sample never counts, nor what others published"
    assert rows[1][2:] == ["0 件", "0 件", "还没有", "还没有内容"]
    assert "方案没有写到本机构" in town.build().text("organs/office/measures.html")


def test_its_feed_has_its_records_and_no_others(town: Town):
    feed = feedparser.parse(town.build().files["feeds/organs/money.atom.xml"])
    assert not feed.bozo and {entry.title for entry in feed.entries} == {"示例办法"} | {f"示例公告第{number}号" for number in range(1, 25)}
    assert 'href="/feeds/organs/money.atom.xml"' in town.build().text(LIST)


def test_its_pages_follow_its_records(town: Town):
    town.build()
    town.write("notices/2026/m24.md", notice(id="m24", title="示例公告第24号", published_at="2026-10-24", measures="[一（一）1]"))
    built = town.build()
    assert "示例公告第24号" not in built.text(LIST) and "真实 0" in built.text(DUTIES)
    assert "示例公告第24号" in built.text("organs/office/published/index.html")


def test_texts_may_lead_to_them_and_no_link_is_dead(town: Town):
    town.write("notices/2026/a.md", notice("见[公开](/organs/money/published/)和[措施](/organs/money/measures.html)。", id="a"))
    built = town.build()
    assert built.ok and not [one for one in dead_links(built.files) if "/organs/" in one.partition(" -> ")[2]]


def test_a_record_may_not_take_their_addresses(tmp_path: Path):
    taken = organ(id="taken", title="示例区粮食局", order="2")
    refused = StandingTown(tmp_path).refused(file("organs/office/published/index.md", taken))
    assert [line.split()[-1] for line in refused] == ["address/used-twice"]
