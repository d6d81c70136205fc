"""行政处罚: a penalty as it is disclosed, for as long as the rules of credit repair allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from govportal.decisions import DECISION_RULES, DECISION_SITE_RULES, Decision
from govportal.han import amounts_in_yuan, months_later, plain_name
from govportal.kinds import Choice, Date, Many, Money, Ref, Text
from govportal.kinds.rows import Group
from govportal.model import ContentType, Withdrawal, of
from govportal.problems import Problem, Severity
from govportal.rules import label
from govportal.shapes import PUBLISH_WORKDAYS, no_personal_data, overdue

DISPLAY_MONTHS = {"轻微": (0, 3), "一般": (3, 12), "严重": (12, 36)}
"""Least and most months of display by severity (信用修复管理办法, 国家发展改革委令第36号, from 2026-04-01); configuration."""
REVOCATION_WORKDAYS = 3
"""Working days within which a revoked penalty is taken down (行政处罚法第四十八条、第八十五条)."""
MARKET_OFFICE = "市场监督管理"
"""Offices whose name holds this publish penalties within 20 working days (国家市场监督管理总局令第45号); configuration."""
SLIGHT = {"警告", "通报批评"}
GRAVE = {"吊销许可证件", "限制从业"}
KINDS = (
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得、没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
    "其他",
)
AMOUNTS = {"fine": ("罚款",), "confiscated": ("没收",)}
"""The fields of amounts, and the words after which the decision names them."""
NEEDED = {"罚款": "fine", "没收违法所得、没收非法财物": "confiscated"} | dict.fromkeys(
    ("暂扣许可证件", "吊销许可证件"), "certificates"
)


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """That the decision was changed, revoked or found unlawful or void, and why (行政处罚法第四十八条)."""

    kind: str = of(Choice("情形", "变更", "撤销", "确认违法", "确认无效"), required=True)
    decided_on: date = of(Date("变更或撤销日期"), required=True)
    withdrawn_on: date = of(Date("撤回日期"), required=True)
    reason: str = of(Text("理由"), required=True)


def kinds_have_their_fields(record: Any) -> Iterable[Problem]:
    """处罚类别含罚款、没收的写金额（万元），暂扣、吊销证照的写证照名称及编号；类别里没有的不写。（国家发展改革委双公示数据标准）"""
    wanted = {NEEDED[kind] for kind in record.kinds if kind in NEEDED}
    for name in dict.fromkeys(NEEDED.values()):
        if (name in wanted) != (getattr(record, name) is not None):
            yield record.problem(
                "kinds",
                "penalty/kind-and-field",
                f"处罚类别{'要' if name in wanted else '没有要'}写{label(record, name)}（{name}）",
                f"加一行 {name}: ……" if name in wanted else f"删掉 {name}，或补上处罚类别",
            )


def amounts_written(text: str, words: tuple[str, ...]) -> list[Decimal]:
    """The amounts in 元 that a text names after one of the words, or right before it (处2000元罚款)."""
    found = []
    for sentence in re.split(r"[。；;\n]", text):
        marks = [(one.start(), one[0]) for one in re.finditer("罚款|没收|货值|货款|价值", sentence)]
        for begin, end, amount in amounts_in_yuan(sentence):
            after = re.match(r"的?(罚款)", sentence[end:])
            before = [word for place, word in marks if place < begin]
            if (after[1] if after else before[-1] if before else "") in words:
                found.append(amount)
    return found


def amounts_agree(record: Any) -> Iterable[Problem]:
    """金额字段的单位是万元，与处罚内容里写的元换算一致（2000元写0.2），两边都要写。（国家发展改革委双公示数据标准）"""
    for name, words in AMOUNTS.items():
        written = amounts_written(record.content, words)
        amount = getattr(record, name)
        yuan = None if amount is None else amount * 10000
        if yuan is None and not written:
            continue
        if yuan not in {*written, sum(written)} or not written:
            said = "、".join(f"{one.normalize():f}元" for one in written) or f"没有写{words[0]}的金额"
            better = f"{(max(written) / 10000).normalize():f}" if written else ""
            yield record.problem(
                name if amount is not None else "content",
                "penalty/amount",
                f"{label(record, name)}是 {amount}，处罚内容里{said}"
                if amount is not None
                else f"处罚内容里有{words[0]}{said}，没有写{label(record, name)}",
                f"单位是万元：写 {name}: {better}" if better else "在处罚内容里写明金额，例如 罚款2000元",
                Severity.WARNING,
            )


def severity_fits(record: Any) -> Iterable[Problem]:
    """只有警告、通报批评或适用简易程序的是轻微；吊销许可证件、限制从业的是严重。（信用修复管理办法；分类为配置）"""
    slight = set(record.kinds) <= SLIGHT or record.procedure == "简易程序"
    if slight and record.severity != "轻微":
        yield record.problem(
            "severity", "penalty/severity", f"这样的处罚属于轻微，不是{record.severity}", "改为 轻微"
        )
    elif GRAVE & set(record.kinds) and record.severity != "严重":
        yield record.problem(
            "severity",
            "penalty/severity",
            f"这样的处罚一般属于严重，不是{record.severity}",
            "核对",
            Severity.WARNING,
        )


def display_period_is_lawful(record: Any) -> Iterable[Problem]:
    """公示期从决定之日起算：轻微不超过3个月，一般3个月至1年，严重1年至3年；不写的按最长期。（信用修复管理办法；期限是配置）"""
    least, most = (months_later(record.decided_on, months) for months in DISPLAY_MONTHS[record.severity])
    if not least <= record.display_until <= most:
        yield record.problem(
            "display_until",
            "penalty/display-period",
            f"{record.severity}的公示截止期应当在 {least} 到 {most} 之间",
            f"改为这段时间里的一天；不写就是 {most}",
        )


def repaired_after_the_least_period(record: Any) -> Iterable[Problem]:
    """信用修复在最短公示期满以后。（信用修复管理办法；期限是配置）"""
    if record.repaired_on and record.repaired_on < months_later(
        record.decided_on, DISPLAY_MONTHS[record.severity][0]
    ):
        yield record.problem(
            "repaired_on",
            "penalty/repaired-early",
            "最短公示期还没有满",
            "照修复决定核对日期",
            Severity.WARNING,
        )


def nobody_is_named_where_it_stays(record: Any) -> Iterable[Problem]:
    """内容概述（进入订阅）和撤回理由（撤下以后仍然公开）里不写当事人名称。（信用修复管理办法；行政处罚法第四十八条）"""
    reason = record.revocation.reason if record.revocation else ""
    for name, text in (("summary", record.summary or ""), ("revocation", reason)):
        if any(
            one and plain_name(one) in plain_name(text)
            for one in (record.party_name, record.legal_representative)
        ):
            yield record.problem(
                name, "penalty/name-stays", f"{label(record, name)}里写了当事人的名称", "写“当事人”"
            )


def revocation_is_in_order(record: Any) -> Iterable[Problem]:
    """撤回日期不早于变更或撤销日期，变更或撤销不早于处罚决定。（行政处罚法第四十八条）"""
    one = record.revocation
    if one and not record.decided_on <= one.decided_on <= one.withdrawn_on:
        yield record.problem(
            "revocation",
            "penalty/revocation-order",
            "处罚决定、变更或撤销、撤回的日期先后不对",
            "核对三个日期",
        )


def slight_penalties_need_a_reason(record: Any, site: Any) -> Iterable[Problem]:
    """轻微的处罚原则上不公示；确有必要公示的，写明必要性。（信用修复管理办法；市场监督管理行政处罚信息公示规定）"""
    if record.severity == "轻微" and record.necessity_reason is None:
        yield record.problem(
            "severity",
            "penalty/not-to-be-shown",
            "轻微的处罚原则上不公示，没有写公示的必要性",
            "写 draft: true 不公示；确有必要的，写 necessity_reason",
        )


def authority_discloses(record: Any, site: Any) -> Iterable[Problem]:
    """作出处罚的部门有执法公示页，六项要件齐全。（实施方案一（三）2）"""
    pages = site.incoming(record.authority, "authority")
    if site.record(record.authority) and not any(one.type.name == "enforcement_disclosure" for one in pages):
        yield record.problem(
            "authority",
            "penalty/no-disclosure",
            "处罚机关没有行政执法公示",
            "在 enforcement-disclosures/ 里建一份，写 authority 为这个机关",
        )


def revoked_is_taken_down(record: Any, site: Any) -> Iterable[Problem]:
    """处罚决定被变更、撤销、确认违法或无效的，3个工作日内撤回并公开说明理由。（行政处罚法第四十八条、第八十五条）"""
    revocation = record.revocation
    if revocation is None:
        return
    took = site.calendar.workdays_between(revocation.decided_on, site.today)
    if isinstance(took, int) and took > REVOCATION_WORKDAYS:
        yield record.problem(
            "revocation",
            "penalty/revoked-but-shown",
            f"决定{revocation.kind}以后 {took} 个工作日，还没有撤回，超过 {REVOCATION_WORKDAYS} 个工作日",
            f"把 withdrawn_on 改为 {site.today}",
            overdue(record),
        )


@dataclass(frozen=True, kw_only=True)
class Penalty(Decision):
    """An administrative penalty (行政处罚法第四十八条; 国办发〔2018〕118号; 信用修复管理办法)."""

    type: ClassVar[ContentType] = ContentType(
        "penalty",
        "行政处罚",
        "penalties",
        suffix=".yml",
        body="none",
        rules=(
            *DECISION_RULES,
            no_personal_data(
                "decision/personal-data", "violation", "facts", "basis", "necessity_reason", "revocation"
            ),
            kinds_have_their_fields,
            amounts_agree,
            severity_fits,
            display_period_is_lawful,
            repaired_after_the_least_period,
            nobody_is_named_where_it_stays,
            revocation_is_in_order,
        ),
        site_rules=(
            *DECISION_SITE_RULES,
            slight_penalties_need_a_reason,
            authority_discloses,
            revoked_is_taken_down,
        ),
    )
    power_kind: ClassVar[str] = "行政处罚"

    violation: str = of(Text("违法行为类型"), required=True, head=20, search=2)
    facts: str = of(Text("违法事实", limit=8000, lines=True), required=True, section=10, search=1)
    basis: str = of(Text("处罚依据", limit=4000, lines=True), required=True, section=20, search=1)
    kinds: tuple[str, ...] = of(
        Many(Choice("处罚类别", *KINDS)), required=True, default=(), head=21, facet=True
    )
    fine: Decimal | None = of(Money("罚款金额", "万元", decimals=6), head=22)
    confiscated: Decimal | None = of(Money("没收违法所得、没收非法财物的金额", "万元", decimals=6), head=23)
    certificates: str | None = of(Text("暂扣或吊销证照名称及编号"), head=24)
    valid_until: date | None = of(Date("处罚有效期"), head=25)
    procedure: str | None = of(Choice("适用程序", "普通程序", "简易程序"), head=26)
    severity: str = of(Choice("失信严重程度", *DISPLAY_MONTHS), required=True, head=27, facet=True)
    necessity_reason: str | None = of(Text("公示的必要性"), head=28, wide=True)
    discretion: str | None = of(Ref("裁量基准", "discretion_standard"), inverse="适用本基准的处罚")
    repaired_on: date | None = of(Date("信用修复日期"))
    revocation: Revocation | None = of(Group("变更或撤销", Revocation))

    def publish_workdays(self, site: Any) -> int:
        organ = site.record(self.authority)
        market = organ is not None and MARKET_OFFICE in organ.title
        return PUBLISH_WORKDAYS if market else super().publish_workdays(site)

    def last_display_day(self) -> date | None:
        months = DISPLAY_MONTHS.get(self.severity)
        return months_later(self.decided_on, months[1]) if months and self.decided_on else None

    def endings(self) -> Iterator[Withdrawal]:
        if self.display_until:
            yield Withdrawal(
                self.display_until + timedelta(1),
                "行政处罚信息公示期已满，依照《信用修复管理办法》停止公示。",
            )
        if self.repaired_on:
            yield Withdrawal(self.repaired_on, "已经依照《信用修复管理办法》完成信用修复，停止公示。")
        if self.revocation:
            yield Withdrawal(
                self.revocation.withdrawn_on,
                f"行政处罚决定已被{self.revocation.kind}，依照《中华人民共和国行政处罚法》第四十八条撤回公开。理由：{self.revocation.reason}",
            )
