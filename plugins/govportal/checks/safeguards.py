"""组织领导、教育培训、考核监督: what every organ, every year and every half-year must have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govportal.checks.demand import DECEMBER, any_of, demanded, lacking, missed, within_a_year
from govportal.portal import MEASURES
from govportal.problems import At, Problem, Severity, error
from govportal.shapes import obliged_organs, overdue, titles
from govportal.site import Site

LEADERSHIP, COURSES, TRAINING = "三乙（一）0", "三乙（三）1", "三乙（三）2"
ASSESSMENT, SUPERVISION, CIRCULARS, ENDING = "三乙（四）1", "三乙（四）2", "三乙（四）3", "99-结尾"
PLAN_MONTH = 4
"""From this month on the training plan of the year is missed; configuration."""
CIRCULAR_DAYS = 183
"""How long it may be without a circular: half a year; a recommendation, configuration (handbook 16.4)."""
SUBJECTS = ("公务员初任", "公务员任职", "公务员在职", "事业单位岗前", "事业单位在岗")


def leadership_is_public(site: Site) -> Iterable[Problem]:
    """公布领导小组和各部门分管负责人；正式网站没有的是错误。（实施方案三（一））"""
    if not demanded(site, LEADERSHIP):
        return
    if not any_of(site, "leading_group", lambda one: one.level == "区级"):
        yield lacking(
            site,
            LEADERSHIP,
            "safeguard/no-leading-group",
            "没有公布区级政务公开领导小组",
            "在 leading-groups/ 里加一份 level: 区级",
        )
    if not any_of(site, "leader_in_charge_list"):
        yield lacking(
            site,
            LEADERSHIP,
            "safeguard/no-leaders",
            "没有公布各部门分管负责人",
            "在 leader-in-charge-lists/ 里加一版",
        )


def every_head_hears_a_report(site: Site) -> Iterable[Problem]:
    """各部门主要负责人每年听取一次汇报：当年12月起没有的提醒，次年还没有的是错误（示例机构是提醒）。（实施方案三（一）；月份是配置）"""
    records = site.of_type("annual_hearing")
    if not demanded(site, LEADERSHIP):
        return
    this = site.today.year
    first = min((int(one.year) for one in records), default=this)
    for year in (this - 1, this):
        if year < first or (year == this and site.today.month < DECEMBER):
            continue
        heard = {one.organ for record in records if record.year == str(year) for one in record.hearings}
        for organ in obliged_organs(site):
            if organ.id not in heard:
                yield Problem(
                    At(MEASURES),
                    "safeguard/no-hearing",
                    f"措施 {LEADERSHIP}：{organ.title} {year} 年没有听取汇报的记录",
                    f"在 annual-hearings/ 里 {year} 年的记录中加一行 organ: {organ.id}",
                    overdue(organ) if year < this else Severity.WARNING,
                )


def _uncovered(site: Site, plans: Iterable[Any]) -> str:
    covered = {one for plan in plans for one in plan.covered_organs}
    return titles(one for one in obliged_organs(site) if one.id not in covered)


def every_organ_trains(site: Site) -> Iterable[Problem]:
    """每个部门每年有培训计划，自己制定或联合制定都可以，4月起没有的提醒。（实施方案三（三）2；月份是配置）"""
    if not demanded(site, TRAINING) or site.today.month < PLAN_MONTH:
        return
    year = str(site.today.year)
    if names := _uncovered(site, (one for one in site.of_type("training_plan") if one.year == year)):
        yield missed(
            TRAINING,
            "safeguard/no-training-plan",
            f"{names}没有 {year} 年的培训计划",
            "在 training-plans/ 里加一份，或写进 covered_organs",
        )


def courses_teach_open_government(site: Site) -> Iterable[Problem]:
    """五类培训都有政务公开科目，党校每年至少一次专题班；12月起没有的提醒。（实施方案三（三）1；月份是配置）"""
    if not demanded(site, COURSES) or site.today.month < DECEMBER:
        return
    year = str(site.today.year)
    plans = [one for one in site.of_type("training_plan") if one.year == year]
    taught = {one.kind for plan in plans for one in plan.courses}
    if absent := [one for one in SUBJECTS if one not in taught]:
        yield missed(
            COURSES,
            "safeguard/subject-missing",
            f"{year} 年{'、'.join(absent)}培训没有政务公开科目",
            "在培训计划的 courses 里加上",
        )
    if not any(one.kind == "党校专题" and one.held_on for plan in plans for one in plan.courses):
        yield missed(
            COURSES,
            "safeguard/no-party-school",
            f"{year} 年党校没有举办专题班",
            "举办以后在 courses 里写 kind: 党校专题 和 held_on",
        )


def open_government_is_assessed(site: Site) -> Iterable[Problem]:
    """政务公开每年考核，12月起没有当年考核的提醒；有社会监督员名册。（实施方案三（四）1、2；月份是配置）"""
    year = str(site.today.year)
    if (
        demanded(site, ASSESSMENT)
        and site.today.month >= DECEMBER
        and not any_of(site, "assessment", lambda one: one.year == year)
    ):
        yield missed(
            ASSESSMENT, "safeguard/no-assessment", f"没有 {year} 年的绩效考核", "在 assessments/ 里加一份"
        )
    if demanded(site, SUPERVISION) and not any_of(site, "supervisor_register"):
        yield missed(
            SUPERVISION,
            "safeguard/no-supervisors",
            "没有公布社会监督员名册",
            "在 supervisor-registers/ 里加一版",
        )


def circulars_come(site: Site) -> Iterable[Problem]:
    """至少每半年一次情况通报，每年至少一次督导通报，没有的提醒。（半年为建议，是配置；实施方案三（四）3、结尾）"""
    everything = site.of_type("circular")
    if demanded(site, CIRCULARS) and not within_a_year(site, everything, CIRCULAR_DAYS):
        yield missed(
            CIRCULARS,
            "safeguard/no-circular",
            f"{CIRCULAR_DAYS} 日以内没有情况通报",
            "在 circulars/ 里加一份",
        )
    inspections = [one for one in within_a_year(site, everything) if one.kind == "督导通报"]
    if demanded(site, ENDING) and not inspections:
        yield missed(
            ENDING,
            "safeguard/no-inspection-circular",
            "一年以内没有督导通报",
            "在 circulars/ 里加一份 kind: 督导通报",
        )


def every_organ_carries_out_the_plan(site: Site) -> Iterable[Problem]:
    """各部门都有落实方案，自己制定或联合制定都可以，缺的提醒；任务写的措施都在实施方案里。（实施方案结尾）"""
    plans = site.of_type("implementation_plan")
    if demanded(site, ENDING) and (names := _uncovered(site, plans)):
        yield missed(
            ENDING,
            "safeguard/no-implementation-plan",
            f"{names}没有落实方案",
            "在 implementation-plans/ 里加一份，或写进 covered_organs",
        )
    for plan in plans if site.portal.measures else ():
        for one in plan.steps:
            if not demanded(site, one.measure):
                yield error(
                    plan.at("steps"),
                    "safeguard/unknown-measure",
                    f"方案里没有措施 {one.measure}",
                    "照 _portal/measures.yml 写",
                )
