"""公共企事业单位: who supplies water, schooling or buses, what they offer, at what price and by what promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Link, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.shapes import SECTORS


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One service a body offers, and how it is had (实施方案一（四）4: 服务事项目录和办事指南)."""

    name: str = of(Text("服务事项"), required=True, headline=True)
    how: str = of(Text("办理方法", limit=2000, lines=True), required=True)
    time_limit: str = of(Text("办理时限"), required=True)
    fee: str = of(Text("收费"), required=True)


@dataclass(frozen=True, kw_only=True)
class PublicServiceBody(Document):
    """A public enterprise or institution that serves the public (政府信息公开条例第五十五条; 优化营商环境条例第二十八条)."""

    type: ClassVar[ContentType] = ContentType(
        "public_service_body",
        "公共企事业单位",
        "public-service-bodies",
        rules=COMMON_RULES,
    )

    sector: str = of(Choice("行业", *SECTORS), required=True, head=1, facet=True)
    regulator: str = of(Ref("主管部门", "organ"), required=True, head=2, inverse="主管的公共企事业单位")
    address: str = of(Text("单位地址"), required=True, head=3)
    hours: str = of(Text("服务时间"), required=True, head=4)
    hotline: str = of(Phone("服务热线"), required=True, head=5)
    complaint: str = of(Phone("投诉电话"), required=True, head=6)
    online_url: str | None = of(Link("网上办理"), head=7)
    services: tuple[Offer, ...] = of(
        Rows("服务事项目录", Offer), required=True, default=(), table=True, search=1
    )
    service_standard: str = of(Text("服务标准", limit=4000, lines=True), required=True, section=10, search=1)
    tariff: str = of(Text("资费标准", limit=4000, lines=True), required=True, section=20, search=1)
    promise: str = of(Text("服务承诺", limit=4000, lines=True), required=True, section=30)
    outage_notices: str | None = of(Text("停供、停运公告在哪里看", limit=1000), section=40)
