"""证明事项清单: every proof an organ may ask of a citizen; outside it none may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Flag, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of


@dataclass(frozen=True, kw_only=True)
class Proof(Row):
    """One proof (优化营商环境条例第四十四条: 设定依据、索要单位、开具单位、办理指南)."""

    name: str = of(Text("证明名称"), required=True, headline=True)
    usage: str = of(Text("证明用途", limit=1000), required=True)
    basis: str = of(Text("设定依据", limit=4000, lines=True), required=True)
    demand_organ: str = of(Text("索要单位"), required=True)
    issue_organ: str = of(Text("开具单位"), required=True)
    how: str = of(Text("开具办法", limit=2000, lines=True), required=True)
    guide: str | None = of(Ref("办理指南", "service_guide"))
    commitment: bool = of(Flag("可以告知承诺"), default=False)


@dataclass(frozen=True, kw_only=True)
class RequiredProof(Edition):
    """A dated edition of the list of proofs (优化营商环境条例第四十四条)."""

    type: ClassVar[ContentType] = ContentType(
        "required_proof",
        "证明事项清单",
        "required-proofs",
        template="table",
        suffix=".yml",
        body="none",
        rules=EDITION_RULES,
        site_rules=EDITION_SITE_RULES,
    )

    rows: tuple[Proof, ...] = of(
        Rows("证明事项", Proof, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="要用到的证明",
    )
