"""政府公报: one issue, whose contents are the records themselves by reference, never a copy of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, worked_out_table
from govportal.kinds import Choice, Count, Date, File, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem
from govportal.rules import not_before
from govportal.shapes import Yearly, attached

SECTIONS = (
    "区政府文件",
    "区政府办公室文件",
    "部门规范性文件",
    "政策解读",
    "人事任免",
    "大事记",
    "附录",
)
"""The usual parts of a gazette; from memory, configuration (handbook 11.1)."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place in the contents, in the order of the printed issue."""

    section: str = of(Choice("公报栏目", *SECTIONS), required=True)
    record: str = of(Ref("刊登的文件"), required=True)
    page_from: int = of(Count("起始页"), required=True)
    page_to: int = of(Count("结束页"), required=True)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A slip in an earlier issue, put right."""

    issue: str = of(Text("更正的期号"), required=True)
    wrong: str = of(Text("原文", limit=1000), required=True)
    right: str = of(Text("更正为", limit=1000), required=True)


def pages_rise(record: Any) -> Iterable[Problem]:
    """目录的页码一篇接一篇往后排。（国务院办公厅关于做好政府公报工作的通知；文号为记忆）"""
    for one in record.contents:
        if one.page_to < one.page_from:
            yield record.problem(
                "contents",
                "gazette/pages",
                f"{one.record} 的结束页 {one.page_to} 在起始页 {one.page_from} 之前",
                "核对页码",
            )
    for before, after in pairwise(record.contents):
        if after.page_from < before.page_to:
            yield record.problem(
                "contents",
                "gazette/pages",
                f"{after.record} 从第 {after.page_from} 页起，前一篇到第 {before.page_to} 页",
                "按公报的先后排列，核对页码",
            )


def numbers_run_on(record: Any, site: Any) -> Iterable[Problem]:
    """期号在一年内从第1期起连续，总期号一直连续，都不重复；本站收录的第一期从几起都可以。（实施方案三（一）2）"""
    others = [one for one in site.of_type("gazette_issue") if one.id != record.id]
    for name, same_year in (("issue_number", True), ("total_number", False)):
        beside = [one for one in others if not same_year or one.year == record.year]
        number, written = getattr(record, name), {getattr(one, name) for one in beside}
        earliest = all(one.total_number > record.total_number for one in others)
        if number in written or not (earliest or number - 1 in written or (same_year and number == 1)):
            yield record.problem(
                name,
                "gazette/number",
                f"第 {number} 期用了两次" if number in written else f"没有第 {number - 1} 期",
                "核对期号；缺的一期补上",
            )


def one_gazette(record: Any, site: Any) -> Iterable[Problem]:
    """只有区政府一份公报，部门、街道不办。（国务院办公厅关于做好政府公报工作的通知）"""
    first = min(site.of_type("gazette_issue"), key=lambda one: (one.total_number, one.id))
    if record.organ != first.organ:
        yield record.problem(
            "organ",
            "gazette/other-publisher",
            f"发布机构与第 {first.total_number} 期（总期号）不同",
            "部门和街道不办公报；文件送区政府公报刊登",
        )


@dataclass(frozen=True, kw_only=True)
class GazetteIssue(Yearly):
    """An issue of the district's gazette (实施方案三（一）2: 政府公报制度、标准文本)."""

    type: ClassVar[ContentType] = ContentType(
        "gazette_issue",
        "政府公报",
        "gazette-issues",
        rules=(
            *COMMON_RULES,
            pages_rise,
            not_before("published_at", "issued_on", "gazette/published-before-issued"),
            attached("gazette/file-not-attached", "file"),
        ),
        site_rules=(numbers_run_on, one_gazette),
    )

    issue_number: int = of(Count("期号"), required=True, head=11)
    total_number: int = of(Count("总期号"), required=True, head=12)
    issued_on: date = of(Date("出刊日期"), required=True, head=13)
    editor: str = of(Text("主办"), required=True, head=14)
    permit: str | None = of(Text("准印证号"), head=15)
    file: str | None = of(File("版式文件"))
    where_to_read: str = of(Text("在哪里看", limit=1000, lines=True), required=True, section=10)
    contents: tuple[Entry, ...] = of(
        Rows("目录", Entry, key="record"), required=True, default=(), inverse="刊登的公报"
    )
    corrections: tuple[Correction, ...] = of(Rows("勘误", Correction), default=(), table=True, search=1)

    @property
    def number(self) -> str:
        return f"{self.year}年第{self.issue_number}期"

    @property
    def document_date(self) -> str:
        return self.issued_on.isoformat()

    def computed_tables(self, site: SiteView) -> list[dict[str, Any]]:
        """The contents: title, number and date of each paper are those of its own page."""
        rows = []
        for one in self.contents:
            found, paper = site.find(one.record), site.record(one.record)
            if found is None:
                continue
            pages = f"{one.page_from}" if one.page_from == one.page_to else f"{one.page_from}—{one.page_to}"
            rows.append(
                {
                    "id": f"entry-{one.record}",
                    "cells": [
                        [{"text": one.section}],
                        [{"text": found[0], "href": found[1]}],
                        [{"text": paper.number}] if paper.number else [],
                        [{"text": paper.document_date, "datetime": paper.document_date}],
                        [{"text": pages}],
                    ],
                }
            )
        heads = ("公报栏目", "文件", "文号", "日期", "页码")
        return worked_out_table("contents", "本期目录", rows, heads, headline="文件")
