"""公众参与: the hearings, talks, surveys and polls by which the public took part in a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, File, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import needs, not_before
from govportal.shapes import (
    DECIDED,
    LIVELIHOODS,
    SURVEYS,
    Seat,
    attached,
    no_personal_data,
    overdue,
)

MATERIAL_DAYS = 7
"""Days before a hearing by which its papers are with those who take part (重大行政决策程序暂行条例第十七条)."""
FORMS = ("公开征求意见", "听证会", "座谈会", "调查研究", "咨询协商", "书面征求意见", *SURVEYS)


def hearing(record: Any) -> bool:
    """Whether it is a hearing."""
    return str(record.form) == "听证会"


def survey(record: Any) -> bool:
    """Whether it is a survey or a poll."""
    return record.form in SURVEYS


def hearing_is_prepared(record: Any) -> Iterable[Problem]:
    """听证会以前公布草案、遴选办法和参加人名单，材料会前7日送达。（重大行政决策程序暂行条例第十六条、第十七条）"""
    if not hearing(record):
        return
    for name, days in (
        ("draft_published_on", 1),
        ("list_published_on", 1),
        ("materials_sent_on", MATERIAL_DAYS),
    ):
        day = getattr(record, name)
        if day is not None and (record.held_from - day).days < days:
            yield record.problem(
                name,
                "participation/hearing-too-soon",
                f"听证会在 {record.held_from}，没有提前 {days} 日",
                f"改为 {record.held_from - timedelta(days=days)} 或更早，或核对会议日期",
            )


def results_follow(record: Any, site: Any) -> Iterable[Problem]:
    """结束以后公布结果；民意调查、问卷调查还要有回应。（实施方案一（一）4；重大行政决策程序暂行条例第十四条）"""
    if (record.held_until or record.held_from) >= site.today:
        return
    for name, words in (("result", "结果"), ("response", "回应")):
        if getattr(record, name) is None and (name == "result" or survey(record)):
            yield record.problem(
                "held_until" if record.held_until else "held_from",
                "participation/no-outcome",
                f"已经结束，还没有写{words}（{name}）",
                f"加一行 {name}: ……",
                overdue(record),
            )


@dataclass(frozen=True, kw_only=True)
class Participation(Document):
    """One occasion of public participation (重大行政决策程序暂行条例第十四条至第十八条; 实施方案一（一）1、4)."""

    type: ClassVar[ContentType] = ContentType(
        "participation",
        "公众参与",
        "participations",
        rules=(
            *COMMON_RULES,
            needs(
                "participation/hearing-needs",
                hearing,
                "听证会",
                "place",
                "selection_method",
                "draft_published_on",
                "list_published_on",
                "materials_sent_on",
            ),
            needs(
                "participation/survey-needs",
                survey,
                "民意调查、问卷调查",
                "audience",
                "method",
                "sample_size",
            ),
            not_before("held_until", "held_from", "participation/ends-before-it-begins"),
            hearing_is_prepared,
            attached("participation/questionnaire-not-attached", "questionnaire"),
            no_personal_data("participation/personal-data", "opinions", "result", "response"),
        ),
        site_rules=(results_follow,),
    )

    form: str = of(Choice("参与方式", *FORMS), required=True, head=10, facet=True)
    livelihood: str | None = of(
        Choice("民生领域", *LIVELIHOODS, "其他"),
        head=11,
        facet=True,
    )
    held_from: date = of(Date("开始日期"), required=True, head=12, begins=True)
    held_until: date | None = of(Date("结束日期"), head=13, ends=True)
    place: str | None = of(Text("地点"), head=14)
    audience: str | None = of(Text("对象"), head=15)
    method: str | None = of(Text("调查方式"), head=16)
    sample_size: int | None = of(Count("样本量"), head=17)
    conducted_by: tuple[str, ...] = of(Many(Text("承办单位")), default=(), head=18)
    draft_published_on: date | None = of(Date("草案公布日期"), head=60)
    list_published_on: date | None = of(Date("名单公布日期"), head=61)
    materials_sent_on: date | None = of(Date("材料送达日期"), head=62)
    decision: str | None = of(Ref("对应的决策", *DECIDED), inverse="公众参与", station="公众参与")
    consultation: str | None = of(Ref("对应的意见征集", "consultation"), inverse="公众参与")
    questionnaire: str | None = of(File("问卷"))
    selection_method: str | None = of(Text("参加人遴选办法", limit=4000, lines=True), section=10)
    opinions: str | None = of(Text("意见摘要", limit=8000, lines=True), section=20, search=1)
    result: str | None = of(Text("结果", limit=8000, lines=True), section=30, search=1)
    response: str | None = of(Text("回应", limit=8000, lines=True), section=40, search=1)
    participants: tuple[Seat, ...] = of(Rows("参加人类别和人数", Seat), default=(), table=True)
