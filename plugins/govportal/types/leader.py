"""领导之窗: the posts of the leadership in their official order, each with its duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Count, Date, Many, Phone, Ref, Text
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import looked_at_again, no_personal_data, published_late

REVIEW_DAYS = 180
"""How often posts and duties are checked; a recommendation, configuration (handbook 4.3, 20-02)."""


def order_is_its_own(record: Any, site: Any) -> Iterable[Problem]:
    """同一机关的领导各有自己的排序号，按分工文件排列，不按姓名。（政府信息公开条例第二十条第（二）项）"""
    for other in site.of_type("leader"):
        if (other.leads, other.order) == (record.leads, record.order) and other.id < record.id:
            yield record.problem(
                "order", "leader/same-order", f"排序号与{other.path}相同", "照分工文件的次序，每人一个号"
            )


@dataclass(frozen=True, kw_only=True)
class Leader(Document):
    """A leading post: what it is, what it answers for, in the official order (政府信息公开条例第二十条第（二）项)."""

    type: ClassVar[ContentType] = ContentType(
        "leader",
        "领导之窗",
        "leaders",
        rules=(*COMMON_RULES, no_personal_data("leader/personal-data", "duties", "resume")),
        site_rules=(
            order_is_its_own,
            published_late("leader/published-late", "since"),
            looked_at_again(
                "leader/review", "checked_on", REVIEW_DAYS, "国办秘函〔2019〕19号：信息准确；期限是配置"
            ),
        ),
    )

    leads: str = of(Ref("所在机关", "organ"), required=True, head=9, inverse="领导之窗")
    post: str = of(Text("职务"), required=True, head=10, search=4)
    name: str | None = of(Text("姓名"), head=8, search=8)
    order: int = of(Count("排序"), required=True, private=True)
    duties: str = of(Text("工作分工", limit=4000, lines=True), required=True, section=10, search=2)
    organs_in_charge: tuple[str, ...] = of(
        Many(Ref("分管机构", "organ")), default=(), head=11, wide=True, inverse="分管领导"
    )
    resume: str | None = of(Text("个人简历", limit=4000, lines=True), section=20)
    office_phone: str | None = of(Phone("办公电话"), head=12)
    since: date = of(Date("任职日期"), required=True, head=13)
    checked_on: date = of(Date("最近核对日期"), required=True, head=14)
    division: str | None = of(Ref("分工依据", "policy"), inverse="领导分工")
