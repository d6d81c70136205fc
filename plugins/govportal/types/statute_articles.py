"""法定依据整理: the articles of one statute that punish or that demand a licence, cut out by pattern; not an official list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.editions import Row
from govportal.han import article_anchor
from govportal.kinds import Choice, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import At, Problem, error

PENALTIES, LICENCES = "法定处罚依据", "法定许可依据"
NATURE = (
    "由法律、法规条文按句式自动摘出，供查找条文之用，不是官方权责清单；行为、罚款、执法主体以条文原文为准"
)
"""What every page, feed and download of these tables says."""
LEVELS = ("法律", "行政法规", "地方性法规", "部门规章", "地方政府规章", "规范性文件", "司法解释")
KINDS_OF_PENALTY = (
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制从业",
    "责令停产停业",
    "责令关闭",
    "行政拘留",
)
"""The kinds of penalty (行政处罚法第九条)."""


@dataclass(frozen=True, kw_only=True)
class StatuteArticle(Row):
    """One article (行政处罚法第九条; 行政许可法第十八条): what it punishes and how, or which licence it speaks of."""

    article: str = of(Text("条"), required=True, within="law")
    conduct: str | None = of(Text("应受处罚的行为", limit=500), headline=True)
    licence: str | None = of(Text("许可证件"), headline=True)
    penalties: tuple[str, ...] = of(Many(Choice("处罚种类", *KINDS_OF_PENALTY)), default=())
    fine: str | None = of(Text("罚款"))
    enforced_by: str | None = of(Text("条文写的执法主体"), facet=True)
    text: str = of(Text("条文", limit=4000), required=True)


def rows_fit_their_library(record: Any) -> Iterable[Problem]:
    """处罚依据每条写行为和处罚种类，许可依据每条写许可证件；条号写成“第六十九条”。（行政处罚法第九条；行政许可法第十八条）"""
    for row in record.rows:
        at = At(record.path, *row.places["code"])
        whole = row.conduct and row.penalties if record.library == PENALTIES else row.licence
        if not whole:
            yield error(
                at,
                "statute/row-not-whole",
                f"{record.library}的 {row.code} 没有写"
                + ("行为或处罚种类" if record.library == PENALTIES else "许可证件"),
                "补上；条文里没有的，删掉这一条",
            )
        if article_anchor(row.article) is None:
            yield error(at, "statute/article", f"条号“{row.article[:20]}”读不出来", "写成 第六十九条")


@dataclass(frozen=True, kw_only=True)
class StatuteArticles(Document):
    """The articles of one statute for looking up (行政处罚法第三十四条、第三十九条; 行政许可法第三十条; 实施方案一（三）1)."""

    type: ClassVar[ContentType] = ContentType(
        "statute_articles",
        "法定依据整理",
        "statute-articles",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*COMMON_RULES, rows_fit_their_library),
    )

    nature: str = of(Choice("数据性质", NATURE), required=True, head=1, wide=True)
    library: str = of(Choice("依据种类", PENALTIES, LICENCES), required=True, head=10, facet=True)
    level: str = of(Choice("效力层级", *LEVELS), required=True, head=11, facet=True, gathered=True)
    law: str | None = of(Ref("法规全文", "policy"), head=12, inverse="由本文件整理的条款")
    rows: tuple[StatuteArticle, ...] = of(
        Rows("条款", StatuteArticle, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        gathered="法规",
    )

    @property
    def caution(self) -> str:
        return self.nature
