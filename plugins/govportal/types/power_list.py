"""权责清单: what an organ may do, on what ground, and what it answers for, one register of powers and duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.editions import (
    EDITION_RULES,
    EDITION_SITE_RULES,
    KINDS_OF_POWER,
    Edition,
    Row,
    abolished_organs_hold_nothing,
)
from govportal.kinds import Choice, Date, Identifier, Many, Phone, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, error, warning

WITH_CHART = ("行政许可", "行政处罚", "行政强制")
STATUS = ("在用", "取消", "下放", "承接", "合并", "暂停")
VIEWS = {"powers": "权力清单", "duties": "责任清单"}
"""The two lists of one register: a column of `Power` without a view stands in both."""
NO_DUTY = ("无", "略", "同上", "待定", "待补充", "暂无", "无责任", "/", "-", "—", "——")


@dataclass(frozen=True, kw_only=True)
class Power(Row):
    """One power with its duties (关于推行地方各级政府工作部门权力清单制度的指导意见: 职权、依据、主体、流程、责任)."""

    code: str = of(Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="000120001000"), required=True)
    name: str = of(Text("职权名称"), required=True, headline=True)
    kind: str = of(Choice("职权类别", *KINDS_OF_POWER), required=True, facet=True)
    subitems: tuple[str, ...] = of(Many(Text("子项")), default=(), view="powers")
    subject: str = of(Text("实施主体"), required=True, facet=True)
    department: str = of(Text("承办机构"), required=True)
    basis: str = of(Text("实施依据", limit=4000, lines=True), required=True, view="powers")
    level: str = of(Choice("行使层级", "省", "市", "县", "乡"), required=True, view="powers")
    duties: str = of(Text("责任事项", limit=4000, lines=True), required=True, view="duties")
    accountability: str = of(Text("追责情形及依据", limit=4000, lines=True), required=True, view="duties")
    flow_chart: str | None = of(Text("运行流程", limit=2000, lines=True), view="powers")
    supervise_phone: str = of(Phone("监督电话"), required=True, view="duties")
    status: str = of(Choice("状态", *STATUS), required=True, facet=True)
    since: date = of(Date("起始日期"), required=True, view="powers")
    until: date | None = of(Date("终止日期"), view="powers")


def powers_have_duties(record: Any) -> Iterable[Problem]:
    """权力和责任一一对应：每项职权都要写自己的责任事项和追责情形，不能写“无”“同上”。（权力清单制度指导意见；实施方案一（三）1）"""
    for row in record.rows:
        for name, words in (("duties", "责任事项"), ("accountability", "追责情形及依据")):
            if getattr(row, name).strip("。.；; （）()") in NO_DUTY:
                yield error(
                    At(record.path, *row.places[name]),
                    "power/no-duty",
                    f"{row.code} 的{words}写的是“{getattr(row, name)}”，权力没有对应的责任",
                    "逐项写明受理、审查、决定、送达、监管等环节的责任；不再行使的，改状态",
                )


def rows_are_whole(record: Any) -> Iterable[Problem]:
    """许可、处罚、强制要写运行流程；依据写到条；不在用的写终止日期。（权力清单制度指导意见）"""
    for row in record.rows:
        at = At(record.path, *row.places["code"])
        if row.kind in WITH_CHART and not row.flow_chart:
            yield error(
                at,
                "power/no-flow",
                f"{row.code} 是{row.kind}，没有运行流程",
                "补上 flow_chart: 受理—审查—决定",
            )
        if row.status in ("取消", "下放", "合并") and row.until is None:
            yield error(
                at,
                "power/no-end",
                f"{row.code} 已{row.status}，没有终止日期",
                "补上 until: 那一天",
            )
        if "条" not in row.basis:
            yield warning(at, "power/basis-without-article", f"{row.code} 的实施依据没有写到条", "写明第几条")


@dataclass(frozen=True, kw_only=True)
class PowerList(Edition):
    """A dated edition of the register of powers and duties (实施方案一（三）1; 权力清单制度指导意见)."""

    type: ClassVar[ContentType] = ContentType(
        "power_list",
        "权责清单",
        "power-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, powers_have_duties, rows_are_whole),
        site_rules=(*EDITION_SITE_RULES, abolished_organs_hold_nothing),
    )

    rows: tuple[Power, ...] = of(
        Rows("权责事项", Power, key="code"), required=True, default=(), table=True, search=1, views=VIEWS
    )

    @property
    def list_names(self) -> tuple[str, ...]:
        return tuple(VIEWS.values())
