"""落实方案: how an organ carries out the plan: which measure, what is done, by which post, until when, how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Date, File, Identifier, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import OrganPlan, attached, no_personal_data


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that is done for one measure."""

    measure: str = of(
        Identifier(
            "措施编号", pattern=r"[一二三][甲乙]?（[一二三四五]）[0-9]|0-引言|99-结尾", sample="一（一）1"
        ),
        required=True,
    )
    task: str = of(Text("具体任务", limit=1000), required=True, headline=True)
    owner: str = of(Text("责任岗位"), required=True)
    due: date = of(Date("完成时限"), required=True)
    progress: str = of(Text("进展", limit=1000), required=True)
    status: str = of(Choice("状态", "未开始", "推进中", "已完成", "长期坚持"), required=True)


def has_its_paper(record: Any) -> Iterable[Problem]:
    """落实方案要有本部门的实施措施文件：站内文件或者附件，二者取一。（实施方案结尾）"""
    if (record.paper is None) == (record.file is None):
        yield record.problem(
            "paper",
            "implementation/no-paper",
            "实施措施文件写站内文件（paper）或附件（file），二者取一",
            "加一行 paper: 文件的编号",
        )


def steps_are_not_overdue(record: Any, site: Any) -> Iterable[Problem]:
    """过了完成时限还没有完成的提醒。（实施方案结尾）"""
    for one in record.steps:
        if one.status in ("未开始", "推进中") and one.due < site.today:
            yield record.problem(
                "steps",
                "implementation/overdue",
                f"“{one.task}”的完成时限 {one.due} 已过，还是“{one.status}”",
                "更新 progress 和 status",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class ImplementationPlan(OrganPlan):
    """How one organ or several carry out the plan (实施方案结尾: 制定具体工作措施，细化任务，明确分工)."""

    type: ClassVar[ContentType] = ContentType(
        "implementation_plan",
        "落实方案",
        "implementation-plans",
        rules=(
            *COMMON_RULES,
            has_its_paper,
            attached("implementation/file-not-attached", "file"),
            no_personal_data("implementation/personal-data", "owner", "steps"),
        ),
        site_rules=(steps_are_not_overdue,),
    )

    owner: str = of(Text("责任岗位"), required=True, head=12)
    due: date = of(Date("完成时限"), required=True, head=13)
    paper: str | None = of(Ref("实施措施文件", "policy", "notice"), inverse="落实方案")
    file: str | None = of(File("实施措施附件"))
    steps: tuple[Step, ...] = of(Rows("任务分解", Step), required=True, default=(), table=True, search=1)
