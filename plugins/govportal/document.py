"""What every published record shares: identity, dates, origin, review, and the questions a page asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.charts import Chart
from govportal.citations import Named
from govportal.han import long_date
from govportal.kinds import (
    Address,
    Choice,
    Date,
    File,
    Flag,
    Identifier,
    Link,
    Many,
    Moment,
    Part,
    PartialDate,
    Ref,
    Text,
)
from govportal.kinds.base import BAD, Desk, Kind
from govportal.kinds.channels import Channel, Channels
from govportal.kinds.rows import Group, Rows
from govportal.model import Record, SiteView, columns, of
from govportal.problems import Problem, Severity
from govportal.rules import forbids, needs, not_before
from govportal.source import Mapping, Node
from govportal.stations import Stop, stop_of

Badge = tuple[str, str]

WITHHELD = (
    "国家秘密",
    "法律、行政法规禁止公开",
    "危及国家安全、公共安全、经济安全、社会稳定",
    "商业秘密、个人隐私",
    "内部事务信息",
    "过程性信息",
    "行政执法案卷信息",
)
"""The seven kinds of matters that may be kept from the public (政府信息公开条例第十四条至第十六条)."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """How a document stands in the register of normative documents: all that does not change (实施方案三乙（二）2).

    `void` are numbers that were given up, each with the reason.
    """

    number: str
    registered_on: date
    effective_on: date | None = None
    valid_until: date | None = None
    void: tuple[tuple[str, str], ...] = ()


ENDED = ("废止", "失效")
"""The states in which a document is no longer in force."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file offered for download."""

    file: str = of(File("附件文件"), required=True)
    name: str = of(Text("附件名称"), required=True)
    alternative_text: str | None = of(Text("文字说明"))


REVIEW_POINTS = (
    "国家秘密",
    "工作秘密",
    "三安全一稳定",
    "商业秘密",
    "个人隐私",
    "内部事务",
    "过程性信息",
    "执法案卷",
)
"""What a review goes through one by one (政府信息公开条例第十四条至第十六条; 保守国家秘密法第六十四条)."""
REVIEWS = 3
"""How many people of different posts look before publication (三审三校); from memory, configuration."""


@dataclass(frozen=True, kw_only=True)
class SecrecyReview:
    """The review before publication (保守国家秘密法实施条例第四十二条; 政府信息公开条例第十七条)."""

    organ: str = of(Text("审查机构"), required=True)
    reviewer: str = of(Text("审查人（岗位）"), required=True)
    reviewed_on: Any = of(Date("审查日期"), required=True)
    result: str = of(Choice("审查结论", "可以公开", "部分公开", "不予公开", "报请确定"), required=True)
    drafter_opinion: str | None = of(Choice("拟稿意见", "主动公开", "依申请公开", "不予公开"))
    points: tuple[str, ...] = of(Many(Choice("逐项审查", *REVIEW_POINTS)), default=())
    readers: tuple[str, ...] = of(Many(Text("审校人（岗位）")), default=())


class Exemptions(Kind):
    """Codes of problems that do not apply to this record, each with its reason."""

    def read(self, node: Node, desk: Desk) -> Any:
        if not isinstance(node, Mapping):
            return desk.bad(
                node, "field/not-a-group", f"{self.label}应当分项写", "换行缩进两格，逐项写 代码: 理由"
            )
        reasons = {code: self._reason(code, reason, desk) for code, reason in node.items.items()}
        return BAD if any(reason is BAD for reason in reasons.values()) else reasons

    def _reason(self, code: str, node: Node, desk: Desk) -> Any:
        reason = self.scalar(node, desk)
        return reason or desk.bad(
            node, "exempt/no-reason", f"豁免 {code} 没有写理由", "冒号后写明为什么可以这样"
        )

    def example(self) -> str:
        return "{body/taken-out: 理由}"

    def words(self, value: Any) -> str:
        return "；".join(f"{code}：{reason}" for code, reason in value.items())

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "title": self.label, "additionalProperties": {"type": "string"}}


def own(record: Any) -> bool:
    """Whether the record is the district's own."""
    return str(record.origin) == "own"


