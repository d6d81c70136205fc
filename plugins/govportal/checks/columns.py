"""Columns: none empty, none stale, the fixed ones present."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govportal.kinds.choice import closest
from govportal.portal import COLUMNS, KEY_AREA_COLUMNS, KEY_AREAS, MEASURES, Column
from govportal.problems import At, Problem, Severity, error, warning
from govportal.site import Site


def _at(column: Column, name: str = "id") -> At:
    return At(COLUMNS, *column.places.get(name, (1, 1)))


def columns_are_filled(site: Site) -> Iterable[Problem]:
    """栏目不能空白；正式网站重点领域的四个子栏空白是错误，示例不算内容。（国办秘函〔2019〕19号：空白栏目；实施方案一（五）3）"""
    production = site.portal.settings.environment == "production"
    top = site.portal.key_areas
    prescribed = {child.id for child in top.children if child.name in KEY_AREA_COLUMNS} if top else set()
    for column in site.columns.values():
        strict = production and column.id in prescribed
        inside = [one for one in site.in_column[column.id] if not (strict and one.sample)]
        if (strict or not column.children) and not inside:
            yield Problem(
                _at(column),
                "column/empty",
                f"栏目“{column.name}”没有公开的内容",
                "补充内容，或并入上级栏目",
                Severity.ERROR if strict else Severity.WARNING,
            )


def columns_have_every_part(site: Site) -> Iterable[Problem]:
    """分类别公开的栏目，规定的每一类都要有内容，本区没有的写不适用说明。（实施方案一（四）4、一（五）3、一（五）4；国办发〔2019〕54号）"""
    for coverage in site.covered:
        column = site.columns[coverage.column]
        excused = {one.part for one in column.not_applicable}
        for word, records in coverage.words.items():
            if not records and word not in excused:
                yield warning(
                    _at(column),
                    "column/empty-part",
                    f"栏目“{column.name}”里没有{coverage.field.kind.label}为“{word}”的{coverage.label}",
                    f"补充内容；本区没有的，在这个栏目的 not_applicable 里写 part: {word} 和 reason",
                )
        for one in sorted(excused):
            found = coverage.words.get(one)
            if found or found is None:
                yield error(
                    _at(column, "not_applicable"),
                    "column/not-applicable",
                    f"栏目“{column.name}”写了“{one}”不适用，而"
                    + (f"{found[0].path} 就是这一类" if found else "没有这一类"),
                    "删掉这条不适用说明，或核对类别的名称",
                )


def key_areas_state_their_elements(site: Site) -> Iterable[Problem]:
    """重点领域信息公开的每个子栏写明范围、内容、时限、载体、展现形式五个要件。（实施方案一（五）3）"""
    waiting = list(site.portal.key_areas.children) if site.portal.key_areas else []
    while waiting:
        column = waiting.pop(0)
        waiting += column.children
        if column.elements is None:
            yield error(
                _at(column),
                "column/elements-missing",
                f"“{KEY_AREAS}”里的“{column.name}”没有写五要素",
                "加一组 elements: 分项写 scope、content、time_limit、carrier、presentation",
            )


def columns_are_fresh(site: Site) -> Iterable[Problem]:
    """栏目要按更新周期更新。（国办秘函〔2019〕19号；周期为栏目配置 update_days）"""
    for column in site.columns.values():
        inside = site.in_column[column.id]
        if inside and column.update_days and not column.children:
            age = (site.today - date.fromisoformat(inside[0].published_at[:10])).days
            if age > column.update_days:
                yield warning(
                    _at(column, "update_days"),
                    "column/stale",
                    f"栏目“{column.name}”已有 {age} 天没有更新，周期是 {column.update_days} 天",
                    "发布新内容，或核对更新周期",
                )


def columns_of_measures_exist(site: Site) -> Iterable[Problem]:
    """措施对应的栏目要存在，总表上才没有空格。（实施方案各条）"""
    for measure in site.portal.measures:
        for one in measure.columns:
            if one not in site.columns:
                best = closest(one, sorted(site.columns))
                yield error(
                    At(MEASURES),
                    "measure/unknown-column",
                    f"措施 {measure.id} 对应的栏目 {one} 不存在",
                    f"改为 {best}" if best else "照 _portal/columns.yml 写",
                )


def types_of_measures_exist(site: Site) -> Iterable[Problem]:
    """措施对应的内容类型要存在，总表上才没有空格。（实施方案各条）"""
    for measure in site.portal.measures:
        for one in measure.types:
            if one not in site.types:
                best = closest(one, sorted(site.types))
                yield error(
                    At(MEASURES),
                    "measure/unknown-type",
                    f"措施 {measure.id} 对应的内容类型 {one} 不存在",
                    f"改为 {best}" if best else "运行 python3 build_scripts/new.py 看所有类型",
                )


def fixed_columns_exist(site: Site) -> Iterable[Problem]:
    """“重点领域信息公开”专栏用固定名称，下设四个子栏。（实施方案一（五）3）"""
    top = site.portal.key_areas
    if top is None:
        yield error(
            At(COLUMNS), "column/fixed-missing", f"没有“{KEY_AREAS}”专栏", f"加一个栏目 name: {KEY_AREAS}"
        )
        return
    children = {child.name for child in top.children}
    for child in KEY_AREA_COLUMNS:
        if child not in children:
            yield error(
                _at(top),
                "column/fixed-missing",
                f"“{KEY_AREAS}”专栏里没有“{child}”",
                f"在 children 里加 name: {child}",
            )
