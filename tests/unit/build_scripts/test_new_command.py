"""`new.py`: the first text of a content file, in the right place, never over another."""

from __future__ import annotations

import pytest

from _terminal import Refusal
from govportal.parse import parse
from govportal.types.notice import Notice

from .conftest import load

DAY = "2026-11-25"


@pytest.fixture(scope="module")
def new():
    return load("build_scripts/new.py")


def asked(new, *arguments):
    return new.options(list(arguments))


def test_a_file_is_begun_in_the_folder_of_its_type_and_year(new, tmp_path):
    path = new.write(tmp_path, asked(new, "notice", "snow", "--title", "清雪", "--organ", "office", "--column", "news"), DAY)
    assert path == tmp_path / "content/notices/2026/snow.md"
    record = parse(Notice, "notices/2026/snow.md", path.read_bytes()).record
    assert (record.id, record.title, record.organ, record.column, record.published_at) == ("snow", "清雪", ("office",), "news", DAY)
    assert record.draft and not record.sample


@pytest.mark.parametrize("word", ["notice", "notices", "动态公告"])
def test_a_type_goes_by_its_name_its_folder_or_its_chinese_name(new, tmp_path, word):
    assert new.write(tmp_path, asked(new, word, "snow"), DAY).parent == tmp_path / "content/notices/2026"


def test_a_list_has_no_year_in_its_folder(new, tmp_path):
    assert new.write(tmp_path, asked(new, "fee_list", "fees-2026"), DAY) == tmp_path / "content/fee-lists/fees-2026.yml"


def test_the_column_is_where_most_files_of_the_type_stand(new, tmp_path):
    folder = tmp_path / "content/notices/2025"
    folder.mkdir(parents=True)
    for name, column in (("a", "news"), ("b", "headlines"), ("c", "headlines")):
        (folder / f"{name}.md").write_text(f"---\ncolumn: {column}\n---\n", encoding="utf-8")
    assert "\ncolumn: headlines    #" in new.write(tmp_path, asked(new, "notice", "snow"), DAY).read_text(encoding="utf-8")


def test_a_sample_is_marked(new, tmp_path):
    text = new.write(tmp_path, asked(new, "notice", "snow", "--sample", "--title", "清雪"), DAY).read_text(encoding="utf-8")
    assert "title: 示例：清雪" in text and "sample: true" in text


def test_nothing_is_written_over(new, tmp_path):
    path = new.write(tmp_path, asked(new, "notice", "snow"), DAY)
    before = path.read_bytes()
    with pytest.raises(Refusal, match="已经有了"):
        new.write(tmp_path, asked(new, "notice", "snow"), DAY)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("arguments", "said"), [
    ((), "请写上类型和文件名"),
    (("notices2", "snow"), "是不是 notice"),
    (("公告", "snow"), "是不是 动态公告"),
    (("notice",), "文件名只能用"),
    (("notice", "../x"), "文件名只能用"),
    (("notice", "Snow"), "文件名只能用"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(new, tmp_path, arguments, said):
    with pytest.raises(Refusal, match=said):
        new.write(tmp_path, asked(new, *arguments), DAY)
    assert not (tmp_path / "content").exists()
