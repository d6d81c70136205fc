"""Columns: none empty, none stale, the fixed ones present."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govportal.kinds.choice import closest
from govportal.portal import COLUMNS, MEASURES
from govportal.problems import At, Problem, error, warning
from govportal.site import Site

FIXED = ("重点领域信息公开",)
KEY_AREAS = ("财政预决算", "公共资源配置", "重大建设项目批准和实施", "社会公益事业建设")


def columns_are_filled(site: Site) -> Iterable[Problem]:
    """栏目不能空白。（国办秘函〔2019〕19号：空白栏目）"""
    for column in site.columns.values():
        if not column.children and not site.in_column[column.id]:
            yield warning(
                At(COLUMNS, *column.places.get("id", (1, 1))),
                "column/empty",
                f"栏目“{column.name}”没有公开的内容",
                "补充内容，或并入上级栏目",
            )


def columns_are_fresh(site: Site) -> Iterable[Problem]:
    """栏目要按更新周期更新。（国办秘函〔2019〕19号；周期为栏目配置 update_days）"""
    for column in site.columns.values():
        inside = site.in_column[column.id]
        if inside and column.update_days and not column.children:
            age = (site.today - date.fromisoformat(inside[0].published_at[:10])).days
            if age > column.update_days:
                yield warning(
                    At(COLUMNS, *column.places.get("update_days", (1, 1))),
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
    names = {column.name: column for column in site.columns.values()}
    for name in FIXED:
        if name not in names:
            yield error(At(COLUMNS), "column/fixed-missing", f"没有“{name}”专栏", f"加一个栏目 name: {name}")
            continue
        children = {child.name for child in names[name].children}
        for child in KEY_AREAS:
            if child not in children:
                yield error(
                    At(COLUMNS, *names[name].places.get("id", (1, 1))),
                    "column/fixed-missing",
                    f"“{name}”专栏里没有“{child}”",
                    f"在 children 里加 name: {child}",
                )
