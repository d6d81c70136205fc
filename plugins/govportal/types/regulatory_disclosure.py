"""市场监管信息: plans, results, samplings, cases and ways to report, in the fourteen fields that the plan names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import needs, not_before
from govportal.shapes import REGULATED, no_personal_data, published_late

KINDS = ("检查计划", "检查结果", "抽检公告", "典型案例", "举报渠道")


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How many batches of a thing were tested, and how many passed."""

    item: str = of(Text("抽检品种或项目"), required=True, headline=True)
    batches: int = of(Count("抽检批次"), required=True)
    qualified: int = of(Count("合格批次"), required=True)
    unqualified: int = of(Count("不合格批次"), required=True)


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One batch that failed."""

    product: str = of(Text("产品和批号"), required=True, headline=True)
    producer: str = of(Text("标称生产企业"), required=True)
    seller: str | None = of(Text("被抽检单位"))
    failed_item: str = of(Text("不合格项目"), required=True)
    follow_up: str | None = of(Text("处置情况", limit=2000))


def is_kind(kind: str) -> Any:
    """Whether a record is of a kind."""
    return lambda record: record.kind == kind


def samplings_add_up(record: Any) -> Iterable[Problem]:
    """抽检批次等于合格与不合格之和，不合格的逐批列出。（实施方案一（三）4）"""
    for one in record.samplings:
        if one.batches != one.qualified + one.unqualified:
            yield record.problem(
                "samplings",
                "regulation/does-not-add-up",
                f"{one.item}：抽检 {one.batches} 批次，合格 {one.qualified}、不合格 {one.unqualified}，加不起来",
                "核对批次",
            )
    unqualified = sum(one.unqualified for one in record.samplings)
    if unqualified != len(record.failures):
        yield record.problem(
            "samplings",
            "regulation/failures-not-listed",
            f"不合格 {unqualified} 批次，failures 里列了 {len(record.failures)} 批",
            "在 failures 里逐批写明产品、标称企业和不合格项目",
        )


@dataclass(frozen=True, kw_only=True)
class RegulatoryDisclosure(Document):
    """What is made public of the supervision of a market or field (实施方案一（三）4: 十四个领域的监管信息)."""

    type: ClassVar[ContentType] = ContentType(
        "regulatory_disclosure",
        "监管信息",
        "regulatory-disclosures",
        body="required",
        rules=(
            *COMMON_RULES,
            needs("regulation/sampling-needs", is_kind("抽检公告"), "抽检公告", "samplings"),
            needs("regulation/report-needs", is_kind("举报渠道"), "举报渠道", "report_phone"),
            samplings_add_up,
            not_before("ends_on", "begins_on", "regulation/ends-before-it-begins"),
            no_personal_data("regulation/personal-data", "title", "samplings", "failures"),
        ),
        site_rules=(published_late("regulation/published-late", "made_on"),),
    )

    field: str = of(Choice("监管领域", *REGULATED), required=True, head=10, facet=True)
    kind: str = of(Choice("信息类别", *KINDS), required=True, head=11, facet=True)
    authority: str = of(Ref("监管机关", "organ"), required=True, head=12, inverse="监管信息")
    made_on: date = of(Date("形成日期"), required=True, head=13)
    begins_on: date | None = of(Date("检查或抽检开始"), head=14)
    ends_on: date | None = of(Date("检查或抽检结束"), head=15)
    report_phone: str | None = of(Phone("举报电话"), head=16)
    report_address: str | None = of(Text("举报地址"), head=17)
    inspection: str | None = of(Ref("随机抽查", "random_inspection"), inverse="监管信息")
    samplings: tuple[Sampling, ...] = of(Rows("抽检情况", Sampling), default=(), table=True, search=1)
    failures: tuple[Failure, ...] = of(Rows("不合格批次", Failure), default=(), table=True, search=1)

    @property
    def document_date(self) -> str:
        return self.made_on.isoformat()