def reprint(record: Any) -> bool:
    """Whether the record is taken from elsewhere."""
    return not own(record)


def reviewed_before_publication(record: Any) -> Iterable[Problem]:
    """保密审查日期不得晚于发布日期；先审查、后公开。（保守国家秘密法实施条例第四十二条）"""
    review = record.secrecy_review
    if review and review.reviewed_on.isoformat() > record.published_at[:10]:
        yield record.problem(
            "secrecy_review",
            "secrecy/after-publication",
            "保密审查日期晚于发布日期",
            "先审查、后公开；核对两个日期",
        )


def withheld_says_why(record: Any) -> Iterable[Problem]:
    """不主动公开的文件要写明适用负面清单的哪一项，或者属于哪种法定情形；清单以外原则上都公开。（政府信息公开条例第十三条至第十六条；实施方案三乙（二）4）"""
    if record.disclosure_mode in ("依申请公开", "不予公开") and not (
        record.withheld_matter or record.withheld_ground
    ):
        yield record.problem(
            "disclosure_mode",
            "disclosure/no-ground",
            f"{record.disclosure_mode}，没有写适用负面清单的哪一项",
            "加一行 withheld_matter: 负面清单里的编号；清单没有的，写 withheld_ground: 法定情形，或改为主动公开",
        )


def review_is_item_by_item(record: Any) -> Iterable[Problem]:
    """写了逐项审查的要八项都审，写了审校人的要三个不同岗位，拟稿意见与公开方式一致。（保守国家秘密法实施条例第四十二条；国办发〔2016〕80号；三审三校为配置）"""
    review = record.secrecy_review
    if review is None:
        return
    if review.points and (missing := [one for one in REVIEW_POINTS if one not in review.points]):
        yield record.problem(
            "secrecy_review",
            "secrecy/points-missing",
            f"保密审查没有审{'、'.join(missing)}",
            "逐项审查，审过的写进 points",
            Severity.WARNING,
        )
    if review.readers and len(review.readers) < REVIEWS:
        yield record.problem(
            "secrecy_review",
            "secrecy/readers",
            f"审校人只有 {len(review.readers)} 个，应当是 {REVIEWS} 个不同的岗位",
            "初审、复审、终审各写一个岗位",
            Severity.WARNING,
        )
    if review.drafter_opinion and record.disclosure_mode not in (None, review.drafter_opinion):
        yield record.problem(
            "disclosure_mode",
            "secrecy/opinion-differs",
            f"公开方式是{record.disclosure_mode}，拟稿意见是{review.drafter_opinion}",
            "核对公开属性；改变的，由审查机构说明",
            Severity.WARNING,
        )


def images_have_words(record: Any) -> Iterable[Problem]:
    """作为附件的图片要有文字说明。（无障碍环境建设法第三十二条）"""
    for attachment in record.attachments:
        if (
            attachment.file.rpartition(".")[2].lower() in ("png", "jpg", "jpeg", "gif", "webp")
            and not attachment.alternative_text
        ):
            yield record.problem(
                "attachments",
                "attachment/no-words",
                f"图片 {attachment.file} 没有文字说明",
                "在它下面加一行 alternative_text: 图里写了什么",
            )


def gaps_are_fields(record: Any) -> Iterable[Problem]:
    """gaps 里只列本类型有、而本文件没有写的属性。"""
    names = {column.name for column in columns(type(record))}
    for name in record.gaps:
        if name not in names:
            yield record.problem(
                "gaps", "gaps/unknown", f"gaps 里的 {name} 不是本类型的属性", "核对属性的英文名"
            )
        elif getattr(record, name) not in (None, ()):
            yield record.problem(
                "gaps", "gaps/present", f"gaps 里列了 {name}，但文件里写了它", "两处只留一处"
            )


def _left_open(kind: Kind, value: Any) -> bool:
    """Whether a value still is the place to fill in that a new file begins with."""
    if isinstance(kind, Many):
        return any(_left_open(kind.kind, one) for one in value)
    if isinstance(kind, Group | Rows):
        return any(
            _left_open(inner.kind, written)
            for row in (value if isinstance(value, tuple) else (value,))
            for inner in columns(kind.of)
            if (written := getattr(row, inner.name)) is not None
        )
    return bool(value == f"（{kind.label}）")


