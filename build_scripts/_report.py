"""The outcome of a test run: one line per step, and the counts pytest left in its report."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from _terminal import minutes, table


@dataclass(frozen=True)
class Step:
    """One step of the examination and how it ended; status None means it was left out."""

    name: str
    status: int | None
    seconds: float
    remark: str = ""


@dataclass(frozen=True)
class Counts:
    """How many tests there were of each outcome."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def line(self) -> str:
        """The last line of the run, in the form that machines read."""
        return f"{self.passed} passed, {self.failed} failed"


def count(report: Path) -> Counts | None:
    """The counts in a JUnit report; None when there is no readable report."""
    try:
        root = ElementTree.parse(report).getroot()
    except (OSError, ElementTree.ParseError):
        return None
    passed = failed = skipped = 0
    for suite in root.iter("testsuite"):
        number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        broken = number["failures"] + number["errors"]
        failed += broken
        skipped += number["skipped"]
        passed += max(0, number["tests"] - broken - number["skipped"])
    return Counts(passed, failed, skipped)


def draw(steps: Sequence[Step]) -> str:
    """All steps as a table."""
    outcome = {None: "未做", 0: "通过"}
    return table(
        ["检验", "结果", "用时", "说明"],
        [
            [step.name, outcome.get(step.status, "未通过"), minutes(step.seconds), step.remark]
            for step in steps
        ],
        numeric=[2],
    )
