"""行政审批中介服务清单: the services of third parties that an approval demands, with their charges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row, is_newest, newest_rows
from govportal.kinds import Choice, Identifier, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, error

LEGAL_BASIS = re.compile(r"(?:法|条例|规定|办法)(?:（[^）]*）)?》?第.+条|国务院.*决定")
"""How an article of a law or regulation, or a decision of the State Council, is named."""


@dataclass(frozen=True, kw_only=True)
class Service(Row):
    """One service (优化营商环境条例第四十三条; 实施方案一（四）5: 项目名称、设置依据、服务时限、收费)."""

    name: str = of(Text("项目名称"), required=True, headline=True)
    approval: str = of(
        Identifier("关联的审批事项", pattern=r"[0-9A-Z]{12}", sample="000120001000"), required=True
    )
    basis: str = of(Text("设置依据", limit=4000, lines=True), required=True)
    provider: str = of(Text("中介机构的条件", limit=1000), required=True)
    condition: str = of(Text("服务条件", limit=1000), required=True)
    flow: str = of(Text("服务流程", limit=2000, lines=True), required=True)
    time_limit: str = of(Text("服务时限"), required=True)
    charge: str = of(Choice("收费方式", "不收费", "政府定价", "政府指导价", "市场调节价"), required=True)
    fee_standard: str | None = of(Text("收费标准", limit=1000, lines=True))
    payer: str = of(Choice("付费主体", "申请人", "审批部门"), required=True)
    status: str = of(Choice("状态", "在用", "取消", "暂停"), required=True)


def charges_say_how_much(record: Any) -> Iterable[Problem]:
    """收费的中介服务要写收费标准。（优化营商环境条例第四十三条）"""
    for row in record.rows:
        if row.charge != "不收费" and not row.fee_standard:
            yield error(
                At(record.path, *row.places["code"]),
                "intermediary/no-standard",
                f"{row.code} 写了{row.charge}，没有收费标准",
                "补上 fee_standard；市场调节价写明协商确定",
            )


def services_stand_on_law(record: Any, site: Any) -> Iterable[Problem]:
    """作为审批条件的中介服务，设置依据写明法律、法规或者国务院决定的名称；没有依据的不能作为审批条件。（优化营商环境条例第四十三条）"""
    for row in record.rows if is_newest(record, site) else ():
        if row.status == "在用" and not LEGAL_BASIS.search(row.basis):
            yield error(
                At(record.path, *row.places["basis"]),
                "intermediary/no-legal-basis",
                f"{row.code} 的设置依据“{row.basis[:30]}”没有写明法律、法规或者国务院决定",
                "写成《……法》第……条；没有法定依据的，取消这一项，并写变更记录",
            )


def approvals_are_in_use(record: Any, site: Any) -> Iterable[Problem]:
    """关联的审批已经取消的，中介服务不能仍然在用。（优化营商环境条例第四十三条）"""
    powers = newest_rows(site, "power_list")
    if powers is None or not is_newest(record, site):
        return
    for row in record.rows:
        power = powers.get(row.approval)
        if row.status == "在用" and (power is None or power.status not in ("在用", "承接")):
            yield error(
                At(record.path, *row.places["code"]),
                "intermediary/approval-not-in-use",
                f"{row.code} 仍然在用，而关联的审批 {row.approval} 不在权责清单里或已不再行使",
                "取消这一项，并写变更记录；或核对编码",
            )


@dataclass(frozen=True, kw_only=True)
class IntermediaryList(Edition):
    """A dated edition of the list of services demanded for approvals (优化营商环境条例第四十三条; 实施方案一（四）5)."""

    type: ClassVar[ContentType] = ContentType(
        "intermediary_list",
        "行政审批中介服务清单",
        "intermediary-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, charges_say_how_much),
        site_rules=(*EDITION_SITE_RULES, services_stand_on_law, approvals_are_in_use),
    )

    rows: tuple[Service, ...] = of(
        Rows("中介服务", Service, key="code"), required=True, default=(), table=True, search=1
    )
