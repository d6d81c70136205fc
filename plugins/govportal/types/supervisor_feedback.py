"""监督员意见: what a supervisor pointed out, and what the organ answered and did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Date, Ref, Text
from govportal.model import ContentType, SiteView, of
from govportal.rules import not_before
from govportal.shapes import Answered, no_personal_data, within

ANSWER_WORKDAYS = 15
"""Working days for an answer; a recommendation, configuration (handbook 16.4)."""
BADGES = {"整改中": "open", "已整改": "closed", "已解释说明": "closed"}


@dataclass(frozen=True, kw_only=True)
class SupervisorFeedback(Answered):
    """A supervisor's remark with its answer (实施方案三（四）2: 反馈有关问题和建议)."""

    type: ClassVar[ContentType] = ContentType(
        "supervisor_feedback",
        "监督员意见",
        "supervisor-feedback",
        rules=(
            *COMMON_RULES,
            not_before("replied_on", "received_on", "supervisor-feedback/answered-before-received"),
            no_personal_data("supervisor-feedback/personal-data", "title", "opinion", "reply", "summary"),
        ),
        site_rules=(
            within(
                "supervisor-feedback/late",
                "replied_on",
                "received_on",
                ANSWER_WORKDAYS,
                "期限为建议，是配置",
                working=True,
            ),
        ),
    )

    replied_on: date = of(Date("答复日期"), required=True, head=22)
    kind: str = of(Choice("意见类别", "问题", "建议"), required=True, head=11, facet=True)
    category: str = of(Text("提出人（类别）"), required=True, head=12)
    about: str = of(Ref("涉及机构", "organ"), required=True, head=13, inverse="监督员意见")
    outcome: str = of(Choice("处理结果", *BADGES), required=True, facet=True)
    register: str | None = of(Ref("监督员名册", "supervisor_register"), inverse="监督员意见")
    opinion: str = of(Text("意见摘要", limit=4000, lines=True), required=True, section=10, search=1)
    reply: str = of(Text("答复内容", limit=4000, lines=True), required=True, section=20, search=1)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), (self.outcome, BADGES[self.outcome])]
