"""依申请公开办理规定: where to send an application, when it counts as received, and where information may be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.disclosure import APPLICATION_RULES, HowToApply
from govportal.kinds import Choice, Link, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.shapes import looked_at_again

UPDATE_DAYS = 365
"""How long the rules may stand without being looked at; a recommendation, configuration."""
WRITTEN = {"当面", "邮寄"}
"""The ways that must be open to a person without a computer (政府信息公开条例第二十九条)."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to hand in an application, and the day on which it counts as received."""

    way: str = of(Choice("申请渠道", "当面", "邮寄", "传真", "互联网"), required=True)
    how: str = of(Text("怎样提交", limit=1000), required=True)
    received: str = of(Text("收到申请之日", limit=500), required=True)


@dataclass(frozen=True, kw_only=True)
class ReadingPlace:
    """A place where public information may be read (政府信息公开条例第二十五条)."""

    name: str = of(Text("查阅场所"), required=True)
    address: str = of(Text("地址"), required=True)
    hours: str = of(Text("开放时间"), required=True)
    phone: str | None = of(Phone("电话"))


def written_ways_are_open(record: Any) -> Iterable[Problem]:
    """至少可以当面和邮寄申请，每种渠道只写一项。（政府信息公开条例第二十九条、第三十一条）"""
    ways = [one.way for one in record.ways]
    if missing := sorted(WRITTEN - set(ways)):
        yield record.problem(
            "ways",
            "request-rules/ways",
            f"申请渠道里没有{'、'.join(missing)}",
            f"加一项 way: {missing[0]}，写明 how 和 received",
        )
    if len(ways) > len(set(ways)):
        yield record.problem("ways", "request-rules/way-twice", "有一种申请渠道写了两次", "合成一项")


@dataclass(frozen=True, kw_only=True)
class DisclosureRequestRules(HowToApply):
    """How an organ takes applications (政府信息公开条例第四章)."""

    type: ClassVar[ContentType] = ContentType(
        "disclosure_request_rules",
        "依申请公开办理规定",
        "disclosure-request-rules",
        rules=(*APPLICATION_RULES, written_ways_are_open),
        site_rules=(
            looked_at_again(
                "request-rules/update", "updated_on", UPDATE_DAYS, "政府信息公开条例第五十三条；期限是配置"
            ),
        ),
    )

    receiving_organ: str = of(Ref("受理机关", "organ"), required=True, head=9, inverse="依申请公开")
    guide: str | None = of(Ref("所属指南", "disclosure_guide"), inverse="依申请公开办理规定")
    online_url: str | None = of(Link("网上申请"), head=17)
    ways: tuple[Way, ...] = of(
        Rows("申请渠道和收到之日", Way), required=True, default=(), table=True, search=1
    )
    reading_places: tuple[ReadingPlace, ...] = of(
        Rows("政府信息查阅场所", ReadingPlace), required=True, default=(), table=True, search=1
    )
