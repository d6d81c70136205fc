"""Examine the program: `python3 build_scripts/test.py [--full] [-- pytest options]`. Makes its own environment first."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import os
import time
from pathlib import Path

import _browser
import _environment
import _examiners
from _options import Parser
from _process import INTERRUPTED, run
from _report import Counts, Step, count, draw
from _terminal import Refusal, complain, minutes, prepare, say

REPORT = Path(".govportal") / "test-report.xml"
NO_TESTS = 5  # pytest's status when nothing was collected
LEFT_UNDONE = 3  # our own status when all that was done passed, but not all could be done


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the person asked for; everything after `--` is for pytest."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for_pytest: list[str] = []
    if "--" in given:
        cut = given.index("--")
        given, for_pytest = given[:cut], given[cut + 1 :]
    parser = Parser(
        prog="test.py",
        description="检验网站程序：代码规范、类型、分层和全部测试。",
        epilog="-- 之后的内容原样交给 pytest，例如：test.py -- -k feeds -x",
    )
    parser.add_argument("--full", action="store_true", help="连同费时的全量测试一起做")
    parser.add_argument("--no-browser", action="store_true", help="不做需要浏览器的测试")
    parser.add_argument("--only-tests", action="store_true", help="只运行测试，不查代码规范、类型和分层")
    chosen = parser.parse_args(given)
    chosen.for_pytest = for_pytest
    chosen.undone = ""
    return chosen


def marks(chosen: argparse.Namespace, *more: str) -> str:
    """The expression that tells pytest which marked tests to leave out; `more` are added to it."""
    left_out = ([] if chosen.full else ["full"]) + (["browser"] if chosen.no_browser else [])
    left_out += ["examiners"] if chosen.undone else []
    return " and ".join([*(f"not {name}" for name in left_out), *more])


def pytest_runs(chosen: argparse.Namespace, processors: int) -> list[tuple[str, str, int, Path]]:
    """Runs of pytest, each as name, marks, processes and report: what takes times of pages runs alone, after the rest."""
    workers = max(1, min(processors, 4))
    if not chosen.full or chosen.no_browser or chosen.undone:
        return [("测试 pytest", marks(chosen), workers, REPORT)]
    return [
        ("测试 pytest", marks(chosen, "not examiners"), workers, REPORT),
        ("网页检验 pytest", marks(chosen, "examiners"), 0, REPORT.with_stem("test-report-examiners")),
    ]


def pytest_command(
    python: Path, chosen: argparse.Namespace, marked: str, workers: int, report: Path = REPORT
) -> list[str]:
    """The pytest command line: a file's tests stay in one process, so that what they share is built once."""
    spread = [] if "-n" in chosen.for_pytest else ["-n", str(workers)]
    return [
        str(python), "-m", "pytest", "-q", "--dist", "loadfile", *spread, *(["-m", marked] if marked else []),
        f"--junit-xml={report}", *chosen.for_pytest,
    ]  # fmt: skip


def static_steps(python: Path) -> list[tuple[str, list[str]]]:
    """The steps that read the code without running it."""
    folder = python.parent.parent
    return [
        ("代码规范 ruff", [str(python), "-m", "ruff", "check", "."]),
        ("类型 mypy", [str(python), "-m", "mypy"]),
        ("分层 import-linter", [str(_environment.program_in(folder, "lint-imports"))]),
    ]


def examine(
    python: Path, chosen: argparse.Namespace, environment: dict[str, str]
) -> tuple[list[Step], Counts]:
    """Do every step, whatever became of the ones before."""
    steps: list[Step] = []
    root = _environment.ROOT
    for name, command in [] if chosen.only_tests else static_steps(python):
        say(f"\n== {name}")
        begun = time.monotonic()
        steps.append(Step(name, run(command, root, environment), time.monotonic() - begun))
        if steps[-1].status == INTERRUPTED:
            raise KeyboardInterrupt

    total = Counts()
    for name, marked, workers, report in pytest_runs(chosen, os.cpu_count() or 1):
        say(f"\n== {name}")
        (root / report).parent.mkdir(exist_ok=True)
        (root / report).unlink(missing_ok=True)
        begun = time.monotonic()
        status = run(pytest_command(python, chosen, marked, workers, report), root, environment)
        if status == INTERRUPTED:
            raise KeyboardInterrupt
        if status == NO_TESTS and chosen.for_pytest and total.passed:
            status = 0  # what was picked by hand was in an earlier run
        counts = count(root / report)
        if counts is None or (status != 0 and counts.failed == 0):
            # Nothing was counted, or pytest itself broke: that is a failure too, and must not look like success.
            remark = "没有找到测试" if status == NO_TESTS else f"pytest 没有正常结束（退出码 {status}）"
            counts = Counts(counts.passed if counts else 0, 1)
        else:
            remark = f"通过 {counts.passed}，失败 {counts.failed}，跳过 {counts.skipped}"
        steps.append(Step(name, status, time.monotonic() - begun, remark))
        total += counts
    return steps, total


def not_run(chosen: argparse.Namespace) -> list[str]:
    """What was asked for and could not be done, with the reason; it never counts as passed."""
    if not chosen.undone:
        return []
    return [f"未运行（{chosen.undone}）：", *(f"  - {one}" for one in _examiners.WHAT)]


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, examine, report."""
    prepare()
    chosen = options(arguments)
    begun = time.monotonic()
    try:
        python = _environment.ensure("test")
        extra = {} if chosen.no_browser else {_browser.VARIABLE: _browser.ensure()}
        if chosen.full and not chosen.no_browser:
            chosen.undone = _examiners.ensure()
        steps, counts = examine(python, chosen, _environment.variables(extra))
    except Refusal as refusal:
        complain(str(refusal))
        say("0 passed, 1 failed")
        return refusal.status
    except KeyboardInterrupt:
        complain("已中断，检验没有做完。")
        return INTERRUPTED
    say("\n" + draw(steps))
    say(f"共用时 {minutes(time.monotonic() - begun)}")
    undone = not_run(chosen)
    for line in undone:
        say(line)
    say(counts.line())
    if any(step.status != 0 for step in steps):
        return 1
    return LEFT_UNDONE if undone else 0


if __name__ == "__main__":
    sys.exit(main())
