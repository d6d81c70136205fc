"""在线访谈: who spoke, and every word of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Count, Link, Many, Moment, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.rules import not_before


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who answered: a post, and a name where the office makes it public."""

    post: str = of(Text("职务"), required=True)
    name: str | None = of(Text("姓名"))


@dataclass(frozen=True, kw_only=True)
class Interview(Document):
    """An interview; the body is its transcript (国办发〔2017〕47号: 访谈文字实录; 实施方案二（二）2)."""

    type: ClassVar[ContentType] = ContentType(
        "interview",
        "在线访谈",
        "interviews",
        body="required",
        rules=(*COMMON_RULES, not_before("published_at", "held_at", "interview/published-before-it")),
    )

    theme: str = of(Text("访谈主题"), required=True, head=10, search=4)
    held_at: str = of(Moment("访谈时间"), required=True, head=11)
    host: str | None = of(Text("主持人（岗位）"), head=12)
    questions_count: int | None = of(Count("网友提问"), head=13)
    video: str | None = of(Link("访谈视频"), head=14)
    policies: tuple[str, ...] = of(Many(Ref("谈到的文件", "policy")), default=(), inverse="在线访谈")
    preview: str | None = of(Text("访谈预告", limit=2000, lines=True), section=10)
    guests: tuple[Guest, ...] = of(Rows("嘉宾", Guest), required=True, default=(), table=True)

    @property
    def document_date(self) -> str:
        return self.held_at[:10]
