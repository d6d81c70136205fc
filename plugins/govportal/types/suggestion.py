"""建言采纳: a suggestion from the public, whether it was adopted and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Ref, Text
from govportal.model import ContentType, of
from govportal.rules import needs, not_before
from govportal.shapes import DECIDED, Answered, no_personal_data, within

ANSWER_DAYS = 30
"""Days for an answer to a suggestion; a recommendation, configuration (handbook 16.2)."""


@dataclass(frozen=True, kw_only=True)
class Suggestion(Answered):
    """A suggestion and its outcome (实施方案二（二）3: 建言献策的收集、办理、反馈)."""

    type: ClassVar[ContentType] = ContentType(
        "suggestion",
        "建言采纳",
        "suggestions",
        rules=(
            *COMMON_RULES,
            needs("suggestion/adopted-needs", lambda one: one.adopted == "采纳", "采纳的", "result"),
            not_before("replied_on", "received_on", "suggestion/answered-before-received"),
            no_personal_data("suggestion/personal-data", "title", "proposal", "reason", "result", "summary"),
        ),
        site_rules=(
            within("suggestion/late", "replied_on", "received_on", ANSWER_DAYS, "期限为建议，是配置"),
        ),
    )

    adopted: str = of(
        Choice("采纳情况", "采纳", "部分采纳", "留作参考", "未采纳"), required=True, head=12, facet=True
    )
    decision: str | None = of(Ref("建言的决策", *DECIDED), inverse="建言采纳")
    proposal: str = of(Text("建言摘要", limit=4000, lines=True), required=True, section=10, search=1)
    reason: str = of(Text("采纳或未采纳的理由", limit=4000, lines=True), required=True, section=20)
    result: str | None = of(Text("落实结果", limit=4000, lines=True), section=30)
