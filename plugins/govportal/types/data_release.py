"""数据发布: the figures of a period, each with its unit, period and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.editions import Row
from govportal.kinds import Choice, Date, Figure, Identifier, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, Severity, error
from govportal.rules import not_before

PERIOD_DAYS = {"月度": 31, "季度": 92, "半年": 183, "年度": 366, "一次性": 0}
GRACE_DAYS = 60
"""Days after the end of a period by which its figures are expected; a recommendation, configuration."""


@dataclass(frozen=True, kw_only=True)
class Indicator(Row):
    """One figure of the data set."""

    name: str = of(Text("指标"), required=True, headline=True)
    unit: str = of(Text("单位"), required=True)
    value: Decimal = of(Figure("数值"), required=True)
    growth: Decimal | None = of(Figure("比上年同期增长（%）"))
    period: str = of(Text("数据时期"), required=True)
    source: str = of(Text("数据来源"), required=True)
    note: str | None = of(Text("说明", limit=500))


def units_stay(record: Any, site: Any) -> Iterable[Problem]:
    """同一数据集各期，同一指标的名称和单位不变；变了的在说明里写明。（统计法：统计口径一致）"""
    before = site.previous_edition(record)
    earlier = {one.code: one for one in before.rows} if before else {}
    for row in record.rows:
        other = earlier.get(row.code)
        if other and (other.unit, other.name) != (row.unit, row.name) and not row.note:
            yield Problem(
                At(record.path, *row.places["code"]),
                "data-release/unit-changed",
                f"{row.code} 上一期（{before.path}）是“{other.name}”（{other.unit}），这一期是“{row.name}”（{row.unit}）",
                "改回原来的名称和单位，或在 note 里写明口径变化",
                Severity.WARNING,
            )


def one_release_a_period(record: Any, site: Any) -> Iterable[Problem]:
    """同一数据集同一时期只发布一次，更正的修改原来的一份。"""
    for other in site.editions[record.type.name, record.edition_of]:
        if other.period_end == record.period_end and other.id < record.id:
            yield error(
                record.at("period_end"),
                "data-release/twice",
                f"{other.path} 也是 {record.dataset} 到 {record.period_end} 的数据",
                "改原来的一份并写 revised_at，或核对时期",
            )


def next_release_is_due(record: Any, site: Any) -> Iterable[Problem]:
    """按发布频率，下一期数据到期没有发布的提醒。（期限为建议，是配置；国办秘函〔2019〕19号）"""
    days = PERIOD_DAYS[record.frequency]
    newest = site.editions[record.type.name, record.edition_of][0] is record
    late = (site.today - record.period_end).days - days - GRACE_DAYS
    if days and newest and late > 0:
        yield record.problem(
            "period_end",
            "data-release/next-missing",
            f"{record.dataset} 的下一期数据已晚 {late} 日",
            "发布下一期；不再发布的改 frequency: 一次性",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class DataRelease(Document):
    """The figures of one data set for one period (政府信息公开条例第二十条第（四）项; 统计法)."""

    type: ClassVar[ContentType] = ContentType(
        "data_release",
        "数据发布",
        "data-releases",
        template="table",
        rules=(
            *COMMON_RULES,
            not_before("published_at", "period_end", "data-release/published-before-end"),
        ),
        site_rules=(units_stay, one_release_a_period, next_release_is_due),
    )

    dataset: str = of(Identifier("数据集", sample="economy-quarterly"), required=True)
    frequency: str = of(Choice("发布频率", *PERIOD_DAYS), required=True, head=10, facet=True)
    period: str = of(Text("数据时期"), required=True, head=11, search=2)
    period_end: date = of(Date("时期截止"), required=True, head=12)
    data_source: str = of(Text("数据来源"), required=True, head=13, search=1)
    preliminary: str = of(Choice("数据性质", "初步核算", "快报", "最终核实", "普查"), required=True, head=14)
    next_release: str | None = of(Text("下期发布时间"), head=15)
    explanation: str | None = of(Text("指标解释", limit=8000, lines=True), section=10, search=1)
    rows: tuple[Indicator, ...] = of(
        Rows("指标数据", Indicator, key="code"), required=True, default=(), table=True, search=1
    )

    @property
    def document_date(self) -> str:
        return self.period_end.isoformat()

    @property
    def edition_of(self) -> str:
        return self.dataset

    @property
    def edition_name(self) -> str:
        return self.period
