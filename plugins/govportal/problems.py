"""Problems: values with a place, a code that can be looked up, a message in the writer's words and a hint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops publication, a warning is reported, a note is recorded."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a content file; lines and columns count from 1, columns in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause, one problem. `hint` says what to type."""

    at: At
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f"（{self.hint}）" if self.hint else ""
        # One problem, one line, whatever a writer's own words that it quotes have in them.
        return f"{self.at}: {SEVERITY_WORDS[self.severity]} [{self.code}] {self.message}{hint}".replace(
            "\n", " "
        )


def error(at: At, code: str, message: str, hint: str = "") -> Problem:
    """A problem that stops publication."""
    return Problem(at, code, message, hint, Severity.ERROR)


def warning(at: At, code: str, message: str, hint: str = "") -> Problem:
    """A problem that is reported and does not stop publication."""
    return Problem(at, code, message, hint, Severity.WARNING)


def note(at: At, code: str, message: str, hint: str = "") -> Problem:
    """Something worth recording."""
    return Problem(at, code, message, hint, Severity.NOTE)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Every problem once, by file, line, column and code."""
    return sorted(set(problems), key=lambda problem: (problem.at, problem.code, problem.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops publication."""
    return any(problem.severity is Severity.ERROR for problem in problems)
