"""The index as a whole: nothing is missed, nothing depends on the order, little is rewritten."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govportal.products.search import SearchEntry, assemble, prepare, segments
from unit.search import reference_reader as reader

WORDS = [
    "水土",
    "保持",
    "生产建设",
    "项目",
    "，",
    "。\n",
    "（试行）",
    "〔2017〕",
    "9号",
    "AbC",
    " ",
    "１２",
    "𠮷",
    "a",
    "通知",
    "3",
]


def entry(at: int, title: str = "示例通知", **more: str) -> SearchEntry:
    known = {
        "id": f"p-{at}",
        "href": f"/policies/{at}.html",
        "title": title,
        "number": "",
        "index_number": "",
        "column": "政策文件",
        "organ": "示例局",
        "type": "policy",
        "date": f"20{at % 24:02}-01-{at % 28 + 1:02}",
        "badge": "",
    }
    return SearchEntry(**(known | more), sample=True)  # type: ignore[arg-type]


def index(records: Sequence[tuple[SearchEntry, str]]) -> dict[str, bytes]:
    return dict(assemble([(shown, prepare(shown, text)) for shown, text in records]))


texts = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
records = st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=8).map(
    lambda found: [
        (entry(at, title, number=number, index_number=other), body)
        for at, (title, number, other, body) in enumerate(found)
    ]
)


@settings(max_examples=80, deadline=None)
@given(records, st.data())
def test_every_piece_of_every_field_finds_its_record(
    found: list[tuple[SearchEntry, str]], data: st.DataObject
) -> None:
    files = index(found)
    shown, body = data.draw(st.sampled_from(found))
    field = data.draw(st.sampled_from([shown.title, shown.number, shown.index_number, body]))
    start = data.draw(st.integers(0, len(field)))
    query = field[start : data.draw(st.integers(start, len(field)))]
    truth = {shown.id for shown, body in found if reader.matches(shown, body, query)}
    if reader.words(query)[0]:
        assert shown.id in truth
        assert set(reader.search(files, query)) == truth


@settings(max_examples=40, deadline=None)
@given(records, texts)
def test_any_query_finds_what_substring_finds(found: list[tuple[SearchEntry, str]], query: str) -> None:
    truth = {shown.id for shown, body in found if reader.matches(shown, body, query)}
    assert set(reader.search(index(found), query)) == truth


def test_results_come_newest_first() -> None:
    files = index([(entry(at), "水土保持") for at in range(100)])
    dates = [
        f"20{int(found[2:]) % 24:02}-01-{int(found[2:]) % 28 + 1:02}"
        for found in reader.search(files, "水土")
    ]
    assert len(dates) == 100
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    "query", ["黑办发〔2017〕9号", "黑办发[2017]9", "黑办发(2017)9号", "黑办发２０１７ ９号"]
)
def test_a_whole_number_is_known_however_it_is_typed(query: str) -> None:
    files = index([(entry(at, number=f"黑办发〔2017〕{at}号"), "正文") for at in range(120)])
    assert reader.whole(files, query) == {"p-9"}


def test_a_whole_title_is_known() -> None:
    files = index([(entry(1, "关于“三农”工作的通知"), ""), (entry(2, "转发关于“三农”工作的通知"), "")])
    assert reader.whole(files, "关于三农工作的通知") == {"p-1"}


def test_the_files_depend_on_the_set_alone() -> None:
    items = [(shown, prepare(shown, f"正文{at}")) for at in range(400) if (shown := entry(at))]
    files = dict(assemble(items))
    random.Random(7).shuffle(items)
    assert dict(assemble(items)) == files


def test_no_record_is_no_trouble() -> None:
    files = index([])
    assert list(files) == ["manifest.json"]
    assert reader.search(files, "水土") == []


def test_a_record_without_letters_is_no_trouble() -> None:
    files = index([(entry(1, "——"), "")])
    assert reader.search(files, "水土") == []


def test_two_records_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        index([(entry(1), ""), (entry(1), "")])


def test_a_new_record_mostly_rewrites_one_small_segment() -> None:
    dated = [
        entry(at, date=f"{2000 + at // 300}-{at // 25 % 12 + 1:02}-{at % 25 + 1:02}") for at in range(3000)
    ]
    sizes = []
    for count in range(2900, 3000):
        before = {tuple(dated[at].id for at in part) for part in segments.divide(dated[:count])}
        after = {tuple(dated[at].id for at in part) for part in segments.divide(dated[: count + 1])}
        sizes.append(sum(map(len, after - before)))
    assert sorted(sizes)[50] <= 64


@pytest.mark.parametrize("change", [{"badge": "废止"}, {"column": "其他", "href": "/other.html"}])
def test_a_change_of_what_is_only_shown_rewrites_one_file(change: dict[str, str]) -> None:
    known = [(entry(at), f"正文第{at}段") for at in range(200)]
    before = index(known)
    known[77] = (replace(known[77][0], **change), known[77][1])  # type: ignore[arg-type]
    after = index(known)
    assert list(before) == list(after)
    assert sum(before[path] != after[path] for path in after) == 1


def test_a_change_of_what_is_searched_gives_the_segment_a_new_name() -> None:
    known = [(entry(at), f"正文第{at}段") for at in range(50)]
    changes = [
        {"title": "另一标题"},
        {"number": "示例〔2024〕1号"},
        {"index_number": "1/2"},
        {"date": "2020-02-02"},
    ]
    names = {tuple(sorted({path.split("/")[0] for path in index(known)}))}
    for change in changes:
        changed = [(replace(known[0][0], **change), known[0][1]), *known[1:]]  # type: ignore[arg-type]
        names.add(tuple(sorted({path.split("/")[0] for path in index(changed)})))
    names.add(tuple(sorted({path.split("/")[0] for path in index([(known[0][0], "另一正文"), *known[1:]])})))
    assert len(names) == len(changes) + 2


@settings(max_examples=50)
@given(st.lists(st.integers(0, 10**9), unique=True, max_size=300))
def test_segments_hold_every_record_once_newest_first(numbers: list[int]) -> None:
    shown = [entry(number) for number in numbers]
    order = [at for part in segments.divide(shown) for at in part]
    assert order == sorted(range(len(shown)), key=lambda at: (shown[at].date, shown[at].id), reverse=True)


def test_no_segment_grows_beyond_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "CAP", 40)
    assert max(map(len, segments.divide([entry(at) for at in range(500)]))) <= 40
