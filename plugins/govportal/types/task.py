"""任务台账: one task of the plan, the report or the superior, with the eight elements of its execution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from govportal.charts import Chart, Item
from govportal.document import COMMON_RULES, Document
from govportal.han import long_date
from govportal.kinds import Choice, Count, Date, Many, Part, Phone, Ref, Text
from govportal.kinds.rows import Group, Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.shapes import overdue
from govportal.stations import Stop
from govportal.vocabularies import DECIDED

PROGRESS_DAYS = 92
"""How long a task may go without news: a quarter; a recommendation, configuration (handbook 9.5)."""
BADGES = {"未启动": "pending", "推进中": "open", "已完成": "closed", "滞后": "expired", "调整": "amended"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on the way, with its date."""

    name: str = of(Text("步骤"), required=True)
    due: date = of(Date("计划完成"), required=True)
    done_on: date | None = of(Date("实际完成"))


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """How the public may watch over the task."""

    phone: str = of(Phone("监督电话"), required=True)
    mail: str | None = of(Text("监督信箱"))


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What had been reached on a day, what stood in the way, what comes next."""

    reported_on: date = of(Date("日期"), required=True)
    percent: int = of(Count("完成百分比"), required=True)
    text: str = of(Text("工作进展", limit=2000), required=True)
    problem: str | None = of(Text("存在问题", limit=2000))
    next: str | None = of(Text("后续举措", limit=2000))


def progress_is_in_order(record: Any) -> Iterable[Problem]:
    """进展按日期先后写；完成百分比不超过100，一般不倒退，倒退的把任务状态写成“调整”。（实施方案一（二）1）"""
    if any(one.percent > 100 for one in record.progress):
        yield record.problem("progress", "task/over-hundred", "完成百分比超过 100", "写 0 到 100 的整数")
    for before, after in pairwise(record.progress):
        if after.reported_on <= before.reported_on:
            yield record.problem(
                "progress",
                "task/progress-out-of-order",
                f"{after.reported_on} 的进展写在 {before.reported_on} 之后",
                "按日期先后排列",
            )
        elif after.percent < before.percent and record.status != "调整":
            yield record.problem(
                "progress",
                "task/percent-falls",
                f"{after.reported_on} 的完成百分比由 {before.percent} 降为 {after.percent}",
                "核对；任务有调整的，写 status: 调整",
                Severity.WARNING,
            )


def finished_means_hundred(record: Any) -> Iterable[Problem]:
    """完成百分比到100的写完成日期和“已完成”，没有到的不写。（实施方案一（二）1）"""
    hundred = bool(record.progress) and record.progress[-1].percent == 100
    if hundred != (record.finish_date is not None) or hundred != (record.status == "已完成"):
        yield record.problem(
            "progress",
            "task/finished-or-not",
            "完成百分比、完成日期和任务状态不一致",
            "到 100 的写 finish_date 和 status: 已完成；没有到的两样都不写",
        )


def problems_and_next_steps_are_said(record: Any) -> Iterable[Problem]:
    """没有完成的任务，最近一次进展要写存在问题和后续举措；没有问题的写“暂无”。（实施方案一（二）1）"""
    last = record.progress[-1] if record.progress else None
    if last is not None and record.status != "已完成" and not (last.problem and last.next):
        yield record.problem(
            "progress",
            "task/elements-missing",
            f"{last.reported_on} 的进展没有写存在问题或后续举措",
            "在这一项加 problem: 和 next:",
        )


def overdue_is_said(record: Any, site: Any) -> Iterable[Problem]:
    """过了完成期限还没有完成的，任务状态写“滞后”。（实施方案一（二）1）"""
    if record.finish_due < site.today and record.status not in ("已完成", "滞后"):
        yield record.problem(
            "status",
            "task/overdue",
            f"完成期限 {record.finish_due} 已过，任务状态还是“{record.status}”",
            "改为 status: 滞后，并在进展里写 problem、next；已完成的写 finish_date",
            overdue(record),
        )


def progress_is_reported(record: Any, site: Any) -> Iterable[Problem]:
    """进展至少每季度写一次，超过92日的提醒。（建议，为配置）"""
    days = [one.reported_on for one in record.progress] + ([] if record.status == "已完成" else [site.today])
    for before, after in pairwise(days):
        if (after - before).days > PROGRESS_DAYS:
            yield record.problem(
                "progress",
                "task/silent",
                f"{before} 以后 {(after - before).days} 日没有写进展，超过 {PROGRESS_DAYS} 日",
                "补上一次进展",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class Task(Document):
    """A task and how far it has come (实施方案一（二）1: 八要素)."""

    type: ClassVar[ContentType] = ContentType(
        "task",
        "任务台账",
        "tasks",
        rules=(
            *COMMON_RULES,
            progress_is_in_order,
            finished_means_hundred,
            problems_and_next_steps_are_said,
        ),
        site_rules=(overdue_is_said, progress_is_reported),
    )

    task_number: str = of(Text("任务编号"), required=True, head=10, search=3)
    task_source: str = of(
        Choice(
            "任务来源", "政府工作报告", "重要改革任务", "重大政策措施", "重点工程", "民生实事", "上级部署"
        ),
        required=True,
        head=11,
        facet=True,
    )
    status: str = of(Choice("任务状态", *BADGES), required=True, facet=True)
    finish_due: date = of(Date("完成期限"), required=True, head=13)
    finish_date: date | None = of(Date("完成日期"), head=14)
    lead_organ: str = of(Ref("牵头机构", "organ"), required=True, head=15, inverse="牵头的任务")
    cooperating_organs: tuple[str, ...] = of(
        Many(Ref("配合机构", "organ")), default=(), head=16, inverse="配合的任务"
    )
    decision: str | None = of(Ref("执行的决策", *DECIDED), inverse="执行情况", station="执行进展")
    goal: str = of(Text("目标任务", limit=4000, lines=True), required=True, section=10, search=2)
    main_measures: str = of(Text("主要措施", limit=4000, lines=True), required=True, section=20, search=1)
    responsibility: str = of(Text("责任分工", limit=4000, lines=True), required=True, section=30)
    supervision: Supervision = of(Group("监督方式", Supervision), required=True, head=80, wide=True)
    steps: tuple[Step, ...] = of(Rows("实施步骤", Step), required=True, default=(), table=True)
    progress: tuple[Progress, ...] = of(
        Rows("进展、问题和举措", Progress), required=True, default=(), table=True, search=1
    )

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """How far it has come, from the first news to the last."""
        first, last = self.progress[0], self.progress[-1]
        yield Stop(
            station=station,
            record=self,
            begins=first.reported_on,
            ends=last.reported_on,
            words=f"{self.status}，完成 {last.percent}%：{last.text}",
            anchor="progress",
        )

    def charts(self, site: SiteView) -> list[Chart]:
        items = tuple(Item(long_date(one.reported_on), (one.percent,)) for one in self.progress)
        return [
            Chart(
                title="任务进度（完成百分比，%）",
                head="报告日期",
                series=("完成（%）",),
                items=items,
                source=self.publisher(site),
                day=self.progress[-1].reported_on.isoformat(),
                whole=100,
            )
        ]

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), (self.status, BADGES[self.status])]

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        return [(12, "任务状态", [{"text": self.status, "badge": BADGES[self.status]}])]
