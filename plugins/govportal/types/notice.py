"""动态要闻、通知公告: news and notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date
from govportal.model import ContentType, SiteView, of
from govportal.rules import not_before


@dataclass(frozen=True, kw_only=True)
class Notice(Document):
    """A piece of news or a notice (国办发〔2017〕47号: 动态要闻、通知公告)."""

    type: ClassVar[ContentType] = ContentType(
        "notice",
        "动态公告",
        "notices",
        body="required",
        rules=(*COMMON_RULES, not_before("expires_on", "published_at", "notice/ends-before-it-begins")),
    )
    means: ClassVar[str] = "NewsArticle"

    kind: str = of(Choice("类别", "要闻", "动态", "通知", "公告", "公示"), required=True, head=10, facet=True)
    expires_on: date | None = of(Date("截止日期"), head=60)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        over = self.expires_on is not None and self.expires_on < site.today
        return super().badges(site) + ([("已截止", "closed")] if over else [])
