"""办事指南: how one matter is done: where, when, with what papers, in how many days and for how much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.editions import KINDS_OF_POWER, newest_rows
from govportal.kinds import Choice, Count, Identifier, Link, Many, Phone, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.shapes import ONLINE_DEPTHS

CATCH_ALL = re.compile(
    r"其他(?:相关|有关)?(?:的)?(?:材料|条件|资料|文件)|等(?:相关|有关)?(?:材料|资料|文件)|法律、?法规规定的其他"
    r"|(?:相关|有关)部门要求的|认为(?:需要|必要)的"
)


@dataclass(frozen=True, kw_only=True)
class Material:
    """One paper that is asked for (国务院令第716号第六条: 办事材料)."""

    name: str = of(Text("材料名称"), required=True, headline=True)
    form: tuple[str, ...] = of(Many(Choice("材料形式", "原件", "复印件", "电子")), required=True, default=())
    copies: int = of(Count("份数"), required=True)
    source: str = of(Text("来源渠道"), required=True)
    necessity: str = of(Choice("必要性", "必要", "有条件时", "容缺后补", "免提交"), required=True)
    condition: str | None = of(Text("什么情况下提交"))


def promise_keeps_the_law(record: Any) -> Iterable[Problem]:
    """承诺时限不得长于法定时限。（优化营商环境条例第三十五条）"""
    if record.promise_limit > record.legal_limit:
        yield record.problem(
            "promise_limit",
            "guide/promise-too-long",
            f"承诺 {record.promise_limit} 个工作日，长于法定的 {record.legal_limit} 个工作日",
            f"改为 {record.legal_limit} 或更少",
        )


def nothing_is_left_open(record: Any) -> Iterable[Problem]:
    """条件和材料要写明确，不用“其他材料”之类的兜底说法。（国办秘函〔2019〕19号）"""
    written = [("conditions", record.conditions), *(("materials", one.name) for one in record.materials)]
    for name, words in written:
        if found := CATCH_ALL.search(words):
            yield record.problem(
                name,
                "guide/catch-all",
                f"“{found[0]}”是兜底说法，办事人不知道要带什么",
                "逐项写明；没有的删掉",
                Severity.WARNING,
            )


def fees_are_listed(record: Any, site: Any) -> Iterable[Problem]:
    """办事指南里的收费项目都在收费目录清单里，清单外不得收费。（优化营商环境条例第二十五条）"""
    fees = newest_rows(site, "fee_list")
    for code in record.fee_items:
        if fees is not None and code not in fees:
            yield record.problem(
                "fee_items",
                "guide/fee-not-listed",
                f"收费项目 {code} 不在现行收费目录清单里",
                "核对编号；清单外不得收费",
            )


def proofs_are_listed(record: Any, site: Any) -> Iterable[Problem]:
    """办事指南里要的证明都在证明事项清单里，清单外不得索要。（优化营商环境条例第四十四条）"""
    proofs = newest_rows(site, "required_proof")
    names = {row.name for row in (proofs or {}).values()}
    for one in record.materials:
        if proofs is not None and "证明" in one.name and one.name not in names:
            yield record.problem(
                "materials",
                "guide/proof-not-listed",
                f"材料“{one.name}”不在现行证明事项清单里",
                "名称照清单写；清单外的不得索要",
            )


@dataclass(frozen=True, kw_only=True)
class ServiceGuide(Document):
    """A guide with the eight elements of the plan and of the indicators (实施方案一（四）2; 国办秘函〔2019〕19号; 优化营商环境条例第三十五条)."""

    type: ClassVar[ContentType] = ContentType(
        "service_guide",
        "办事指南",
        "service-guides",
        rules=(*COMMON_RULES, promise_keeps_the_law, nothing_is_left_open),
        site_rules=(fees_are_listed, proofs_are_listed),
    )

    item_code: str = of(
        Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="000120001000"),
        required=True,
        head=1,
        search=4,
    )
    kind: str = of(
        Choice(
            "事项类型",
            *KINDS_OF_POWER,
            "公共服务",
        ),
        required=True,
        head=2,
        facet=True,
    )
    theme: tuple[str, ...] = of(Many(Text("主题")), required=True, default=(), head=3)
    audience: tuple[str, ...] = of(
        Many(Choice("服务对象", "个人", "法人")), required=True, default=(), head=4
    )
    subject: str = of(Text("实施主体"), required=True, head=5)
    accepting_organ: str = of(Text("受理单位"), required=True, head=6)
    place: str = of(Text("办理地点"), required=True, head=7)
    hours: str = of(Text("办理时间"), required=True, head=8)
    legal_limit: int = of(Count("法定时限（工作日）"), required=True, head=9)
    promise_limit: int = of(Count("承诺时限（工作日）"), required=True, head=10)
    phone: str = of(Phone("咨询电话"), required=True, head=11)
    complaint_phone: str | None = of(Phone("投诉电话"), head=12)
    visit_times: int | None = of(Count("到现场次数"), head=13)
    online_url: str | None = of(Link("网上办理"), head=14)
    online_depth: str | None = of(Choice("网上办理深度", *ONLINE_DEPTHS), head=15)
    basis: str = of(Text("设定依据", limit=4000, lines=True), required=True, section=10, search=1)
    conditions: str = of(Text("申请条件", limit=4000, lines=True), required=True, section=20, search=1)
    materials: tuple[Material, ...] = of(
        Rows("申请材料", Material), required=True, default=(), table=True, search=1
    )
    flow: str = of(Text("办理流程", limit=4000, lines=True), required=True, section=30)
    fee: str = of(Text("收费标准", limit=2000, lines=True), required=True, section=40)
    fee_items: tuple[str, ...] = of(
        Many(Identifier("收费项目编号", pattern=r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", sample="A-01")), default=()
    )
    result: str | None = of(Text("办理结果与送达", limit=1000), section=50)

    @property
    def number(self) -> str:
        return self.item_code
