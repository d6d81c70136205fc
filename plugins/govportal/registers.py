"""名录: registers of what an organ runs, as dated editions: when each thing was opened, and when it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.editions import Row
from govportal.kinds import Choice, Date, Text
from govportal.model import of
from govportal.problems import At, Problem, error


@dataclass(frozen=True, kw_only=True)
class Registered(Row):
    """One thing in a register. A type says with which words its `status` is told."""

    name: str = of(Text("名称"), required=True, headline=True)
    organ: str = of(Text("主办单位"), required=True)
    status: str = of(Choice("运行状态"), required=True)
    opened_on: date = of(Date("开办日期"), required=True)
    closed_on: date | None = of(Date("关停日期"))
    closing_note: str | None = of(Text("关停后的去向", limit=500))


def closed_is_said(code: str, closed: tuple[str, ...]) -> Any:
    """What is closed has its day, and says where its content went; what is open has neither."""

    def rule(record: Any) -> Iterable[Problem]:
        for row in record.rows:
            at = At(record.path, *row.places["code"])
            if (row.status in closed) != (row.closed_on is not None):
                yield error(
                    at,
                    code,
                    f"{row.code} 的状态是“{row.status}”，"
                    + ("写了" if row.closed_on else "没有写")
                    + "关停日期",
                    "已经关停的写 closed_on；没有关停的不写",
                )
            elif row.closed_on and row.closed_on < row.opened_on:
                yield error(at, code, f"{row.code} 的关停日期早于开办日期", "核对两个日期")
            elif row.closed_on and not row.closing_note:
                yield error(
                    at, code, f"{row.code} 已经关停，没有写去向", "加 closing_note: 内容迁到哪里，由谁承接"
                )

    rule.__doc__ = (
        f"状态是{'、'.join(closed)}的写关停日期和去向，其他的不写。（政府网站发展指引：关停整合要公告、归档）"
    )
    return rule
