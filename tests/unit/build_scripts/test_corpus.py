"""The corpus for measuring: the same every time, and valid in our own eyes."""

import subprocess
import sys
from pathlib import Path

import pytest

from govportal.parse import parse
from govportal.types.organ import Organ
from govportal.types.policy import Policy

COUNT = 40
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def texts(tmp_path):
    """Forty short texts of five articles, and one that is itself a sample."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for text in range(40):
        body = "\n\n".join(
            f"第{article}条 第{text}篇第{article}句，共五句。\n\n续写一段。" for article in "一二三四五"
        )
        (folder / f"{text}.md").write_text(
            f"---\nid: text-{text}\n---\n\n## 第一章 总则\n\n{body}\n\n| 表 |\n| --- |\n"
        )
    (folder / "sample.md").write_text("---\nsample: true\n---\n\n第一条 示例不作素材。\n")
    return folder


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes_and_a_small_corpus_begins_a_large_one(
    make_corpus, texts, tmp_path
):
    for name, count in (("a", COUNT), ("b", COUNT), ("small", COUNT // 2)):
        make_corpus.write(count, tmp_path / name, texts)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert tree(tmp_path / "small").items() <= tree(tmp_path / "a").items()


def test_every_record_is_valid_and_says_that_it_is_a_sample(make_corpus, texts, tmp_path):
    size, tables = make_corpus.write(COUNT, tmp_path / "made", texts)
    content = tmp_path / "made/ours/content"
    records = sorted(content.glob("policies/*/*.md"))
    assert len(records) == COUNT and tables == COUNT // 5
    assert size == sum(path.stat().st_size for path in records)
    for declared, path in [
        *((Policy, path) for path in records),
        (Organ, content / "organs/benchmark-organ.md"),
    ]:
        parsed = parse(declared, path.relative_to(content).as_posix(), path.read_bytes())
        assert parsed.problems == () and parsed.record.sample


def test_samples_and_tables_are_not_cut_up(make_corpus, texts):
    paragraphs = [paragraph for article in make_corpus.articles(texts) for paragraph in article.paragraphs]
    assert len(paragraphs) == 400
    assert not any("示例" in paragraph or "|" in paragraph for paragraph in paragraphs)


def test_too_few_texts_are_refused(make_corpus, tmp_path):
    with pytest.raises(SystemExit, match="only 0 articles"):
        list(make_corpus.make(1, tmp_path))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "三"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (100, "一百"),
        (105, "一百零五"),
        (112, "一百一十二"),
        (999, "九百九十九"),
    ],
)
def test_numbers_are_written_as_in_laws(make_corpus, value, said):
    assert make_corpus.number(value) == said


def test_the_measured_site_is_built_without_an_error(tmp_path):
    """As the measuring program builds it: clean, unchanged and with one record edited."""
    figures = tmp_path / "figures.json"
    command = [sys.executable, str(ROOT / "tests/benchmarks/build_speed.py"), "60", "--only", "ours", "--json", str(figures)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0 and "not measured" not in told.stdout, told.stdout[-2000:] + told.stderr[-2000:]
    assert figures.is_file()
