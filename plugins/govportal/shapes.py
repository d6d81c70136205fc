"""Shapes and rules that several types share: what a citizen wrote and the office answered, who took part, what is
reported for a year or for every organ, time limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from govportal.document import Document
from govportal.kinds import Choice, Count, Date, Identifier, Many, Ref, Text
from govportal.model import Rule, SiteRule, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label
from govportal.vocabularies import OBLIGED, PUBLISH_WORKDAYS, REVIEW_DAYS, SEATS, YEAR


@dataclass(frozen=True, kw_only=True)
class Seat:
    """How many people of one kind took part; never who they were."""

    category: str = of(Choice("类别", *SEATS), required=True)
    count: int = of(Count("人数"), required=True, total=True)


def _number(label: str, sample: str) -> Identifier:
    return Identifier(label, pattern=r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", sample=sample)


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """A number that stands for many, never for one person."""

    name: str = of(Text("指标", limit=100), required=True, headline=True)
    value: str = of(_number("数值", "120"), required=True, numeric=True)
    unit: str = of(Text("单位", limit=20), required=True)
    previous: str | None = of(_number("上期数", "110"), numeric=True)
    note: str | None = of(Text("说明"))


@dataclass(frozen=True, kw_only=True)
class Answered(Document):
    """What a citizen wrote, without the citizen, and what the office answered."""

    case_number: str = of(Text("受理编号"), required=True, head=10, search=3)
    received_on: date = of(Date("收到日期"), required=True, head=20)
    replied_on: date | None = of(Date("答复日期"), head=22)

    @property
    def number(self) -> str:
        return self.case_number


@dataclass(frozen=True, kw_only=True)
class Yearly(Document):
    """What is planned or reported for one year."""

    year: str = of(Identifier("年度", pattern=YEAR, sample="2026"), required=True, head=10, facet=True)


@dataclass(frozen=True, kw_only=True)
class OrganPlan(Yearly):
    """A plan for a year that one organ makes for itself, or several make together."""

    covered_organs: tuple[str, ...] = of(
        Many(Ref("适用机构", "organ")),
        required=True,
        default=(),
        head=11,
        wide=True,
        inverse="适用的计划和方案",
    )


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing that is measured, with its weight."""

    name: str = of(Text("指标"), required=True)
    weight: int = of(Count("权重（%）"), required=True)
    rule: str = of(Text("计分办法", limit=1000), required=True)


@dataclass(frozen=True, kw_only=True)
class OrganFinding:
    """A problem found with an organ, and what became of it."""

    problem: str = of(Text("突出问题", limit=2000), required=True)
    organ: str | None = of(Ref("责任机构", "organ"))
    rectification: str | None = of(Text("整改措施", limit=2000))
    due: date | None = of(Date("整改期限"))
    status: str = of(Choice("整改状态", "整改中", "已整改", "长期坚持"), required=True)


def last_day(month: str) -> date:
    """The last day of a month written as 2026-10."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def obliged_organs(site: Any) -> list[Any]:
    """The organs of which the plan asks something each, in the order of the register; those abolished are left out."""
    return sorted(
        (
            one
            for one in site.of_type("organ")
            if one.kind in OBLIGED and not (one.valid_until and one.valid_until < site.today)
        ),
        key=lambda one: (one.order, one.id),
    )


def titles(records: Iterable[Any]) -> str:
    """Records by name, as people list them."""
    return "、".join(one.title for one in records)


def is_latest(record: Any, others: Iterable[Any]) -> bool:
    """Whether none of the others is of a later date."""
    return all((one.document_date, one.id) <= (record.document_date, record.id) for one in others)


def every_organ_has_a_row(code: str, name: str, key: str, ground: str, *, grave: bool = False) -> SiteRule:
    """A warning when an organ has no row in the table `name` of the latest record of this type that has one; an error when `grave`."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        same = [
            one
            for one in site.of_type(record.type.name)
            if getattr(one, name) and one.edition_of == record.edition_of
        ]
        if not rows or not is_latest(record, same):
            return
        listed = {getattr(row, key) for row in rows}
        if missing := [one for one in obliged_organs(site) if one.id not in listed]:
            yield record.problem(
                name,
                code,
                f"{label(record, name)}里没有{titles(missing)}",
                f"在 {name} 里加上：{'、'.join(one.id for one in missing)}",
                overdue(record) if grave else Severity.WARNING,
            )

    rule.__doc__ = (
        f"最新一份的 {name} 要列全区政府各部门和街道，{'缺的是错误' if grave else '缺的提醒'}。（{ground}）"
    )
    return rule


