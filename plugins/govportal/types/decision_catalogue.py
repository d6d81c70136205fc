"""重大行政决策事项目录: what the government means to decide in a year, a dated edition for each change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row, rows_by_code
from govportal.kinds import Choice, Count, Date, Many, PartialDate, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import At, Problem, error
from govportal.rules import not_before
from govportal.shapes import PROCEDURES
from govportal.stations import Stop, stop_of

ALWAYS = ("合法性审查", "集体讨论")
"""The procedures without which nothing is decided (重大行政决策程序暂行条例第二十五条、第三十条)."""


@dataclass(frozen=True, kw_only=True)
class PlannedDecision(Row):
    """One matter to be decided (黑龙江省重大行政决策程序暂行规定: 事项名称、承办单位、完成时间)."""

    name: str = of(Text("决策事项名称"), required=True, headline=True)
    undertaken_by: str = of(Text("承办单位"), required=True)
    planned_finish: str = of(PartialDate("计划完成时间"), required=True)
    procedures: tuple[str, ...] = of(Many(Choice("履行的程序", *PROCEDURES)), required=True, default=())


def nothing_is_decided_without_review(record: Any) -> Iterable[Problem]:
    """每个事项都要履行合法性审查和集体讨论。（重大行政决策程序暂行条例第二十五条、第三十条）"""
    for row in record.rows:
        for one in ALWAYS:
            if one not in row.procedures:
                yield error(
                    At(record.path, *row.places["code"]),
                    "decision-catalogue/procedure-missing",
                    f"{row.code} 的程序里没有{one}",
                    f"在 procedures 里加{one}",
                )


@dataclass(frozen=True, kw_only=True)
class DecisionCatalogue(Edition):
    """A dated edition of the yearly catalogue (重大行政决策程序暂行条例第三条; 黑龙江省重大行政决策程序暂行规定; 实施方案一（一）1)."""

    type: ClassVar[ContentType] = ContentType(
        "decision_catalogue",
        "重大行政决策事项目录",
        "decision-catalogues",
        template="table",
        suffix=".yml",
        body="none",
        rules=(
            *EDITION_RULES,
            not_before("published_at", "agreed_on", "decision-catalogue/published-before-agreed"),
            nothing_is_decided_without_review,
        ),
        site_rules=EDITION_SITE_RULES,
    )

    year: int = of(Count("年度"), required=True, head=10)
    agreed_on: date = of(Date("同级党委同意日期"), required=True, head=21)
    rows: tuple[PlannedDecision, ...] = of(
        Rows("决策事项", PlannedDecision, key="code"), required=True, default=(), table=True, search=1
    )

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """The line of the catalogue that stands for a decision."""
        row = rows_by_code(self).get(site.record(subject).catalogue_item)
        if row is not None:
            yield replace(
                stop_of(self, station),
                begins=self.edition,
                ends=self.edition,
                words=f"第 {row.code} 项，计划 {row.planned_finish} 完成",
                anchor=f"row-{row.code}",
            )
