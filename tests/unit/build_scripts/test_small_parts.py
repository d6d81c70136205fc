"""The time in Shanghai, tables with Chinese in them, the summary, and where browsers are."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import _browser
import _summary
from _clock import SHANGHAI, minute
from _terminal import Refusal, minutes, pad, table, width


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC), "2026-04-30 23:59"),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), "2026-05-01 00:00"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01-01 07:00"),
        (datetime(2026, 5, 1, 0, 0, tzinfo=SHANGHAI), "2026-05-01 00:00"),
    ],
)
def test_the_day_is_the_one_in_shanghai(now, shown):
    assert minute(now) == shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("政策", 4),
        ("〔2024〕1号", 11),
        ("ＡＢ", 4),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("·", 1),
    ],
)
def test_width(text, columns):
    assert width(text) == columns


def test_padding_counts_columns_not_characters():
    assert pad("政策", 6) == "政策  "
    assert pad("政策", 6, right=True) == "  政策"
    assert pad("政策文件", 6) == "政策文件"


def test_a_table_lines_up():
    drawn = table(["项目", "数量"], [["政策文件", "1,477"], ["pages", "9"]], numeric=[1])
    assert drawn.splitlines() == [
        "项目       数量",
        "--------  -----",
        "政策文件  1,477",
        "pages         9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.04, "0.0 秒"), (59.94, "59.9 秒"), (60, "1 分 0 秒"), (754, "12 分 34 秒")]
)
def test_lengths_of_time(seconds, said):
    assert minutes(seconds) == said


def test_the_summary_shows_whatever_it_is_given():
    drawn = _summary.draw(
        {"records": {"policy": 1477, "memo": 2}, "pages": 2000, "seconds": {"render": 1.25}, "as_of": "2026-05-01",
         "clean": True, "files": ["a"], "problems": {"error": 0}}
    )  # fmt: skip
    rows = [line.split("  ") for line in drawn.splitlines()[2:]]
    assert {row[0]: row[-1].strip() for row in rows} == {
        "记录 · 政策文件": "1,477",
        "记录 · memo": "2",
        "网页": "2,000",
        "用时 · 渲染": "1.2 秒",
        "以此日为今天": "2026-05-01",
        "clean": "是",
        "问题 · 错误": "0",
    }


def test_an_empty_summary_draws_nothing():
    assert _summary.draw({}) == ""


@pytest.mark.parametrize(
    ("content", "expected"), [(json.dumps({"pages": 1}), {"pages": 1}), ("{", None), ("[]", None)]
)
def test_only_a_new_and_readable_summary_counts(tmp_path, content, expected):
    assert _summary.written(tmp_path) == 0
    assert _summary.read(tmp_path, 0) is None
    path = tmp_path / _summary.SUMMARY
    path.parent.mkdir()
    path.write_text(content)
    assert _summary.read(tmp_path, 0) == expected
    assert _summary.read(tmp_path, _summary.written(tmp_path)) is None


def test_browsers_are_looked_for_where_systems_keep_them():
    windows = list(_browser.places("win32", {"PROGRAMFILES": r"C:\Program Files", "LOCALAPPDATA": r"C:\L"}))
    assert str(windows[0]) == r"C:\Program Files\Google\Chrome\Application\chrome.exe"
    assert len(windows) == 6
    macos = [str(place) for place in _browser.places("darwin", {"HOME": "/Users/x"})]
    assert "/Users/x/Applications/Chromium.app/Contents/MacOS/Chromium" in macos
    assert list(_browser.places("linux", {})) == []


def test_a_named_browser_that_is_not_there_is_refused(monkeypatch):
    monkeypatch.setenv(_browser.VARIABLE, "/no/such/browser")
    with pytest.raises(Refusal, match="指向的浏览器不存在"):
        _browser.find()


@pytest.mark.parametrize(
    ("system", "said"), [("linux", "apt-get install -y chromium"), ("darwin", "Chrome"), ("win32", "Edge")]
)
def test_a_machine_without_a_browser_is_told_what_to_do(system, said):
    advice = _browser.advice(system)
    assert said in advice and "--no-browser" in advice


@pytest.mark.parametrize("script", ["build.py", "test.py", "screenshots.py"])
def test_an_old_python_can_read_the_commands_far_enough_to_be_told(script):
    scripts = Path(__file__).resolve().parents[3] / "build_scripts"
    source = (scripts / script).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert source.index("sys.version_info") < source.index("import argparse")


def test_pictures_are_taken_of_the_pages_there_are(screenshots, tmp_path, capsys):
    for name in ("index.html", "policies/2024/17.html", "policies/2024/18.html", "policies/laws/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    readme = {"home": "index.html", "list": "policies/laws/index.html", "document": "policies/2024/17.html"}
    assert screenshots.choose(tmp_path, every=False) == readme
    assert "没有可拍的页面：search" in capsys.readouterr().out
    (tmp_path / "404.html").touch()
    assert screenshots.choose(tmp_path, every=True) == readme | {"missing": "404.html"}
    assert "没有可拍的页面：measures" in capsys.readouterr().out
