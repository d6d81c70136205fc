"""What every page of the shipped site must carry (国办发〔2017〕47号: 网页标签、页面底部; 国办秘函〔2019〕19号: 链接可用性)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from govportal.disk import read_folder
from support.links import dead_links, links
from support.pages import Page, Whole

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
TYPES = {"首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政务动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报", "依申请公开", "数据发布",
         "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈"}  # fmt: skip
BANNER = "示例站点，非政府官方网站"


def offenders(pages: list[Page], wrong: Callable[[Page], object]) -> list[tuple[str, object]]:
    """The pages of which something is wrong, and what; the first few are enough to see why."""
    return [(page.path, what) for page in pages if (what := wrong(page))][:10]


def test_there_are_pages_of_every_kind(whole: Whole):
    paths = {page.path for page in whole.pages}
    assert {"index.html", "404.html", "search.html", "feeds.html", "sitemap.html", "statement.html", "privacy.html", "accessibility.html", "contact.html"} <= paths
    assert len(whole.records) > 250 and len(whole.columns) > 20
    assert all(f"{column['path']}/index.html" in paths for column in whole.columns.values())


# Labels

def test_the_labels_of_the_site_are_on_every_page(whole: Whole):
    settings = whole.settings
    expected = {"SiteName": [settings["name"]], "SiteDomain": [settings["domain"]], "SiteIDCode": [settings["code"]]}
    assert expected["SiteIDCode"] == ["0000000000"] and expected["SiteDomain"] == ["portal.example"]
    assert offenders(whole.pages, lambda page: {name: page.meta(name) for name in SITE} != expected and [page.meta(name) for name in SITE]) == []


def test_the_labels_of_its_column_are_on_every_list_hub_and_record(whole: Whole):
    def wrong(page: Page) -> object:
        column = whole.column_of(page)
        if column is None:
            return None
        expected = [[column["name"]], [column["description"]], [",".join(column["keywords"])], [column["column_type"]]]
        found = [page.meta(name) for name in COLUMN]
        return found != expected and (found, expected)

    inside = [page for page in whole.pages if whole.column_of(page)]
    assert len(inside) > len(whole.records) + len(whole.columns)
    assert offenders(inside, wrong) == []


def test_the_home_page_is_labelled_as_such(whole: Whole):
    (home,) = (page for page in whole.pages if page.path == "index.html")
    assert home.meta("ColumnName") == ["首页"] and home.meta("ColumnType") == ["首页"]
    assert home.meta("ColumnDescription") == [whole.settings["description"]]
    assert home.meta("ColumnKeywords") == [",".join(whole.settings["keywords"])]


def test_types_of_columns_are_those_of_the_state_council(whole: Whole):
    assert offenders(whole.pages, lambda page: set(page.meta("ColumnType")) - TYPES) == []


def test_pages_outside_all_columns_claim_none(whole: Whole):
    outside = [page for page in whole.pages if whole.column_of(page) is None and page.path != "index.html" and not page.html.xpath("//meta[@http-equiv='refresh']")]
    assert {"404.html", "statement.html", "search.html"} <= {page.path for page in outside}
    assert offenders(outside, lambda page: [name for name in (*COLUMN, *ARTICLE) if page.meta(name)]) == []


def test_the_labels_of_an_article_are_on_every_record_and_on_nothing_else(whole: Whole):
    def wrong(page: Page) -> object:
        source = page.source or {}
        moment = source["published_at"] if len(source["published_at"]) > 10 else source["published_at"] + " 00:00"
        expected = {"ArticleTitle": [" ".join(source["title"].split())], "PubDate": [moment]}
        found = {name: page.meta(name) for name in expected}
        return found != expected and (found, expected)

    assert offenders(whole.records, wrong) == []
    assert offenders(whole.records, lambda page: not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", page.meta("PubDate")[0])) == []
    others = [page for page in whole.pages if page.source is None]
    assert offenders(others, lambda page: [name for name in ARTICLE if page.meta(name)]) == []


def test_the_source_of_an_article_is_who_issued_it(whole: Whole):
    titles = {page.source["id"]: page.source["title"] for page in whole.records if page.source and page.path.startswith("organs/")}

    def wrong(page: Page) -> object:
        source = page.source or {}
        organs = [titles[one] for one in source.get("organ", [])] or source.get("source_organ", [])
        organs = organs or [source.get("source_name", "原文未载")]  # some texts do not say who issued them
        return page.meta("ContentSource") != ["、".join(organs)] and (page.meta("ContentSource"), organs)

    assert offenders(whole.records, wrong) == []


def test_optional_labels_say_what_the_record_says(whole: Whole):
    def wrong(page: Page) -> object:
        source = page.source or {}
        keywords = source.get("keywords")
        if page.meta("Keywords") != ([",".join(keywords)] if keywords else []):
            return "Keywords"
        if page.meta("Author") != ([source["author"]] if source.get("author") else []):
            return "Author"
        if page.meta("Url") != [f"https://portal.example/{page.path}"]:
            return page.meta("Url")
        if source.get("summary") and page.meta("Description") != [" ".join(source["summary"].split())]:
            return "Description"
        return len(page.meta("Image")) > 1 and "Image"

    assert offenders(whole.records, wrong) == []


def test_the_time_of_publication_is_the_same_for_people_and_machines(whole: Whole):
    """PubDate is the time element of the page; without an hour the page shows the day alone."""
    def wrong(page: Page) -> object:
        written = (page.source or {})["published_at"]
        times = [(one.get("datetime", one.text_content().strip()), one.text_content().strip()) for one in page.html.xpath("//main//time")]
        stamp = written if len(written) == 10 else written.replace(" ", "T") + "+08:00"
        return (stamp, written) not in times and (stamp, written, times[:4])

    assert offenders(whole.records, wrong) == []


# Around every page

@pytest.mark.parametrize("mark", ["党政机关", "我为政府网站找错", "网站标识码：0000000000", "主办单位：", "承办单位：", "ICP备案号：", "公安备案号：",
                                  "网站地图", "网站声明", "联系我们", "电话："])  # fmt: skip
def test_the_footer_of_every_page_carries(whole: Whole, mark: str):
    def wrong(page: Page) -> object:
        footers = page.html.xpath("/html/body/footer")
        if len(footers) != 1:
            return "footer"
        words = footers[0].text_content() + " ".join(footers[0].xpath(".//img/@alt"))
        return mark not in words

    assert offenders(whole.pages, wrong) == []


def test_the_head_of_every_page_names_the_site_its_domain_and_the_search(whole: Whole):
    def wrong(page: Page) -> object:
        (header,) = page.html.xpath("/html/body/header")
        words = header.text_content()
        return not (whole.settings["name"] in words and whole.settings["domain"] in words and header.xpath(".//form[@role='search']//input[@name='q']"))

    assert offenders(whole.pages, wrong) == []


def test_every_page_says_that_this_is_a_demonstration(whole: Whole):
    assert offenders(whole.pages, lambda page: [one.text_content().strip() for one in page.html.xpath("//*[contains(@class, 'demo')]")] != [BANNER]) == []
    assert offenders(whole.pages, lambda page: "noindex" not in page.meta("robots")) == []


def test_every_page_says_where_it_stands(whole: Whole):
    inside = [page for page in whole.pages if page.path != "index.html"]
    assert offenders(inside, lambda page: not page.html.xpath("//nav[@aria-label='当前位置']//a[.='首页']")) == []
    deep = [page for page in inside if "/" in page.path and not page.path.endswith("index.html")]
    assert offenders(deep, lambda page: not page.html.xpath("//nav[@aria-label='当前位置']//*[@aria-current='page']")) == []


def test_every_page_is_chinese_has_one_title_one_heading_and_one_main_part(whole: Whole):
    def wrong(page: Page) -> object:
        counts = {name: len(page.html.xpath(f"//{name}")) for name in ("head/title", "h1", "main")}
        return (page.html.get("lang") != "zh-CN" and "lang") or (set(counts.values()) != {1} and counts)

    assert offenders(whole.pages, wrong) == []
    assert offenders(whole.pages, lambda page: not page.html.xpath("//h1")[0].text_content().strip()) == []
    name = whole.settings["name"]
    assert offenders(whole.pages, lambda page: (title := page.html.findtext(".//title")) != name and not title.endswith(f" - {name}")) == []


def test_headings_go_down_by_one(whole: Whole):
    def wrong(page: Page) -> object:
        levels = [int(one.tag[1]) for one in page.html.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")]
        return [(a, b) for a, b in pairwise(levels) if b > a + 1]

    assert offenders(whole.pages, wrong) == []


def test_titles_tell_pages_apart(whole: Whole):
    """Versions of one law rightly share a title; pages that the site makes by itself may not."""
    made = [page for page in whole.pages if page.source is None]
    count = Counter(page.html.findtext(".//title") for page in made)
    assert [title for title, number in count.items() if number > 1] == []


# Nothing that a strict content security policy would stop

def test_no_page_has_an_inline_script_style_or_handler(whole: Whole):
    def wrong(page: Page) -> object:
        found = page.html.xpath("//script[not(@src)][not(contains(@type, 'json'))] | //style | //*[@style]")
        handlers = [name for element in page.html.iter() for name in element.attrib if name.startswith("on")]
        links_to_script = [link for link in links(page.html) if link.strip().lower().startswith(("javascript:", "data:", "vbscript:"))]
        return [element.tag for element in found] + handlers + links_to_script

    assert offenders(whole.pages, wrong) == []


def test_no_page_asks_a_third_party_for_anything(whole: Whole):
    def wrong(page: Page) -> object:
        resources = page.html.xpath("//script/@src | //img/@src | //@srcset | //source/@src | //iframe/@src | //video/@src | //object/@data | //embed/@src")
        resources += page.html.xpath("//link[not(@rel='canonical')]/@href")
        return [one for one in resources if urlsplit(one).netloc or urlsplit(one).scheme]

    assert offenders(whole.pages, wrong) == []


def test_style_sheets_ask_no_third_party_either(whole: Whole):
    for path, data in read_folder(whole.site, (".css", ".js", ".svg")).items():
        text = data.decode()
        asked = re.findall(r"(?:url\(|@import\s+|import\(|fetch\()\s*['\"]?(https?:)?//", text)
        assert asked == [], path


# Links

def test_every_link_within_the_site_ends_at_a_page_and_at_an_id(whole: Whole):
    assert dead_links(read_folder(whole.site)) == []


def test_every_id_stands_once_on_its_page(whole: Whole):
    def wrong(page: Page) -> object:
        return [name for name, number in Counter(page.html.xpath("//@id")).items() if number > 1]

    assert offenders(whole.pages, wrong) == []


def test_labels_point_at_ids_that_are_there(whole: Whole):
    def wrong(page: Page) -> object:
        ids = set(page.html.xpath("//@id"))
        wanted = [one for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for") for value in page.html.xpath(f"//@{name}") for one in value.split()]
        return [one for one in wanted if one not in ids]

    assert offenders(whole.pages, wrong) == []


def test_every_picture_says_what_it_shows(whole: Whole):
    assert offenders(whole.pages, lambda page: page.html.xpath("//img[not(@alt)]")) == []
    assert offenders(whole.records, lambda page: page.html.xpath("//main//img[normalize-space(@alt)='']")) == []


def test_feeds_can_be_found_from_the_head_of_every_page(whole: Whole):
    """The site's own on every page, and before them those of the page's column."""
    def wrong(page: Page) -> object:
        column = whole.column_of(page)
        names = [column["id"], "all"] if column else ["all"]
        expected = [(f"/feeds/{name}.{kind}.xml", f"application/{kind}+xml") for name in names for kind in ("rss", "atom")]
        found = [(one.get("href"), one.get("type")) for one in page.html.xpath("/html/head/link[@rel='alternate']")]
        return found != expected and found

    assert offenders(whole.pages, wrong) == []


# What is said of a demonstration in what is taken away

def test_every_data_file_says_that_this_is_a_demonstration(whole: Whole):
    files = {path: data for path, data in read_folder(whole.site, (".json", ".csv")).items() if not path.startswith("search/") and "/schema/" not in path}
    attachments = {path for path in files if (whole.content / path).exists()}
    assert len(files) - len(attachments) > 80
    silent = [path for path, data in files.items() if path not in attachments and BANNER not in data.decode() and data.decode().count("\n") > 1]
    assert silent == []


def test_every_feed_says_that_this_is_a_demonstration(whole: Whole):
    feeds = read_folder(whole.site / "feeds", (".xml",))
    # One for each column, organ and measure of the plan, one for the whole site, one for the changes of lists.
    organs = list((whole.content / "organs").rglob("*.md"))
    measures, of_organs = ([path for path in feeds if path.startswith(name)] for name in ("measures/", "organs/"))
    assert (len(measures), len(of_organs)) == (2 * 43, 2 * len(organs))
    assert len(feeds) == 2 * (len(whole.columns) + 2 + 43 + len(organs))
    assert [path for path, data in feeds.items() if BANNER not in re.findall(r"<title>(.*?)</title>", data.decode())[0]] == []
