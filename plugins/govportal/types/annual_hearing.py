"""听取汇报记录: when the head of each organ heard a report on open government, and on what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Date, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import first_day
from govportal.shapes import Yearly, no_personal_data


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """One report heard."""

    organ: str = of(Ref("机构", "organ"), required=True)
    held_on: date = of(Date("汇报日期"), required=True)
    heard_by: str = of(Text("听取人（岗位）"), required=True)
    topic: str = of(Text("汇报题目", limit=500), required=True, headline=True)
    decided: str | None = of(Text("研究部署的事项", limit=2000))


def held_in_its_year(record: Any) -> Iterable[Problem]:
    """汇报在这一年度内，并且已经开过。（实施方案三（一）：每年至少听取一次）"""
    for one in record.hearings:
        if one.held_on.isoformat()[:4] != record.year or one.held_on > first_day(record.published_at):
            yield record.problem(
                "hearings",
                "hearing/other-year",
                f"{one.held_on} 的汇报不在 {record.year} 年，或在发布日期以后",
                "核对汇报日期；还没有听取的不写",
            )


@dataclass(frozen=True, kw_only=True)
class AnnualHearing(Yearly):
    """The reports heard in a year (实施方案三（一）: 各部门主要负责同志每年至少听取一次政务公开工作汇报)."""

    type: ClassVar[ContentType] = ContentType(
        "annual_hearing",
        "听取汇报记录",
        "annual-hearings",
        rules=(*COMMON_RULES, held_in_its_year, no_personal_data("hearing/personal-data", "hearings")),
    )

    hearings: tuple[Hearing, ...] = of(
        Rows("听取汇报", Hearing), required=True, default=(), table=True, search=1, inverse="听取汇报记录"
    )
