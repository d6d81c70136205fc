"""The index as a whole: nothing is missed, nothing depends on the order, little is rewritten."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govportal.products.search import Draft, Index, SearchEntry, pieces, postings, segments
from govportal.products.search.analyse import fold
from unit.search import reference_reader as reader
from unit.search.reference_reader import draft, index

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


texts = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
records = st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=8).map(
    lambda found: [
        (entry(at, title, number=number, index_number=other), body)
        for at, (title, number, other, body) in enumerate(found)
    ]
)


@contextmanager
def cutting(piece: int, overlap: int) -> Iterator[None]:
    """Texts in pieces of so many letters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", piece)
        patch.setattr(pieces, "OVERLAP", overlap)
        yield


SIZES = pytest.mark.parametrize(("piece", "overlap"), [(pieces.PIECE, pieces.OVERLAP), (12, 5), (6, 6)])


@SIZES
@settings(max_examples=25, deadline=None)
@given(records, st.data())
def test_every_piece_of_every_field_finds_its_record(
    piece: int, overlap: int, found: list[tuple[SearchEntry, str]], data: st.DataObject
) -> None:
    shown, body = data.draw(st.sampled_from(found))
    field = data.draw(st.sampled_from([shown.title, shown.number, shown.index_number, body]))
    start = data.draw(st.integers(0, len(field)))
    query = field[start : data.draw(st.integers(start, len(field)))]
    with cutting(piece, overlap):
        truth = reader.matching(found, query)
        if reader.words(query)[0]:
            assert shown.id in truth
            assert set(reader.search(index(found), query)) == truth


@SIZES
@settings(max_examples=15, deadline=None)
@given(records, texts)
def test_any_query_finds_what_substring_finds(
    piece: int, overlap: int, found: list[tuple[SearchEntry, str]], query: str
) -> None:
    with cutting(piece, overlap):
        assert set(reader.search(index(found), query)) == reader.matching(found, query)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "㎏", "——", "\n"]), max_size=60).map("".join),
    *[st.integers(1, most) for most in (9, 20, 8)],
)
def test_a_short_word_stands_wholly_in_a_piece(text: str, count: int, piece: int, overlap: int) -> None:
    with cutting(piece, overlap):
        found = pieces.cut(text, count)
        assert len(found) == count
        letters = fold(text)
        for start in range(len(letters)):
            assert any(letters[start : start + overlap] in fold(one) for one in found)
        if "㎏" not in text:
            assert reader.joined(found) == text


def test_a_piece_is_no_longer_than_is_said() -> None:
    text = "".join(chr(0x4E00 + at % 20_000) for at in range(123_456))
    found = pieces.cut(text, pieces.count_for(len(text)))
    assert len(found) == 62 and reader.joined(found) == text
    assert max(len(fold(piece)) for piece in found) <= pieces.PIECE + pieces.OVERLAP
    assert all(one.startswith(pieces.MARK) for one in found[1:]) and not found[-1].endswith(pieces.MARK)
    assert pieces.count_for(10**9) == pieces.MOST


def test_words_in_different_parts_of_a_record_are_found_together() -> None:
    body = "甲乙。" + "水土保持，" * 1200 + "丙丁。"
    attached = replace(entry(1), part=1, file="附件")
    records = [(entry(1), body), (attached, "戊己"), (entry(2), "甲乙丙丁" + "水" * 5000), (entry(3), "戊己")]
    files = index(records)
    assert len(reader.parts(records)) > 6
    for query, wanted in (("甲乙 丙丁", {"p-1", "p-2"}), ("丙丁 戊己", {"p-1"}), ("示例通知 丁", {"p-1", "p-2"})):
        assert set(reader.search(files, query)) == reader.matching(records, query) == wanted


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


def test_a_number_is_known_by_its_parts_in_any_order() -> None:
    files = index([(entry(at, number=f"黑办发〔2017〕{at}号"), "正文") for at in range(120)])
    assert reader.whole(files, "2017 9 黑办发") == {"p-9"}


def test_a_whole_title_is_known() -> None:
    files = index([(entry(1, "关于“三农”工作的通知"), ""), (entry(2, "转发关于“三农”工作的通知"), "")])
    assert reader.whole(files, "关于三农工作的通知") == {"p-1"}


def test_the_files_depend_on_the_set_alone() -> None:
    items = [(entry(at), f"正文{at}") for at in range(400)]
    files = index(items)
    random.Random(7).shuffle(items)
    assert index(items) == files


def test_no_record_is_no_trouble() -> None:
    files = index([])
    assert [path for path in files if not path.startswith(("words/", "versions/"))] == ["manifest.bin"]
    assert reader.search(files, "水土") == []


def test_a_record_without_letters_is_no_trouble() -> None:
    files = index([(entry(1, "——"), "")])
    assert reader.search(files, "水土") == []


def test_two_records_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        index([(entry(1), ""), (entry(1), "")])


class Tree:
    """The files of the last time."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def holds(self, path: str) -> bool:
        return path in self.files

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)


class Office:
    """Records that change, and an index that follows; `written` counts what was made in the last step."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[SearchEntry, str]] = {}
        self.files: dict[str, bytes] = {}
        self.segments: dict[str, object] = {}
        self.written: list[str] = []

    def follow(self) -> None:
        """Bring the index up to date, and hold it to what a clean making gives."""
        shown = reader.parts(self.records.values())
        made = Index([draft(*one) for one in shown], reader.preparer(shown), self.segments, Tree(self.files))  # type: ignore[arg-type]
        files = {path: self.files[path] if data is None else data for path, data in made.files()}
        self.written = [path for path in files if self.files.get(path) != files[path]]
        self.files, self.segments = files, dict(made.segments)
        assert files == index(list(self.records.values()))


