"""Lists as dated editions: what a list, its rows and its change records are, and what differs between two editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from govportal.document import COMMON_RULES, Document
from govportal.han import long_date
from govportal.kinds import Choice, Date, Identifier, Text
from govportal.kinds.rows import Rows
from govportal.model import Places, SiteView, columns, columns_by_name, of
from govportal.problems import At, Problem, Severity, error, warning
from govportal.rules import not_before
from govportal.shapes import PUBLISH_WORKDAYS

Cells = Mapping[str, Any]
Table = Mapping[str, Cells]
Tables = list[Any]
Badges = list[tuple[str, str]]

ADDING = ("新增", "承接", "合并", "拆分", "恢复")
REMOVING = ("取消", "下放", "合并", "拆分", "暂停")
CHANGING = (
    "变更名称",
    "变更依据",
    "变更主体",
    "变更要素",
    "承接",
    "下放",
    "合并",
    "拆分",
    "暂停",
    "恢复",
    "取消",
)
ACTIONS = tuple(dict.fromkeys((*ADDING, *REMOVING, *CHANGING)))


# The ten kinds of power (handbook 7.1; 推行权力清单制度的指导意见, 2015).
KINDS_OF_POWER = (
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "其他行政权力",
)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What differs between two editions: rows added and removed, and cells changed, each with its old and new value."""

    added: Table
    removed: Table
    changed: Mapping[str, Mapping[str, tuple[Any, Any]]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Every row that differs, with 新增, 删除 or 修改."""
        for word, rows in (("新增", self.added), ("删除", self.removed), ("修改", self.changed)):
            for key in rows:
                yield key, word

    def inverse(self) -> Difference:
        """The way back."""
        back = {
            key: {name: (new, old) for name, (old, new) in cells.items()}
            for key, cells in self.changed.items()
        }
        return Difference(added=self.removed, removed=self.added, changed=back)


def compare(old: Table, new: Table) -> Difference:
    """What leads from one edition to another, row by row by their keys."""
    changed = {}
    for key, cells in new.items():
        if key in old and (before := old[key]) != cells:
            names = [*cells, *(name for name in before if name not in cells)]
            changed[key] = {
                name: (before.get(name), cells.get(name))
                for name in names
                if before.get(name) != cells.get(name)
            }
    return Difference(
        added={key: cells for key, cells in new.items() if key not in old},
        removed={key: cells for key, cells in old.items() if key not in new},
        changed=changed,
    )


def apply(old: Table, difference: Difference) -> dict[str, dict[str, Any]]:
    """An edition with a difference carried out: `apply(old, compare(old, new)) == new`."""
    made = {key: dict(cells) for key, cells in old.items() if key not in difference.removed}
    made |= {key: dict(cells) for key, cells in difference.added.items()}
    for key, cells in difference.changed.items():
        written = made[key] | {name: new for name, (_, new) in cells.items()}
        made[key] = {name: value for name, value in written.items() if value is not None}
    return made


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a list, told apart by its code."""

    code: str = of(Identifier("编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="A-01"), required=True)
    places: Places = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Change:
    """The record of one change to one row (实施方案一（三）1: 清单变化后按时告知、及时更新)."""

    change_number: str | None = of(Text("变更编号"))
    code: str = of(
        Identifier("变更的编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="A-01"), required=True
    )
    action: str = of(Choice("变更方式", *ACTIONS), required=True)
    reason: str = of(Text("变更理由", limit=2000), required=True)
    basis: str = of(Text("变更依据", limit=2000), required=True)
    approved_by: str | None = of(Text("批准机关"))
    effective_on: date = of(Date("变更生效日期"), required=True)
    notified_on: date = of(Date("告知日期"), required=True)
    notified_by: str = of(Text("告知单位"), required=True)
    places: Places = field(default_factory=dict, compare=False, repr=False)


def list_address(record: Any) -> str:
    """The lasting address of the list of which a record is an edition."""
    return f"/{record.type.folder}/{record.edition_of}/"


def rows_by_code(record: Any) -> dict[str, Any]:
    """The rows of an edition by their codes."""
    return {row.code: row for row in record.rows}


def table_of(record: Any) -> dict[str, dict[str, Any]]:
    """The rows of an edition as plain values, empty cells left out."""
    kind = columns_by_name(type(record))["rows"].kind
    return {row["code"]: row for row in kind.export(record.rows)}


def current_lists(site: Any) -> Iterator[Any]:
    """The edition that holds today of each of the district's own lists."""
    for _, editions in sorted(site.editions.items()):
        current = site.current_edition(editions[0])
        if current.origin == "own":
            yield current


def newest_rows(site: Any, type_name: str) -> dict[str, Any] | None:
    """The rows by code of the current editions of the district's own lists of a type; None when there is no such list."""
    current = [record for record in current_lists(site) if record.type.name == type_name]
    return (
        {code: row for record in current for code, row in rows_by_code(record).items()} if current else None
    )


def is_newest(record: Any, site: Any) -> bool:
    """Whether this is the edition that holds today."""
    return bool(site.current_edition(record) is record)


def fitting(record: Any, code: str, word: str) -> list[Change]:
    """The change records of a row whose action fits what happened to it."""
    allowed = {"新增": ADDING, "删除": REMOVING, "修改": CHANGING}[word]
    return [one for one in record.changes if one.code == code and one.action in allowed]


def changes_between(old: Any, new: Any, editions: Sequence[Any]) -> dict[str, list[Change]]:
    """The change records by which one edition became another, of all editions after the old one, oldest first."""
    found: dict[str, list[Change]] = {}
    for record in sorted(editions, key=lambda one: one.document_date):
        if old.document_date < record.document_date <= new.document_date:
            for one in record.changes:
                found.setdefault(one.code, []).append(one)
    return found


def changes_are_recorded(record: Any, site: Any) -> Iterable[Problem]:
    """与上一版相比，每一处新增、删除、修改都要有变更记录（方式、理由、依据、生效和告知日期）。（实施方案一（三）1）"""
    before = site.previous_edition(record)
    if before is None or record.origin != "own":
        return
    difference = compare(table_of(before), table_of(record))
    rows = rows_by_code(record)
    for code, word in difference.rows():
        if fitting(record, code, word):
            continue
        labels = {one.name: one.kind.label for one in columns(type(next(iter(rows.values()))))}
        what = (
            "的" + "、".join(labels[name] for name in difference.changed[code])
            if word == "修改"
            else "这一项"
        )
        place = rows[code].places.get("code", (1, 1)) if code in rows else None
        yield error(
            At(record.path, *place) if place else record.at("edition"),
            "list/change-without-record",
            f"与 {before.path} 相比，{code} {what}{word}了，没有相应的变更记录",
            f"在 changes 里加一项 code: {code}，写明 action、reason、basis、effective_on、notified_on、notified_by",
        )
    touched = {code for code, _ in difference.rows()}
    for one in record.changes:
        if one.code not in touched:
            yield warning(
                At(record.path, *one.places.get("code", (1, 1))),
                "list/record-without-change",
                f"变更记录里的 {one.code} 与上一版没有不同",
                "核对编号；没有变化的，删掉这一项",
            )


def one_file_an_edition(record: Any, site: Any) -> Iterable[Problem]:
    """同一清单的同一天只有一版。"""
    for other in site.editions[record.type.name, record.edition_of]:
        if other.edition == record.edition and other.id < record.id:
            yield record.problem(
                "edition",
                "list/same-edition",
                f"{other.path} 也是 {record.list} 的 {record.edition} 版",
                "改版本日期，或合成一个文件",
            )


def abolished_organs_hold_nothing(record: Any, site: Any) -> Iterable[Problem]:
    """机构撤销以后，它的事项不能仍然在用。（地方各级人民政府机构设置和编制管理条例）"""
    ended = {one.title for one in site.of_type("organ") if one.valid_until and one.valid_until < site.today}
    for row in record.rows if ended and is_newest(record, site) else ():
        if row.status == "在用" and (names := {row.subject, row.department} & ended):
            yield error(
                At(record.path, *row.places["code"]),
                "list/organ-abolished",
                f"{row.code} 仍然在用，而{min(names)}已经撤销",
                "改由承接的机构行使，或改状态，并写变更记录",
            )


REVIEW_DAYS = 365
"""How often a list is looked through as a whole; a recommendation, configuration (handbook 7.2)."""


def list_is_reviewed(record: Any, site: Any) -> Iterable[Problem]:
    """清单每年至少整理确认一次，超过365日没有新版也没有复核的提醒。（期限为建议，是配置；实施方案一（三）1）"""
    seen = max(record.edition, record.reviewed_on or record.edition)
    if record.origin == "own" and is_newest(record, site) and (site.today - seen).days > REVIEW_DAYS:
        yield record.problem(
            "reviewed_on" if record.reviewed_on else "edition",
            "list/review-due",
            f"{record.list} 最近一次整理是 {seen}，已过 {(site.today - seen).days} 日，超过 {REVIEW_DAYS} 日",
            "有变化的发布新的一版；没有变化的，核对后写 reviewed_on: 那一天",
            Severity.WARNING,
        )


def changes_are_published_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """清单变化自生效或告知之日起20个工作日以内公布，迟了的提醒。（政府信息公开条例第二十六条；实施方案一（三）1）"""
    day = date.fromisoformat(record.published_at[:10])
    for one in record.changes:
        begin = max(one.effective_on, one.notified_on)
        took = site.calendar.workdays_between(begin, day) if begin < day else 0
        if isinstance(took, int) and took > PUBLISH_WORKDAYS:
            yield warning(
                At(record.path, *one.places.get("effective_on", (1, 1))),
                "list/published-late",
                f"{one.code} 的变化生效、告知以后 {took} 个工作日才公布，超过 {PUBLISH_WORKDAYS} 个工作日",
                "历史事实不改；列入超时清单",
            )


EDITION_RULES = (
    *COMMON_RULES,
    not_before("reviewed_on", "edition", "list/reviewed-before-edition"),
)
EDITION_SITE_RULES = (
    one_file_an_edition,
    changes_are_recorded,
    list_is_reviewed,
    changes_are_published_in_time,
)


@dataclass(frozen=True, kw_only=True)
class Edition(Document):
    """A dated edition of a list. A type adds `rows`, rows of a `Row` with `key="code"`."""

    list: str = of(Identifier("清单"), required=True)
    edition: date = of(Date("版本日期"), required=True, head=20)
    reviewed_on: date | None = of(Date("最近复核日期"), head=21)
    changes: tuple[Change, ...] = of(Rows("变更记录", Change), default=())

    @property
    def document_date(self) -> str:
        return self.edition.isoformat()

    @property
    def edition_of(self) -> str:
        return self.list

    @property
    def is_list(self) -> bool:
        return True

    @property
    def list_names(self) -> tuple[str, ...]:
        """What the plan calls the lists that this one is: 权力清单 and 责任清单 stand in one register."""
        return (self.type.label,)

    def badges(self, site: SiteView) -> Badges:
        current = site.current_edition(self)
        word = "" if current is self else "将施行" if current.edition < self.edition else "不是现行版本"
        kind = "pending" if word == "将施行" else "expired"
        return [*super().badges(site), *([(word, kind)] if word else [])]

    def banners(self, site: SiteView) -> Tables:
        """Which edition holds today, on every other one."""
        current = site.current_edition(self)
        found = site.find(current.id)
        if current is self or found is None:
            return []
        link = {"text": f"{long_date(current.edition)}版", "href": found[1]}
        if current.edition < self.edition:
            text = f"这一版自{long_date(self.edition)}起施行。现行版本："
            return [{"kind": "pending", "text": text, "links": [link]}]
        return [{"kind": "expired", "text": "这不是现行版本，仅供查阅。现行版本：", "links": [link]}]

    def change_summary(self, site: SiteView) -> str:
        before = site.previous_edition(self)
        return summary_of(compare(table_of(before), table_of(self))) if before is not None else ""

    def computed_tables(self, site: SiteView) -> Tables:
        """What differs from the edition before, cell by cell, with reason and basis."""
        before = site.previous_edition(self)
        if before is None:
            return []
        table = comparison_table(before, self, site, LONGEST_TABLE)
        return (
            [table | {"caption": f"与上一版（{long_date(before.edition)}版）相比"}] if table["rows"] else []
        )

    def computed_data(self, site: SiteView) -> dict[str, Any]:
        """The difference from the edition before, for machines."""
        before = site.previous_edition(self)
        if before is None:
            return {}
        return {"compared_with": before.edition.isoformat()} | difference_data(
            compare(table_of(before), table_of(self))
        )


LONGEST_TABLE = 200
"""How many lines of change the page of an edition shows; the page of the comparison shows all."""


def summary_of(difference: Difference) -> str:
    """How many rows were added, removed and changed; '' when none was."""
    counts = (("新增", difference.added), ("删除", difference.removed), ("修改", difference.changed))
    return "、".join(f"{word} {len(rows)} 项" for word, rows in counts if rows)


def difference_data(difference: Difference) -> dict[str, Any]:
    """A difference for machines."""
    return {
        "added": [*difference.added],
        "removed": [*difference.removed],
        "changed": {
            code: {name: {"old": old, "new": new} for name, (old, new) in cells.items()}
            for code, cells in difference.changed.items()
        },
    }


def comparison_data(old: Any, new: Any, site: SiteView) -> dict[str, Any]:
    """What differs between any two editions of a list, with the change records of all editions in between."""
    kind = columns_by_name(type(new))["changes"].kind
    recorded = changes_between(old, new, site.editions_of(new))
    difference = compare(table_of(old), table_of(new))
    touched = {code for code, _ in difference.rows()}
    return {
        "list": new.list,
        "from": old.edition.isoformat(),
        "to": new.edition.isoformat(),
        **difference_data(difference),
        "restored": sorted(recorded.keys() - touched),
        "records": kind.export([one for changes in recorded.values() for one in changes]),
    }


def _headline(row: Any) -> str:
    for one in columns(type(row)):
        if one.uses.get("headline"):
            return one.kind.words(getattr(row, one.name))
    return str(row.code)


COMPARED = ("编号", "变化", "事项", "属性", "原内容", "新内容", "理由和依据", "生效与告知")


def comparison_table(old: Any, new: Any, site: SiteView, limit: int = 0) -> dict[str, Any]:
    """The table of what differs between two editions: a line for a row added or removed, and for each changed cell."""
    return {
        "id": "changes",
        "caption": f"{long_date(old.edition)}版与{long_date(new.edition)}版相比",
        "columns": [
            {
                "label": label,
                "numeric": False,
                "headline": label == "事项",
                "long": False,
                "facet": label == "变化",
            }
            for label in COMPARED
        ],
        "rows": [*islice(_lines(old, new, site), limit or None)],
        "total": None,
        "downloads": [],
    }


def _lines(old: Any, new: Any, site: SiteView) -> Iterator[dict[str, Any]]:
    recorded = changes_between(old, new, site.editions_of(new))
    difference = compare(table_of(old), table_of(new))
    before, after = rows_by_code(old), rows_by_code(new)
    for code, word in difference.rows():
        row = after.get(code) or before[code]
        fields = columns_by_name(type(row))
        found = recorded.get(code, [])
        grounds = dict.fromkeys(f"{one.reason}（{one.basis}）" for one in found)
        days = dict.fromkeys(
            f"{one.effective_on}起；{one.notified_by}于{one.notified_on}告知" for one in found
        )
        how = "、".join(dict.fromkeys(one.action for one in found))
        for name in difference.changed.get(code, {"": ()}):
            shown: Tables = [[], []]
            if name:
                for place, one in enumerate((before[code], after[code])):
                    value = getattr(one, name)
                    shown[place] = fields[name].kind.show(value, site) if value is not None else []
            yield {
                "id": f"change-{code}" + (f"-{name.replace('_', '-')}" if name else ""),
                "cells": [
                    fields["code"].kind.show(code, site) or [{"text": code}],
                    [{"text": f"{word}（{how}）" if how not in ("", word) else word}],
                    [{"text": _headline(row)}],
                    [{"text": fields[name].kind.label}] if name else [],
                    *shown,
                    [{"text": "；".join(grounds)}],
                    [{"text": "；".join(days)}],
                ],
            }