def weights_make_a_hundred(code: str, name: str, ground: str) -> Rule:
    """The weights of the indicators in `name` must add up to one hundred."""

    def rule(record: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        total = sum(row.weight for row in rows)
        if rows and total != 100:
            yield record.problem(
                name, code, f"{label(record, name)}的权重合计 {total}，不是 100", "核对每一项 weight"
            )

    rule.__doc__ = f"{name} 的权重合计 100。（{ground}）"
    return rule


def adds_up(code: str, name: str, column: str, total: str) -> Rule:
    """The figures in `column` of the table `name` must add up to the field `total`."""

    def rule(record: Any) -> Iterable[Problem]:
        rows = getattr(record, name)
        found, written = sum(getattr(row, column) for row in rows), getattr(record, total)
        if rows and found != written:
            yield record.problem(
                name,
                code,
                f"{label(record, name)}的合计 {found}，与{label(record, total)} {written} 不等",
                f"核对表内各行的 {column}，或改 {total}",
            )

    rule.__doc__ = f"{name} 表里 {column} 的合计等于 {total}。（国办发〔2017〕47号：统计数据；勾稽关系）"
    return rule


def rectification_is_said(code: str, name: str, ground: str) -> Rule:
    """A finding that is not 整改中 any more must say how it was put right."""

    def rule(record: Any) -> Iterable[Problem]:
        for place, one in enumerate(getattr(record, name), 1):
            if one.status != "整改中" and one.rectification is None:
                yield record.problem(
                    name,
                    code,
                    f"第 {place} 项问题是“{one.status}”，没有写整改措施",
                    "在这一项加 rectification: ……",
                )

    rule.__doc__ = f"整改状态不是“整改中”的，写整改措施。（{ground}）"
    return rule


def rectification_is_not_overdue(code: str, name: str, ground: str) -> SiteRule:
    """A warning when a finding is still 整改中 after its day."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        for place, one in enumerate(getattr(record, name), 1):
            if one.status == "整改中" and one.due and one.due < site.today:
                yield record.problem(
                    name,
                    code,
                    f"第 {place} 项问题的整改期限 {one.due} 已过，还是“整改中”",
                    "更新整改状态 status 和整改措施 rectification",
                    Severity.WARNING,
                )

    rule.__doc__ = f"整改期限已过的，写明是否整改完毕；没有的提醒。（{ground}）"
    return rule


def reviewed_yearly(code: str, ground: str) -> SiteRule:
    """A warning when `reviewed_on` lies more than a year back."""
    return looked_at_again(code, "reviewed_on", REVIEW_DAYS, f"期限为建议，是配置；{ground}")


def overdue(record: Any) -> Severity:
    """How grave it is that a day has passed: an error, but in a sample, which nobody keeps up, a warning."""
    return Severity.WARNING if record.sample else Severity.ERROR


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
                name,
                code,
                f"{label(record, name)}文件 {file} 不在附件里",
                f"在 attachments 里加一项 {{file: {file}, name: 附件名称}}",
            )

    rule.__doc__ = f"{name} 写的文件要作为附件提供下载。"
    return rule


def looked_at_again(code: str, field: str, days: int, ground: str) -> SiteRule:
    """A warning when the day in `field` is more than `days` days ago: what is written may no longer be so."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        last = first_day(getattr(record, field))
        if last and (site.today - last).days > days:
            yield record.problem(
                field,
                code,
                f"{label(record, field)}已过 {(site.today - last).days} 日，超过 {days} 日",
                f"核对内容以后更新 {field}；不再适用的撤下",
                Severity.WARNING,
            )

    rule.__doc__ = f"{days} 日之内至少核对更新一次（{field}），超过的提醒。（{ground}）"
    return rule