def nothing_is_left_to_fill_in(record: Any) -> Iterable[Problem]:
    """新建文件里括号标出的空（如“（标题）”）都要填好才能发布。"""
    if record.draft:
        return
    for column in columns(type(record)):
        value = getattr(record, column.name)
        if value is not None and _left_open(column.kind, value):
            yield record.problem(
                column.name,
                "field/to-fill-in",
                f"{column.kind.label}里还有没填的空",
                "把括号里的提示换成真实内容",
            )


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """The fields of every record, whatever its type."""

    means: ClassVar[str] = "Article"
    """What schema.org calls such records; a field says with `means` which property it is."""

    id: str = of(Identifier("编号"), required=True)
    title: str = of(Text("标题", limit=200), required=True, search=8)
    column: str = of(Identifier("栏目"), required=True)
    also_in: tuple[str, ...] = of(Many(Identifier("同时列入栏目")), default=())
    published_at: str = of(Moment("发布日期"), required=True, head=45, means="datePublished")
    revised_at: str | None = of(Moment("修改时间"), means="dateModified")
    origin: str = of(Choice("来源性质", "own", "reprint"), default="own")
    organ: tuple[str, ...] = of(
        Many(Ref("发布机构", "organ")),
        default=(),
        head=30,
        facet=True,
        inverse="本机构发布",
        means="publisher",
    )
    source_organ: tuple[str, ...] = of(Many(Text("发文机关")), default=(), head=31)
    source_name: str | None = of(Text("来源"), head=90)
    source_url: str | None = of(Link("来源网址"))
    source_date: str | None = of(PartialDate("原文日期"))
    summary: str | None = of(Text("内容概述", limit=1000, lines=True), search=2, means="description")
    keywords: tuple[str, ...] = of(Many(Text("关键词")), default=(), search=4, means="keywords")
    author: str | None = of(Text("责任编辑"))
    measures: tuple[str, ...] = of(Many(Text("落实的措施")), default=())
    attachments: tuple[Attachment, ...] = of(Rows("附件", Attachment, key="file"), default=())
    related: tuple[str, ...] = of(Many(Ref("相关文件")), default=(), inverse="相关文件")
    sample: bool = of(Flag("示例"), default=False)
    gaps: tuple[str, ...] = of(
        Many(Identifier("原文未载的属性", pattern=r"[a-z][a-z_]*", sample="document_number")), default=()
    )
    disclosure_mode: str | None = of(Choice("公开方式", "主动公开", "依申请公开", "不予公开"), head=55)
    withheld_matter: str | None = of(
        Identifier("适用的负面清单事项", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="N-01"),
        private=True,
    )
    withheld_ground: str | None = of(Choice("不主动公开的情形", *WITHHELD), private=True)
    channels: tuple[Channel, ...] = of(Channels("公开渠道"), default=(), head=96, wide=True)
    secrecy_review: SecrecyReview | None = of(Group("保密审查", SecrecyReview), private=True)
    draft: bool = of(Flag("草稿"), default=False, private=True)
    publish_at: str | None = of(Moment("定时发布"), private=True)
    slug: str | None = of(Identifier("网页名"), private=True)
    aliases: tuple[str, ...] = of(Many(Address("曾用网址")), default=(), private=True)
    exempt: dict[str, str] = of(Exemptions("豁免"), default=None, private=True)

    def badges(self, site: SiteView) -> list[Badge]:
        """The words shown beside the title in every list, with the colour class of each."""
        return [("示例", "sample")] if self.sample else []

    def banners(self, site: SiteView) -> list[dict[str, Any]]:
        """What a reader must know before reading."""
        return []

    def state(self, site: SiteView) -> dict[str, Any] | None:
        """A state with its dates, for types that have one."""
        return None

    def meaning(self, site: SiteView) -> dict[str, Any]:
        """What is worked out for machines: properties of schema.org besides those of the fields."""
        return {}

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        """Rows of the metadata head that are worked out rather than written: order, label, parts."""
        return []

    def computed_tables(self, site: SiteView) -> list[dict[str, Any]]:
        """Tables that are worked out rather than written."""
        return []

    def charts(self, site: SiteView) -> list[Chart]:
        """Figures to look at, each with its table beside it."""
        return []

    def computed_data(self, site: SiteView) -> dict[str, Any]:
        """What is worked out rather than written, for the data file beside the page."""
        return {}

    def change_summary(self, site: SiteView) -> str:
        """What this record changed in a list, in a few words; '' for what is no edition or changed nothing."""
        return ""

    @property
    def caution(self) -> str:
        """What must be said of this record on its page, in feeds and in every download; '' for nothing."""
        return ""

    @property
    def called(self) -> tuple[str, ...]:
        """The names by which other papers call what this record is about, for records that are about a body."""
        return ()

    @property
    def robots(self) -> str:
        """What search engines are told of its page, or ''."""
        return ""

    def validity_on(self, site: SiteView, day: date | None = None) -> str:
        """Whether it is in force on a day (today), for types that know; else ''."""
        return ""

    def stops(self, station: str, subject: str, site: SiteView) -> Iterable[Stop]:
        """Where this record stands on the way of the record `subject`; `station` is what the field between them says."""
        yield stop_of(self, station)

    @property
    def number(self) -> str:
        """The official number by which people ask for this record."""
        return ""

    @property
    def named(self) -> Named | None:
        """How other texts may name this record, for types that are cited by title or number."""
        return None

    @property
    def registration(self) -> Registration | None:
        """How it stands in the register of normative documents, for types that are registered."""
        return None

    def ended(self, site: SiteView) -> tuple[date | None, str]:
        """When and on what ground it lost its force, for types that know."""
        return None, ""

    @property
    def public_since(self) -> str:
        """The day from which everybody can see it."""
        return max(self.published_at[:10], (self.publish_at or "")[:10])

    @property
    def document_date(self) -> str:
        """The date of the paper itself, as precisely as known."""
        return self.source_date or self.published_at[:10]

    @property
    def edition_of(self) -> str:
        """What this record is a dated edition of, or ''."""
        return ""

    @property
    def is_list(self) -> bool:
        """Whether the editions of which this is one are a list, compared row by row."""
        return False

    @property
    def list_names(self) -> tuple[str, ...]:
        """What the plan calls the lists that this one is."""
        return ()

    @property
    def edition_name(self) -> str:
        """What this edition is called among the others."""
        return f"{self.document_date} 版"

    def publisher(self, site: SiteView) -> str:
        """The body that issued this record, in words (网页标签 ContentSource)."""
        names = [found[0] for one in self.organ if (found := site.find(one))]
        return "、".join(names) or "、".join(self.source_organ)


