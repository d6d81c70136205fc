"""What is read exactly as it was written, wherever it is published."""

import csv
import io
import json

import feedparser
import pytest
from markupsafe import escape

from support.published import search_text
from support.standing import StandingTown, file
from support.town import Built, notice

NOTICE = "notices/2026/new.md"
TITLES = {
    "no in English": "NO", "yes in English": "Yes", "a number with a nought before it": "010", "an area code": "0454", "a time": "12:30",
    "a number with an exponent": "1e3", "a number with a separator": "1_000", "a figure of many digits": "11999999000000001234567890",
    "a code of 18 digits": "230804199901010012", "nothing, in YAML": "~", "nothing, spelt out": "null", "a date": "2024-02-30",
    "a moment": "2024-05-01T00:00:00Z", "not a number": ".nan", "an octal": "0o17", "a hexadecimal": "0x1F",
    "beyond the basic plane": "示例𠮷𠀀𪚥镇", "an emoji with parts": "示例👨‍👩‍👧", "full width": "ＡＢＣ１２３", "compatibility characters": "㈠①Ⅷ㎡",
    "a decomposed letter": "Cafe\u0301", "an ampersand": "甲&乙", "an entity": "甲&amp;乙", "less than": "甲<乙", "quotation marks": "'甲“乙”\"丙\"'",
    "a template's braces": "'{{ 7*7 }}'", "a formula": "'=1+1'", "a slot of ours": "'@@govportal:main@@'", "a percent sign": "50%增长",
}  # fmt: skip


@pytest.fixture(scope="module")
def titled(standing: StandingTown) -> Built:
    """One build with a notice for each of these titles."""
    return standing.trial(
        *(
            file(f"notices/2026/new-{at}.md", notice(id=f"new-{at}", title=title))
            for at, title in enumerate(TITLES.values())
        )
    )


def everywhere(built: Built, name: str) -> dict[str, str]:
    """The title of a notice as each product gives it."""
    exported = next(
        one for one in json.loads(built.files["data/notice.json"])["records"] if one["id"] == name
    )
    table = list(csv.DictReader(io.StringIO(built.files["data/notice.csv"].decode("utf-8-sig"))))
    entry = {
        one["guid"] if "guid" in one else one["id"]: one
        for one in feedparser.parse(built.files["feeds/notice.rss.xml"])["entries"]
    }
    atom = {one["id"]: one for one in feedparser.parse(built.files["feeds/notice.atom.xml"])["entries"]}
    key = next(one for one in entry if one.endswith(f"record/{name}"))
    return {
        "json": exported["title"], "csv": next(row["标题"] for row in table if row["编号"] == name),
        "search": search_text(built.files)[name][0].title,
        "rss": entry[key]["title"], "atom": atom[key]["title"],
    }  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_what_was_typed(name: str, titled: Built) -> None:
    assert titled.ok, titled.lines
    written = TITLES[name]
    title = written[1:-1] if written.startswith("'") else written
    new = f"new-{list(TITLES).index(name)}"
    seen = everywhere(titled, new)
    if title[0] in "=@":
        assert seen.pop("csv") == "'" + title  # a spreadsheet must not calculate it
    html = {name: seen.pop(name) for name in ("rss", "atom")}
    assert set(seen.values()) == {title}
    if "<" not in title and "&" not in title:
        assert set(html.values()) == {title}
    page = titled.text(f"notices/2026/{new}.html")
    assert str(escape(title)) in page.replace("&#x27;", "&#39;")
    assert f"<h1>{escape(title)}" in page
    lists = titled.text("notices/index.html") + titled.text("notices/page-2.html")
    assert str(escape(title)) in lists


def test_numbers_and_codes_in_a_fee_list_stay_what_they_are(standing: StandingTown) -> None:
    path = "fee-lists/fees-2026.yml"
    values = {
        "standard": "010",
        "payer": "NO",
        "unit": "12:30",
        "remark": "230804199901010012",
        "reduction": "0454",
    }
    row = (
        "  - {code: '0010', department: 示例部门, item: 示例费, basis: 示例依据, "
        + ", ".join(f"{k}: {v}" for k, v in values.items())
        + "}\n"
    )
    written = (standing.town.content / path).read_text()
    built = standing.trial(file(path, written + row))
    assert built.ok, built.lines
    exported = json.loads(built.files["fee-lists/fees-2026.json"])["rows"][-1]
    assert (
        exported == {"code": "0010", "department": "示例部门", "item": "示例费", "basis": "示例依据"} | values
    )
    cells = list(csv.reader(io.StringIO(built.files["fee-lists/fees-2026.csv"].decode("utf-8-sig"))))[-1]
    assert set(values.values()) | {"0010"} <= set(cells)
    page = built.text("fee-lists/fees-2026.html")
    assert all(f">{value}<" in page for value in values.values())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a byte order mark", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("carriage returns", lambda text: text.replace("\n", "\r\n").encode()),
        ("old Macintosh line ends", lambda text: text.replace("\n", "\r").encode()),
        ("a mark and carriage returns", lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()),
        ("spaces after the hyphens", lambda text: text.replace("---\n\n", "---  \n\n").encode()),
    ],
)  # fmt: skip
def test_the_way_an_editor_saves_makes_no_difference(name: str, change, standing: StandingTown) -> None:  # type: ignore[no-untyped-def]
    text = notice("第一段。\n第二行。\n\n- 甲\n- 乙\n\n|一|二|\n|-|-|\n|三|四|", id="new", title="示例𠮷")
    plain = standing.trial(file(NOTICE, text))
    other = standing.trial(file(NOTICE, change(text)))
    assert plain.ok and other.ok
    assert other.files == plain.files
    assert (
        b"\r" not in other.files["notices/2026/new.html"]
        and b"\xef\xbb\xbf" not in other.files["notices/2026/new.html"]
    )


def test_characters_beyond_the_basic_plane_survive_in_the_body(standing: StandingTown) -> None:
    built = standing.trial(file(NOTICE, notice("示例𠮷𠀀正文，*𪚥*。", id="new")))
    assert "示例𠮷𠀀正文，<em>𪚥</em>。" in built.text("notices/2026/new.html")
    assert search_text(built.files)["new"][1] == "示例𠮷𠀀正文，𪚥。"
    assert "示例𠮷𠀀正文，𪚥。" in str(
        [one["summary"] for one in feedparser.parse(built.files["feeds/notice.rss.xml"])["entries"]]
    )
