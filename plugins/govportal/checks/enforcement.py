"""Enforcement: penalties have their standards of discretion, regulation its fourteen columns, licences run on the net."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.editions import is_newest
from govportal.portal import COLUMNS
from govportal.problems import At, Problem, error, warning
from govportal.shapes import REGULATED
from govportal.site import Site

REGULATION = "市场监管信息公开"
MEASURE = "一（三）4"


def penalties_have_standards(site: Site) -> Iterable[Problem]:
    """权责清单里在用的行政处罚都有公布的裁量基准。（行政处罚法第三十四条；实施方案一（三）2）"""
    covered = {row.power_code for one in site.of_type("discretion_standard") for row in one.degrees}
    for record in site.of_type("power_list"):
        for row in record.rows if record.origin == "own" and is_newest(record, site) else ():
            if row.kind == "行政处罚" and row.status == "在用" and row.code not in covered:
                yield warning(
                    At(record.path, *row.places["code"]),
                    "power/no-discretion-standard",
                    f"处罚事项 {row.code} 没有公布裁量基准",
                    "在 discretion-standards/ 里写上这个事项编码",
                )


def licences_run_online(site: Site) -> Iterable[Problem]:
    """行政许可事项都能网上办理，目标100%：办事指南写明 online_url。（实施方案一（三）3）"""
    for record in site.of_type("licensing_list"):
        if record.origin != "own" or not is_newest(record, site):
            continue
        guides = {row.code: site.record(row.guide) for row in record.rows}
        without = [code for code, guide in guides.items() if getattr(guide, "online_url", None) is None]
        if without:
            yield warning(
                record.at("rows"),
                "licence/not-online",
                f"{len(guides)} 项许可里 {len(without)} 项没有网上办理地址：{'、'.join(without)}",
                "在这些事项的办事指南里写 online_url",
            )


def regulation_stands_in_its_column(site: Site) -> Iterable[Problem]:
    """监管信息放在本领域的子栏里。（实施方案一（三）4）"""
    for record in site.of_type("regulatory_disclosure"):
        name = site.columns[record.column].name
        if name in REGULATED and name != record.field:
            yield record.problem(
                "column",
                "regulation/other-column",
                f"{record.field}的信息放进了“{name}”",
                f"改为“{record.field}”的栏目",
            )


def regulation_has_its_columns(site: Site) -> Iterable[Problem]:
    """“市场监管信息公开”栏目下设十四个领域的子栏，名称照实施方案。（实施方案一（三）4）"""
    column = next((one for one in site.columns.values() if one.name == REGULATION), None)
    if column is None:
        if any(one.id == MEASURE for one in site.portal.measures):
            yield error(
                At(COLUMNS),
                "column/fixed-missing",
                f"没有“{REGULATION}”栏目",
                f"加一个栏目 name: {REGULATION}",
            )
        return
    names = {child.name for child in column.children}
    for name in REGULATED:
        if name not in names:
            yield error(
                At(COLUMNS, *column.places.get("id", (1, 1))),
                "column/fixed-missing",
                f"“{REGULATION}”里没有“{name}”",
                f"在 children 里加 name: {name}",
            )
