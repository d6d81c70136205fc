"""新闻发言人名册: who speaks for each organ, by post; first of all its head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Date, Flag, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.shapes import every_organ_has_a_row, no_personal_data


@dataclass(frozen=True, kw_only=True)
class Spokesperson(Row):
    """Who speaks for one organ (实施方案二（一）2: 主要负责同志当好第一新闻发言人)."""

    code: str = of(Ref("机构", "organ"), required=True)
    first: str = of(Text("第一新闻发言人（岗位）"), required=True, headline=True)
    spokesperson: str = of(Text("新闻发言人（岗位）"), required=True)
    phone: str = of(Phone("新闻发布电话"), required=True)
    key: bool = of(Flag("与宏观经济和民生关系密切"), default=False)
    since: date = of(Date("确定日期"), required=True)


@dataclass(frozen=True, kw_only=True)
class SpokespersonList(Edition):
    """A dated edition of the register of spokespersons (实施方案二（一）2)."""

    type: ClassVar[ContentType] = ContentType(
        "spokesperson_list",
        "新闻发言人名册",
        "spokesperson-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, no_personal_data("spokesperson/personal-data", "rows")),
        site_rules=(
            *EDITION_SITE_RULES,
            every_organ_has_a_row("spokesperson/organ-missing", "rows", "code", "实施方案二（一）2"),
        ),
    )

    rows: tuple[Spokesperson, ...] = of(
        Rows("新闻发言人", Spokesperson, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="列入新闻发言人名册",
    )
