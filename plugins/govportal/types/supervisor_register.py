"""社会监督员名册: who watches over open government from outside, by category and term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row, is_newest
from govportal.kinds import Choice, Date, Identifier, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, Severity
from govportal.shapes import no_personal_data

SUPERVISORS = (
    "人大代表",
    "政协委员",
    "民主党派人士",
    "人民团体代表",
    "律师",
    "教师",
    "记者",
    "社会公众代表",
)
"""Those whom the plan invites (实施方案三（四）2)."""


@dataclass(frozen=True, kw_only=True)
class Supervisor(Row):
    """One supervisor; no telephone, no address of a person."""

    code: str = of(Identifier("编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="J-01"), required=True)
    name: str = of(Text("姓名或称谓"), required=True, headline=True)
    category: str = of(Choice("监督员类别", *SUPERVISORS), required=True)
    unit: str | None = of(Text("所在单位"))
    term_from: date = of(Date("聘期开始"), required=True)
    term_until: date = of(Date("聘期结束"), required=True)


def _at(record: Any, row: Any, name: str) -> At:
    return At(record.path, *row.places[name])


def terms_end_after_they_begin(record: Any) -> Iterable[Problem]:
    """聘期结束不早于聘期开始。"""
    for one in record.rows:
        if one.term_until < one.term_from:
            yield Problem(
                _at(record, one, "term_until"),
                "supervisor/ends-before-it-begins",
                "聘期结束早于聘期开始",
                "核对聘期",
            )


def terms_are_running(record: Any, site: Any) -> Iterable[Problem]:
    """名册上的监督员都在聘期内，聘期已满的提醒换届或续聘。（实施方案三（四）2）"""
    for one in record.rows if is_newest(record, site) else ():
        if one.term_until < site.today:
            yield Problem(
                _at(record, one, "term_until"),
                "supervisor/term-over",
                f"{one.code} 的聘期 {one.term_until} 已满",
                "出新版名册：续聘的改聘期，不再聘的删去，都写变更记录",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class SupervisorRegister(Edition):
    """A dated edition of the register of supervisors (实施方案三（四）2: 政务公开监督员制度)."""

    type: ClassVar[ContentType] = ContentType(
        "supervisor_register",
        "社会监督员名册",
        "supervisor-registers",
        template="table",
        suffix=".yml",
        body="none",
        rules=(
            *EDITION_RULES,
            terms_end_after_they_begin,
            no_personal_data("supervisor/personal-data", "rows"),
        ),
        site_rules=(*EDITION_SITE_RULES, terms_are_running),
    )

    system: str | None = of(Ref("监督员制度", "working_rule"), inverse="社会监督员名册")
    supervision_phone: str = of(Phone("监督电话（办公）"), required=True, head=21)
    rows: tuple[Supervisor, ...] = of(
        Rows("监督员", Supervisor, key="code"), required=True, default=(), table=True, search=1
    )
