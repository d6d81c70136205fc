"""重大行政决策: one major decision of the government, to which every station of its way refers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Identifier, Many, Part, PartialDate, Ref, Text
from govportal.model import ContentType, SiteView, Station, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before, together
from govportal.shapes import LIVELIHOODS, PROCEDURES, PUBLISH_WORKDAYS, SURVEYS
from govportal.stations import stations_are_in_order, way_of

WAY = (
    Station(name="列入目录"),
    Station(name="决策草案"),
    Station(name="意见征集", exempt="consultation_exempt_reason"),
    Station(name="公众参与", exempt="survey_exempt_reason"),
    Station(name="意见采纳"),
    Station(name="专家论证", exempt="appraisal_exempt_reason"),
    Station(name="风险评估", exempt="assessment_exempt_reason"),
    Station(
        name="合法性审查",
        after=("意见征集", "公众参与", "专家论证", "风险评估"),
        needs=("意见征集", "专家论证", "风险评估"),
    ),
    Station(name="公众列席"),
    Station(name="集体讨论", after=("合法性审查",), needs=("合法性审查",)),
    Station(name="决策公布", after=("集体讨论",), needs=("集体讨论",)),
    Station(name="政策解读", after=("决策公布",)),
    Station(name="执行进展"),
    Station(name="落实结果"),
    Station(name="政府督查"),
    Station(name="审计监督"),
    Station(name="决策后评估"),
)
"""From the yearly catalogue to the evaluation (重大行政决策程序暂行条例第十二条至第三十六条; 实施方案一（一）、一（二）、一（五）)."""
EXEMPT = {
    "公众参与": "consultation_exempt_reason",
    "专家论证": "appraisal_exempt_reason",
    "风险评估": "assessment_exempt_reason",
}
"""The procedures that may be left out for a reason, each with the field that gives it."""
BADGES = {"决策中": "open", "已决策": "closed", "已终止": "expired"}


def every_procedure_is_accounted_for(record: Any) -> Iterable[Problem]:
    """五项程序逐项写进 procedures；不进行公众参与、专家论证、风险评估的，写理由，两处只写一处。（实施方案一（一）2）"""
    for one in PROCEDURES:
        listed, field = one in record.procedures, EXEMPT.get(one, "")
        reason = getattr(record, field) if field else None
        if listed == bool(reason):
            yield record.problem(
                "procedures",
                "decision/procedures",
                f"{one}{'写进了程序，又写了不进行的理由' if listed else '没有写进程序'}",
                f"删掉 {field}，或从 procedures 里去掉{one}"
                if listed
                else f"在 procedures 里加{one}" + (f"；不进行的写 {field}: 理由" if field else ""),
            )


def stands_in_its_catalogue(record: Any, site: Any) -> Iterable[Problem]:
    """目录编号是那份年度目录里有的。（重大行政决策程序暂行条例第三条）"""
    catalogue = site.record(record.catalogue) if record.catalogue else None
    if catalogue and record.catalogue_item:
        codes = [row.code for row in catalogue.rows]
        if record.catalogue_item not in codes:
            yield record.problem(
                "catalogue_item",
                "decision/not-in-the-catalogue",
                f"{catalogue.title}里没有 {record.catalogue_item}",
                f"可以写：{'、'.join(codes)}",
            )


def people_are_asked_on_livelihood(record: Any, site: Any) -> Iterable[Problem]:
    """民生领域的决策在合法性审查以前要有民意调查或问卷调查，没有的写理由。（实施方案一（一）4）"""
    way = way_of(record, site)
    asked = any(getattr(stop.record, "form", "") in SURVEYS for stop in way["公众参与"])
    decided = any(way[name] for name in ("合法性审查", "集体讨论", "决策公布"))
    if record.livelihood and decided and not asked and not record.survey_exempt_reason:
        yield record.problem(
            "livelihood",
            "decision/no-survey",
            f"{record.livelihood}领域的决策没有民意调查",
            "补上民意调查的记录，或写 survey_exempt_reason: 理由",
        )


def paper_follows_the_decision(record: Any, site: Any) -> Iterable[Problem]:
    """集体讨论通过以后20个工作日内公布决策文件，没有的提醒。（政府信息公开条例第二十六条；实施方案一（一）1）"""
    way = way_of(record, site)
    if not way["集体讨论"] or record.termination_reason:
        return
    decided = way["集体讨论"][-1].begins
    until = way["决策公布"][0].begins if way["决策公布"] else site.today
    took = site.calendar.workdays_between(decided, until)
    if isinstance(took, int) and took > PUBLISH_WORKDAYS:
        yield record.problem(
            "documents",
            "decision/published-late",
            f"{decided} 讨论决定以后 {took} 个工作日"
            + ("才公布文件" if way["决策公布"] else "还没有公布文件"),
            "公布文件并写进 documents；历史事实不改，列入超时清单",
            Severity.WARNING,
        )


def decision_keeps_its_schedule(record: Any, site: Any) -> Iterable[Problem]:
    """过了计划完成的月份还没有集体讨论决定，又没有终止的，提醒。（黑龙江省重大行政决策程序暂行规定：目录根据实际情况调整）"""
    late = record.planned_finish < site.today.isoformat()[: len(record.planned_finish)]
    if late and not record.termination_reason and not way_of(record, site)["集体讨论"]:
        yield record.problem(
            "planned_finish",
            "decision/behind-schedule",
            f"计划 {record.planned_finish} 完成，还没有讨论决定",
            "在目录里调整时间并改 planned_finish；不再进行的写 termination_reason",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class Decision(Document):
    """A major administrative decision (重大行政决策程序暂行条例第三条; 实施方案一（一）1至4)."""

    type: ClassVar[ContentType] = ContentType(
        "decision",
        "重大行政决策",
        "decisions",
        template="decision",
        rules=(
            *COMMON_RULES,
            every_procedure_is_accounted_for,
            not_before("published_at", "started_on", "decision/published-before-the-start"),
            together("decision/no-catalogue-item", "catalogue", "catalogue_item"),
        ),
        site_rules=(
            stands_in_its_catalogue,
            stations_are_in_order,
            people_are_asked_on_livelihood,
            paper_follows_the_decision,
            decision_keeps_its_schedule,
        ),
        stations=WAY,
    )

    kind: str = of(
        Choice(
            "决策类别",
            "重要规划",
            "重大公共政策和措施",
            "自然资源和文化资源",
            "重大公共建设项目",
            "其他重大事项",
        ),
        required=True,
        head=10,
        facet=True,
    )
    livelihood: str | None = of(Choice("民生领域", *LIVELIHOODS, "其他"), head=12, facet=True)
    decided_by: str = of(Ref("决策机关", "organ"), required=True, head=13, inverse="作出的重大决策")
    undertaken_by: tuple[str, ...] = of(
        Many(Ref("承办单位", "organ")), required=True, default=(), head=14, inverse="承办的重大决策"
    )
    started_on: date = of(Date("启动日期"), required=True, head=15)
    planned_finish: str = of(PartialDate("计划完成时间"), required=True, head=16)
    catalogue: str | None = of(
        Ref("列入的年度目录", "decision_catalogue"), inverse="目录事项的全过程", station="列入目录"
    )
    catalogue_item: str | None = of(
        Identifier("目录编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="2026-01"), head=18
    )
    procedures: tuple[str, ...] = of(
        Many(Choice("决策程序", *PROCEDURES)), required=True, default=(), head=17, wide=True
    )
    consultation_exempt_reason: str | None = of(Text("未征求意见的理由", limit=1000, lines=True))
    survey_exempt_reason: str | None = of(Text("未民意调查的理由", limit=1000, lines=True))
    appraisal_exempt_reason: str | None = of(Text("未专家论证的理由", limit=1000, lines=True))
    assessment_exempt_reason: str | None = of(Text("未风险评估的理由", limit=1000, lines=True))
    termination_reason: str | None = of(Text("终止的理由", limit=1000, lines=True), section=10)
    documents: tuple[str, ...] = of(
        Many(Ref("决策文件", "policy")), default=(), inverse="重大行政决策", station="决策公布"
    )
    interpretations: tuple[str, ...] = of(
        Many(Ref("政策解读", "interpretation")), default=(), inverse="解读的重大决策", station="政策解读"
    )

    def word(self, site: SiteView) -> str:
        """Whether it is still being made."""
        if self.termination_reason:
            return "已终止"
        return "已决策" if way_of(self, site)["集体讨论"] else "决策中"

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        word = self.word(site)
        return [*super().badges(site), (word, BADGES[word])]

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        word = self.word(site)
        return [(5, "状态", [{"text": word, "badge": BADGES[word]}])]
