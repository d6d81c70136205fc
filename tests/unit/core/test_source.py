"""The strict YAML reader and the cutting of files, by examples."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govportal.source import Mapping, Node, Scalar, Sequence, decode, place, read_yaml, split


def plain(node: Node) -> object:
    """A node without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {name: plain(item) for name, item in node.items.items()}


GOOD = [
    ("a: b", {"a": "b"}), ("a: NO", {"a": "NO"}), ("a: 010", {"a": "010"}), ("a: 12:30", {"a": "12:30"}), ("a: 2024-01-01", {"a": "2024-01-01"}),
    ("a: ~", {"a": "~"}), ("a:", {"a": ""}), ("a: 'NO'", {"a": "NO"}), ("a: [b, 'c, d']", {"a": ["b", "c, d"]}), ("a:\n- b\n- c: d", {"a": ["b", {"c": "d"}]}),
    ("a: |\n  一\n  二\n", {"a": "一\n二\n"}), ("a: >\n  一\n  二\n", {"a": "一 二\n"}), ("a: \"b\\tc\"", {"a": "b\tc"}), ("a: b # c", {"a": "b"}),
    ("a: b#c", {"a": "b#c"}),
    ("1: 2", {"1": "2"}), ("? a\n: b", {"a": "b"}), ("", {}), ("# c", {}), ("'<<': b", {"<<": "b"}), ("a: b\n...\n", {"a": "b"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), GOOD)
def test_every_scalar_is_the_text_that_was_written(text: str, value: object) -> None:
    node, problems = read_yaml("a.yml", text)
    assert problems == [] and node is not None and plain(node) == value


BAD = [
    ("a: &b c", "1:4 yaml/anchor"), ("a: *b", "1:4 yaml/anchor"), ("a: !x b", "1:4 yaml/tag"), ("a: !!int 1", "1:4 yaml/tag"), ("<<: b", "1:1 yaml/merge-key"),
    ("a: b\na: c", "2:1 yaml/duplicate-key"), ("a: {b: 1, b: 2}", "1:11 yaml/duplicate-key"), ("a: b\n\tc: d", "2:1 yaml/tab"), ("[a]: b", "1:1 yaml/key"),
    ("- a", "1:1 yaml/not-a-mapping"), ("a", "1:1 yaml/not-a-mapping"), ("a: b\n---\nc: d", "2:1 yaml/documents"), ('a: "\\u202e"', "1:4 file/control-character"),
    ("a: 'b", "2:1 yaml/syntax"), ("a: b: c", "1:5 yaml/syntax"), ("a: @b", "1:4 yaml/syntax"), ("a: `b", "1:4 yaml/syntax"), ("a: %b", "1:4 yaml/syntax"),
    ("a: {b", "2:1 yaml/syntax"), ('a: "\\q"', "1:5 yaml/syntax"), ("a: - b", "1:4 yaml/syntax"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_the_dialect_does_not_have_is_refused_where_it_stands(text: str, said: str) -> None:
    node, problems = read_yaml("a.yml", text + ("\n" if said.startswith("2:1 yaml/syntax") else ""))
    assert node is None
    assert [f"{one.at.line}:{one.at.column} {one.code}" for one in problems] == [said]


def test_every_fault_of_a_file_is_named_at_once() -> None:
    _, problems = read_yaml("a.yml", "a: &x b\na: c\nd: !t e\n<<: f\n", first_line=10)
    assert [f"{one.at.line} {one.code}" for one in problems] == [
        "10 yaml/anchor",
        "11 yaml/duplicate-key",
        "12 yaml/tag",
        "13 yaml/merge-key",
    ]


def test_places_count_characters_and_lines_of_the_file() -> None:
    node, _ = read_yaml("a.yml", "标题: 示例\n表:\n  - 编号: 𠮷一\n", first_line=3)
    assert node is not None and node.keys == {"标题": (3, 1), "表": (4, 1)}
    title = node.items["标题"]
    assert isinstance(title, Scalar) and (title.line, title.column) == (3, 5)
    rows = node.items["表"]
    assert isinstance(rows, Sequence) and isinstance(rows.items[0], Mapping)
    assert (rows.items[0].line, rows.items[0].column) == (5, 5)


@given(st.text(alphabet="ab:-[]{}'\"|>&*!#\n ,?%@`\\中0\t", max_size=60))
def test_any_text_gives_a_mapping_or_problems(text: str) -> None:
    node, problems = read_yaml("a.yml", text)
    assert (node is None) == bool(problems)


@given(
    st.dictionaries(
        st.text(alphabet="abc", min_size=1, max_size=3),
        st.text(alphabet="NOYes01:-. 中𠮷", max_size=8),
        max_size=4,
    )
)
def test_quoted_text_comes_back_as_it_was(values: dict[str, str]) -> None:
    node, problems = read_yaml("a.yml", yaml.safe_dump(values, allow_unicode=True, default_style="'"))
    assert problems == [] and node is not None and plain(node) == values


SPLITS = [
    ("---\na: b\n---\n正文\n", ("a: b\n", "正文\n", 4)), ("---\n---\n", ("", "", 3)), ("---\na: b\n---", ("a: b\n", "", 4)),
    ("---\na: b\n--- \n\n正文", ("a: b\n", "\n正文", 4)),
    ("---\na: '---'\n---\n---\n", ("a: '---'\n", "---\n", 4)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_a_file_is_cut_into_front_matter_and_body(text: str, expected: tuple[str, str, int]) -> None:
    page, problems = split("a.md", text)
    assert problems == [] and page is not None
    assert (page.front, page.body, page.body_line) == expected


@pytest.mark.parametrize(
    ("data", "text"),
    [("甲\r\n乙\r丙\n".encode(), "甲\n乙\n丙\n"), (b"\xef\xbb\xbfa", "a"), (b"a\tb", "a\tb"), ("𠮷👨‍👩‍👧".encode(), "𠮷👨‍👩‍👧"), (b"", "")],
)  # fmt: skip
def test_clean_text_is_read_with_line_feeds_alone(data: bytes, text: str) -> None:
    assert decode("a.md", data) == (text, [])


@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    text, problems = decode("a.md", data)
    assert (text is None) == bool(problems)


def test_a_place_is_counted_from_one() -> None:
    assert str(place("a.md", "甲乙\n丙", 0)) == "a.md:1:1"
    assert str(place("a.md", "甲乙\n丙", 3)) == "a.md:2:1"
    assert str(place("a.md", "甲乙\n丙", 1)) == "a.md:1:2"
