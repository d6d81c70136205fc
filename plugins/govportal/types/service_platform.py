"""政务服务平台: which platform does what, and how far the matters on it can be done online."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document, worked_out_table
from govportal.kinds import Choice, Link, Many, Part, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.shapes import ONLINE_DEPTHS


@dataclass(frozen=True, kw_only=True)
class Function:
    """One thing the platform is for."""

    name: str = of(Text("功能"), required=True)
    description: str = of(Text("说明", limit=1000), required=True)
    url: str | None = of(Link("入口"))


@dataclass(frozen=True, kw_only=True)
class ServicePlatform(Document):
    """A platform on which matters are done online (实施方案一（四）3; 国务院令第716号第一条)."""

    type: ClassVar[ContentType] = ContentType(
        "service_platform",
        "政务服务平台",
        "service-platforms",
        rules=COMMON_RULES,
    )

    level: str = of(Choice("平台层级", "国家", "省", "市", "区"), required=True, head=10, facet=True)
    channel: str = of(
        Choice("使用方式", "网站", "手机应用", "小程序", "自助终端"), required=True, head=11, facet=True
    )
    operator: str = of(Text("运行单位"), required=True, head=12)
    platform_url: str = of(Link("平台网址"), required=True, head=13)
    phone: str = of(Phone("使用咨询电话"), required=True, head=14)
    guides: tuple[str, ...] = of(
        Many(Ref("可以办理的事项", "service_guide")), default=(), inverse="网上办理的平台"
    )
    how_to_use: str = of(Text("怎样使用", limit=4000, lines=True), required=True, section=10, search=1)
    functions: tuple[Function, ...] = of(
        Rows("平台功能", Function), required=True, default=(), table=True, search=1
    )

    def computed_tables(self, site: SiteView) -> list[dict[str, Any]]:
        """How many of its matters can be done how far online, counted from their guides."""
        found: dict[str, list[Part]] = {}
        for one in self.guides:
            guide, place = site.record(one), site.find(one)
            if place is not None and guide.online_depth:
                found.setdefault(guide.online_depth, []).append({"text": place[0], "href": place[1]})
        rows = [
            {
                "id": f"depth-{place}",
                "cells": [[{"text": depth}], [{"text": str(len(found[depth]))}], found[depth]],
            }
            for place, depth in enumerate(ONLINE_DEPTHS, 1)
            if depth in found
        ]
        heads = ("网上办理深度", "事项数", "事项")
        return worked_out_table("depths", "网上办理深度（由办事指南统计）", rows, heads, numeric="事项数")
