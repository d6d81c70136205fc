"""What test.py makes of its options, and how it counts."""

from pathlib import Path

import pytest

from _report import Counts, Step, count, draw

REPORT = (
    """<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/></testsuites>"""
)


@pytest.mark.parametrize(
    ("arguments", "marks"),
    [
        ([], "not full"),
        (["--full"], ""),
        (["--no-browser"], "not full and not browser"),
        (["--full", "--no-browser"], "not browser"),
    ],
)
def test_marked_tests_are_left_out_unless_asked_for(examination, arguments, marks):
    assert examination.marks(examination.options(arguments)) == marks


def test_what_follows_two_dashes_is_for_pytest(examination):
    chosen = examination.options(["--full", "--", "-k", "feeds", "-n", "0"])
    command = examination.pytest_command(Path("python"), chosen, "", 8)
    assert command[-4:] == ["-k", "feeds", "-n", "0"]
    assert command.count("-n") == 1


def test_tests_use_a_few_processors_but_never_many(examination):
    chosen = examination.options([])
    found = [run[2] for number in (1, 2, 64) for run in examination.pytest_runs(chosen, number)]
    assert found == [1, 2, 4]
    command = examination.pytest_command(Path("python"), chosen, "", 4)
    assert command[command.index("-n") + 1] == "4"


def test_the_full_examination_takes_times_of_pages_alone(examination):
    chosen = examination.options(["--full"])
    first, second = examination.pytest_runs(chosen, 2)
    assert first[1:3] == ("not examiners", 2) and second[1:3] == ("examiners", 0) and first[3] != second[3]
    chosen.undone = "没有Java"
    assert [run[1] for run in examination.pytest_runs(chosen, 2)] == ["not examiners"]


def test_the_runs_are_counted_together(examination, monkeypatch, tmp_path):
    def ran(command, *_):
        report = next((one.partition("=")[2] for one in command if one.startswith("--junit-xml=")), "")
        if report:
            (tmp_path / report).write_text(REPORT.replace('tests="10"', f'tests="{10 + len(report)}"'))
        return 0

    monkeypatch.setattr(examination._environment, "ROOT", tmp_path)
    monkeypatch.setattr(examination, "run", ran)
    steps, counts = examination.examine(Path("bin/python"), examination.options(["--full"]), {})
    lengths = [len(str(run[3])) for run in examination.pytest_runs(examination.options(["--full"]), 2)]
    assert counts == Counts(8 + sum(lengths), 6, 6) and [step.name for step in steps[3:]] == ["测试 pytest", "网页检验 pytest"]


def test_counts_are_read_from_the_report(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    counts = count(tmp_path / "report.xml")
    assert counts == Counts(passed=4, failed=3, skipped=3)
    assert counts.line() == "4 passed, 3 failed"


@pytest.mark.parametrize("content", [None, "", "<testsuites"])
def test_a_missing_or_broken_report_is_no_report(tmp_path, content):
    if content is not None:
        (tmp_path / "report.xml").write_text(content)
    assert count(tmp_path / "report.xml") is None


def test_a_run_without_a_report_counts_as_failed(examination, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(examination._environment, "ROOT", tmp_path)
    monkeypatch.setattr(examination, "run", lambda *_: 4)
    steps, counts = examination.examine(Path("bin/python"), examination.options([]), {})
    assert [step.status for step in steps] == [4, 4, 4, 4]
    assert counts.line() == "0 passed, 1 failed"


def test_the_outcome_of_each_step_is_in_the_table():
    drawn = draw([Step("类型 mypy", 0, 1.0), Step("测试 pytest", 1, 75.0, "失败 1"), Step("其余", None, 0)])
    assert [line.split()[2] for line in drawn.splitlines()[2:4]] == ["通过", "未通过"]
    assert "1 分 15 秒" in drawn