@pytest.mark.parametrize(("long", "piece"), [(postings.LONG, pieces.PIECE), (5, 30)])
@pytest.mark.parametrize("seed", range(3))
def test_following_changes_gives_what_a_clean_making_gives(
    monkeypatch: pytest.MonkeyPatch, seed: int, long: int, piece: int
) -> None:
    monkeypatch.setattr(pieces, "PIECE", piece)
    monkeypatch.setattr(pieces, "OVERLAP", piece // 10)
    monkeypatch.setattr(postings, "LONG", long)
    monkeypatch.setattr(postings, "BLOCKS", (7, 30, 100, 65536))
    chance = random.Random(seed)
    office = Office()
    for at in range(60):
        office.records[f"p-{at}"] = (entry(at), "".join(chance.choices(WORDS, k=20)))
    office.follow()
    for at in range(60, 90):
        name = chance.choice(list(office.records))
        shown, text = office.records[name]
        step = chance.randrange(7)
        if step == 0:
            office.records[f"p-{at}"] = (entry(at), "".join(chance.choices(WORDS, k=20)))
        elif step == 1 and len(office.records) > 3:
            del office.records[name]
        elif step == 2:
            office.records[name] = (replace(shown, badge=chance.choice(["废止", "有效"]), late=True), text)
        elif step == 3:
            office.records[name] = (replace(shown, title="".join(chance.choices(WORDS, k=4))), text)
        elif step == 4:
            part = chance.choice([1, 2])
            attached = replace(shown, part=part, file=f"附件{part}")
            office.records[f"{shown.id}/{part}"] = (attached, "".join(chance.choices(WORDS, k=9)))
        elif step == 5:
            office.records[name] = (shown, "")
        else:
            place = chance.randrange(len(text) + 1)
            office.records[name] = (shown, text[:place] + chance.choice(WORDS) + text[place:])
        office.follow()


def furnished(count: int) -> Office:
    office = Office()
    for at in range(count):
        day = f"{2000 + at // 300}-{at // 25 % 12 + 1:02}-{at % 25 + 1:02}"
        text = f"第{at}件正文" + "".join(chr(0x4E00 + at * 7 % 3000 + step * step % 97) for step in range(40))
        office.records[f"p-{at}"] = (entry(at, date=day), text)
    office.follow()
    return office


def test_a_changed_word_rewrites_a_few_shards() -> None:
    office = furnished(700)
    shown, text = office.records["p-300"]
    office.records["p-300"] = (shown, text + "第九百零一条 本条为测量而加。")
    office.follow()
    assert len(office.written) <= 20, office.written


@pytest.mark.parametrize("change", [{"late": True}, {"href": "/other.html"}])
def test_a_change_of_what_is_only_shown_rewrites_two_files(change: dict[str, object]) -> None:
    office = furnished(200)
    shown, text = office.records["p-77"]
    office.records["p-77"] = (replace(shown, **change), text)  # type: ignore[arg-type]
    office.follow()
    assert len(office.written) <= 2


def test_a_changed_badge_rewrites_the_facets_too() -> None:
    office = furnished(200)
    shown, text = office.records["p-77"]
    office.records["p-77"] = (replace(shown, badge="废止"), text)
    office.follow()
    assert sorted(path.partition("/")[0] for path in office.written)[1:] == ["facets", "manifest.bin"]


def test_a_damaged_file_of_the_last_time_is_made_anew() -> None:
    office = furnished(100)
    for path in list(office.files):
        if path.count("-") and hash(path) % 2:
            del office.files[path]
    shown, text = office.records["p-7"]
    office.records["p-7"] = (shown, text + "另加")
    office.follow()


def test_a_new_record_mostly_rewrites_one_small_segment() -> None:
    dated = [
        Draft(f"p-{at}", 0, f"{2000 + at // 300}-{at // 25 % 12 + 1:02}-{at % 25 + 1:02}", b"", (), False)
        for at in range(3000)
    ]
    sizes = []
    for count in range(2900, 3000):
        before = {tuple(one.id for one in part) for part in segments.divide(dated[:count])}
        after = {tuple(one.id for one in part) for part in segments.divide(dated[: count + 1])}
        sizes.append(sum(map(len, after - before)))
    assert sorted(sizes)[50] <= 64


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 2)), unique=True, max_size=300))
def test_segments_hold_every_entry_once_newest_first(numbers: list[tuple[int, int]]) -> None:
    drafts = [Draft(f"p-{number}", part, f"20{number % 24:02}-01-01", b"", (), False) for number, part in numbers]
    order = [one for part in segments.divide(drafts) for one in part]
    assert order == sorted(drafts, key=lambda one: (one.date, one.id, -one.part), reverse=True)
    assert [one for part in segments.divide(drafts) for run in segments.blocks(part) for one in run] == order


def test_no_segment_grows_beyond_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "CAP", 40)
    drafts = [Draft(f"p-{at}", 0, f"20{at % 24:02}-01-01", b"", (), False) for at in range(500)]
    assert max(map(len, segments.divide(drafts))) <= 40
