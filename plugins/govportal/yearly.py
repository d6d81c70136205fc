"""Reports made once a year: which year, by whom, by which day, and that none is missing or made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.document import Document
from govportal.kinds import Identifier, Ref
from govportal.model import SiteRule, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day
from govportal.shapes import overdue

YEAR = r"20[0-9]{2}"


@dataclass(frozen=True, kw_only=True)
class Yearly(Document):
    """What an organ reports of one year; the reports of an organ are the editions of one another."""

    year: str = of(Identifier("报告年度", pattern=YEAR, sample="2025"), required=True, head=10, search=2)
    reporting_organ: str = of(Ref("报告机关", "organ"), required=True, head=11, inverse="年度报告")

    @property
    def document_date(self) -> str:
        return self.year

    @property
    def edition_of(self) -> str:
        return self.reporting_organ

    @property
    def edition_name(self) -> str:
        return f"{self.year}年度"


def yearly_rules(area: str, due: Callable[[Any, int], date], ground: str) -> tuple[SiteRule, ...]:
    """What holds for every yearly report; `due` gives the last day to publish a report in the year after its own."""

    def after_the_year(record: Any, site: Any) -> Iterable[Problem]:
        published = first_day(record.published_at)
        last = due(record, int(record.year) + 1)
        if published and published.year <= int(record.year):
            yield record.problem(
                "year",
                f"{area}/year-not-over",
                f"{record.published_at[:10]} 发布的报告不能是{record.year}年度的",
                f"改为 year: {published.year - 1}，或核对发布日期",
            )
        elif published and published > last:
            yield record.problem(
                "published_at",
                f"{area}/late",
                f"{record.year}年度的报告应在 {last} 前公布",
                "历史事实不改；列入超时清单",
                Severity.WARNING,
            )

    def next_one_is_there(record: Any, site: Any) -> Iterable[Problem]:
        newest = site.editions[record.type.name, record.edition_of][0]
        year = int(record.year) + 1
        if newest is record and site.today > due(record, year + 1):
            yield record.problem(
                "year",
                f"{area}/missing",
                f"{year}年度的报告应在 {due(record, year + 1)} 前公布，还没有",
                f"发布一份 year: {year} 的报告",
                overdue(record),
            )

    def one_a_year(record: Any, site: Any) -> Iterable[Problem]:
        for other in site.editions[record.type.name, record.edition_of]:
            if other.year == record.year and other.id < record.id:
                yield record.problem(
                    "year", f"{area}/twice", f"{other.path} 也是{record.year}年度的", "一年只有一份；核对年度"
                )

    after_the_year.__doc__ = f"年度终了以后编制，按期公布；晚了的提醒。（{ground}）"
    next_one_is_there.__doc__ = f"期限过后，上一年度的报告要有。（{ground}）"
    one_a_year.__doc__ = "一个机关一年只有一份报告。"
    return after_the_year, next_one_is_there, one_a_year
