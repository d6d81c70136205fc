"""行政裁量基准: how an organ uses its discretion, one row for each degree of each power."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from govportal.decisions import powers_of_kind
from govportal.document import COMMON_RULES, Document
from govportal.editions import KINDS_OF_POWER
from govportal.kinds import Choice, Date, Identifier, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, Places, SiteView, of
from govportal.problems import At, Problem, error, warning
from govportal.rules import not_before

DEGREES = ("不予处罚", "减轻", "从轻", "一般", "从重", "不分阶次")


@dataclass(frozen=True, kw_only=True)
class Degree:
    """One degree of one power: in which circumstances it applies, and what follows."""

    power_code: str = of(
        Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="000120001000"), required=True
    )
    matter: str = of(Text("违法行为或事项"), required=True, headline=True)
    basis: str = of(Text("依据", limit=2000), required=True)
    degree: str = of(Choice("裁量阶次", *DEGREES), required=True)
    circumstances: str = of(Text("适用情形", limit=2000), required=True)
    standard: str = of(Text("裁量标准", limit=2000), required=True)
    places: Places = field(default_factory=dict, compare=False, repr=False)


def degrees_are_whole(record: Any) -> Iterable[Problem]:
    """同一事项的每个裁量阶次只写一行，依据写到条。（行政处罚法第三十四条；国办发〔2022〕27号）"""
    seen = set()
    for row in record.degrees:
        at = At(record.path, *row.places["power_code"])
        key = (row.power_code, row.matter, row.degree)
        if key in seen:
            yield error(
                at,
                "discretion/degree-twice",
                f"{row.power_code} 的“{row.degree}”写了两行",
                "合成一行，或改阶次",
            )
        seen.add(key)
        if "条" not in row.basis:
            yield warning(at, "discretion/basis-without-article", "依据没有写到条", "写明第几条")


def powers_are_listed(record: Any, site: Any) -> Iterable[Problem]:
    """裁量基准的事项在权责清单里，职权类别一致。（权力清单制度指导意见）"""
    codes = powers_of_kind(site, record.kind)
    for row in record.degrees:
        if codes is not None and row.power_code not in codes:
            yield error(
                At(record.path, *row.places["power_code"]),
                "discretion/power-not-listed",
                f"权责清单里没有{record.kind}事项 {row.power_code}",
                "核对事项编码；权责清单先更新",
            )


@dataclass(frozen=True, kw_only=True)
class DiscretionStandard(Document):
    """The standard by which an organ uses its discretion (行政处罚法第三十四条: 裁量基准应当向社会公布)."""

    type: ClassVar[ContentType] = ContentType(
        "discretion_standard",
        "行政裁量基准",
        "discretion-standards",
        template="table",
        rules=(
            *COMMON_RULES,
            degrees_are_whole,
            not_before("valid_until", "effective_on", "discretion/ends-before-it-begins"),
        ),
        site_rules=(powers_are_listed,),
    )

    kind: str = of(Choice("职权类别", *KINDS_OF_POWER), required=True, head=10, facet=True)
    authority: str = of(Ref("制定机关", "organ"), required=True, head=11, inverse="制定的裁量基准")
    document: str | None = of(Ref("制定文件", "policy"), inverse="裁量基准")
    effective_on: date = of(Date("施行日期"), required=True, head=12)
    valid_until: date | None = of(Date("有效期至"), head=13)
    principles: str | None = of(Text("适用规则", limit=8000, lines=True), section=10, search=1)
    degrees: tuple[Degree, ...] = of(
        Rows("裁量阶次和标准", Degree), required=True, default=(), table=True, search=1
    )

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        over = self.valid_until is not None and self.valid_until < site.today
        return [*super().badges(site), ("已失效", "repealed") if over else ("有效", "valid")]
