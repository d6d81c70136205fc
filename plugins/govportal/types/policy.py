"""政策文件: laws, regulations and the district's own papers, with their validity worked out for any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.citations import Named
from govportal.document import COMMON_RULES, ENDED, Document, Registration, own
from govportal.han import DOCUMENT_NUMBER, suggest_document_number
from govportal.kinds import (
    Choice,
    Citation,
    Date,
    DocumentNumber,
    Flag,
    IndexNumber,
    Many,
    Part,
    PartialDate,
    Phone,
    Ref,
    Text,
)
from govportal.kinds.rows import Group, Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, needs, not_before
from govportal.shapes import overdue
from govportal.vocabularies import INTERPRETATION_FORMS, INTERPRETATION_WORKDAYS

LEVELS = (
    "法律",
    "行政法规",
    "地方性法规",
    "部门规章",
    "地方政府规章",
    "司法解释",
    "行政规范性文件",
    "党政联合文件",
    "公告通告",
    "批复",
    "函",
    "会议议定事项",
    "其他政策文件",
)
BADGES = {
    "有效": "valid",
    "有效（推定）": "presumed",
    "尚未施行": "pending",
    "已修改": "amended",
    "废止": "repealed",
    "失效": "expired",
}
FORCE = {
    "有效": "InForce",
    "有效（推定）": "InForce",
    "已修改": "PartiallyInForce",
    "尚未施行": "NotInForce",
    "废止": "NotInForce",
    "失效": "NotInForce",
}
"""The words of schema.org for the states of a document."""
WORDS = {"废止": "本文件已废止", "失效": "本文件已失效", "修改": "本文件已被修改，请同时查看修改后的文件"}


@dataclass(frozen=True, kw_only=True)
class Repeal:
    """How a document lost its force, in whole or in part."""

    kind: str = of(Choice("方式", "废止", "失效", "修改"), required=True)
    by: str | None = of(Ref("依据文件", "policy", "clean_up_result"))
    by_name: str | None = of(Text("依据"))
    on: date | None = of(Date("日期"))
    reason: str | None = of(Text("原因"))


@dataclass(frozen=True, kw_only=True)
class LegalityReview:
    """The review of legality before a normative document is decided (重大行政决策程序暂行条例第二十五条)."""

    organ: str = of(Text("审查机构"), required=True)
    reviewed_on: date = of(Date("审查日期"), required=True)
    conclusion: str = of(Text("审查结论"), required=True)


@dataclass(frozen=True, kw_only=True)
class InterpretationPlan:
    """Who will explain the document, when and how; sent up together with it (实施方案二（一）1: 同步报批)."""

    organ: str = of(Ref("解读单位", "organ"), required=True)
    due_on: date = of(Date("解读日期"), required=True)
    forms: tuple[str, ...] = of(Many(Choice("解读形式", *INTERPRETATION_FORMS)), required=True, default=())


@dataclass(frozen=True, kw_only=True)
class VoidNumber:
    """A registration number that was given up: which, and why."""

    number: str = of(Text("登记编号"), required=True)
    reason: str = of(Text("作废原因"), required=True)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of a document's history (题注)."""

    date: str = of(PartialDate("日期"), required=True)
    event: str = of(Text("经过"), required=True)


def own_normative(record: Any) -> bool:
    """Whether it is a normative document of the district's own."""
    return own(record) and record.authority_level == "行政规范性文件"


def own_number_has_standard_form(record: Any) -> Iterable[Problem]:
    """本区文件的发文字号写成 代字〔年份〕序号号；转载的照原文写。（GB/T 9704—2012 第7.2.5条）"""
    number = record.document_number
    if own(record) and number and not DOCUMENT_NUMBER.fullmatch(number):
        better = suggest_document_number(number) or "示例政办规〔2026〕3号"
        yield record.problem(
            "document_number",
            "document-number/format",
            f"发文字号“{number}”的写法不对",
            f"改为 {better}；年份用〔〕，序号不加“第”、不补零",
        )


