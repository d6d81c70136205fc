"""政务公开负面清单: the kinds of matters that are not made public, never the matters themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import WITHHELD
from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row, is_newest
from govportal.kinds import Choice, Date, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, warning


@dataclass(frozen=True, kw_only=True)
class Withheld(Row):
    """One kind of matter that is not made public (政府信息公开条例第十四条至第十六条)."""

    category: str = of(Choice("不公开情形", *WITHHELD), required=True, facet=True)
    matter: str = of(Text("事项类别", limit=1000), required=True, headline=True)
    basis: str = of(Text("不公开的依据", limit=2000), required=True)
    owner: str = of(Text("责任单位"), required=True)
    since: date = of(Date("列入日期"), required=True)
    review_due: date = of(Date("评估期限"), required=True)
    status: str = of(Choice("状态", "在用", "移出"), required=True)


def reviews_are_not_late(record: Any, site: Any) -> Iterable[Problem]:
    """不予公开的事项要定期评估，过期未评估的提示。（政府信息公开条例第十八条）"""
    for row in record.rows if is_newest(record, site) else ():
        if row.status == "在用" and row.review_due < site.today:
            yield warning(
                At(record.path, *row.places["review_due"]),
                "negative-list/review-due",
                f"{row.code} 应在 {row.review_due} 前评估",
                "评估后发布新的一版；可以公开的移出清单",
            )


@dataclass(frozen=True, kw_only=True)
class NegativeList(Edition):
    """A dated edition of the list of what is not made public (政府信息公开条例第十四条至第十八条; 实施方案三乙（二）4)."""

    type: ClassVar[ContentType] = ContentType(
        "negative_list",
        "政务公开负面清单",
        "negative-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=EDITION_RULES,
        site_rules=(*EDITION_SITE_RULES, reviews_are_not_late),
    )

    rows: tuple[Withheld, ...] = of(
        Rows("不公开事项", Withheld, key="code"), required=True, default=(), table=True, search=1
    )
