"""分管负责人名册: who in each organ is in charge of open government, by post, and the office that does the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Count, Date, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.shapes import every_organ_has_a_row, no_personal_data


@dataclass(frozen=True, kw_only=True)
class LeaderInCharge(Row):
    """Who is in charge in one organ (实施方案三（一）: 确定一名负责同志分管政务公开工作)."""

    code: str = of(Ref("机构", "organ"), required=True)
    post: str = of(Text("分管负责人（岗位）"), required=True, headline=True)
    name: str | None = of(Text("姓名"))
    office: str = of(Text("工作机构"), required=True)
    phone: str = of(Phone("联系电话"), required=True)
    staff_count: int = of(Count("专职人员"), required=True)
    since: date = of(Date("分管起始日期"), required=True)


@dataclass(frozen=True, kw_only=True)
class LeaderInChargeList(Edition):
    """A dated edition of the register of leaders in charge (实施方案三（一）: 通过政府门户网站对外公布)."""

    type: ClassVar[ContentType] = ContentType(
        "leader_in_charge_list",
        "分管负责人名册",
        "leader-in-charge-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, no_personal_data("leader/personal-data", "rows")),
        site_rules=(
            *EDITION_SITE_RULES,
            every_organ_has_a_row("leader/organ-missing", "rows", "code", "实施方案三（一）", grave=True),
        ),
    )

    rows: tuple[LeaderInCharge, ...] = of(
        Rows("分管负责人", LeaderInCharge, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="列入分管负责人名册",
    )
