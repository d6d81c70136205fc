"""规范性文件清理结果: which documents stay, change or end, each checked against the document's own state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, DocumentNumber, Identifier, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, Places, SiteView, of
from govportal.problems import At, Problem, error
from govportal.rules import not_before
from govportal.shapes import published_late

STATES = {
    "继续有效": ("有效", "已修改", "尚未施行"),
    "修改": ("已修改",),
    "废止": ("废止",),
    "失效": ("失效",),
}
"""What is decided of a document, and the states in which it may then be."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided of one document: its record, or title and number of one that is not on this site."""

    code: str = of(Identifier("序号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", sample="1"), required=True)
    document: str | None = of(Ref("文件", "policy"), headline=True)
    title: str | None = of(Text("文件名称"), headline=True)
    document_number: str | None = of(DocumentNumber("文号"))
    conclusion: str = of(Choice("清理结论", *STATES), required=True)
    takes_effect_on: date | None = of(Date("生效日期"))
    reason: str = of(Text("理由", limit=1000), required=True)
    places: Places = field(default_factory=dict, compare=False, repr=False)


def _at(record: Any, row: Any, name: str) -> At:
    return At(record.path, *row.places.get(name, row.places["conclusion"]))


def names_its_documents(record: Any) -> Iterable[Problem]:
    """每一项写本站文件的 id；本站没有的，写名称和文号。"""
    for row in record.items:
        if bool(row.document) == bool(row.title):
            yield error(
                _at(record, row, "title"),
                "clean-up/which-document",
                f"第 {row.code} 项" + ("既写了 document，又写了 title" if row.title else "没有写是哪份文件"),
                "本站有的写 document: 文件的 id；没有的写 title 和 document_number",
            )


def conclusions_agree(record: Any, site: Any) -> Iterable[Problem]:
    """清理结论与文件自己的效力一致：在结论生效那天，继续有效的没有终止，修改、废止、失效的已经如此。（实施方案一（五）5）"""
    for row in record.items:
        document = site.record(row.document) if row.document else None
        if document is None or row.conclusion not in STATES:
            continue
        day = row.takes_effect_on or record.decided_on
        state = document.validity_on(site, day).removesuffix("（推定）")
        if state and state not in STATES[row.conclusion]:
            yield error(
                _at(record, row, "conclusion"),
                "clean-up/state-differs",
                f"结论是“{row.conclusion}”，{document.path} 在 {day} 的效力是“{state}”",
                "核对结论和生效日期；结论不错的，在那份文件里写 repeal: {kind: …, by: "
                + record.id
                + ", on: …}",
            )


@dataclass(frozen=True, kw_only=True)
class CleanUpResult(Document):
    """The result of a clean-up of normative documents (实施方案一（五）5、三乙（二）2; 规范性文件清理)."""

    type: ClassVar[ContentType] = ContentType(
        "clean_up_result",
        "规范性文件清理结果",
        "clean-up-results",
        template="table",
        rules=(
            *COMMON_RULES,
            names_its_documents,
            not_before("published_at", "decided_on", "clean-up/published-before-decided"),
        ),
        site_rules=(conclusions_agree, published_late("clean-up/late", "decided_on")),
    )

    scope: str = of(Text("清理范围", limit=1000), required=True, head=10, wide=True, search=2)
    decided_on: date = of(Date("决定日期"), required=True, head=20)
    decision: str | None = of(Ref("清理决定", "policy"), inverse="清理结果")
    decision_number: str | None = of(DocumentNumber("清理决定文号"), head=21, search=3)
    items: tuple[Decided, ...] = of(
        Rows("清理目录", Decided, key="code"), required=True, default=(), table=True, inverse="清理结果"
    )

    @property
    def number(self) -> str:
        return self.decision_number or ""

    @property
    def document_date(self) -> str:
        return self.decided_on.isoformat()

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        """How many documents stay, change and end."""
        counts = Counter(row.conclusion for row in self.items)
        told = "，".join(f"{word} {counts[word]} 件" for word in STATES if counts[word])
        return [(22, "清理结论", [{"text": f"共 {len(self.items)} 件：{told}"}])]
