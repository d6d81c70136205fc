"""What a list of persons looks like, and what only looks like one."""

from dataclasses import dataclass

import pytest

from govportal.shapes import looks_like_names


@dataclass
class Row:
    name: str
    amount: int = 1


@pytest.mark.parametrize("text", [
    "王小明、李建国、张丽华", "帮扶对象：王某某，李某", "张*、欧*明", "第一批\n王小明 李建国 张丽华 赵敏",
])  # fmt: skip
def test_names_in_a_line_are_a_list_of_persons(text: str):
    assert looks_like_names(text)


@pytest.mark.parametrize("text", [
    "高血压、白内障、雷电", "雷电、高温、江水", "示例园林工程公司、示例市政工程公司、示例建设工程公司", "高中、初中、小学",
    "林地、田地、江河", "社会救助、医疗救助、教育资助", "监督电话0000-0000000", "",
])  # fmt: skip
def test_words_for_things_are_not(text: str):
    assert not looks_like_names(text)


@pytest.mark.parametrize(("names", "said"), [
    (["王小明", "李建国", "张丽华"], True), (["王某", "李某某"], True), (["张*", "李*"], True), (["王小明", "李建国"], False),
    (["务工就业", "产业带动", "消费帮扶"], False), (["示例村委会", "示例合作社"], False), ([], False),
])  # fmt: skip
def test_a_column_of_names_is_a_list_of_persons(names: list[str], said: bool):
    assert looks_like_names(tuple(Row(name) for name in names)) is said


def test_what_has_no_text_has_no_names():
    assert not looks_like_names(None) and not looks_like_names(12)
