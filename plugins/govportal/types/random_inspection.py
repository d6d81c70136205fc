"""双随机、一公开: a task of the yearly plan of inspections, and what they found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, CreditCode, Date, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.rules import not_before
from govportal.shapes import PUBLISH_WORKDAYS, expected_after, no_personal_data

RESULT_DAYS = 30
"""Days after the end of a task by which its results are expected (handbook 8.5, a recommendation); configuration."""
OBJECT_KINDS = ("法人及非法人组织", "个体工商户")
"""Whose results are published by name: firms, a keeper's by the name of the shop; natural persons never."""
OUTCOMES = (
    "未发现问题",
    "发现问题已责令改正",
    "发现问题待后续处理",
    "不配合检查情节严重",
    "通过登记的住所无法联系",
    "未开展本次抽查涉及的经营活动",
)
"""What an inspection may end with (common to the platforms of the field, from memory); configuration."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the list of what is inspected at random (随机抽查事项清单)."""

    name: str = of(Text("抽查事项"), required=True, headline=True)
    category: str = of(Choice("类别", "重点检查事项", "一般检查事项"), required=True)
    basis: str = of(Text("依据", limit=2000), required=True)
    objects: str = of(Text("检查对象"), required=True)
    method: str = of(Text("内容与方式", limit=2000), required=True)
    frequency: str = of(Text("比例和频次"), required=True)
    subject: str = of(Text("检查主体"), required=True)
    level: str = of(Choice("层级", "省", "市", "县", "乡"), required=True)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was found at one object."""

    object_name: str = of(Text("检查对象", limit=100), required=True, headline=True)
    object_kind: str = of(Choice("对象类别", *OBJECT_KINDS), required=True)
    credit_code: str | None = of(CreditCode("统一社会信用代码"))
    item: str = of(Text("检查事项"), required=True)
    inspected_on: date = of(Date("检查日期"), required=True)
    organ: str | None = of(Ref("检查机关", "organ"))
    outcome: str = of(Choice("检查结果", *OUTCOMES), required=True)
    follow_up: str | None = of(Text("后续处理", limit=2000))


def results_belong_to_the_task(record: Any) -> Iterable[Problem]:
    """检查结果的事项在抽查事项里，日期在任务期间以内；发现问题的写后续处理。（优化营商环境条例第五十四条）"""
    names = {one.name for one in record.items}
    for one in record.results:
        if one.item not in names:
            yield record.problem(
                "results",
                "random-inspection/item-not-planned",
                f"{one.object_name}的检查事项“{one.item}”不在抽查事项里",
                "照 items 里的名称写",
            )
        if not record.begins_on <= one.inspected_on <= record.ends_on:
            yield record.problem(
                "results",
                "random-inspection/outside-the-period",
                f"{one.object_name}的检查日期 {one.inspected_on} 不在任务期间",
                "核对日期",
                Severity.WARNING,
            )
        if one.outcome.startswith("发现问题") and one.follow_up is None:
            yield record.problem(
                "results",
                "random-inspection/no-follow-up",
                f"{one.object_name}发现问题，没有写后续处理",
                "在这一项加 follow_up: ……",
            )


def results_are_dated(record: Any) -> Iterable[Problem]:
    """有检查结果的写结果公开日期。（优化营商环境条例第五十四条）"""
    if bool(record.results) != (record.results_published_on is not None):
        yield record.problem(
            "results",
            "random-inspection/results-and-day",
            "检查结果和结果公开日期只写了一样",
            "两样都写；没有结果的都不写",
        )


def results_are_published_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """检查结果在20个工作日内公开，超过的提醒。（期限是配置；优化营商环境条例第五十四条）"""
    if not record.results or record.results_published_on is None:
        return
    last = max(one.inspected_on for one in record.results)
    took = site.calendar.workdays_between(last, record.results_published_on)
    if isinstance(took, int) and took > PUBLISH_WORKDAYS:
        yield record.problem(
            "results_published_on",
            "random-inspection/results-late",
            f"最后一次检查以后 {took} 个工作日才公开结果，超过 {PUBLISH_WORKDAYS} 个工作日",
            "历史事实不改；列入超时清单",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class RandomInspection(Document):
    """A task of inspection by lot, and its results (优化营商环境条例第五十四条; 国办发〔2015〕58号; 实施方案一（三）4)."""

    type: ClassVar[ContentType] = ContentType(
        "random_inspection",
        "双随机抽查",
        "random-inspections",
        template="table",
        rules=(
            *COMMON_RULES,
            not_before("ends_on", "begins_on", "random-inspection/ends-before-it-begins"),
            results_belong_to_the_task,
            results_are_dated,
            no_personal_data("random-inspection/personal-data", "items", "object_scope", "results"),
        ),
        site_rules=(
            expected_after("random-inspection/no-results", "results", "ends_on", RESULT_DAYS, "期限是配置"),
            results_are_published_in_time,
        ),
    )

    plan_number: str = of(Text("计划编号", limit=60), required=True, head=10, search=3)
    task_number: str = of(Text("任务编号", limit=60), required=True, head=11, search=3)
    lead_organ: str = of(Ref("发起部门", "organ"), required=True, head=12, inverse="发起的随机抽查")
    cooperating_organs: tuple[str, ...] = of(
        Many(Ref("配合部门", "organ")), default=(), head=13, inverse="配合的随机抽查"
    )
    object_scope: str = of(Text("对象范围"), required=True, head=14, wide=True)
    ratio: str = of(Text("抽取比例"), required=True, head=15)
    begins_on: date = of(Date("开始日期"), required=True, head=16)
    ends_on: date = of(Date("结束日期"), required=True, head=17)
    results_published_on: date | None = of(Date("结果公开日期"), head=18)
    items: tuple[Item, ...] = of(Rows("抽查事项", Item), required=True, default=(), table=True, search=1)
    results: tuple[Result, ...] = of(Rows("抽查结果", Result), default=(), table=True, search=1)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        if self.results:
            word = ("结果已公开", "valid")
        elif site.today < self.begins_on:
            word = ("未开始", "pending")
        else:
            word = ("检查中", "open") if site.today <= self.ends_on else ("待公开结果", "expired")
        return [*super().badges(site), word]

    @property
    def number(self) -> str:
        return self.task_number
