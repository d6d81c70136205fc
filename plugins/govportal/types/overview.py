"""区情概况: what the district is, topic by topic, each with the day of its data and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.document import COMMON_RULES, Document, own
from govportal.kinds import Choice, Date, Flag, Many, Text
from govportal.model import ContentType, of
from govportal.rules import needs, not_before, together
from govportal.shapes import looked_at_again

REVIEW_DAYS = 365
"""How often the facts are checked; a recommendation, configuration."""


@dataclass(frozen=True, kw_only=True)
class Overview(Document):
    """One topic of the district's description (国办发〔2017〕47号: 概况信息; 地图管理条例第二十二条)."""

    type: ClassVar[ContentType] = ContentType(
        "overview",
        "区情概况",
        "overviews",
        body="required",
        rules=(
            *COMMON_RULES,
            needs("overview/no-source", own, "本区的概况", "fact_sources"),
            together("overview/map-without-number", "has_map", "map_approval_number"),
            not_before("checked_on", "data_until", "overview/checked-before-data"),
        ),
        site_rules=(
            looked_at_again(
                "overview/review", "checked_on", REVIEW_DAYS, "国办秘函〔2019〕19号：信息准确；期限是配置"
            ),
        ),
    )

    topic: str = of(
        Choice(
            "概况类别",
            "区情简介",
            "历史沿革",
            "行政区划",
            "自然地理",
            "人口民族",
            "经济发展",
            "社会事业",
            "文化旅游",
            "基础设施",
        ),
        required=True,
        head=10,
        facet=True,
    )
    data_until: date = of(Date("数据截至"), required=True, head=11)
    checked_on: date = of(Date("最近核对日期"), required=True, head=12)
    fact_sources: tuple[str, ...] = of(Many(Text("资料出处", limit=300)), default=(), head=13, wide=True)
    has_map: bool = of(Flag("含地图"), default=False)
    map_approval_number: str | None = of(Text("审图号"), head=14)
