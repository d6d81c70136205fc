"""行政许可结果: a licence that was granted, with the fields of the national standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.decisions import DECISION_RULES, DECISION_SITE_RULES, PERSON, Decision
from govportal.kinds import Choice, Date, Text
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import no_personal_data

FOREVER = date(2099, 12, 31)
"""What is written for a licence without an end (长期)."""


def certificate_is_whole(record: Any) -> Iterable[Problem]:
    """许可证书名称和许可编号一起写。（国家发展改革委双公示数据标准）"""
    if (record.certificate_name is None) != (record.certificate_number is None):
        yield record.problem(
            "certificate_name" if record.certificate_name else "certificate_number",
            "decision/certificate",
            "许可证书名称和许可编号只写了一个",
            "两个都写；没有证书的，两个都不写",
        )


@dataclass(frozen=True, kw_only=True)
class Licence(Decision):
    """The outcome of an application for a licence (行政许可法第四十条; 国办发〔2018〕118号; 实施方案一（三）3)."""

    type: ClassVar[ContentType] = ContentType(
        "licence",
        "行政许可结果",
        "licences",
        suffix=".yml",
        body="none",
        rules=(
            *DECISION_RULES,
            no_personal_data("decision/personal-data", "document_name", "certificate_name"),
            certificate_is_whole,
            not_before("valid_until", "valid_from", "decision/ends-before-it-begins"),
        ),
        site_rules=DECISION_SITE_RULES,
    )
    power_kind: ClassVar[str] = "行政许可"

    document_name: str = of(Text("行政许可决定文书名称"), required=True, head=9)
    licence_kind: str = of(
        Choice("许可类别", "普通", "特许", "认可", "核准", "登记", "其他"), required=True, head=20, facet=True
    )
    certificate_name: str | None = of(Text("许可证书名称"), head=21)
    certificate_number: str | None = of(Text("许可编号", limit=100), head=22, search=3)
    valid_from: date = of(Date("有效期自"), required=True, head=23)
    valid_until: date = of(Date("有效期至"), required=True, head=24)
    status: str = of(Choice("当前状态", "有效", "无效"), required=True, head=25)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        over = self.status == "无效" or self.valid_until < site.today
        return [*super().badges(site), ("无效", "expired") if over else ("有效", "valid")]

    def last_display_day(self) -> date | None:
        """A natural person's licence is shown while it is valid (handbook 12.3, a recommendation)."""
        return self.valid_until if self.party_kind == PERSON and self.valid_until != FOREVER else None
