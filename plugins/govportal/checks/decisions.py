"""Decision, execution and result in the whole: what the plan asks to be there each year, and of which there must be some.

Each is looked for only where the plan of the site has the measure that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from govportal.portal import COLUMNS, MEASURES
from govportal.problems import At, Problem, Severity, error, note, warning
from govportal.shapes import LIVELIHOODS, SEATS
from govportal.site import Site

YEAR = timedelta(days=366)
"""What "in the last twelve months" means."""
CATALOGUE_MONTH = 5
"""The month from which this year's catalogue is missed; a recommendation, configuration (handbook 9.1)."""
RESULT_DAY = (3, 31)
"""The day of the next year by which a task of the government's report has its result; a recommendation (handbook 9.7)."""


def _asked(site: Site, measure: str) -> bool:
    """Whether the plan of this site has a measure."""
    return any(one.id == measure for one in site.portal.measures)


def _of_last_year(site: Site, type_name: str) -> Iterator[Any]:
    """The records of a type that were published in the last twelve months."""
    for record in site.of_type(type_name):
        if site.today - date.fromisoformat(record.published_at[:10]) <= YEAR:
            yield record


def _systems(site: Site, system: str) -> list[Any]:
    return [one for one in site.of_type("working_rule") if one.system == system]


def _missed(site: Site, measure: str, there: Any, what: str, code: str, hint: str) -> Iterator[Problem]:
    """A warning that what a measure asks for is not there."""
    if _asked(site, measure) and not there:
        yield warning(At(MEASURES), code, f"措施 {measure} 要求的{what}没有公开", hint)


def decision_rules_are_there(site: Site) -> Iterable[Problem]:
    """决策公开制度、列席会议制度的文本要公开。（实施方案一（一）2、一（一）3）"""
    for measure, system in (("一（一）2", "决策公开"), ("一（一）3", "列席")):
        what, hint = f"“{system}”制度", f"在 working-rules/ 里加一份 system: {system}"
        for one in _missed(site, measure, _systems(site, system), what, "decisions/no-rule", hint):
            yield replace(one, severity=Severity.ERROR)


def trades_poll_the_public(site: Site) -> Iterable[Problem]:
    """文化教育、医疗卫生、资源开发、环境保护、社会保障、公用事业六个领域各有民意调查制度。（实施方案一（一）4）"""
    there = {one.livelihood for one in _systems(site, "民意调查")}
    for trade in LIVELIHOODS:
        hint = f"在 working-rules/ 里加一份 system: 民意调查、livelihood: {trade}"
        yield from _missed(
            site, "一（一）4", trade in there, f"{trade}领域民意调查制度", "decisions/no-poll-rule", hint
        )


def decisions_are_planned(site: Site) -> Iterable[Problem]:
    """每年公布重大行政决策事项目录，5月起还没有当年目录的提醒。（黑龙江省重大行政决策程序暂行规定；月份为建议，是配置）"""
    year = site.today.year
    there = site.today.month < CATALOGUE_MONTH or any(
        record.year == year for record in site.of_type("decision_catalogue")
    )
    what, hint = f"{year}年度重大行政决策事项目录", "在 decision-catalogues/ 里加当年的一版"
    yield from _missed(site, "一（一）1", there, what, "decisions/no-catalogue", hint)


def observers_are_invited(site: Site) -> Iterable[Problem]:
    """近12个月至少邀请一次列席；六类列席者没有来过的，记一笔。（实施方案一（一）3）"""
    held = [*_of_last_year(site, "observer_seat")]
    what, hint = "近12个月列席会议的公告和情况", "在 observer-seats/ 里补上"
    yield from _missed(site, "一（一）3", held, what, "decisions/no-observers", hint)
    came = {seat.category for record in held for seat in record.seats}
    missing = [one for one in SEATS if one not in came]
    if held and missing and _asked(site, "一（一）3"):
        yield note(
            At(MEASURES),
            "decisions/observers-of-few-kinds",
            f"近12个月没有邀请过{'、'.join(missing)}列席",
            "下次列席时邀请",
        )


def execution_is_watched(site: Site) -> Iterable[Problem]:
    """近12个月至少公布一次督查情况、一份预算执行审计结果公告。（实施方案一（二）2、一（二）3）"""
    inspections = [*_of_last_year(site, "government_inspection")]
    hint = "在 government-inspections/ 里补上"
    yield from _missed(site, "一（二）2", inspections, "近12个月督查情况", "decisions/no-inspection", hint)
    audits = [one for one in _of_last_year(site, "audit_announcement") if one.kind == "预算执行"]
    what, hint = "近12个月预算执行审计结果公告", "在 audit-announcements/ 里补上 kind: 预算执行"
    yield from _missed(site, "一（二）3", audits, what, "decisions/no-budget-audit", hint)


def reported_tasks_have_results(site: Site) -> Iterable[Problem]:
    """政府工作报告的任务到期后，次年3月底以前要有落实结果。（实施方案一（五）1；期限为建议，是配置）"""
    for task in site.of_type("task"):
        due = date(task.finish_due.year + 1, *RESULT_DAY)
        told = any(record.type.name == "outcome" for record in site.incoming(task.id, "rows"))
        if task.task_source == "政府工作报告" and site.today > due and not told:
            yield task.problem(
                "finish_due",
                "decisions/no-result",
                f"政府工作报告的这项任务 {task.finish_due} 到期，{due} 以前没有公布落实结果",
                "在 outcomes/ 的一行里写 task: 这项任务的编号",
                Severity.WARNING,
            )


def plan_has_its_indicators(site: Site) -> Iterable[Problem]:
    """五年规划和年度计划各有指标落实情况表。（实施方案一（五）1）"""
    kinds = {record.kind for record in site.of_type("outcome")}
    for kind in ("五年规划指标", "年度计划指标"):
        hint = f"在 outcomes/ 里加一份 kind: {kind}"
        yield from _missed(
            site, "一（五）1", kind in kinds, f"{kind}落实情况", "decisions/no-indicators", hint
        )


def measures_have_content(site: Site) -> Iterable[Problem]:
    """每项措施至少对应一个有内容的栏目。（实施方案引言：公开内容覆盖权力运行全流程、政务服务全过程）"""
    for measure in site.portal.measures:
        # That a column is not there is another problem.
        if all(one in site.columns for one in measure.columns) and not any(
            site.in_column[one] for one in measure.columns
        ):
            yield warning(
                At(MEASURES),
                "measure/no-content",
                f"措施 {measure.id} 对应的栏目都没有内容",
                "在 columns 里写有内容的栏目，或补充内容",
            )


def plan_sections_exist(site: Site) -> Iterable[Problem]:
    """栏目写的方案章节（plan_section）要是方案里有的。（实施方案引言：五公开）"""
    sections = {measure.section for measure in site.portal.measures}
    for column in site.columns.values():
        part = column.plan_section
        if part and sections and not any(one.startswith(part) for one in sections):
            yield error(
                At(COLUMNS, *column.places.get("plan_section", (1, 1))),
                "column/unknown-section",
                f"方案里没有章节“{part}”",
                "照 _portal/measures.yml 的 section 写",
            )
