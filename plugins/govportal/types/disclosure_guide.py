"""政府信息公开指南: what information there is, how it is arranged, and how to get it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.disclosure import APPLICATION_RULES, HowToApply
from govportal.kinds import Choice, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import looked_at_again

UPDATE_DAYS = 365
"""How long a guide may stand without being looked at; a recommendation, configuration (handbook 3.2)."""
MODES = ("主动公开", "依申请公开")


@dataclass(frozen=True, kw_only=True)
class AccessMethod:
    """One way in which information is made public or handed out."""

    mode: str = of(Choice("获取类型", *MODES), required=True)
    way: str = of(
        Choice(
            "途径",
            "政府网站",
            "政府公报",
            "政务新媒体",
            "新闻发布会",
            "查阅场所",
            "信息公开栏",
            "当面",
            "邮寄",
            "传真",
            "互联网",
        ),
        required=True,
    )
    how: str = of(Text("怎样获取", limit=1000), required=True)


def both_modes_are_told(record: Any) -> Iterable[Problem]:
    """获取方式要写主动公开的，也要写依申请公开的。（政府信息公开条例第十二条）"""
    for mode in MODES:
        if mode not in {one.mode for one in record.access_methods}:
            yield record.problem(
                "access_methods",
                "guide/access",
                f"获取方式里没有{mode}的",
                f"加一项 mode: {mode}，写明 way 和 how",
            )


def one_guide_an_organ(record: Any, site: Any) -> Iterable[Problem]:
    """一个机关只有一份指南，更新时修改原来的一份。（政府信息公开条例第十二条）"""
    for other in site.of_type("disclosure_guide"):
        if other.guide_of == record.guide_of and other.id < record.id:
            yield record.problem(
                "guide_of", "guide/two", f"{other.path} 也是这个机关的指南", "只留一份，更新 updated_on"
            )


@dataclass(frozen=True, kw_only=True)
class DisclosureGuide(HowToApply):
    """The guide of an organ (政府信息公开条例第十二条)."""

    type: ClassVar[ContentType] = ContentType(
        "disclosure_guide",
        "政府信息公开指南",
        "disclosure-guides",
        rules=(*APPLICATION_RULES, both_modes_are_told),
        site_rules=(
            one_guide_an_organ,
            looked_at_again(
                "guide/update", "updated_on", UPDATE_DAYS, "政府信息公开条例第五十三条；期限是配置"
            ),
        ),
    )

    guide_of: str = of(Ref("编制机关", "organ"), required=True, head=9, inverse="政府信息公开指南")
    category_scheme: str = of(
        Text("政府信息的分类", limit=4000, lines=True), required=True, section=10, search=1
    )
    arrangement: str = of(Text("编排体系", limit=4000, lines=True), required=True, section=20, search=1)
    access_methods: tuple[AccessMethod, ...] = of(
        Rows("获取方式", AccessMethod), required=True, default=(), table=True, search=1
    )
