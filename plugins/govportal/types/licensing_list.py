"""行政许可事项清单: every licence the district grants; outside it none may be demanded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row, is_newest, newest_rows
from govportal.kinds import Identifier, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, error


@dataclass(frozen=True, kw_only=True)
class Licence(Row):
    """One licence (国办发〔2022〕2号: 主管部门、事项名称、实施机关、依据)."""

    code: str = of(Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="000120001000"), required=True)
    department: str = of(Text("主管部门"), required=True)
    name: str = of(Text("许可事项名称"), required=True, headline=True)
    subitems: tuple[str, ...] = of(Many(Text("子项")), default=())
    authority: str = of(Text("实施机关"), required=True)
    basis: str = of(Text("设定和实施依据", limit=4000, lines=True), required=True)
    guide: str = of(Ref("办事指南", "service_guide"), required=True)


def licences_are_powers(record: Any, site: Any) -> Iterable[Problem]:
    """许可事项都在权责清单里，类别是行政许可；权责清单里在用的许可也都在这里。（优化营商环境条例第四十条）"""
    powers = newest_rows(site, "power_list")
    if powers is None or record.origin != "own" or not is_newest(record, site):
        return
    for row in record.rows:
        power = powers.get(row.code)
        if power is None or power.kind != "行政许可" or power.status == "取消":
            yield error(
                At(record.path, *row.places["code"]),
                "licence/not-in-power-list",
                f"许可 {row.code} 不是权责清单里在用的行政许可",
                "核对编码；权责清单先更新",
            )
    # A licence that no list names is said once, at the first list.
    listed = newest_rows(site, "licensing_list") or {}
    first = min(
        editions[0].id
        for (name, _), editions in site.editions.items()
        if name == "licensing_list" and editions[0].origin == "own"
    )
    for code, power in powers.items() if record.id == first else ():
        if power.kind == "行政许可" and power.status == "在用" and code not in listed:
            yield record.problem(
                "rows",
                "licence/not-listed",
                f"权责清单里的许可 {code} 不在行政许可事项清单里",
                "补上这一项，或核对权责清单",
            )


@dataclass(frozen=True, kw_only=True)
class LicensingList(Edition):
    """A dated edition of the list of licences (行政许可法第三十条、第三十三条; 国办发〔2022〕2号)."""

    type: ClassVar[ContentType] = ContentType(
        "licensing_list",
        "行政许可事项清单",
        "licensing-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=EDITION_RULES,
        site_rules=(*EDITION_SITE_RULES, licences_are_powers),
    )

    rows: tuple[Licence, ...] = of(
        Rows("许可事项", Licence, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="列入行政许可事项清单",
    )
