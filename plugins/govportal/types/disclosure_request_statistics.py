"""依申请公开统计: how many applications came in a quarter or year, and what was answered; never who asked."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.disclosure import ANSWERS, REQUESTS, STATISTICS, left_is_carried_over, names
from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Identifier, Ref, Text
from govportal.kinds.grid import Cells
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import no_personal_data
from govportal.yearly import YEAR

PERIODS = {
    "第一季度": "03-31",
    "第二季度": "06-30",
    "第三季度": "09-30",
    "第四季度": "12-31",
    "年度": "12-31",
}
"""The periods, with the day on which each ends."""


def _end(year: str, period: str) -> str:
    """The last day of a period."""
    return f"{year}-{PERIODS[period]}"


def only_after_the_period(record: Any) -> Iterable[Problem]:
    """统计期结束以后才公布。（政府信息公开条例第五十条）"""
    end = _end(record.year, record.period)
    if record.published_at[:10] <= end:
        yield record.problem(
            "period",
            "request-statistics/period-not-over",
            f"统计期到 {end}，发布时还没有结束",
            "核对 year 和 period，或改发布日期",
        )


def _of_organ(record: Any, site: Any) -> Iterator[Any]:
    """The statistics of the same organ, this one left out."""
    for other in site.editions[record.type.name, record.edition_of]:
        if other is not record:
            yield other


def one_of_a_period(record: Any, site: Any) -> Iterable[Problem]:
    """一个机关一个统计期只有一份统计。"""
    for other in _of_organ(record, site):
        if (other.year, other.period) == (record.year, record.period) and other.id < record.id:
            yield record.problem(
                "period", "request-statistics/twice", f"{other.path} 也是这一期的", "只留一份；核对统计期"
            )


def period_before(record: Any, site: Any) -> Any:
    """The statistics of the period before: of the year before a year; before a first quarter also of a year."""
    yearly = record.period == "年度"
    end = _ordinal(record) - (4 if yearly else 1)
    found = [
        one
        for one in _of_organ(record, site)
        if _ordinal(one) == end and (one.period == "年度" or not yearly)
    ]
    return min(found, key=lambda one: one.period == "年度", default=None)


def _ordinal(record: Any) -> int:
    """The number of the quarter that ends with the period."""
    return int(record.year) * 4 + int(record.document_date[5:7]) // 3


def quarters_make_the_year(record: Any, site: Any) -> Iterable[Problem]:
    """四个季度都有的，新收和各项办理结果之和等于年度数；每个季度都不超过年度数。（政府信息公开条例第五十条）"""
    same = [one for one in _of_organ(record, site) if one.year == record.year]
    quarters = [one for one in same if one.period != "年度"]
    if record.period == "年度":
        if len(quarters) == len(PERIODS) - 1:
            yield from _compared_with(record, quarters, operator.ne, "四个季度之和")
    else:
        years = [one for one in same if one.period == "年度"]
        yield from _compared_with(record, years[:1], operator.gt, "全年才")


def _compared_with(
    record: Any, others: list[Any], wrong: Callable[[int, int], bool], what: str
) -> Iterator[Problem]:
    """Every number of the record that stands wrong to the sum of the same numbers of others."""
    for row in ("new_received", *names(ANSWERS), "processed_total") if others else ():
        label = next(one.label for one in STATISTICS.rows if one.name == row)
        for number, column in enumerate(STATISTICS.columns):
            mine = record.answers.numbers[row][number]
            theirs = sum(one.answers.numbers[row][number] for one in others)
            if wrong(mine, theirs):
                yield Problem(
                    record.answers.at(record.path, row, number),
                    "request-statistics/quarters",
                    f"“{label}”“{column.label}”这一期是 {mine}，{what} {theirs}",
                    "核对各季度和年度的统计",
                )


def year_agrees_with_the_report(record: Any, site: Any) -> Iterable[Problem]:
    """年度统计与同一机关的政府信息公开工作年度报告一致。（国办公开办函〔2021〕30号；答复类型与报告各行的对应为配置）"""
    if record.period != "年度":
        return
    for report in site.editions.get(("disclosure_annual_report", record.organ_of_statistics), ()):
        if report.year != record.year:
            continue
        for rows, lines in _compared():
            mine = sum(_counts(record.answers, row) for row in rows)
            theirs = sum(report.requests.numbers[one][REQUESTS.place("total")] for one in lines)
            if mine != theirs:
                label = next(one.label for one in STATISTICS.rows if one.name == rows[0])
                yield Problem(
                    record.answers.at(record.path, rows[0], STATISTICS.place("total")),
                    "request-statistics/annual-report",
                    f"“{label}”一类合计 {mine}，{report.path} 里是 {theirs}",
                    "两处核对，改其中一处",
                )


def _counts(answers: Cells, row: str) -> int:
    return int(STATISTICS.value(answers, row, "total"))


def _compared() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Rows here and the lines of the annual report under which they count together."""
    for flow in ("new_received", "carried_over", "processed_total", "carried_forward"):
        yield (flow,), (flow,)
    for lines in dict.fromkeys(ANSWERS.values()):
        yield tuple(one.name for one, under in ANSWERS.items() if under == lines), lines


@dataclass(frozen=True, kw_only=True)
class DisclosureRequestStatistics(Document):
    """What became of the applications of a period (政府信息公开条例第五十条第（二）项)."""

    type: ClassVar[ContentType] = ContentType(
        "disclosure_request_statistics",
        "依申请公开统计",
        "disclosure-request-statistics",
        rules=(
            *COMMON_RULES,
            only_after_the_period,
            no_personal_data("request-statistics/personal-data", "explanation"),
        ),
        site_rules=(
            one_of_a_period,
            left_is_carried_over("request-statistics", "answers", STATISTICS, period_before),
            quarters_make_the_year,
            year_agrees_with_the_report,
        ),
    )

    organ_of_statistics: str = of(Ref("统计机关", "organ"), required=True, head=10, inverse="依申请公开统计")
    year: str = of(Identifier("统计年份", pattern=YEAR, sample="2026"), required=True, head=11)
    period: str = of(Choice("统计期", *PERIODS), required=True, head=12, facet=True)
    report: str | None = of(Ref("对应的年度报告", "disclosure_annual_report"), inverse="依申请公开统计")
    answers: Cells = of(STATISTICS, required=True, table=True, search=1)
    explanation: str | None = of(Text("情况说明", limit=4000, lines=True), section=10, search=1)

    @property
    def document_date(self) -> str:
        return _end(self.year, self.period)

    @property
    def edition_of(self) -> str:
        return self.organ_of_statistics

    @property
    def edition_name(self) -> str:
        return f"{self.year}年{self.period.removeprefix('年')}"