def normative_number_means_normative(record: Any) -> Iterable[Problem]:
    """本区发文代字带“规”字的，是行政规范性文件。"""
    number = record.document_number
    if own(record) and number and "规〔" in number and record.authority_level != "行政规范性文件":
        yield record.problem(
            "authority_level",
            "policy/normative-number",
            f"发文字号 {number} 带“规”字，应当是行政规范性文件",
            "改为 authority_level: 行政规范性文件，或核对发文字号",
        )


def only_registered_documents_are_normative(record: Any) -> Iterable[Problem]:
    """没有登记的文件不得标为行政规范性文件；登记了的要标为行政规范性文件。（实施方案三乙（二）2、一（五）5）"""
    if own_normative(record) and not record.registration_number:
        yield record.problem(
            "authority_level",
            "policy/normative-unregistered",
            "没有登记编号的文件不能标为行政规范性文件",
            "登记以后加一行 registration_number: 示例登〔2026〕1号，或改效力级别",
        )
    if record.registration_number and not own_normative(record):
        yield record.problem(
            "registration_number",
            "policy/registered-not-normative",
            "有登记编号的，应当是本区的行政规范性文件",
            "改为 authority_level: 行政规范性文件，或删掉登记编号",
        )


def registered_before_publication(record: Any) -> Iterable[Problem]:
    """先登记、后公布：登记日期不得晚于发布日期。（实施方案三乙（二）2）"""
    if record.registered_on and record.registered_on.isoformat() > record.published_at[:10]:
        yield record.problem(
            "registered_on",
            "policy/registered-after-publication",
            "登记日期晚于发布日期",
            f"改为 {record.published_at[:10]} 或更早，或核对发布日期",
        )


def exactly_one_end(record: Any) -> Iterable[Problem]:
    """行政规范性文件写有效期至，或写长期有效，二者取一。"""
    if own_normative(record) and record.valid_until and record.long_term:
        yield record.problem("long_term", "policy/two-ends", "既写了有效期至，又写了长期有效", "只留一处")
    if (
        own_normative(record)
        and not record.valid_until
        and not record.long_term
        and "valid_until" not in record.gaps
    ):
        yield record.problem(
            "",
            "policy/no-end",
            "行政规范性文件没有写有效期（valid_until）",
            "加一行 valid_until: 2031-12-31；长期有效的写 long_term: true",
        )


def consultation_or_reason(record: Any) -> Iterable[Problem]:
    """行政规范性文件要有意见征集，或写明不征集的理由。（重大行政决策程序暂行条例第十四条）"""
    if own_normative(record) and not record.consultation and not record.consultation_exempt_reason:
        yield record.problem(
            "",
            "policy/no-consultation",
            "行政规范性文件没有对应的意见征集（consultation）",
            "加一行 consultation: 征集的编号；没有征集的写 consultation_exempt_reason: 理由",
        )


def published_after_written(record: Any) -> Iterable[Problem]:
    """发布日期不得早于成文日期。"""
    if record.written_on and record.published_at[:10] < record.written_on.isoformat():
        yield record.problem(
            "published_at",
            "date/published-before-written",
            "发布日期早于成文日期",
            f"改为 {record.written_on} 或更晚，或核对成文日期",
        )


def repeal_names_its_ground(record: Any) -> Iterable[Problem]:
    """废止、失效、修改要写依据或原因，不知道的写进 reason。"""
    repeal = record.repeal
    if repeal and not (repeal.by or repeal.by_name or repeal.reason):
        yield record.problem(
            "repeal",
            "policy/repeal-without-ground",
            f"写了{repeal.kind}，没有写依据（by、by_name）或原因（reason）",
            "补一项",
        )


