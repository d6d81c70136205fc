"""Citations: measured on real texts with labels, and their edges by examples."""

from __future__ import annotations

import csv
import io
import lzma
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from govportal.citations import Library, Named, find, fold_title
from govportal.kinds.prose import render
from govportal.kinds.prose.cited import link_citations

FIXTURES = Path(__file__).parents[2] / "fixtures" / "citations"
TODAY = date(2026, 11, 25)


def rows(name: str) -> Iterator[dict[str, str]]:
    data = (FIXTURES / name).read_bytes()
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode()
    csv.field_size_limit(10**7)
    return csv.DictReader(io.StringIO(text))


@cache
def library() -> Library:
    return Library(
        [
            Named(
                one["id"],
                one["title"],
                one["number"],
                date.fromisoformat(one["begins"]) if one["begins"] else None,
                one["issued"],
            )
            for one in rows("documents.csv.xz")
        ]
    )


@cache
def by_title() -> dict[tuple[str, str], str]:
    """Every title found in the texts with the document that it is taken to mean."""
    found = {}
    for one in rows("texts.csv.xz"):
        for place in find(one["text"]):
            if one["text"][place.start] == "《":
                meant = library().meant(place.written, TODAY, one["id"])
                if meant is not None:
                    found[one["id"], one["text"][place.start + 1 : place.end - 1]] = meant.id
    return found


@pytest.mark.parametrize(("form", "count", "least"), [("same", 1480, 0.99), ("variant", 74, 0.9)])
def test_titles_are_found(form: str, count: int, least: float) -> None:
    labelled = {(one["citing"], one["written"]): one["target"] for one in rows("titles.csv") if one["form"] == form}
    right = sum(by_title().get(place) == target for place, target in labelled.items())
    print(f"titles, {form}: recall {right}/{len(labelled)} = {right / len(labelled):.4f}")
    assert len(labelled) == count and right / count >= least


def test_a_title_that_is_linked_is_linked_to_the_right_document() -> None:
    right = {(one["citing"], one["written"]): one["target"] for name in ("titles.csv", "judged.csv") for one in rows(name)}
    linked = by_title()
    good = sum(right.get(place) == target for place, target in linked.items())
    print(f"titles: precision {good}/{len(linked)} = {good / len(linked):.4f}")
    assert len(linked) > 1500 and good / len(linked) >= 0.995


def by_number(shipped: bool) -> tuple[int, int, int, int]:
    """Of the labelled citations by number: how many, how many have a document here, how many are linked, and rightly."""
    count = expected = linked = right = 0
    for one in rows("numbers.csv"):
        if shipped and not one["shipped"]:
            continue
        text = one["before"] + one["cited"] + one["after"]
        place = next(
            place for place in find(text) if (place.start, place.end) == (len(one["before"]), len(one["before"] + one["cited"]))
        )
        meant = library().meant(place.written, TODAY, one["source"])
        count += 1
        expected += bool(one["expected"])
        linked += meant is not None
        right += meant is not None and meant.id == one["expected"]
    return count, expected, linked, right


def test_numbers_are_found_and_linked_to_the_right_document() -> None:
    for shipped in (False, True):
        count, expected, linked, right = by_number(shipped)
        print(f"numbers{' in shipped texts' if shipped else ''}: {count}, recall {right}/{expected}, precision {right}/{linked}")
        assert right / expected >= 0.95 and right / linked >= 0.99
        assert shipped or (count >= 200 and expected >= 35)


VERSIONS = Library(
    [
        Named("old", "中华人民共和国示例法", "示例令第1号", date(2015, 1, 1), "2014-10-01"),
        Named("new", "中华人民共和国示例法", "示例令第2号", date(2020, 7, 1), "2020-01-01"),
        Named("next", "中华人民共和国示例法", "示例令第3号", date(2027, 1, 1), "2026-10-01"),
        Named("rules", "示例：示例区办法", "示例政办规〔2026〕3号", date(2026, 1, 1), "2026-01-01"),
        Named("notice", "示例市政府办公室关于印发《示例方案》的通知", "示例政办发〔2020〕7号", None, "2020-02-01"),
        Named("reply", "示例批复", "法〔2019〕26号", None, "2019-02-01"),
        Named("order", "示例规定", "示例部令第5号", date(2017, 1, 1), "2017-01-01"),
        Named("dated", "示例细则", "示例部令2019年第5号", date(2019, 1, 1), "2019-01-01"),
        Named("joint", "示例联合办法", "[1992]示例字240号", None, "1992"),
    ]
)


