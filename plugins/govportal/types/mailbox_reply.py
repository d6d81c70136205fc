"""信箱回复: a letter to the government without its writer, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Date, Text
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.rules import needs, not_before
from govportal.shapes import CHANNELS, LETTERS, Answered, no_personal_data, within

ANSWER_WORKDAYS = 15
"""Working days for a letter that needs inquiry; unverified, configuration (handbook 10.1)."""
LAST_DAYS = 90
"""Three months without an answer fail the whole website (国办秘函〔2019〕19号)."""
SHORTEST_ANSWER = 20
"""Characters below which an answer says too little; a recommendation, configuration."""
BADGES = {"待受理": "pending", "办理中": "open", "已答复": "closed", "不予受理": "closed"}
ENDED = ("已答复", "不予受理")


def answer_says_something(record: Any) -> Iterable[Problem]:
    """答复要回答问题，不能只说“已收悉”。（字数为建议，是配置）"""
    if record.reply and len(record.reply) < SHORTEST_ANSWER:
        yield record.problem(
            "reply",
            "mailbox/empty-answer",
            f"答复不到 {SHORTEST_ANSWER} 个字",
            "写明事实、依据和结果",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class MailboxReply(Answered):
    """A letter and its answer (国办发〔2017〕47号; 国办秘函〔2019〕19号; 实施方案二（二）2). Reports of wrongs (举报) are not published."""

    type: ClassVar[ContentType] = ContentType(
        "mailbox_reply",
        "信箱回复",
        "mailbox-replies",
        rules=(
            *COMMON_RULES,
            needs(
                "mailbox/answer-needs",
                lambda one: one.status in ENDED,
                "已答复、不予受理的",
                "replied_on",
                "reply",
            ),
            not_before("accepted_on", "received_on", "mailbox/accepted-before-received"),
            not_before("replied_on", "received_on", "mailbox/answered-before-received"),
            answer_says_something,
            no_personal_data("mailbox/personal-data", "title", "letter", "reply", "summary"),
        ),
        site_rules=(
            within(
                "mailbox/late",
                "replied_on",
                "received_on",
                ANSWER_WORKDAYS,
                "工作日数未核实，是配置；三个月没有答复的单项否决：国办秘函〔2019〕19号",
                working=True,
                fails_after=LAST_DAYS,
            ),
        ),
    )

    channel: str = of(
        Choice("来信渠道", *CHANNELS),
        required=True,
        head=11,
        facet=True,
    )
    kind: str = of(Choice("来信类别", *LETTERS), required=True, head=12, facet=True)
    status: str = of(Choice("办理状态", *BADGES), required=True, facet=True)
    accepted_on: date | None = of(Date("受理日期"), head=21)
    satisfaction: str | None = of(Choice("满意度", "满意", "基本满意", "不满意", "未评价"), head=24)
    letter: str = of(Text("来信内容", limit=8000, lines=True), required=True, section=10, search=1)
    reply: str | None = of(Text("答复内容", limit=8000, lines=True), section=20, search=1)

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), (self.status, BADGES[self.status])]
