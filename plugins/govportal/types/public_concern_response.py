"""回应关切: what happened, what was said when, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Moment, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.privacy import no_personal_data
from govportal.problems import Problem, Severity
from govportal.rules import needs, not_before

FIRST_HOURS = 5
"""Hours to the first word after a grave event (国办发〔2016〕61号的有关要求)."""
CONFERENCE_HOURS = 24
"""Hours to the press conference after a grave event (实施方案二（三）2)."""
OTHER_HOURS = 48
"""Hours to the first word after any other event; unverified, configuration (handbook 10.3)."""
GRAVE = ("特别重大", "重大")


def _hours(later: str, earlier: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 3600


def answered_in_time(record: Any) -> Iterable[Problem]:
    """特别重大、重大的，5小时内首次发布，24小时内开新闻发布会；其他48小时内发布。超时的提醒，历史事实不改。（实施方案二（三）2；48小时未核实，是配置）"""
    grave = record.level in GRAVE
    limits = [("first_published_at", FIRST_HOURS if grave else OTHER_HOURS)]
    for name, hours in limits + ([("press_conference_at", CONFERENCE_HOURS)] if grave else []):
        moment = getattr(record, name)
        if moment is None:
            yield record.problem(
                "level",
                "concern/no-press-conference",
                f"{record.level}事件没有写新闻发布会时间（{name}）",
                f"加一行 {name}: 年-月-日 时:分",
                Severity.WARNING,
            )
        elif min(len(moment), len(record.happened_at)) < 16:
            yield record.problem(
                name,
                "concern/no-hour",
                "没有写时分，算不出用了几小时",
                "写成 2026-11-23 09:30",
                Severity.WARNING,
            )
        elif _hours(moment, record.happened_at) > hours:
            yield record.problem(
                name,
                "concern/late",
                f"发生 {_hours(moment, record.happened_at):.1f} 小时以后才发布，超过 {hours} 小时",
                "历史事实不改；列入超时清单",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class Update:
    """What was made known later."""

    at: str = of(Moment("时间"), required=True)
    text: str = of(Text("后续发布", limit=2000), required=True)


@dataclass(frozen=True, kw_only=True)
class PublicConcernResponse(Document):
    """The answer to a public concern or an emergency (国办发〔2016〕61号; 实施方案二（三）2)."""

    type: ClassVar[ContentType] = ContentType(
        "public_concern_response",
        "关切回应",
        "public-concern-responses",
        rules=(
            *COMMON_RULES,
            not_before("first_published_at", "happened_at", "concern/before-it-happened"),
            not_before("press_conference_at", "happened_at", "concern/before-it-happened"),
            needs("concern/closed-needs", lambda one: one.closed_on is not None, "办结的", "result"),
            answered_in_time,
            no_personal_data(
                "concern/personal-data", "event", "facts", "actions", "result", "updates", "rumour_refuted"
            ),
        ),
    )

    event: str = of(Text("事件"), required=True, head=10, search=4)
    level: str = of(Choice("事件级别", *GRAVE, "较大", "一般"), required=True, head=11, facet=True)
    happened_at: str = of(Moment("发生时间"), required=True, head=12)
    first_published_at: str = of(Moment("首次发布时间"), required=True, head=13)
    press_conference_at: str | None = of(Moment("新闻发布会时间"), head=14)
    responsible_organ: str = of(Ref("处置机构", "organ"), required=True, head=15, inverse="回应的关切")
    closed_on: date | None = of(Date("办结日期"), head=16)
    facts: str = of(Text("事实", limit=8000, lines=True), required=True, section=10, search=1)
    actions: str = of(Text("措施", limit=8000, lines=True), required=True, section=20, search=1)
    result: str | None = of(Text("处置结果", limit=8000, lines=True), section=30, search=1)
    rumour_refuted: str | None = of(Text("辟谣", limit=4000, lines=True), section=40)
    updates: tuple[Update, ...] = of(Rows("后续发布", Update), default=(), table=True, search=1)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), ("已办结", "closed") if self.closed_on else ("处置中", "open")]
