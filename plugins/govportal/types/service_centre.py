"""政务服务中心: where it is, when it is open, which window does what, how well it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.editions import newest_rows
from govportal.kinds import Count, Date, Identifier, Link, Many, Money, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import MONTH, last_day

STATISTICS_DAYS = 92
"""How old the newest statistics may be: three months (国办秘函〔2019〕19号)."""
ITEM = Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="SL2000000001")


@dataclass(frozen=True, kw_only=True)
class Window:
    """One window and the matters it takes in: by their guides, or by their codes where there is no guide yet."""

    window: str = of(Text("窗口"), required=True)
    organ: str = of(Ref("进驻机构", "organ"), required=True)
    guides: tuple[str, ...] = of(Many(Ref("受理事项", "service_guide")), default=())
    items: tuple[str, ...] = of(Many(ITEM, "其他事项编码"), default=())


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A standard of the work, and what it promises."""

    name: str = of(Text("工作标准"), required=True)
    content: str = of(Text("要求", limit=1000), required=True)
    rule: str | None = of(Ref("制度", "working_rule"))


@dataclass(frozen=True, kw_only=True)
class FlowChange:
    """A way of doing things that was made simpler."""

    item: str = of(Text("事项"), required=True)
    changed_on: date = of(Date("调整日期"), required=True)
    before: str = of(Text("调整前", limit=1000), required=True)
    after: str = of(Text("调整后", limit=1000), required=True)


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """When it is closed for a holiday, and which days it works instead."""

    name: str = of(Text("节日"), required=True)
    closed_from: date = of(Date("停止办理开始"), required=True)
    closed_until: date = of(Date("停止办理结束"), required=True)
    works_on: tuple[date, ...] = of(Many(Date("调休上班")), default=())


@dataclass(frozen=True, kw_only=True)
class MonthOfService:
    """One month in figures."""

    month: str = of(Identifier("月份", pattern=MONTH, sample="2026-10"), required=True)
    accepted: int = of(Count("受理（件）"), required=True)
    finished: int = of(Count("办结（件）"), required=True)
    average_days: Decimal = of(Money("平均办理时间", "个工作日"), required=True)
    online_share: Decimal = of(Money("网办率", "%"), required=True)
    satisfaction: Decimal = of(Money("满意率", "%"), required=True)


def windows_take_something_in(record: Any) -> Iterable[Problem]:
    """每个窗口写明受理的事项。（实施方案一（四）1：办事指南）"""
    for one in record.windows:
        if not one.guides and not one.items:
            yield record.problem(
                "windows",
                "centre/no-items",
                f"{one.window}没有写受理的事项",
                "写 guides: 办事指南的编号；还没有指南的写 items: 事项编码",
            )


def items_are_known(record: Any, site: Any) -> Iterable[Problem]:
    """窗口受理的事项都在公共服务事项目录、许可清单或者办事指南里。（实施方案一（四）1）"""
    known = {
        *(newest_rows(site, "public_service_list") or ()),
        *(newest_rows(site, "licensing_list") or ()),
        *(one.item_code for one in site.of_type("service_guide")),
    }
    for window in record.windows:
        for one in window.items:
            if one not in known:
                yield record.problem(
                    "windows",
                    "centre/unknown-item",
                    f"{window.window}的事项 {one} 不在事项目录和办事指南里",
                    "核对编码；先把事项列入目录",
                )


def holidays_keep_the_calendar(record: Any, site: Any) -> Iterable[Problem]:
    """节假日停止办理的日子都是放假的日子，调休上班的日子都是上班的日子。（全国年节及纪念日放假办法；放假通知）"""
    for one in record.holidays:
        closed = [
            one.closed_from + timedelta(days=step)
            for step in range((one.closed_until - one.closed_from).days + 1)
        ]
        for days, working, words in (
            (closed, True, "是工作日，不能停止办理"),
            (one.works_on, False, "不是工作日"),
        ):
            wrong = [str(day) for day in days if site.calendar.is_workday(day) is working]
            if wrong:
                yield record.problem(
                    "holidays",
                    "centre/calendar",
                    f"{one.name}：{'、'.join(wrong)} {words}",
                    "照国务院办公厅放假通知核对",
                    Severity.WARNING,
                )


def statistics_are_new(record: Any, site: Any) -> Iterable[Problem]:
    """办事统计每3个月至少更新一次，超过92日的提醒。（国办秘函〔2019〕19号）"""
    if not record.statistics:
        return
    newest = max(one.month for one in record.statistics)
    age = (site.today - last_day(newest)).days
    if age > STATISTICS_DAYS:
        yield record.problem(
            "statistics",
            "centre/statistics-stale",
            f"最近的办事统计是 {newest}，已过 {age} 日，超过 {STATISTICS_DAYS} 日",
            "补上后面月份的一行",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class ServiceCentre(Document):
    """A hall where matters are taken in (实施方案一（四）1; 优化营商环境条例第三十五条、第三十六条)."""

    type: ClassVar[ContentType] = ContentType(
        "service_centre",
        "政务服务中心",
        "service-centres",
        rules=(*COMMON_RULES, windows_take_something_in),
        site_rules=(items_are_known, holidays_keep_the_calendar, statistics_are_new),
    )

    address: str = of(Text("地址"), required=True, head=10, search=2)
    hours: str = of(Text("办公时间"), required=True, head=11)
    phone: str = of(Phone("咨询电话"), required=True, head=12)
    complaint_phone: str = of(Phone("投诉电话"), required=True, head=13)
    transport: str | None = of(Text("乘车路线"), head=14)
    map: str | None = of(Link("地图"), head=15)
    introduction: str = of(Text("简介", limit=4000, lines=True), required=True, section=10, search=1)
    windows: tuple[Window, ...] = of(
        Rows("窗口", Window), required=True, default=(), table=True, search=1, inverse="进驻的政务服务中心"
    )
    standards: tuple[Standard, ...] = of(Rows("工作标准", Standard), default=(), table=True, search=1)
    flow_changes: tuple[FlowChange, ...] = of(Rows("流程优化", FlowChange), default=(), table=True)
    holidays: tuple[Holiday, ...] = of(Rows("节假日安排", Holiday), default=(), table=True)
    statistics: tuple[MonthOfService, ...] = of(Rows("办事统计", MonthOfService), default=(), table=True)
