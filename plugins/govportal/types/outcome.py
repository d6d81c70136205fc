"""落实结果: what was set as a goal and what was reached, of reports, orders, decisions, livelihood projects and plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Flag, Identifier, Link, Money, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, Places, SiteView, of
from govportal.problems import At, Problem, error
from govportal.stations import Stop, stop_of

STATES = ("已完成", "按进度推进", "进度滞后", "未启动", "已调整")
PLANS = ("五年规划指标", "年度计划指标")
HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Result:
    """One goal, with figures where it has any, and how far it was reached."""

    code: str = of(Identifier("编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="A-01"), required=True)
    name: str = of(Text("目标任务或指标"), required=True, headline=True)
    nature: str | None = of(Choice("指标属性", "约束性", "预期性"))
    unit: str | None = of(Text("计量单位", limit=20))
    base_value: Decimal | None = of(Money("基期值", ""))
    target_value: Decimal | None = of(Money("目标值", ""))
    actual_value: Decimal | None = of(Money("完成值", ""))
    completion_rate: Decimal | None = of(Money("完成率", "%"))
    lower_is_better: bool = of(Flag("越低越好"), default=None)
    state: str = of(Choice("完成情况", *STATES), required=True)
    remark: str = of(Text("落实情况", limit=2000), required=True)
    responsible: str | None = of(Text("责任单位"))
    task: str | None = of(Ref("对应的任务", "task"))
    decision: str | None = of(Ref("对应的决策", "decision"))
    evidence: str | None = of(Link("佐证网址"))
    places: Places = field(default_factory=dict, compare=False, repr=False)

    def rate(self) -> Decimal | None:
        """How much of the target was reached, in percent; None where there are no figures or less is more."""
        if not self.target_value or self.actual_value is None or self.lower_is_better:
            return None
        return (self.actual_value / self.target_value * HUNDRED).quantize(Decimal("0.01"), ROUND_HALF_UP)


def rates_are_right(record: Any) -> Iterable[Problem]:
    """有目标值和完成值的写完成率，等于完成值除以目标值；到100的写“已完成”，没有到的不写。（实施方案一（五）1）"""
    for row in record.rows:
        rate, at = row.rate(), At(record.path, *row.places["code"])
        if row.completion_rate != rate:
            written = (
                "没有写完成率" if row.completion_rate is None else f"写的完成率是 {row.completion_rate:f}"
            )
            yield error(
                at,
                "outcome/rate",
                f"{row.code} {written}" + (f"，算出来是 {rate:f}" if rate is not None else "，没有可算的数"),
                f"写 completion_rate: {rate:f}" if rate is not None else "删掉 completion_rate",
            )
        elif rate is not None and (rate >= HUNDRED) != (row.state == "已完成"):
            yield error(
                at,
                "outcome/state",
                f"{row.code} 完成率 {rate:f}，完成情况写的是“{row.state}”",
                "到 100 的写 已完成；没有到的写 按进度推进 或 进度滞后",
            )


def indicators_are_measured(record: Any) -> Iterable[Problem]:
    """规划、计划的指标要写计量单位和目标值。（实施方案一（五）1）"""
    if record.kind in PLANS:
        for row in record.rows:
            if row.unit is None or row.target_value is None:
                yield error(
                    At(record.path, *row.places["code"]),
                    "outcome/indicator-needs",
                    f"指标 {row.code} 没有写计量单位（unit）或目标值（target_value）",
                    "两项都写上",
                )


@dataclass(frozen=True, kw_only=True)
class Outcome(Document):
    """What became of what was promised (实施方案一（五）1: 贯彻落实党中央国务院决策部署、政府工作报告、民生举措和规划计划落实情况)."""

    type: ClassVar[ContentType] = ContentType(
        "outcome",
        "落实结果",
        "outcomes",
        template="table",
        rules=(*COMMON_RULES, rates_are_right, indicators_are_measured),
    )

    kind: str = of(
        Choice("结果类别", "上级部署", "政府工作报告", "决定事项", "民生举措", *PLANS),
        required=True,
        head=10,
        facet=True,
    )
    year: int = of(Count("年度"), required=True, head=11)
    period: str = of(Choice("报告期", "上半年", "全年", "规划期", "阶段"), required=True, head=12, facet=True)
    analysis: str | None = of(Text("总体情况", limit=8000, lines=True), section=10, search=1)
    next_steps: str | None = of(Text("后续举措", limit=8000, lines=True), section=20)
    rows: tuple[Result, ...] = of(
        Rows("目标和完成情况", Result, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="落实结果",
        station="落实结果",
    )

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        """How many goals there are and how many of them in each state."""
        states = [row.state for row in self.rows]
        counts = "，".join(f"{one} {states.count(one)} 项" for one in STATES if one in states)
        return [(13, "完成情况", [{"text": f"共 {len(states)} 项：{counts}"}])]

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """What was reached of a decision."""
        for row in self.rows:
            if row.decision == subject:
                rate = f"，完成率 {row.completion_rate:f}%" if row.completion_rate is not None else ""
                yield replace(
                    stop_of(self, station),
                    words=f"{row.name}：{row.state}{rate}",
                    anchor=f"row-{row.code}",
                )