@pytest.mark.parametrize(
    ("text", "day", "meant"),
    [
        # The version of the day.
        ("《中华人民共和国示例法》", "2026-11-25", "new"),
        ("《中华人民共和国示例法》", "2020-06-30", "old"),
        ("《中华人民共和国示例法》", "2010-01-01", "old"),
        ("《中华人民共和国示例法》", "2027-01-01", "next"),
        ("《示例法》", "2027-01-01", "next"),
        # The version that is named.
        ("《示例法》（2014年10月1日修订）", "2026-11-25", "old"),
        ("《中华人民共和国示例法》（示例令第1号）", "2026-11-25", "old"),
        ("《中华人民共和国示例法》（示例令第9号）", "2026-11-25", "new"),
        ("示例令第3号", "2026-11-25", "next"),
        # Ways of writing.
        ("《示例区办法》", "2026-11-25", "rules"),
        ("《示例方案》", "2026-11-25", "notice"),
        ("《关于印发〈示例方案〉的通知》", "2026-11-25", "notice"),
        ("按示例政办规[2026]3号文件", "2026-11-25", "rules"),
        ("根据示例政办规（2026）第３号", "2026-11-25", "rules"),
        ("（示例政办规〔2026〕003号）", "2026-11-25", "rules"),
        ("[1992]示例字240号", "2026-11-25", "joint"),
        ("原示例部令2019年第5号", "2026-11-25", "dated"),
        ("依照示例部令2017年第5号", "2026-11-25", "order"),
        ("示例部第五号令", "2026-11-25", "order"),
        # What is not here.
        ("京示例政办规〔2026〕3号", "2026-11-25", None),
        ("示例政办规〔2026〕33号", "2026-11-25", None),
        ("示例政办规〔2025〕3号", "2026-11-25", None),
        ("国市监法〔2019〕26号", "2026-11-25", None),
        ("《另一规定》（示例部令第5号）", "2026-11-25", None),
        ("示例部令2018年第5号", "2026-11-25", None),
        ("《示例办法》", "2026-11-25", None),
        ("第3号", "2026-11-25", None),
        ("〔2026〕3号", "2026-11-25", None),
    ],
)
def test_which_document_is_meant(text: str, day: str, meant: str | None) -> None:
    found = [VERSIONS.meant(place.written, date.fromisoformat(day)) for place in find(text)]
    assert [one.id for one in found if one][:1] == ([meant] if meant else [])


def test_a_text_that_calls_its_own_name_means_a_former_version_and_only_where_a_number_tells_which() -> None:
    assert VERSIONS.meant("《中华人民共和国示例法》", TODAY, "new") is None
    assert VERSIONS.meant("示例政办规〔2026〕3号", TODAY, "rules") is None
    former = VERSIONS.meant("《中华人民共和国示例法》（示例令第1号）", TODAY, "new")
    assert former is not None and former.id == "old"


def test_words_before_a_number_are_no_part_of_the_link() -> None:
    links = {
        place.written: {"href": "/rules", "skip": meant.skip, "state": ""}
        for place in find("现根据示例政办规〔2026〕3号办理")
        if (meant := VERSIONS.meant(place.written, TODAY))
    }
    assert link_citations("<p>现根据示例政办规〔2026〕3号办理</p>", links) == (
        '<p>现根据<a class="citation" href="/rules">示例政办规〔2026〕3号</a>办理</p>'
    )


LINK = {"href": "/a?b&c", "skip": 0, "state": "废止"}
LINKED = '<a class="citation" href="/a?b&amp;c">'
STATE = '<span class="cited-state" data-state="废止"></span>'


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("依照《甲办法》办理。", f"<p>依照《{LINKED}甲办法</a>》{STATE}办理。</p>"),
        ("《甲办法》和《甲办法》", f"<p>《{LINKED}甲办法</a>》{STATE}和《{LINKED}甲办法</a>》{STATE}</p>"),
        ("《甲\n办法》", f"<p>《{LINKED}甲办法</a>》{STATE}</p>"),
        ("《甲&办法》*。*", f"<p>《{LINKED}甲&amp;办法</a>》{STATE}<em>。</em></p>"),
        ("《甲办法》`《甲办法》`", f"<p>《{LINKED}甲办法</a>》{STATE}<code>《甲办法》</code></p>"),
        ("[《甲办法》](https://example.org/)", '<p><a href="https://example.org/" rel="noopener noreferrer">《甲办法》</a></p>'),
        ("| 依据 |\n|---|\n| 《甲办法》 |", None),
    ],
)
def test_links_stand_in_text_only(body: str, made: str | None) -> None:
    links = {"《甲办法》": LINK, "《甲&办法》": LINK}
    html = link_citations(render(body).html, links)
    if made is None:
        assert f"<td>《{LINKED}甲办法</a>》{STATE}</td>" in html
    else:
        assert html == made


def test_headings_and_attributes_hold_no_link() -> None:
    made = render('## 《甲办法》\n\n<p title="《甲办法》">《乙办法》</p>').html
    assert link_citations(made, {"《甲办法》": LINK}) == made


def test_the_number_right_behind_its_title_is_no_second_link() -> None:
    links = {"《甲办法》（示例发〔2020〕3号）": LINK, "《甲办法》示例发〔2020〕3号": LINK, "示例发〔2020〕3号": LINK}
    html = link_citations("<p>《甲办法》（示例发〔2020〕3号）与示例发〔2020〕3号</p>", links | {"与示例发〔2020〕3号": LINK | {"skip": 1}})
    assert html == f"<p>《{LINKED}甲办法</a>》{STATE}（示例发〔2020〕3号）与{LINKED}示例发〔2020〕3号</a>{STATE}</p>"


def test_titles_fold_to_one_form() -> None:
    assert fold_title("《示例：甲（试行）》") == fold_title("甲(试行)")
    assert fold_title("“十四五”规划—2025") == fold_title("十四五规划－2025")
