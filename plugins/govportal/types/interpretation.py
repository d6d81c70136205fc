"""政策解读: what a policy means, by the body that drafted it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Many, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import INTERPRETATION_FORMS, INTERPRETATION_WORKDAYS

POINTS = ("背景依据", "宗旨任务", "主要内容", "涉及范围", "执行口径", "注意事项", "新旧政策差异")
NEEDED = ("背景依据", "主要内容")


def covers_the_seven_points(record: Any) -> Iterable[Problem]:
    """文字解读要讲七点，其中背景依据和主要内容必须有。（实施方案二（一）1）"""
    if record.form != "文字" or record.body is None or record.origin == "reprint":
        return
    present = {words for _, words in record.body.headings}
    for point in POINTS:
        if point not in present:
            severity = Severity.ERROR if point in NEEDED else Severity.WARNING
            yield record.problem(
                "form",
                "interpretation/point-missing",
                f"文字解读没有“{point}”一节",
                f"正文里加一行 ## {point}",
                severity,
            )


def _has_its_day(policy: Any) -> bool:
    """Whether a record is a paper of the district's own that says when it was made public."""
    return (
        policy is not None
        and policy.type.name == "policy"
        and policy.origin == "own"
        and "issued_on" not in policy.gaps
    )


def comes_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """解读要在文件公布后3个工作日内发布；解读几份文件的，从最后公布的一份算起。（实施方案二（一）1）"""
    found = [site.record(one) for one in record.policies]
    policies = [one for one in found if _has_its_day(one)]
    if record.origin != "own" or not policies or len(policies) < len(found):
        return
    public = max(one.published_at[:10] for one in policies)
    due = site.calendar.add_workdays(date.fromisoformat(public), INTERPRETATION_WORKDAYS)
    if isinstance(due, date) and record.published_at[:10] > due.isoformat():
        yield record.problem(
            "published_at",
            "interpretation/late",
            f"文件 {public} 公布，解读应当不晚于 {due.isoformat()}（{INTERPRETATION_WORKDAYS}个工作日）",
            "核对发布日期；确实晚了的，在 exempt: 里写明 interpretation/late 的原因",
            Severity.WARNING,
        )


def by_those_who_drafted_it(record: Any, site: Any) -> Iterable[Problem]:
    """谁起草、谁解读：解读的发布机构里要有文件的起草单位。（实施方案二（一）1）"""
    for one in (site.record(identifier) for identifier in record.policies):
        drafters = getattr(one, "drafted_by", ())
        if drafters and record.organ and not {*drafters} & {*record.organ}:
            yield record.problem(
                "organ",
                "interpretation/other-drafter",
                f"《{one.title}》由{'、'.join(_names(site, drafters))}起草，解读不是起草单位发布的",
                "由起草单位解读，或在 organ 里加上起草单位",
                Severity.WARNING,
            )


def _names(site: Any, identifiers: Iterable[str]) -> list[str]:
    return [found[0] for one in identifiers if (found := site.find(one))]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a policy says now where an earlier one said something else (实施方案二（一）1: 新旧政策差异)."""

    subject: str = of(Text("事项"), required=True, headline=True)
    old: str | None = of(Text("原规定", limit=1000))
    new: str = of(Text("新规定", limit=1000), required=True)
    note: str | None = of(Text("说明", limit=1000))


@dataclass(frozen=True, kw_only=True)
class Interpretation(Document):
    """An interpretation of one or more policies (国办发〔2016〕80号; 实施方案二（一）)."""

    type: ClassVar[ContentType] = ContentType(
        "interpretation",
        "政策解读",
        "interpretations",
        body="required",
        rules=(*COMMON_RULES, covers_the_seven_points),
        site_rules=(comes_in_time, by_those_who_drafted_it),
    )

    policies: tuple[str, ...] = of(
        Many(Ref("解读的文件", "policy")), required=True, default=(), inverse="政策解读"
    )
    form: str = of(Choice("解读形式", *INTERPRETATION_FORMS), required=True, head=10, facet=True)
    level: str = of(
        Choice("解读主体", "主要负责人", "部门负责人", "起草科室", "专家", "媒体"), required=True, head=20
    )
    interpreter: str | None = of(Text("解读人"), head=21)
    differences: tuple[Difference, ...] = of(Rows("新旧政策对照", Difference), default=(), table=True)
