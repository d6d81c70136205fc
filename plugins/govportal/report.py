"""Problems for people and for machines: lines, JSON, SARIF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from govportal.problems import Problem, Severity


def lines(problems: Sequence[Problem], root: str = "content/") -> list[str]:
    """One line a problem, with the path as seen from the project's folder."""
    return [("" if problem.at.path in OUTSIDE else root) + str(problem) for problem in problems]


OUTSIDE = frozenset({"mkdocs.yml", "site", "content"})
"""What a problem may be about besides a content file, by its path from the project's folder."""


def from_project(problem: Problem) -> str:
    """The path of a problem's file from the project's folder."""
    return problem.at.path if problem.at.path in OUTSIDE else "content/" + problem.at.path


def totals(problems: Sequence[Problem]) -> str:
    """How many of each, in words."""
    count = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    return f"{count[Severity.ERROR]} 个错误，{count[Severity.WARNING]} 个提醒，{count[Severity.NOTE]} 个说明"


def as_json(problems: Sequence[Problem]) -> bytes:
    """A list of problems as JSON."""
    found = [
        {
            "path": from_project(one),
            "line": one.at.line,
            "column": one.at.column,
            "severity": one.severity.value,
            "code": one.code,
            "message": one.message,
            "hint": one.hint,
        }
        for one in problems
    ]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def as_sarif(problems: Sequence[Problem]) -> bytes:
    """SARIF 2.1.0, which code review tools show beside the line."""

    def result(one: Problem) -> dict[str, Any]:
        return {
            "ruleId": one.code,
            "level": one.severity.value,
            "message": {"text": one.message + (f"（{one.hint}）" if one.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(from_project(one))},
                        "region": {"startLine": one.at.line, "startColumn": one.at.column},
                    }
                }
            ],
        }

    rules = [{"id": code} for code in sorted({one.code for one in problems})]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "govportal", "rules": rules}},
                "results": [result(one) for one in problems],
            }
        ],
    }
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()
