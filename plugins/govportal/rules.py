"""Rule makers shared by types: each gives a function from a record to its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from govportal.model import Rule, columns_by_name
from govportal.problems import Problem


def label(record: Any, name: str) -> str:
    """The office's word for a field of a record."""
    return columns_by_name(type(record))[name].kind.label


def first_day(value: Any) -> date | None:
    """The day of a date, a moment or a full partial date; None when the day is not known."""
    if isinstance(value, date):
        return value
    text = str(value or "")[:10]
    return date.fromisoformat(text) if len(text) == 10 else None


def not_before(later: str, earlier: str, code: str) -> Rule:
    """The day in `later` must not come before the day in `earlier`."""

    def rule(record: Any) -> Iterable[Problem]:
        after, before = first_day(getattr(record, later)), first_day(getattr(record, earlier))
        if after and before and after < before:
            yield record.problem(
                later,
                code,
                f"{label(record, later)}早于{label(record, earlier)}",
                f"改为 {before} 或更晚，或核对{label(record, earlier)}",
            )

    rule.__doc__ = f"{later} 不得早于 {earlier}。"
    return rule


def needs(code: str, when: Callable[[Any], bool], why: str, *names: str) -> Rule:
    """When a condition holds, these fields must be written, or listed in `gaps` where the source does not state them."""

    def rule(record: Any) -> Iterable[Problem]:
        if not when(record):
            return
        for name in names:
            if getattr(record, name) in (None, ()) and name not in record.gaps:
                example = columns_by_name(type(record))[name].kind.example()
                yield record.problem(
                    "",
                    code,
                    f"{why}必须写{label(record, name)}（{name}）",
                    f"加一行 {name}: {example}；原文确实没有的，写进 gaps",
                )

    rule.__doc__ = f"{why}必须写：{'、'.join(names)}。"
    return rule


def forbids(code: str, when: Callable[[Any], bool], why: str, *names: str) -> Rule:
    """When a condition holds, these fields must not be written."""

    def rule(record: Any) -> Iterable[Problem]:
        if when(record):
            for name in names:
                if getattr(record, name) not in (None, ()):
                    yield record.problem(
                        name, code, f"{why}不写{label(record, name)}（{name}）", "删掉这一行"
                    )

    rule.__doc__ = f"{why}不得写：{'、'.join(names)}。"
    return rule


def together(code: str, first: str, second: str) -> Rule:
    """`second` must be written when `first` is true."""

    def rule(record: Any) -> Iterable[Problem]:
        if getattr(record, first) and not getattr(record, second):
            yield record.problem(
                first,
                code,
                f"写了{label(record, first)}，没有写{label(record, second)}（{second}）",
                f"加一行 {second}: ……",
            )

    rule.__doc__ = f"写了 {first} 就要写 {second}。"
    return rule
