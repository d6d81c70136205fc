"""The smallest site."""

from support.town import Town, notice


def test_a_notice_becomes_a_page_a_list_a_feed_and_data(tmp_path):
    town = Town(tmp_path)
    town.write("notices/2026/heating.md", notice(id="heating", title="示例：供热通知"))
    built = town.build()
    assert built.lines == [line for line in built.lines if "column/empty" in line]
    assert built.ok
    for path in ("notices/2026/heating.html", "notices/index.html", "feeds/notice.rss.xml", "data/notice.json"):
        assert "供热通知" in built.text(path)
