"""机构: an organ with its duties, place and office hours (政府信息公开条例第二十条第（二）项)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, CreditCode, Date, Many, Part, Phone, Text
from govportal.model import ContentType, SiteView, of
from govportal.portal import KEY_AREAS, key_areas_of
from govportal.problems import Problem, Severity
from govportal.rules import not_before


def other_organ_with_same_code(record: Any, site: Any) -> Iterable[Problem]:
    """两个机构不能有同一个统一社会信用代码。（GB 32100—2015）"""
    for other in site.of_type("organ"):
        if record.credit_code and other.credit_code == record.credit_code and other.id < record.id:
            yield record.problem(
                "credit_code", "organ/same-credit-code", f"信用代码与{other.title}相同", "照证书核对"
            )


def key_areas_are_filled(record: Any, site: Any) -> Iterable[Problem]:
    """每个机构在重点领域信息公开专栏有内容，或写不适用说明；已撤销的除外。（实施方案一（五）3）"""
    top = site.portal.key_areas
    if top is None or record.key_areas_note or (record.valid_until and record.valid_until < site.today):
        return
    below = {child.id for child in top.children}
    for other in site.incoming(record.id, "organ"):
        for column in (other.column, *other.also_in):
            if below & {one.id for one in site.trail(column)}:
                return
    yield record.problem(
        "",
        "organ/no-key-areas",
        f"{record.title}在“{KEY_AREAS}”里没有内容，也没有不适用说明",
        "公开相关信息，或加一行 key_areas_note: 说明为什么没有",
        Severity.WARNING,
    )


@dataclass(frozen=True, kw_only=True)
class Organ(Document):
    """An organ: `title` its full name, the body its duties, `order` its place in the register (政府信息公开条例第二十条第（二）项)."""

    type: ClassVar[ContentType] = ContentType(
        "organ",
        "机构",
        "organs",
        template="organ",
        body="required",
        rules=(*COMMON_RULES, not_before("valid_until", "valid_from", "organ/ends-before-it-begins")),
        site_rules=(other_organ_with_same_code, key_areas_are_filled),
    )

    kind: str = of(
        Choice("机构类别", "区委部门", "区政府部门", "派出机构", "事业单位", "街道", "人大政协群团", "其他"),
        required=True,
        head=10,
        facet=True,
    )
    order: int = of(Count("排序"), required=True, private=True)
    abbreviations: tuple[str, ...] = of(Many(Text("简称")), default=(), search=6, head=12)
    former_names: tuple[str, ...] = of(Many(Text("曾用名")), default=(), search=6, head=13)
    credit_code: str | None = of(CreditCode("统一社会信用代码"), head=14)
    issuing_codes: tuple[str, ...] = of(Many(Text("发文代字")), default=(), head=15)
    address: str | None = of(Text("办公地址"), head=20, search=1)
    postcode: str | None = of(Text("邮政编码"), head=21)
    office_hours: str | None = of(Text("办公时间"), head=22)
    phone: str | None = of(Phone("联系电话"), head=23)
    head: str | None = of(Text("负责人"), head=24)
    key_areas_note: str | None = of(Text("重点领域信息公开不适用说明", limit=1000), search=1)
    valid_from: date | None = of(Date("设立日期"), head=25)
    valid_until: date | None = of(Date("撤销日期"), head=26)

    @property
    def called(self) -> tuple[str, ...]:
        return (self.title, *self.abbreviations, *self.former_names)

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        found = site.find(self.id)
        link = {"text": "本机构的专栏", "href": key_areas_of(found[1])} if found else None
        return [(27, KEY_AREAS, [link])] if link else []

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        ended = self.valid_until is not None and self.valid_until < site.today
        return super().badges(site) + ([("已撤销", "repealed")] if ended else [])
