"""社会公益事业建设: policies, standards, numbers and places of relief, schools, health, environment, rescue, culture and sport."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Many, Money, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.rules import needs
from govportal.shapes import Figure, no_persons

AREAS = ("脱贫攻坚", "社会救助和社会福利", "教育", "基本医疗卫生", "环境保护", "灾害事故救援", "公共文化体育")
"""The seven areas of 国办发〔2018〕10号."""


@dataclass(frozen=True, kw_only=True)
class Facility:
    """A school, clinic, library or shelter that is open to the public."""

    name: str = of(Text("设施或机构"), required=True, headline=True)
    address: str = of(Text("地址"), required=True)
    hours: str = of(Text("开放时间"), required=True)
    phone: str = of(Phone("咨询电话"), required=True)
    services: str = of(Text("服务项目", limit=1000), required=True)


@dataclass(frozen=True, kw_only=True)
class PublicWelfare(Document):
    """What is done for the public good: rules, standards and statistics, no person (国办发〔2018〕10号; 社会救助暂行办法)."""

    type: ClassVar[ContentType] = ContentType(
        "public_welfare",
        "社会公益事业",
        "public-welfare",
        body="none",
        rules=(
            *COMMON_RULES,
            needs(
                "public-welfare/statistics-need",
                lambda record: record.kind == "统计数据",
                "统计数据",
                "figures",
                "period",
            ),
            needs(
                "public-welfare/places-need",
                lambda record: record.kind == "设施和机构名录",
                "名录",
                "facilities",
            ),
            needs(
                "public-welfare/standard-needs",
                lambda record: record.kind == "政策和标准",
                "政策和标准",
                "basis",
            ),
            no_persons(
                "public-welfare/personal-data",
                "title",
                "summary",
                "content",
                "standard",
                "figures",
                "facilities",
            ),
        ),
    )

    area: str = of(Choice("领域", *AREAS), required=True, head=10, facet=True, covered=True)
    kind: str = of(
        Choice("信息类别", "政策和标准", "统计数据", "设施和机构名录", "工作情况"),
        required=True,
        head=11,
        facet=True,
    )
    matter: str = of(Text("事项"), required=True, head=12, search=4)
    period: str | None = of(Text("统计期"), head=13)
    people: int | None = of(Count("惠及人次"), head=14)
    funds: Decimal | None = of(Money("资金", "万元"), head=15)
    basis: tuple[str, ...] = of(Many(Text("依据")), default=(), head=16, wide=True)
    policies: tuple[str, ...] = of(Many(Ref("政策文件", "policy")), default=(), inverse="社会公益事业信息")
    guides: tuple[str, ...] = of(
        Many(Ref("办事指南", "service_guide")), default=(), inverse="社会公益事业信息"
    )
    content: str = of(Text("主要内容", limit=8000, lines=True), required=True, section=10, search=1)
    standard: str | None = of(Text("标准", limit=4000, lines=True), section=20, search=1)
    where_published: str | None = of(Text("名单在哪里公示", limit=500), section=30)
    figures: tuple[Figure, ...] = of(Rows("统计", Figure), default=(), table=True, search=1)
    facilities: tuple[Facility, ...] = of(Rows("设施和机构", Facility), default=(), table=True, search=1)
