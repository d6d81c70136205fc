"""网上办理深度统计: how many matters could be done how far online at the end of a quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Identifier, Many, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem
from govportal.shapes import ONLINE_DEPTHS, YEAR, adds_up


@dataclass(frozen=True, kw_only=True)
class Depth:
    """How many matters reach one depth."""

    depth: str = of(Choice("网上办理深度", *ONLINE_DEPTHS), required=True)
    count: int = of(Count("事项数"), required=True)


def licences_online_are_licences(record: Any) -> Iterable[Problem]:
    """上网运行的许可事项数不超过许可事项数。（实施方案一（三）3、一（四）3）"""
    if record.licences_online > record.licences:
        yield record.problem(
            "licences_online",
            "online-depth/more-than-all",
            f"上网运行 {record.licences_online} 项，许可事项只有 {record.licences} 项",
            "核对两个数",
        )


@dataclass(frozen=True, kw_only=True)
class OnlineDepthStatistics(Document):
    """The statistics of a quarter (实施方案一（四）3: 推动政务服务向网上办理延伸)."""

    type: ClassVar[ContentType] = ContentType(
        "online_depth_statistics",
        "网上办理深度统计",
        "online-depth-statistics",
        rules=(
            *COMMON_RULES,
            licences_online_are_licences,
            adds_up("online-depth/total", "rows", "count", "total"),
        ),
    )

    quarter: str = of(Identifier("季度", pattern=rf"{YEAR}-Q[1-4]", sample="2026-Q3"), required=True, head=10)
    total: int = of(Count("事项总数"), required=True, head=11)
    licences: int = of(Count("许可事项"), required=True, head=12)
    licences_online: int = of(Count("上网运行的许可事项"), required=True, head=13)
    platforms: tuple[str, ...] = of(
        Many(Ref("政务服务平台", "service_platform")), default=(), inverse="网上办理深度统计"
    )
    note: str | None = of(Text("统计说明", limit=2000, lines=True), section=10)
    rows: tuple[Depth, ...] = of(
        Rows("网上办理深度统计表", Depth, key="depth"), required=True, default=(), table=True
    )

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        share = f"{self.licences_online / self.licences:.1%}" if self.licences else "没有许可事项"
        return [(14, "许可事项上网率", [{"text": share}])]
