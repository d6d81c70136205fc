"""What machines are told: schema.org, sharing, site maps, the manifest and the pictures that the site draws of itself."""

import json
import zlib
from itertools import chain
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest

from govportal.plans import Plan
from govportal.products.exports import write_sitemap
from govportal.products.exports.picture import card, icon, write_png
from govportal.products.exports.sitemap import pieces
from govportal.products.machines import INDEXED
from govportal.render import Workshop
from support.full_town import furnish
from support.town import SITE, Built, Town, notice, policy, theme_pages

HARD = "示例：2 < 3 且 5 > 4，\\ '单' \"双\" &amp; R&D"
EVIL = "</script><script>alert(1)</script><!--'\"&"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    town = furnish(Town(tmp_path_factory.mktemp("machines")))
    town.write("notices/2026/evil.md", notice(id="evil", title=json.dumps(HARD, ensure_ascii=False)))
    town.write("policies/2026/ended.md", policy(id="ended", title="示例旧规定", document_number="示例政办发〔2026〕2号", index_number="11999999000000001U/2026-00002",
                                                repeal="{kind: 废止, by: rules, on: 2026-11-01}"))
    made = town.build()
    assert made.ok, made.lines
    return made


def page(built: Built, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(built.files[path])


def graph(built: Built, path: str) -> list[dict[str, Any]]:
    """What the only block of data of a page says."""
    (block,) = page(built, path).xpath("//script[@type='application/ld+json']")
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def shared(built: Built, path: str) -> dict[str, str]:
    found = page(built, path).xpath("//meta[starts-with(@property, 'og:')]")
    assert len(found) == len({one.get("property") for one in found})
    return {one.get("property"): one.get("content") for one in found}


def test_a_document_says_what_it_is_and_whether_it_is_in_force(built: Built) -> None:
    law, rules, ended = (graph(built, f"policies/{one}.html")[0] for one in ("2019/law", "2026/rules", "2026/ended"))
    assert law["@type"] == rules["@type"] == "Legislation"
    assert (law["legislationType"], law["name"]) == ("法律", "示例法")
    assert law["legislationPassedBy"] == [{"@type": "GovernmentOrganization", "name": "示例机关"}]
    assert (rules["legislationIdentifier"], rules["legislationDate"]) == ("示例政办发〔2026〕1号", "2026-11-18")
    assert rules["publisher"] == [{"@type": "GovernmentOrganization", "name": "示例区政府办公室", "url": "https://portal.example/organs/office.html"}]
    assert [one.get("legislationLegalForce", "").rpartition("/")[2] for one in (law, rules, ended)] == ["", "InForce", "NotInForce"]


def test_every_type_says_its_own(built: Built) -> None:
    assert graph(built, "notices/2026/heating.html")[0]["@type"] == "NewsArticle"
    assert graph(built, "notices/2026/heating.html")[0]["datePublished"] == "2026-11-20T09:30+08:00"
    about = graph(built, "interpretations/2026/rules.html")[0]["about"]
    assert [one["name"] for one in about] == ["示例规定"]
    organ = graph(built, "organs/office.html")[0]
    assert (organ["@type"], organ["mainEntity"]["@type"]) == ("WebPage", "GovernmentOrganization")
    assert "datePublished" in organ and "datePublished" not in organ["mainEntity"]
    fees = graph(built, "fee-lists/fees-2026.html")[0]
    assert fees["@type"] == "Dataset" and fees["version"] == "2026-01-01" and fees["creativeWorkStatus"] == "示例"
    assert [one["encodingFormat"] for one in fees["distribution"]] == ["text/csv", "application/json"]
    assert all(one["contentUrl"].removeprefix("https://portal.example/") in built.files for one in fees["distribution"])


def test_every_page_with_an_address_has_its_trail(built: Built) -> None:
    trail = graph(built, "policies/2026/rules.html")[-1]
    assert [(one["position"], one["name"], one["item"]) for one in trail["itemListElement"]] == [
        (1, "首页", "https://portal.example/"), (2, "政策", "https://portal.example/policies/"),
        (3, "示例规定", "https://portal.example/policies/2026/rules.html")]  # fmt: skip
    home = graph(built, "index.html")
    assert [one["@type"] for one in home] == ["WebSite"]
    assert home[0]["potentialAction"]["target"] == "https://portal.example/search.html?q={search_term_string}"
    for path in (one for one in built.files if one.endswith(".html") and one != "index.html"):
        document = page(built, path)
        if document.xpath("//meta[@http-equiv='refresh']"):
            assert document.xpath("//script[@type='application/ld+json']") == []
            continue
        shown = [" ".join(one.text_content().split()) for one in document.xpath("//nav[@aria-label='当前位置']//li")]
        told = graph(built, path)[-1]["itemListElement"]
        assert [" ".join(one["name"].split()) for one in told] == shown, path
        (canonical,) = document.xpath("//link[@rel='canonical']/@href")
        assert told[-1]["item"] == canonical == shared(built, path)["og:url"], path


def test_no_word_of_a_record_can_end_the_block(built: Built) -> None:
    assert graph(built, "notices/2026/evil.html")[0]["name"] == HARD
    assert shared(built, "notices/2026/evil.html")["og:title"] == HARD
    # What the reading of content refuses may still come from a type that somebody adds.
    view = {"title": "", "head_meta": [], "scripts": [], "shared": [("og:title", EVIL)], "structured": {"name": EVIL}}
    shop = Workshop(theme_pages() | {"pages/nothing.html": ""}, {"": "@@govportal:head@@"}, "")
    source = shop.page(Plan("x.html", "page", view, "pages/nothing.html"), "").decode()
    block = source.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert not set("<>&'") & set(block) and json.loads(block) == {"name": EVIL}
    assert lxml.html.fromstring(source).xpath("//script[not(@type)]") == []
    assert lxml.html.fromstring(source).xpath("//meta/@content") == [EVIL]


def test_a_page_that_is_passed_on_has_title_words_and_a_picture(built: Built) -> None:
    said = shared(built, "notices/2026/heating.html")
    assert said | {"og:description": ""} == {
        "og:title": "示例：供热通知", "og:type": "article", "og:url": "https://portal.example/notices/2026/heating.html", "og:site_name": "示例区政务公开",
        "og:locale": "zh_CN", "og:image": "https://portal.example/icons/card.png", "og:description": ""}  # fmt: skip
    assert said["og:image"].removeprefix("https://portal.example/") in built.files
    assert shared(built, "index.html")["og:type"] == "website"


def test_the_manifest_names_pictures_that_are_there(built: Built) -> None:
    manifest = json.loads(built.files["manifest.webmanifest"])
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("示例区政务公开", "zh-CN", "/")
    for one in manifest["icons"]:
        data = built.files[one["src"].lstrip("/")]
        assert f"{int.from_bytes(data[16:20])}x{int.from_bytes(data[20:24])}" == one["sizes"]
    links = page(built, "index.html").xpath("//link[@rel='manifest' or @rel='apple-touch-icon']/@href")
    assert links == ["/manifest.webmanifest", "/icons/touch-180.png"] and links[1][1:] in built.files


def pixels(data: bytes) -> list[list[tuple[int, int, int]]]:
    """The pixels of a PNG as this site writes it: eight bits a channel, no filter."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed, width = 8, b"", 0
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        inside = data[at + 8 : at + 8 + size]
        assert int.from_bytes(data[at + 8 + size : at + 12 + size]) == zlib.crc32(name + inside)
        width = int.from_bytes(inside[:4]) if name == b"IHDR" else width
        packed += inside if name == b"IDAT" else b""
        at += 12 + size
    raw, line = zlib.decompress(packed), width * 3 + 1
    rows = [raw[start : start + line] for start in range(0, len(raw), line)]
    assert all(row[0] == 0 for row in rows)
    return [[(row[x], row[x + 1], row[x + 2]) for x in range(1, line, 3)] for row in rows]


def test_pictures_are_what_they_describe(built: Built) -> None:
    drawn = pixels(write_png(Plan("icon.png", "png", icon(64))))
    assert len(drawn) == len(drawn[0]) == 64
    blue, white = (0x0B, 0x4F, 0x9E), (255, 255, 255)
    assert drawn[0][0] == white and drawn[12][32] == blue and drawn[20][32] == white
    assert drawn == [row[:] for row in drawn] and all(row[:9] == row[:-10:-1] for row in drawn)  # the disc is even
    shape = card()
    assert (len(shape["shapes"]), shape["width"], shape["height"]) == (11, 1200, 630)
    assert write_png(Plan("card.png", "png", shape)) == built.files["icons/card.png"]


def test_the_site_map_is_an_index_of_files(built: Built) -> None:
    index = lxml.etree.fromstring(built.files["sitemap.xml"])
    assert index.xpath("s:sitemap/s:loc/text()", namespaces=SPACE) == ["https://portal.example/sitemap-1.xml"]
    listed = lxml.etree.fromstring(built.files["sitemap-1.xml"]).xpath("s:url/s:loc/text()", namespaces=SPACE)
    assert len(listed) == len(set(listed)) and "https://portal.example/notices/2026/heating.html" in listed
    assert "https://portal.example/notices/2026/heat.html" not in listed  # it forwards


def test_site_maps_keep_to_both_limits() -> None:
    entries = [(f"https://portal.example/{number}/&.html", "2026-11-23") for number in range(1, 1201)]
    by_pages = list(pieces(entries, pages=500))
    assert [len(one) for one in by_pages] == [500, 500, 200] and [*chain(*by_pages)] == entries
    by_size = list(pieces(entries, size=10_000))
    assert [*chain(*by_size)] == entries
    sizes = [len(write_sitemap(Plan("", "sitemap", {"pages": one}))) for one in by_size]
    assert max(sizes) <= 10_000 and min(sizes[:-1]) > 9_500
    assert list(pieces([])) == [[]]


def test_only_the_real_site_lets_search_engines_in(tmp_path: Path) -> None:
    town = Town(tmp_path)
    shut = town.build()
    assert b"Disallow: /" in shut.files["robots.txt"] and b'name="robots" content="noindex"' in shut.files["index.html"]
    switches = town.project().switches | {INDEXED}
    for opened in (town.build(switches=switches), _staging(town).build(switches=switches)):
        assert b"Allow: /" in opened.files["robots.txt"] and b"noindex" not in opened.files["index.html"]
    assert b"noindex" in town.build().files["index.html"]


def _staging(town: Town) -> Town:
    town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: staging"))
    return town
