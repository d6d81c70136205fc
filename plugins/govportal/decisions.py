"""双公示: what an administrative licence and an administrative penalty have in common, the person behind it protected.

A natural person's name is masked while the record is made: no record ever holds it, so no product can show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.editions import rows_by_code
from govportal.han import masked_name, plain_name
from govportal.kinds import CreditCode, Date, DocumentNumber, Identifier, Ref, Text
from govportal.kinds.choice import Choice
from govportal.model import ContentType, Withdrawal, of
from govportal.problems import Problem, Severity
from govportal.rules import first_day, label, not_before
from govportal.shapes import PUBLISH_WORKDAYS, no_personal_data, texts

ORGANISATION, PERSON, BUSINESS = PARTY_KINDS = ("法人及非法人组织", "自然人", "个体工商户")
DECISION_WORKDAYS = 7
"""Working days within which a licence or penalty is published (国办发〔2018〕118号)."""
OTHER_NUMBERS = (
    "registration_number",
    "organisation_code",
    "tax_number",
    "institution_number",
    "society_number",
)
"""The older numbers, one of which stands in where an organisation has no unified social credit code."""
HOME = re.compile(r"(?:家庭住址|现住址|户籍地址|户籍所在地|住址)\s*[:：]")
NOT_READ = {"places", "body", "digest", "face", "path", "names_found_in"}


def address_names_nobody(record: Any) -> Iterable[Problem]:
    """编号、文件名和曾用网址只用类型名、年份和流水号，不写人名或企业名：网址撤下以后仍然登记在册。（个人信息保护法第二十五条；信用修复管理办法）"""
    kind = record.type.name.replace("_", "-")
    folders, _, stem = record.path.removeprefix(record.type.folder + "/").rpartition("/")
    pattern = re.compile(rf"(?:sample-)?{kind}(?:-\d+)*|\d+(?:-\d+)*|{record.type.folder}", re.ASCII)
    written = [("id", record.id), ("slug", record.slug or stem.rpartition(".")[0])]
    written += [("slug", one) for one in folders.split("/") if one]
    written += [("aliases", one) for alias in record.aliases for one in alias[1:-5].split("/")]
    for name, part in written:
        if not pattern.fullmatch(part):
            yield record.problem(
                name,
                "decision/name-in-address",
                f"“{part}”可能写有名称，网址和编号不能带当事人的信息",
                f"改成 {kind}-2026-0001 这样的编号；文件名不便改的，写 slug；文件夹用年份",
            )


def names_stay_private(record: Any) -> Iterable[Problem]:
    """自然人的姓名只写在行政相对人名称（个体工商户经营者写在法定代表人）一处，由本站改成“姓某某”；其他地方不能出现。（行政处罚法第五十条；个人信息保护法第二十五条）"""
    for name in record.names_found_in:
        yield record.problem(
            name,
            "decision/name-shown",
            f"{label(record, name)}里写了自然人的姓名",
            "写“当事人”，或改成“姓某某”",
        )


def persons_have_no_attachments(record: Any) -> Iterable[Problem]:
    """当事人是自然人、个体工商户的，不挂附件：附件里的姓名、住址不能自动处理，决定书全文或摘要写在 decision_text 里。（行政处罚法第五十条）"""
    if record.party_kind != ORGANISATION and record.attachments:
        yield record.problem(
            "attachments",
            "decision/person-attachment",
            f"当事人是{record.party_kind}，不能挂附件",
            "删掉附件，把决定书全文或摘要写进 decision_text",
        )


def homes_stay_private(record: Any) -> Iterable[Problem]:
    """自然人的住址不公开，经营场所除外。（个人信息保护法第二十八条；政府信息公开条例第十五条）"""
    if record.party_kind == ORGANISATION:
        return
    for one in fields(record):
        if one.name not in NOT_READ and HOME.search("\n".join(texts(getattr(record, one.name)))):
            yield record.problem(
                one.name, "decision/home-address", f"{label(record, one.name)}里写了住址", "删掉住址"
            )


def party_is_identified(record: Any) -> Iterable[Problem]:
    """法人写统一社会信用代码（没有的写其他登记号之一）和法定代表人；自然人不写任何代码和法定代表人。（国家发展改革委双公示数据标准）"""
    codes = [name for name in ("party_code", *OTHER_NUMBERS) if getattr(record, name) is not None]
    if record.party_kind == ORGANISATION:
        missing = [] if codes else ["party_code"]
        missing += [] if record.legal_representative else ["legal_representative"]
        for name in missing:
            yield record.problem(
                "party_kind",
                "decision/party-needs",
                f"{ORGANISATION}要写{label(record, name)}（{name}）",
                f"加一行 {name}: ……；没有信用代码的，写其他登记号之一",
            )
    elif record.party_kind == PERSON:
        for name in codes + (["legal_representative"] if record.legal_representative else []):
            yield record.problem(
                name, "decision/person-has", f"自然人不写{label(record, name)}（{name}）", "删掉这一行"
            )


def published_in_time(record: Any, site: Any) -> Iterable[Problem]:
    """行政许可、行政处罚决定自作出之日起7个工作日内公示，市场监管部门的处罚20个工作日；超期的列入清单，超过20个工作日又没有写原因的是错误。（国办发〔2018〕118号；市场监督管理行政处罚信息公示规定）"""
    took = site.calendar.workdays_between(record.decided_on, first_day(record.published_at))
    limit = record.publish_workdays(site)
    if isinstance(took, int) and took > limit:
        unexplained = took > PUBLISH_WORKDAYS and not record.late_reason
        yield record.problem(
            "published_at",
            "decision/published-late",
            f"决定作出以后 {took} 个工作日才公示，超过 {limit} 个工作日",
            "在 late_reason 写明原因" if unexplained else "历史事实不改；列入超期清单",
            Severity.ERROR if unexplained else Severity.WARNING,
        )


def organ_codes_agree(record: Any, site: Any) -> Iterable[Problem]:
    """决定机关、数据来源单位的统一社会信用代码与机构表一致。（国家发展改革委双公示数据标准）"""
    for name in ("authority", "data_source"):
        organ = site.record(getattr(record, name))
        code = getattr(organ, "credit_code", None)
        if code not in (None, getattr(record, f"{name}_code")):
            yield record.problem(
                f"{name}_code", "decision/organ-code", f"{organ.title}的信用代码是 {code}", f"改为 {code}"
            )


def numbers_differ(record: Any, site: Any) -> Iterable[Problem]:
    """同一机关的决定文书号不重复。（国家发展改革委双公示数据标准）"""
    for other in site.of_type(record.type.name):
        if (
            other.document_number == record.document_number
            and other.authority == record.authority
            and other.id < record.id
        ):
            yield record.problem(
                "document_number", "decision/number-used-twice", f"文书号与 {other.path} 相同", "照决定书核对"
            )


def powers_of_kind(site: Any, kind: str) -> set[str] | None:
    """The codes of all powers of a kind that any edition of the district's own registers names; None without a register."""
    editions = [
        edition
        for (name, _), found in site.editions.items()
        if name == "power_list" and found[0].origin == "own"
        for edition in found
    ]
    if not editions:
        return None
    rows = (row for edition in editions for row in rows_by_code(edition).values())
    return {row.code for row in rows if row.kind == kind}


