"""互动统计: what came in during a month, what was answered, what was left over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Identifier, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem
from govportal.shapes import CHANNELS, LETTERS, MONTH, adds_up

RECEIVED, REPLIED = Count("收到（件）"), Count("答复（件）")


@dataclass(frozen=True, kw_only=True)
class ByChannel:
    """The figures of one way of writing in."""

    channel: str = of(Choice("来信渠道", *CHANNELS), required=True)
    received: int = of(RECEIVED, required=True)
    replied: int = of(REPLIED, required=True)


@dataclass(frozen=True, kw_only=True)
class ByKind:
    """The figures of one kind of letter."""

    kind: str = of(Choice("来信类别", *LETTERS), required=True)
    received: int = of(RECEIVED, required=True)
    replied: int = of(REPLIED, required=True)


@dataclass(frozen=True, kw_only=True)
class ByOrgan:
    """The figures of one organ."""

    organ: str = of(Ref("承办机构", "organ"), required=True)
    received: int = of(RECEIVED, required=True)
    replied: int = of(REPLIED, required=True)


TABLES = ("by_channel", "by_kind", "by_organ")


def figures_balance(record: Any) -> Iterable[Problem]:
    """上月结转加本月收到，等于答复、不予受理和结转下月之和。（国办发〔2017〕47号：统计数据）"""
    came = record.carried_over + record.received
    went = record.replied + record.rejected + record.left_over
    if came != went:
        yield record.problem(
            "left_over",
            "interaction/balance",
            f"结转 {record.carried_over} 加收到 {record.received} 是 {came}，答复、不予受理和结转下月合计 {went}",
            "核对五个数",
        )


def carries_over_from_last_month(record: Any, site: Any) -> Iterable[Problem]:
    """上月结转等于上一个月统计里的结转下月。（统计前后衔接；国办发〔2017〕47号）"""
    before = [
        one
        for one in site.of_type("interaction_statistics")
        if one.month < record.month and one.organ == record.organ
    ]
    last = max(before, key=lambda one: (one.month, one.id), default=None)
    if last is not None and last.left_over != record.carried_over:
        yield record.problem(
            "carried_over",
            "interaction/carried-over",
            f"{last.month} 结转下月 {last.left_over} 件，这里写上月结转 {record.carried_over} 件",
            "核对两个月的数",
        )


@dataclass(frozen=True, kw_only=True)
class InteractionStatistics(Document):
    """Letters and suggestions of one month in figures (国办发〔2017〕47号: 公开留言答复情况和统计数据; 实施方案二（二）3)."""

    type: ClassVar[ContentType] = ContentType(
        "interaction_statistics",
        "互动统计",
        "interaction-statistics",
        rules=(
            *COMMON_RULES,
            figures_balance,
            *(
                adds_up("interaction/total", table, figure, figure)
                for table in TABLES
                for figure in ("received", "replied")
            ),
        ),
        site_rules=(carries_over_from_last_month,),
    )

    month: str = of(Identifier("统计月份", pattern=MONTH, sample="2026-10"), required=True, head=10)
    carried_over: int = of(Count("上月结转"), required=True, head=11)
    received: int = of(Count("本月收到"), required=True, head=12)
    replied: int = of(Count("本月答复"), required=True, head=13)
    rejected: int = of(Count("不予受理"), required=True, head=14)
    left_over: int = of(Count("结转下月"), required=True, head=15)
    adopted: int | None = of(Count("采纳建言"), head=16)
    note: str | None = of(Text("统计说明", limit=2000, lines=True), section=10)
    by_channel: tuple[ByChannel, ...] = of(Rows("按渠道", ByChannel), required=True, default=(), table=True)
    by_kind: tuple[ByKind, ...] = of(Rows("按类别", ByKind), required=True, default=(), table=True)
    by_organ: tuple[ByOrgan, ...] = of(
        Rows("按承办机构", ByOrgan), required=True, default=(), table=True, inverse="互动统计"
    )

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        due = self.carried_over + self.received - self.rejected
        return [(17, "答复率", [{"text": f"{self.replied / due:.2%}" if due else "没有应答复的"}])]
