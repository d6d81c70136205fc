"""审计结果公告: what an audit found, each finding with its rectification."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Identifier, Many, Money, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day
from govportal.shapes import DECIDED, no_personal_data

RECTIFICATION_DAYS = 180
"""How long rectification may stay unannounced; a recommendation, configuration (handbook 9.6)."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem that the audit found."""

    number: str = of(
        Identifier("问题编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", sample="1"), required=True
    )
    kind: str = of(Text("问题类别"), required=True)
    amount: Decimal | None = of(Money("涉及金额", "万元"), total=True)
    description: str = of(Text("问题", limit=4000), required=True)


@dataclass(frozen=True, kw_only=True)
class Rectification:
    """How a problem was put right."""

    finding: str = of(
        Identifier("整改的问题", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", sample="1"), required=True
    )
    measure: str = of(Text("整改措施", limit=4000), required=True)
    done: str = of(Choice("整改状态", "已整改", "部分整改", "整改中"), required=True)
    amount: Decimal | None = of(Money("整改金额", "万元"), total=True)


def rectification_answers_a_finding(record: Any) -> Iterable[Problem]:
    """整改结果逐项对应审计发现的问题。（审计法第五十二条；实施方案一（二）3）"""
    numbers = [one.number.casefold() for one in record.findings]
    answered = [one.finding.casefold() for one in record.rectification]
    for name, written in (("findings", numbers), ("rectification", answered)):
        if len(written) != len(set(written)):
            yield record.problem(
                name, "audit/repeated", "有两项的编号相同", "每个问题一个编号，只写一项整改结果"
            )
    for one in record.rectification:
        if one.finding.casefold() not in numbers:
            yield record.problem(
                "rectification",
                "audit/rectifies-nothing",
                f"没有编号为 {one.finding} 的问题",
                "写 findings 里有的编号",
            )


def every_finding_is_rectified(record: Any, site: Any) -> Iterable[Problem]:
    """每个问题都要公布整改结果；公告180日以后还没有的提醒。（期限为建议，是配置；审计法第五十二条）"""
    late = (site.today - first_day(record.published_at)).days
    missing = {one.number.casefold() for one in record.findings} - {
        one.finding.casefold() for one in record.rectification
    }
    if missing and late > RECTIFICATION_DAYS:
        yield record.problem(
            "findings",
            "audit/not-rectified",
            f"公告已 {late} 日，问题 {'、'.join(sorted(missing))} 还没有整改结果",
            "在 rectification 里逐项补上",
            Severity.WARNING,
        )


def numbers_run_on(record: Any, site: Any) -> Iterable[Problem]:
    """公告号在一年内连续，不跳号、不重号。（实施方案一（二）3）"""
    year, _, rest = record.announcement_number.partition("年第")
    number = int(rest.rstrip("号"))
    others = {
        other.announcement_number: other.id
        for other in site.of_type("audit_announcement")
        if other.organ == record.organ and other.id != record.id
    }
    same = record.announcement_number in others
    if same or (number > 1 and f"{year}年第{number - 1}号" not in others):
        yield record.problem(
            "announcement_number",
            "audit/number",
            f"{record.announcement_number}用了两次" if same else f"没有{year}年第{number - 1}号",
            "核对公告号",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class AuditAnnouncement(Document):
    """The announcement of an audit (审计法第四十条、第五十二条; 实施方案一（二）3)."""

    type: ClassVar[ContentType] = ContentType(
        "audit_announcement",
        "审计结果公告",
        "audit-announcements",
        rules=(
            *COMMON_RULES,
            rectification_answers_a_finding,
            no_personal_data("audit/personal-data", "findings", "opinions", "rectification"),
        ),
        site_rules=(every_finding_is_rectified, numbers_run_on),
    )

    announcement_number: str = of(
        Identifier("公告号", pattern=r"(?:19|20)[0-9]{2}年第[1-9][0-9]{0,3}号", sample="2026年第1号"),
        required=True,
        head=10,
        search=6,
    )
    kind: str = of(
        Choice("审计类别", "预算执行", "决算", "专项", "政策跟踪"), required=True, head=11, facet=True
    )
    audited: tuple[str, ...] = of(Many(Text("被审计单位")), required=True, default=(), head=12, search=2)
    audit_period: str = of(Text("审计期间"), required=True, head=13)
    decision: str | None = of(Ref("审计的决策", *DECIDED), inverse="审计情况", station="审计监督")
    opinions: str = of(Text("审计意见和建议", limit=8000, lines=True), required=True, section=10, search=1)
    findings: tuple[Finding, ...] = of(
        Rows("审计发现的问题", Finding), required=True, default=(), table=True, search=1
    )
    rectification: tuple[Rectification, ...] = of(
        Rows("整改结果", Rectification), default=(), table=True, search=1
    )

    @property
    def number(self) -> str:
        return self.announcement_number
