"""Shapes and rules that several types share: what a citizen wrote and the office answered, who took part, time limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.document import Document
from govportal.kinds import Choice, Count, Date, Text
from govportal.model import Rule, SiteRule, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label

PERSONAL = (
    ("身份证号", re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")),
    ("手机号", re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")),
    ("银行卡号", re.compile(r"(?<![0-9])[1-9][0-9]{15}(?:[0-9]{3})?(?![0-9])")),
)
SEATS = ("利益相关方", "人大代表", "政协委员", "公众代表", "专家学者", "新闻媒体")
"""The six kinds of people whom the plan invites (实施方案一（一）3)."""
LIVELIHOODS = ("文化教育", "医疗卫生", "资源开发", "环境保护", "社会保障", "公用事业")
"""The six fields of livelihood in which the public is polled before a decision (实施方案一（一）4)."""
SURVEYS = ("问卷调查", "民意调查")
"""The forms of participation that ask many people the same questions."""
PROCEDURES = ("公众参与", "专家论证", "风险评估", "合法性审查", "集体讨论")
"""The steps that the law knows before a major decision (重大行政决策程序暂行条例第二章、第三章)."""
DECIDED = ("decision", "policy")
"""What is decided: a major decision, or where it has no page of its own, the paper that came of it."""

PUBLISH_WORKDAYS = 20
"""Working days within which new information is published (政府信息公开条例第二十六条)."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """How many people of one kind took part; never who they were."""

    category: str = of(Choice("类别", *SEATS), required=True)
    count: int = of(Count("人数"), required=True)


@dataclass(frozen=True, kw_only=True)
class Answered(Document):
    """What a citizen wrote, without the citizen, and what the office answered."""

    case_number: str = of(Text("受理编号"), required=True, head=10, search=3)
    received_on: date = of(Date("收到日期"), required=True, head=20)
    replied_on: date | None = of(Date("答复日期"), head=22)

    @property
    def number(self) -> str:
        return self.case_number


def _texts(value: Any) -> Iterable[str]:
    """Every piece of text inside a value, its rows and groups."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))


def overdue(record: Any) -> Severity:
    """How grave it is that a day has passed: an error, but in a sample, which nobody keeps up, a warning."""
    return Severity.WARNING if record.sample else Severity.ERROR


def no_personal_data(code: str, *names: str) -> Rule:
    """The fields `names` must hold no identity number, mobile number or bank card number."""

    def rule(record: Any) -> Iterable[Problem]:
        for name in names:
            text = "\n".join(_texts(getattr(record, name)))
            for what, pattern in PERSONAL:
                if pattern.search(text):
                    yield record.problem(
                        name, code, f"{label(record, name)}里有{what}", "删掉，或改成不能认出个人的写法"
                    )

    rule.__doc__ = f"{'、'.join(names)} 里不得有身份证号、手机号、银行卡号。（个人信息保护法第二十八条；政府信息公开条例第十五条）"
    return rule


def within(
    code: str,
    later: str,
    earlier: str,
    days: int,
    ground: str,
    *,
    working: bool = False,
    fails_after: int = 0,
) -> SiteRule:
    """A warning when `later` comes, or is still missing, over `days` (working) days after `earlier`.

    While it is missing for more than `fails_after` days the warning is an error. A year without a calendar warns of nothing.
    """
    unit = "个工作日" if working else "日"

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        begin, written = first_day(getattr(record, earlier)), first_day(getattr(record, later))
        if begin is None:
            return
        end = written or site.today
        took = site.calendar.workdays_between(begin, end) if working else (end - begin).days
        failed = bool(fails_after) and written is None and (end - begin).days > fails_after
        if failed or (isinstance(took, int) and took > days):
            shown = f"{took} {unit}" if isinstance(took, int) else f"{(end - begin).days} 日"
            yield record.problem(
                earlier if written is None else later,
                code,
                f"{label(record, earlier)}以后 {shown}"
                + ("，还没有" if written is None else "才有")
                + f"{label(record, later)}，超过 {days} {unit}",
                f"补写 {later}" if written is None else "历史事实不改；列入超时清单",
                overdue(record) if failed else Severity.WARNING,
            )

    rule.__doc__ = f"{later} 应当在 {earlier} 以后 {days} {unit}以内，超过的提醒。（{ground}）"
    return rule


def published_late(code: str, earlier: str) -> SiteRule:
    """A warning when something was published more than twenty working days after it came about."""
    return within(code, "published_at", earlier, PUBLISH_WORKDAYS, "政府信息公开条例第二十六条", working=True)


def expected_after(code: str, field: str, earlier: str, days: int, ground: str) -> SiteRule:
    """A warning when `field` is still empty `days` days after `earlier`."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        begin = first_day(getattr(record, earlier))
        if begin and getattr(record, field) in (None, ()) and (site.today - begin).days > days:
            yield record.problem(
                earlier,
                code,
                f"{label(record, earlier)}以后 {(site.today - begin).days} 日，还没有{label(record, field)}（{field}）",
                f"补上 {field}: ……",
                Severity.WARNING,
            )

    rule.__doc__ = f"{earlier} 以后 {days} 日以内写上 {field}，没有的提醒。（{ground}）"
    return rule


def attached(code: str, name: str) -> Rule:
    """The file named in `name` must be offered as an attachment."""

    def rule(record: Any) -> Iterable[Problem]:
        file = getattr(record, name)
        if file is not None and file not in {attachment.file for attachment in record.attachments}:
            yield record.problem(
                name, code, f"{label(record, name)}文件 {file} 不在附件里", "在 attachments 里加上它"
            )

    rule.__doc__ = f"{name} 写的文件要作为附件提供下载。"
    return rule