def is_interpreted(record: Any, site: Any) -> Iterable[Problem]:
    """行政规范性文件和有解读方案的文件，公布后3个工作日内要有解读，或写明不解读的理由。（实施方案二（一）1）"""
    if not (own_normative(record) or record.interpretation_plan) or record.interpretation_exempt_reason:
        return
    due = site.calendar.add_workdays(date.fromisoformat(record.public_since), INTERPRETATION_WORKDAYS)
    if isinstance(due, date) and not site.incoming(record.id, "policies"):
        yield record.problem(
            "interpretation_plan",
            "policy/no-interpretation",
            f"公布后{INTERPRETATION_WORKDAYS}个工作日内（{due} 以前）应当有解读，现在还没有",
            f"写一份政策解读，policies 里列上 {record.id}；不解读的，写 interpretation_exempt_reason: 理由",
            overdue(record) if site.today > due else Severity.WARNING,
        )


def planned_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """解读方案的日期要在文件公布后3个工作日以内。（实施方案二（一）1）"""
    plan = record.interpretation_plan
    due = site.calendar.add_workdays(date.fromisoformat(record.public_since), INTERPRETATION_WORKDAYS)
    if plan and isinstance(due, date) and plan.due_on > due:
        yield record.problem(
            "interpretation_plan",
            "policy/interpretation-planned-late",
            f"解读方案定在 {plan.due_on}，应当不晚于 {due}（{INTERPRETATION_WORKDAYS}个工作日）",
            f"改为 {due} 或更早",
            Severity.WARNING,
        )


def claimed_validity_holds(record: Any, site: Any) -> Iterable[Problem]:
    """填写的有效性要与由日期、废止和修改推出的一致；发布时一致、后来随日期变化的不算错，页面显示推出的。（国办发〔2017〕47号）"""
    if record.validity is None:
        return
    derived = record.validity_on(site).removesuffix("（推定）")
    at_first = record.validity_on(site, date.fromisoformat(record.published_at[:10])).removesuffix("（推定）")
    if derived and record.validity not in (derived, at_first):
        severity = Severity.ERROR if own(record) else Severity.WARNING
        yield record.problem(
            "validity",
            "policy/validity-differs",
            f"填写的有效性是“{record.validity}”，由日期和废止、修改情况推出的是“{derived}”",
            f"改为 {derived}，或删掉这一行",
            severity,
        )


def number_is_used_once(record: Any, site: Any) -> Iterable[Problem]:
    """发文字号、索引号不能重复。"""
    for name in ("document_number", "index_number"):
        value = getattr(record, name)
        if value and own(record):
            first = site.first_with("policy", name, value)
            if first is not None and first.id != record.id:
                yield record.problem(
                    name,
                    f"{name.replace('_', '-')}/used-twice",
                    f"{value} 与 {first.path} 相同",
                    "核对两份文件",
                )


def subject_is_known(record: Any, site: Any) -> Iterable[Problem]:
    """主题分类写成 一级\\二级，两级都在分类表里。（国务院文件主题分类）"""
    if record.subject and site.subjects and record.subject not in site.subjects:
        best = site.closest_subject(record.subject)
        yield record.problem(
            "subject",
            "subject/unknown",
            f"分类表里没有“{record.subject}”",
            f"改为 {best}" if best else "照 _portal/vocabularies/subjects.yml 写",
        )


