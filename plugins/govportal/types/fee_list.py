"""收费目录清单: one dated edition per file, many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Choice, Identifier, Link, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, error

FOREIGN = "外地公开清单（格式示例）"


@dataclass(frozen=True, kw_only=True)
class Fee(Row):
    """One fee (优化营商环境条例第二十五条: 收费目录清单; 列见财政部目录)."""

    place: str | None = of(Text("地区"))
    year: str | None = of(Identifier("年份", pattern=r"(?:19|20)\d\d", sample="2019"))
    department: str = of(Text("部门"), required=True, facet=True)
    item: str = of(Text("收费项目"), required=True, headline=True)
    subitem: str | None = of(Text("子项", limit=1000))
    fund_management: str | None = of(Text("资金管理方式"))
    basis: str = of(Text("政策依据", limit=4000), required=True)
    standard: str | None = of(Text("收费标准", limit=4000, lines=True))
    unit: str | None = of(Text("计费单位"))
    payer: str | None = of(Text("征收对象", limit=1000))
    pricing: str | None = of(Choice("定价方式", "政府定价", "政府指导价", "市场调节价"), facet=True)
    reduction: str | None = of(Text("减免政策", limit=2000, lines=True))
    remark: str | None = of(Text("备注", limit=2000, lines=True))
    source_url: str | None = of(Link("来源网址"))


def other_places_say_where(record: Any) -> Iterable[Problem]:
    """外地的清单每一项都要写地区、年份和来源，不得当作本区的收费。"""
    if record.kind == FOREIGN:
        for row in record.rows:
            if not (row.place and row.year and row.source_url):
                yield error(
                    At(record.path, *row.places["code"]),
                    "fee-list/other-place-without-source",
                    f"外地清单的 {row.code} 没有写地区、年份或来源网址",
                    "补上 place、year、source_url",
                )


@dataclass(frozen=True, kw_only=True)
class FeeList(Edition):
    """A dated edition of a list of fees (政府信息公开条例第二十条第（八）项; 实施方案一（三）1)."""

    type: ClassVar[ContentType] = ContentType(
        "fee_list",
        "收费目录清单",
        "fee-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, other_places_say_where),
        site_rules=EDITION_SITE_RULES,
    )

    kind: str = of(
        Choice("清单种类", "行政事业性收费", "政府性基金", "经营服务性收费", "涉企收费", FOREIGN),
        required=True,
        head=10,
        facet=True,
    )
    rows: tuple[Fee, ...] = of(
        Rows("收费项目", Fee, key="code"), required=True, default=(), table=True, search=1
    )

    @property
    def list_names(self) -> tuple[str, ...]:
        return (self.kind,)