def power_is_listed(record: Any, site: Any) -> Iterable[Problem]:
    """决定依据的事项在权责清单里，类别一致；清单外不得许可、处罚。（优化营商环境条例第四十条；权力清单制度指导意见）"""
    codes = powers_of_kind(site, record.power_kind)
    if codes is not None and record.power_code not in codes:
        yield record.problem(
            "power_code",
            "decision/power-not-listed",
            f"权责清单里没有{record.power_kind}事项 {record.power_code}",
            "核对事项编码；权责清单先更新",
        )


DECISION_TEXTS = ("title", "summary", "party_name", "content", "decision_text", "remarks", "late_reason")
DECISION_RULES = (
    *COMMON_RULES,
    address_names_nobody,
    names_stay_private,
    persons_have_no_attachments,
    homes_stay_private,
    party_is_identified,
    not_before("published_at", "decided_on", "decision/published-before-decided"),
    no_personal_data("decision/personal-data", *DECISION_TEXTS),
)
DECISION_SITE_RULES = (published_in_time, organ_codes_agree, numbers_differ, power_is_listed)


@dataclass(frozen=True, kw_only=True)
class Decision(Document):
    """A decision on one party, with the fields of the national standard (全国信用信息共享平台双公示数据标准, 2018 年版)."""

    type: ClassVar[ContentType]
    power_kind: ClassVar[str]
    """The kind of power (权责清单 职权类别) that the decision exercises."""

    party_name: str = of(Text("行政相对人名称", limit=100), required=True, head=10, search=4)
    party_kind: str = of(Choice("行政相对人类别", *PARTY_KINDS), required=True, head=11, facet=True)
    party_code: str | None = of(CreditCode("统一社会信用代码"), head=12, search=2)
    registration_number: str | None = of(Text("工商注册号", limit=40), head=13)
    organisation_code: str | None = of(Text("组织机构代码", limit=40), head=13)
    tax_number: str | None = of(Text("税务登记号", limit=40), head=13)
    institution_number: str | None = of(Text("事业单位证书号", limit=40), head=13)
    society_number: str | None = of(Text("社会组织登记证号", limit=40), head=13)
    legal_representative: str | None = of(Text("法定代表人", limit=50), head=14)
    document_number: str = of(DocumentNumber("决定文书号"), required=True, head=15, search=6)
    decided_on: date = of(Date("决定日期"), required=True, head=16)
    authority: str = of(Ref("决定机关", "organ"), required=True, head=17, inverse="作出的许可和处罚决定")
    authority_code: str = of(CreditCode("决定机关信用代码"), required=True, head=18)
    power_code: str = of(
        Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="000120001000"), required=True, head=19
    )
    content: str = of(Text("决定内容", limit=8000, lines=True), required=True, section=40, search=1)
    decision_text: str | None = of(Text("决定书全文或摘要", limit=20000, lines=True), section=50, search=1)
    data_source: str = of(
        Ref("数据来源单位", "organ"), required=True, head=80, inverse="提供数据的许可和处罚决定"
    )
    data_source_code: str = of(CreditCode("数据来源单位信用代码"), required=True, head=81)
    display_until: date | None = of(Date("公示截止期"), head=82)
    late_reason: str | None = of(Text("超期公示的原因"), head=83, wide=True)
    remarks: str | None = of(Text("备注"), head=84, wide=True)
    names_found_in: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The fields in which the name of a natural person was found where it may not stand."""

    def __post_init__(self) -> None:
        hidden = {name: written for name in self._of_persons() if (written := getattr(self, name))}
        object.__setattr__(self, "names_found_in", tuple(self._fields_with(hidden)))
        for name, written in hidden.items():
            object.__setattr__(self, name, masked_name(written))
        if self.display_until is None:
            object.__setattr__(self, "display_until", self.last_display_day())

    def _of_persons(self) -> Iterator[str]:
        """The fields that hold the name of a natural person. What kind of party it is may not be known: then it is one."""
        if self.party_kind not in (ORGANISATION, BUSINESS):
            yield "party_name"
        if self.party_kind != ORGANISATION:
            yield "legal_representative"

    def _fields_with(self, hidden: dict[str, str]) -> Iterator[str]:
        """The other fields in which one of these names stands. A firm may bear its keeper's name."""
        names = [
            plain_name(one) for one in hidden.values() if plain_name(one) != plain_name(masked_name(one))
        ]
        firm = plain_name(self.party_name) if self.party_kind == BUSINESS and self.party_name else ""
        for one in fields(self) if names else ():
            if one.name in NOT_READ or one.name in hidden or (firm and one.name == "party_name"):
                continue
            for text in map(plain_name, texts(getattr(self, one.name))):
                text = text.replace(firm, "") if firm else text
                if any(len(name) > 1 and name in text for name in names):
                    yield one.name
                    break

    @property
    def number(self) -> str:
        return self.document_number

    @property
    def document_date(self) -> str:
        return self.decided_on.isoformat()

    @property
    def robots(self) -> str:
        return "noarchive"

    def publish_workdays(self, site: Any) -> int:
        """Working days within which it is published."""
        return DECISION_WORKDAYS

    def last_display_day(self) -> date | None:
        """The last day of display where none is written."""
        return None

    def endings(self) -> Iterator[Withdrawal]:
        """Everything that ends the display, each with its first day."""
        if self.display_until:
            yield Withdrawal(self.display_until + timedelta(1), "公示期已满，依照公示期限的规定停止公示。")

    def withdrawal(self, today: date) -> Withdrawal | None:
        over = [one for one in self.endings() if one.since <= today]
        return min(over, key=lambda one: one.since, default=None)
