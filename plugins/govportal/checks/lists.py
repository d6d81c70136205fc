"""Lists: those that the plan demands are there, and what is kept from the public stands in the negative list."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.editions import current_lists, newest_rows
from govportal.portal import MEASURES
from govportal.problems import At, Problem, error, warning
from govportal.site import Site

LISTS_MEASURE = "一（三）1"
DEMANDED = (
    "行政许可事项清单",
    "权力清单",
    "责任清单",
    "行政事业性收费",
    "政府性基金",
    "经营服务性收费",
)
"""The six lists of measure 一（三）1."""


def demanded_lists_exist(site: Site) -> Iterable[Problem]:
    """许可、权力、责任、行政事业性收费、政府性基金、经营服务性收费六种清单都要公开。（实施方案一（三）1）"""
    if not any(measure.id == LISTS_MEASURE for measure in site.portal.measures):
        return
    there = {name for record in current_lists(site) for name in record.list_names}
    for name in DEMANDED:
        if name not in there:
            yield warning(
                At(MEASURES),
                "list/demanded-missing",
                f"措施 {LISTS_MEASURE} 要求的清单里，没有“{name}”",
                "发布这份清单；没有事项的，也发布一份说明",
            )


def withheld_matters_are_listed(site: Site) -> Iterable[Problem]:
    """不主动公开的文件引用的事项，要在现行的政务公开负面清单里在用。（实施方案三乙（二）4）"""
    rows = newest_rows(site, "negative_list") or {}
    for record in site.withheld:
        code = record.withheld_matter
        row = rows.get(code)
        if code and (row is None or row.status != "在用"):
            yield error(
                record.at("withheld_matter"),
                "disclosure/matter-not-listed",
                f"现行的政务公开负面清单里没有 {code}" if row is None else f"{code} 已经移出负面清单",
                "核对编号；清单里没有的事项应当主动公开，或先更新清单",
            )