def worked_out_table(
    identifier: str,
    caption: str,
    rows: list[dict[str, Any]],
    heads: Iterable[str],
    headline: str = "",
    numeric: str = "",
) -> list[dict[str, Any]]:
    """A table that is worked out rather than written, for `computed_tables`; nothing when it has no rows."""
    labels = [
        {"label": label, "numeric": label == numeric, "headline": label == headline, "long": False}
        for label in heads
    ]
    table = {
        "id": identifier,
        "caption": caption,
        "columns": labels,
        "rows": rows,
        "total": None,
        "downloads": [],
    }
    return [table] if rows else []


COMMON_RULES = (
    needs("origin/own-needs", own, "本区的文件", "organ", "disclosure_mode", "secrecy_review"),
    needs(
        "origin/reprint-needs",
        reprint,
        "转载的文件",
        "source_organ",
        "source_name",
        "source_url",
        "source_date",
    ),
    forbids("origin/reprint-has", reprint, "转载的文件", "organ", "secrecy_review"),
    not_before("revised_at", "published_at", "date/revised-before-published"),
    reviewed_before_publication,
    withheld_says_why,
    review_is_item_by_item,
    images_have_words,
    gaps_are_fields,
    nothing_is_left_to_fill_in,
)


def shown_moment(moment: str) -> str:
    """`2026-11-23 09:30` to 2026年11月23日 09:30; without an hour the day alone."""
    return long_date(date.fromisoformat(moment[:10])) + moment[10:]
