"""政务公开领导小组: its members by post, its office, staff and money, and the services it buys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Many, Money, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import no_personal_data


@dataclass(frozen=True, kw_only=True)
class Member:
    """A seat in the group, by post."""

    role: str = of(Choice("组内职务", "组长", "副组长", "成员"), required=True)
    post: str = of(Text("岗位"), required=True)
    organ: str | None = of(Ref("所在机构", "organ"))
    name: str | None = of(Text("姓名"))


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """A service that was bought for the work."""

    subject: str = of(Text("购买的服务"), required=True)
    supplier: str = of(Text("承接单位"), required=True)
    amount: Decimal = of(Money("合同金额", "万元"), required=True)
    signed_on: date = of(Date("签订日期"), required=True)


def has_one_head(record: Any) -> Iterable[Problem]:
    """领导小组有一名组长。（实施方案三（一））"""
    if sum(one.role == "组长" for one in record.members) != 1:
        yield record.problem(
            "members", "leading-group/head", "领导小组应当有一名组长", "在 members 里写一项 role: 组长"
        )


def suppliers_do_not_assess(record: Any, site: Any) -> Iterable[Problem]:
    """承接政务公开服务的单位，不能同时是绩效考核的第三方评估单位。（实施方案三（四）1：独立公正）"""
    evaluations = [site.record(one.evaluation) for one in site.of_type("assessment") if one.evaluation]
    evaluators = {one.evaluator.name for one in evaluations if one is not None}
    for one in record.purchases:
        if one.supplier in evaluators:
            yield record.problem(
                "purchases",
                "leading-group/supplier-assesses",
                f"{one.supplier}承接“{one.subject}”，又是绩效考核的第三方评估单位",
                "评估另行委托；核对承接单位",
            )


@dataclass(frozen=True, kw_only=True)
class LeadingGroup(Document):
    """The group that leads the work in the district or in one organ (实施方案三（一）: 组织领导)."""

    type: ClassVar[ContentType] = ContentType(
        "leading_group",
        "政务公开领导小组",
        "leading-groups",
        rules=(
            *COMMON_RULES,
            has_one_head,
            no_personal_data("leading-group/personal-data", "members", "office", "coordination"),
        ),
        site_rules=(suppliers_do_not_assess,),
    )

    level: str = of(Choice("层级", "区级", "部门"), required=True, head=10, facet=True)
    established_on: date = of(Date("成立或调整日期"), required=True, head=11)
    office: str = of(Text("工作机构"), required=True, head=12)
    phone: str = of(Phone("联系电话"), required=True, head=13)
    staff_count: int = of(Count("专职人员"), required=True, head=14)
    budget: Decimal | None = of(Money("年度工作经费", "万元"), head=15)
    budget_year: int | None = of(Count("经费年度"), head=16)
    documents: tuple[str, ...] = of(Many(Ref("成立文件", "policy")), default=(), inverse="领导小组")
    duties: str = of(Text("职责", limit=4000, lines=True), required=True, section=10, search=1)
    coordination: str | None = of(
        Text("与政务服务、数据开放、公共资源交易监管的协同", limit=4000, lines=True), section=20
    )
    members: tuple[Member, ...] = of(
        Rows("组成人员", Member), required=True, default=(), table=True, inverse="参加的领导小组"
    )
    purchases: tuple[Purchase, ...] = of(Rows("购买服务", Purchase), default=(), table=True, search=1)
