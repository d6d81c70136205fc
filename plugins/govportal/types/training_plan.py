"""培训计划: the courses on open government of a year, planned and held; people by number, never by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Count, Date, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import OrganPlan, no_list_of_names, no_personal_data

COURSES = ("公务员初任", "公务员任职", "公务员在职", "事业单位岗前", "事业单位在岗", "党校专题", "业务培训")
"""The kinds of training that the plan names (实施方案三（三）1、2)."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """One course: when it is planned, and what came of it."""

    kind: str = of(Choice("培训类别", *COURSES), required=True)
    subject: str = of(Text("培训科目"), required=True, headline=True)
    organizer: str = of(Text("举办单位"), required=True)
    planned: str = of(Text("计划时间"), required=True)
    planned_count: int = of(Count("计划人数"), required=True)
    hours: int = of(Count("学时"), required=True)
    held_on: date | None = of(Date("举办日期"))
    trainees_count: int | None = of(Count("参加人数"))


def held_courses_say_how_many(record: Any) -> Iterable[Problem]:
    """已经举办的培训写参加人数，没有举办的不写。（实施方案三（三）2）"""
    for one in record.courses:
        if (one.held_on is None) != (one.trainees_count is None):
            yield record.problem(
                "courses",
                "training/held-or-not",
                f"“{one.subject}”的举办日期和参加人数只写了一项",
                "举办过的两项都写：held_on、trainees_count；没有举办的都不写",
            )


@dataclass(frozen=True, kw_only=True)
class TrainingPlan(OrganPlan):
    """The training of a year (实施方案三（三）1、2)."""

    type: ClassVar[ContentType] = ContentType(
        "training_plan",
        "培训计划",
        "training-plans",
        rules=(
            *COMMON_RULES,
            held_courses_say_how_many,
            no_list_of_names("training/list-of-names", "个人信息保护法第六条；实施方案三（三）2"),
            no_personal_data("training/personal-data", "aim", "courses"),
        ),
    )

    system: str | None = of(Ref("培训制度", "working_rule"), inverse="培训计划")
    aim: str = of(Text("培训目标", limit=2000, lines=True), required=True, section=10, search=1)
    courses: tuple[Course, ...] = of(
        Rows("培训科目", Course), required=True, default=(), table=True, search=1
    )
