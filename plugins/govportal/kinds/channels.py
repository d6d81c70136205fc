"""公开渠道: where a thing was made public, and when; one of the plan's channels each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.kinds.base import Part, Shelf
from govportal.kinds.choice import Choice
from govportal.kinds.date import Date
from govportal.kinds.rows import Rows
from govportal.kinds.text import Link, Text
from govportal.model import of

CHANNELS = ("网站", "微博", "微信", "公报", "报刊", "广播电视", "发布会", "政务服务大厅", "公示栏")
"""The channels that the plan names (实施方案一（一）1、一（五）3、三（一）1至5)."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One place where it was made public: which kind, its name or address there, and the day."""

    kind: str = of(Choice("渠道", *CHANNELS), required=True)
    name: str | None = of(Text("名称或位置", limit=100))
    address: str | None = of(Link("网址"))
    published_on: date | None = of(Date("公开日期"))


@dataclass(frozen=True)
class Channels(Rows):
    """Channels, shown as `微信 示例公众号（2026-11-20）`, a link where there is an address."""

    def __init__(self, label: str) -> None:
        super().__init__(label, Channel)

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        parts: list[Part] = []
        for one in value:
            text = one.kind + (f" {one.name}" if one.name else "")
            parts.append({"text": text} | ({"href": one.address, "external": True} if one.address else {}))
            if one.published_on:
                parts.append({"text": f"（{one.published_on.isoformat()}）", "joined": True})
        return parts

    def words(self, value: Any) -> str:
        return "；".join(
            " ".join(str(part) for part in (one.kind, one.name, one.address, one.published_on) if part)
            for one in value
        )
