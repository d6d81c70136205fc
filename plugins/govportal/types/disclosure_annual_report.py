"""政府信息公开工作年度报告: six chapters and three tables whose numbers must come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.charts import Chart, Item, beside, composition
from govportal.disclosure import REQUESTS, left_is_carried_over
from govportal.document import COMMON_RULES, own
from govportal.kinds import Choice, Count, Money, Text
from govportal.kinds.grid import Balance, Cells, Grid, line
from govportal.model import ContentType, SiteView, of
from govportal.privacy import no_personal_data
from govportal.problems import Problem, Severity
from govportal.yearly import YearlyReport, yearly_rules

DEADLINES = {"政府部门": (1, 31), "本级政府": (3, 31)}
"""The last month and day for the report of a department and of the government (政府信息公开条例第四十九条)."""
FIRST_CHAPTER = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
"""What the first chapter must speak of (国办公开办函〔2021〕30号)."""

DOCUMENTS = Grid(
    "第二十条第（一）项",
    rows=(line("rules", "规章"), line("normative_documents", "行政规范性文件")),
    columns=(
        line("issued", "本年制发件数"),
        line("repealed", "本年废止件数"),
        line("in_force", "现行有效件数"),
    ),
    corner="信息内容",
)
DECISIONS = Grid(
    "第二十条第（五）项、第（六）项",
    rows=(
        line("permits", "第二十条第（五）项", "行政许可"),
        line("penalties", "第二十条第（六）项", "行政处罚"),
        line("compulsions", "第二十条第（六）项", "行政强制"),
    ),
    columns=(line("decided", "本年处理决定数量"),),
    corner="信息内容",
)
FEES = Grid(
    "第二十条第（八）项",
    rows=(line("fees", "行政事业性收费"),),
    columns=(line("amount", "本年收费金额（单位：万元）"),),
    cell=Money("收费金额", "万元"),
    corner="信息内容",
)
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结")
_OUTCOME_NAMES = ("upheld", "corrected", "other", "pending")
REVIEWS = Grid(
    "政府信息公开行政复议、行政诉讼情况",
    rows=(
        line("reconsideration", "行政复议"),
        line("litigation_direct", "行政诉讼", "未经复议直接起诉"),
        line("litigation_after_reconsideration", "行政诉讼", "复议后起诉"),
    ),
    columns=(*map(line, _OUTCOME_NAMES, _OUTCOMES), line("total", "总计")),
    balances=(Balance(("total",), _OUTCOME_NAMES),),
    cell=Count("件数"),
    corner="救济途径",
)


def first_chapter_is_whole(record: Any) -> Iterable[Problem]:
    """第一章要写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。（国办公开办函〔2021〕30号）"""
    if missing := [one for one in FIRST_CHAPTER if one not in record.general_situation]:
        yield record.problem(
            "general_situation",
            "annual-report/first-chapter",
            f"第一章没有写{'、'.join(missing)}",
            "各写一段；没有开展的，写明没有",
        )


def year_before(record: Any, site: Any) -> Any:
    """The report of the same organ for the year before, or None."""
    before = site.previous_edition(record)
    return before if before is not None and int(before.year) == int(record.year) - 1 else None


def normative_documents_agree(record: Any, site: Any) -> Iterable[Problem]:
    """本级政府报告的行政规范性文件制发、废止、现行有效件数，与本站文件库一致。（国办公开办函〔2021〕30号）"""
    if record.level != "本级政府" or not own(record):
        return
    first, last = date(int(record.year), 1, 1), date(int(record.year), 12, 31)
    eve = date(first.year - 1, 12, 31)
    papers = [one for one in site.of_type("policy") if own(one) and one.authority_level == "行政规范性文件"]
    made = [one for one in papers if first.isoformat() <= one.document_date <= last.isoformat()]
    ended = ("废止", "失效")
    library = {
        "issued": len(made),
        "repealed": sum(
            one.validity_on(site, last) in ended and one.validity_on(site, eve) not in ended for one in papers
        ),
        "in_force": sum(one.validity_on(site, last) not in (*ended, "尚未施行") for one in papers),
    }
    for number, column in enumerate(DOCUMENTS.columns):
        written = record.documents.numbers["normative_documents"][number]
        if written != library[column.name]:
            yield Problem(
                record.documents.at(record.path, "normative_documents", number),
                "annual-report/normative-documents",
                f"行政规范性文件{column.label} {written}，本站文件库是 {library[column.name]}",
                "核对报告，或补齐文件库",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class DisclosureAnnualReport(YearlyReport):
    """The report of an organ for a year (政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号)."""

    type: ClassVar[ContentType] = ContentType(
        "disclosure_annual_report",
        "政府信息公开工作年度报告",
        "disclosure-annual-reports",
        rules=(
            *COMMON_RULES,
            first_chapter_is_whole,
            no_personal_data(
                "annual-report/personal-data",
                "general_situation",
                "problems_and_improvements",
                "other_matters",
            ),
        ),
        site_rules=(
            *yearly_rules(
                "annual-report",
                lambda record, year: date(year, *DEADLINES[record.level]),
                "政府信息公开条例第四十九条：部门1月31日前，政府3月31日前",
            ),
            left_is_carried_over("annual-report", "requests", REQUESTS, year_before),
            normative_documents_agree,
        ),
    )
    means: ClassVar[str] = "Report"

    level: str = of(Choice("报告层级", *DEADLINES), required=True, head=12, facet=True)
    general_situation: str = of(
        Text("一、总体情况", limit=20000, lines=True), required=True, section=10, search=1
    )
    proactive_disclosure: str | None = of(
        Text("二、主动公开政府信息情况", limit=8000, lines=True), section=20, search=1
    )
    documents: Cells = of(DOCUMENTS, required=True, table=True, in_section="proactive_disclosure")
    decisions: Cells = of(DECISIONS, required=True, table=True, in_section="proactive_disclosure")
    fees: Cells = of(FEES, required=True, table=True, in_section="proactive_disclosure")
    applications: str | None = of(
        Text("三、收到和处理政府信息公开申请情况", limit=8000, lines=True), section=30, search=1
    )
    requests: Cells = of(REQUESTS, required=True, table=True, in_section="applications")
    reviews_and_litigation: str | None = of(
        Text("四、政府信息公开行政复议、行政诉讼情况", limit=8000, lines=True), section=40, search=1
    )
    reviews: Cells = of(REVIEWS, required=True, table=True, in_section="reviews_and_litigation")
    problems_and_improvements: str = of(
        Text("五、存在的主要问题及改进情况", limit=20000, lines=True), required=True, section=50, search=1
    )
    other_matters: str = of(
        Text("六、其他需要报告的事项", limit=20000, lines=True), required=True, section=60, search=1
    )

    def charts(self, site: SiteView) -> list[Chart]:
        """What became of the applications, and how many there were in each year."""
        said = (self.publisher(site), self.published_at[:10])
        results = [
            (one.label, self.requests.numbers[one.name][-1])
            for one in REQUESTS.rows
            if one.name not in ("new_received", "carried_over", "processed_total", "carried_forward")
        ]
        made = [composition(f"{self.year}年申请办理结果（单位：件）", "办理结果", "件数", results, *said)]
        years = [one for one in site.editions_of(self) if one.year <= self.year][:5][::-1]
        if len(years) > 1:
            items = tuple(
                Item(
                    f"{one.year}年",
                    tuple(one.requests.numbers[name][-1] for name in ("new_received", "processed_total")),
                )
                for one in years
            )
            made.append(
                Chart(
                    title="历年收到和办结的政府信息公开申请（单位：件）",
                    head="年度",
                    series=("新收", "办结"),
                    items=items,
                    source=said[0],
                    day=said[1],
                )
            )
            now, before = years[-1].documents, years[-2].documents
            made.append(
                beside(
                    "行政规范性文件（单位：件）",
                    "项目",
                    (f"{years[-1].year}年", f"{years[-2].year}年"),
                    [
                        (
                            DOCUMENTS.columns[place].label,
                            (
                                now.numbers["normative_documents"][place],
                                before.numbers["normative_documents"][place],
                            ),
                        )
                        for place in range(len(DOCUMENTS.columns))
                    ],
                    *said,
                )
            )
        return made