@dataclass(frozen=True, kw_only=True)
class Policy(Document):
    """A policy document (政府信息公开条例第二十条第（一）项; 字段见 GB/T 9704—2012 与政府信息公开目录)."""

    type: ClassVar[ContentType] = ContentType(
        "policy",
        "政策文件",
        "policies",
        body="required",
        rules=(
            *COMMON_RULES,
            needs("policy/own-needs", own, "本区的文件", "index_number", "subject", "written_on"),
            needs(
                "policy/normative-needs",
                own_normative,
                "行政规范性文件",
                "document_number",
                "effective_on",
                "legality_review",
            ),
            only_registered_documents_are_normative,
            registered_before_publication,
            own_number_has_standard_form,
            normative_number_means_normative,
            exactly_one_end,
            consultation_or_reason,
            published_after_written,
            repeal_names_its_ground,
            not_before("effective_on", "written_on", "policy/effective-before-written"),
            not_before("valid_until", "effective_on", "policy/ends-before-it-begins"),
        ),
        site_rules=(
            claimed_validity_holds,
            number_is_used_once,
            subject_is_known,
            is_interpreted,
            planned_in_time,
        ),
    )

    means: ClassVar[str] = "Legislation"

    index_number: str | None = of(IndexNumber("索引号"), head=10, search=3)
    subject: str | None = of(Text("主题分类"), head=20)
    authority_level: str = of(
        Choice("效力级别", *LEVELS), required=True, head=57, facet=True, means="legislationType"
    )
    written_on: date | None = of(Date("成文日期"), head=32, means="legislationDate")
    issued_on: str | None = of(PartialDate("公布日期"), head=56, begins=True)
    document_number: str | None = of(
        DocumentNumber("发文字号"), head=40, search=8, means="legislationIdentifier"
    )
    effective_on: date | None = of(Date("施行日期"), head=60)
    valid_until: date | None = of(Date("有效期至"), head=61)
    long_term: bool = of(Flag("长期有效"), default=False)
    validity: str | None = of(Choice("有效性", "有效", "失效", "废止", "已修改", "尚未施行"), private=True)
    validity_presumed: bool = of(Flag("有效性为推定"), default=False)
    validity_basis: str | None = of(Text("有效性依据"), head=52)
    repeal: Repeal | None = of(Group("废止或修改", Repeal), head=62, wide=True, inverse="由本文件废止或修改")
    replaces: tuple[str, ...] = of(
        Many(Ref("代替的文件", "policy")), default=(), inverse="被代替为", means="legislationRepeals"
    )
    amends: tuple[str, ...] = of(
        Many(Ref("修改的文件", "policy")), default=(), inverse="被修改为", means="legislationAmends"
    )
    consultation: str | None = of(Ref("意见征集", "consultation"), inverse="形成的文件")
    consultation_exempt_reason: str | None = of(Text("未征求意见的理由"), head=71, wide=True)
    registration_number: str | None = of(Text("登记编号"), head=65)
    registered_on: date | None = of(Date("登记日期"), head=66)
    void_numbers: tuple[VoidNumber, ...] = of(Rows("作废的登记编号", VoidNumber), default=())
    drafted_by: tuple[str, ...] = of(
        Many(Ref("起草单位", "organ")), default=(), head=64, inverse="起草的文件"
    )
    basis: tuple[str, ...] = of(
        Many(Citation("依据")), default=(), head=68, wide=True, inverse="以本文件为依据的文件"
    )
    interpretation_plan: InterpretationPlan | None = of(
        Group("解读方案", InterpretationPlan), head=74, wide=True, inverse="承担解读的文件"
    )
    legality_review: LegalityReview | None = of(Group("合法性审查", LegalityReview), head=72, wide=True)
    interpretation_exempt_reason: str | None = of(Text("未解读的理由"), head=75, wide=True)
    history: tuple[Event, ...] = of(Rows("题注", Event), default=(), table=True)
    contact_organ: str | None = of(Ref("政策咨询机关", "organ"), head=80, inverse="咨询的文件")
    contact_phone: str | None = of(Phone("政策咨询电话"), head=81)

    @property
    def number(self) -> str:
        return self.document_number or ""

    def meaning(self, site: SiteView) -> dict[str, Any]:
        force = FORCE.get(self.validity_on(site))
        passed = [{"@type": "GovernmentOrganization", "name": name} for name in self.source_organ]
        return ({"legislationLegalForce": f"https://schema.org/{force}"} if force else {}) | (
            {"legislationPassedBy": passed} if passed else {}
        )

    @property
    def document_date(self) -> str:
        return self.written_on.isoformat() if self.written_on else self.issued_on or super().document_date

    @property
    def named(self) -> Named:
        begins = self.effective_on or first_day(self.document_date)
        return Named(self.id, self.title, self.number, begins, self.document_date)

    @property
    def registration(self) -> Registration | None:
        if not own_normative(self) or not self.registration_number:
            return None
        return Registration(
            number=self.registration_number,
            registered_on=self.registered_on or date.fromisoformat(self.published_at[:10]),
            effective_on=self.effective_on,
            valid_until=self.valid_until,
            void=tuple((one.number, one.reason) for one in self.void_numbers),
        )

    def validity_on(self, site: SiteView, day: date | None = None) -> str:
        """Whether it is in force on a day (today); '' where the source says nothing and nothing can be worked out."""
        today = day or site.today
        if self.effective_on and today < self.effective_on:
            return "尚未施行"
        ended = self.repeal is not None and (self.repeal.on is None or self.repeal.on <= today)
        if self.repeal and ended and self.repeal.kind != "修改":
            return self.repeal.kind
        if any(self._in_force(one, today) for one in site.incoming(self.id, "replaces")):
            return "废止"
        if self.valid_until and self.valid_until < today:
            return "失效"
        if (self.repeal and ended) or any(
            self._in_force(one, today) for one in site.incoming(self.id, "amends")
        ):
            return "已修改"
        if self.validity_presumed:
            return "有效（推定）"
        return "有效" if own(self) or self.validity == "有效" else ""

    def ended(self, site: SiteView) -> tuple[date | None, str]:
        if self.validity_on(site) not in ENDED:
            return None, ""
        if self.repeal:
            found = site.find(self.repeal.by) if self.repeal.by else None
            return self.repeal.on, (found[0] if found else self.repeal.by_name or self.repeal.reason or "")
        for one in site.incoming(self.id, "replaces"):
            if self._in_force(one, site.today):
                return one.effective_on or first_day(one.document_date), one.title
        return self.valid_until, "有效期届满"

    @staticmethod
    def _in_force(record: Any, today: date) -> bool:
        begins = record.effective_on or first_day(record.document_date)
        return begins is None or begins <= today

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        word = self.validity_on(site)
        return super().badges(site) + ([(word, BADGES[word])] if word else [])

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        word = self.validity_on(site)
        rows: list[tuple[int, str, list[Part]]] = (
            [(50, "有效性", [{"text": word, "badge": BADGES[word]}])] if word else []
        )
        return rows + ([(61, "有效期至", [{"text": "长期有效"}])] if self.long_term else [])

    def banners(self, site: SiteView) -> list[dict[str, Any]]:
        word = self.validity_on(site)
        if word == "尚未施行" and self.effective_on:
            day = self.effective_on
            return [
                {
                    "kind": "pending",
                    "text": f"本文件尚未施行，自{day.year}年{day.month}月{day.day}日起施行",
                    "links": [],
                },
                *self._without_ground(site),
            ]
        if word not in (*ENDED, "已修改"):
            return self._without_ground(site)
        newer = [*site.incoming(self.id, "replaces"), *site.incoming(self.id, "amends")]
        if self.repeal and self.repeal.by and (named := site.record(self.repeal.by)):
            newer.append(named)
        links = [
            {"text": found[0], "href": found[1]}
            for one in dict.fromkeys(record.id for record in newer)
            if (found := site.find(one))
        ]
        kind = {"废止": "repealed", "失效": "expired", "已修改": "amended"}[word]
        own_banner = {"kind": kind, "text": WORDS[word.removeprefix("已")], "links": links}
        return [own_banner] if word in ENDED else [own_banner, *self._without_ground(site)]

    def _without_ground(self, site: SiteView) -> list[dict[str, Any]]:
        """What a reader must know when a document in force rests on one that is no longer."""
        grounds = [site.record(one) for one in self.basis]
        states = {one.id: one.validity_on(site) for one in grounds if one is not None}
        ended = {one: state for one, state in states.items() if state in ENDED}
        links = [{"text": found[0], "href": found[1]} for one in ended if (found := site.find(one))]
        words = "、".join(word for word in ENDED if word in ended.values())
        return [{"kind": "amended", "text": f"依据已{words}：", "links": links}] if links else []
