"""政府信息公开: how to apply for information, and what became of the applications, as several types say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Date, File, Many, Phone, Text
from govportal.kinds.grid import Balance, Grid, Line, line
from govportal.model import SiteRule, of
from govportal.problems import Problem, Severity
from govportal.shapes import attached

_RESULT = "三、本年度办理结果"
_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_NOT_HANDLED = "（五）不予处理"
_OTHERWISE = "（六）其他处理"
REFUSED = (
    line("state_secret", _RESULT, _REFUSED, "1.属于国家秘密"),
    line("forbidden_by_law", _RESULT, _REFUSED, "2.其他法律行政法规禁止公开"),
    line("endangers_security", _RESULT, _REFUSED, "3.危及“三安全一稳定”"),
    line("third_party", _RESULT, _REFUSED, "4.保护第三方合法权益"),
    line("internal_affairs", _RESULT, _REFUSED, "5.属于三类内部事务信息"),
    line("in_process", _RESULT, _REFUSED, "6.属于四类过程性信息"),
    line("enforcement_file", _RESULT, _REFUSED, "7.属于行政执法案卷"),
    line("administrative_query", _RESULT, _REFUSED, "8.属于行政查询事项"),
)
_RESULTS = (
    line("granted", _RESULT, "（一）予以公开"),
    line("partial", _RESULT, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    *REFUSED,
    line("not_held", _RESULT, _UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    line("needs_creation", _RESULT, _UNAVAILABLE, "2.没有现成信息需要另行制作"),
    line("still_unclear", _RESULT, _UNAVAILABLE, "3.补正后申请内容仍不明确"),
    line("petition", _RESULT, _NOT_HANDLED, "1.信访举报投诉类申请"),
    line("repeated", _RESULT, _NOT_HANDLED, "2.重复申请"),
    line("publication", _RESULT, _NOT_HANDLED, "3.要求提供公开出版物"),
    line("excessive", _RESULT, _NOT_HANDLED, "4.无正当理由大量反复申请"),
    line("reissue", _RESULT, _NOT_HANDLED, "5.要求行政机关确认或重新出具已获取信息"),
    line(
        "not_corrected",
        _RESULT,
        _OTHERWISE,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    line(
        "fee_not_paid",
        _RESULT,
        _OTHERWISE,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    line("otherwise", _RESULT, _OTHERWISE, "3.其他"),
)
_APPLICANTS, _BODIES = "申请人情况", "法人或其他组织"
_ORGANISATIONS = (
    line("business", _APPLICANTS, _BODIES, "商业企业"),
    line("research", _APPLICANTS, _BODIES, "科研机构"),
    line("welfare", _APPLICANTS, _BODIES, "社会公益组织"),
    line("legal_service", _APPLICANTS, _BODIES, "法律服务机构"),
    line("other_body", _APPLICANTS, _BODIES, "其他"),
)


def names(lines: Iterable[Line]) -> tuple[str, ...]:
    """What the lines are called in files."""
    return tuple(one.name for one in lines)


def _flow(results: Iterable[Line]) -> tuple[Balance, ...]:
    """Results add up to what was dealt with; what came in was either dealt with or carried forward."""
    return (
        Balance(("processed_total",), names(results)),
        Balance(("new_received", "carried_over"), ("processed_total", "carried_forward")),
    )


REQUESTS = Grid(
    "收到和处理政府信息公开申请情况",
    rows=(
        line("new_received", "一、本年新收政府信息公开申请数量"),
        line("carried_over", "二、上年结转政府信息公开申请数量"),
        *_RESULTS,
        line("processed_total", _RESULT, "（七）总计"),
        line("carried_forward", "四、结转下年度继续办理"),
    ),
    columns=(
        line("natural_person", _APPLICANTS, "自然人"),
        *_ORGANISATIONS,
        line("total", _APPLICANTS, "总计"),
    ),
    sums=_flow(_RESULTS),
    balances=(Balance(("total",), ("natural_person", *names(_ORGANISATIONS))),),
)
"""The third table of the annual report (国办公开办函〔2021〕30号). The wording of the three lines of （六） was not seen in the original."""

_ANSWER = "本期办理结果"
ANSWERS: dict[Line, tuple[str, ...]] = {
    line("granted", _ANSWER, "予以公开"): ("granted",),
    line("already_public", _ANSWER, "已经公开，告知获取方式、途径"): ("granted",),
    line("partial", _ANSWER, "区分处理，部分公开"): ("partial",),
    line("denied", _ANSWER, "不予公开"): names(REFUSED[:-1]),
    line("special_law", _ANSWER, "工商、不动产登记资料等另有规定"): ("administrative_query",),
    line("not_exist", _ANSWER, "经检索没有所申请公开的信息"): ("not_held",),
    line("not_ours", _ANSWER, "不属于本机关负责公开"): ("not_held",),
    line("need_creation", _ANSWER, "需要加工、分析，没有现成信息"): ("needs_creation",),
    line("still_unclear", _ANSWER, "补正后申请内容仍不明确"): ("still_unclear",),
    line("petition", _ANSWER, "信访、投诉、举报等活动"): ("petition",),
    line("duplicate", _ANSWER, "重复申请"): ("repeated",),
    line("publication", _ANSWER, "要求提供公开出版物"): ("publication",),
    line("excessive", _ANSWER, "数量、频次明显超过合理范围，理由不合理"): ("excessive",),
    line("reissue", _ANSWER, "要求确认或者重新出具已获取的信息"): ("reissue",),
    line("other", _ANSWER, "其他处理"): ("not_corrected", "fee_not_paid", "otherwise"),
}
"""The kinds of answer (政府信息公开条例第三十五条至第三十九条) and the lines of the annual report under which each counts.

Which line counts which answer is from memory of the instructions for the form; it is configuration.
"""
STATISTICS = Grid(
    "政府信息公开申请受理和答复情况",
    rows=(
        line("new_received", "本期新收申请"),
        line("carried_over", "上期结转申请"),
        *ANSWERS,
        line("processed_total", _ANSWER, "办结总计"),
        line("carried_forward", "结转下期继续办理"),
    ),
    columns=(line("natural_person", "自然人"), line("organisation", _BODIES), line("total", "总计")),
    sums=_flow(ANSWERS),
    balances=(Balance(("total",), ("natural_person", "organisation")),),
)


def left_is_carried_over(area: str, field: str, grid: Grid, before: Callable[[Any, Any], Any]) -> SiteRule:
    """What a period begins with is what the period before (`before`) left, column by column."""

    def rule(record: Any, site: Any) -> Iterable[Problem]:
        earlier = before(record, site)
        for number, column in enumerate(grid.columns) if earlier else ():
            cells = getattr(record, field)
            now = cells.numbers["carried_over"][number]
            then = getattr(earlier, field).numbers["carried_forward"][number]
            if now != then:
                yield Problem(
                    cells.at(record.path, "carried_over", number),
                    f"{area}/carried-over",
                    f"“{column.label}”结转进来 {now}，上一期（{earlier.path}）结转出去 {then}",
                    f"改为 {then}，或核对上一期",
                    Severity.WARNING,
                )

    rule.__doc__ = "每一列结转进来的，与上一期结转出去的一致。（国办公开办函〔2021〕30号）"
    return rule


ITEMS = {
    "姓名或者名称": "姓名|名称",
    "身份证明": "身份证明",
    "联系方式": "联系方式",
    "信息的名称、文号或者其他特征性描述": "文号|特征",
    "形式要求": "形式",
}
"""What an application says (政府信息公开条例第二十九条)."""
LIMITS = {
    "20个工作日内答复": "(20|二十)个工作日",
    "7个工作日内一次性告知补正": "(?<![0-9])(7|七)个工作日",
    "征求第三方意见15个工作日": "(15|十五)个工作日",
}
"""The time limits of a reply (政府信息公开条例第三十条、第三十二条、第三十三条)."""
FEES = {"不收取费用": "不收", "信息处理费": "信息处理费"}
"""What is said of fees (政府信息公开条例第四十二条)."""
REMEDIES = {"投诉": "投诉", "举报": "举报", "行政复议": "复议", "行政诉讼": "诉讼"}
"""What an applicant may do (政府信息公开条例第五十一条)."""


def _missing(text: str, demanded: dict[str, str]) -> str:
    """What a text does not say of what it must."""
    written = re.sub(r"\s", "", text)
    return "、".join(what for what, pattern in demanded.items() if not re.search(pattern, written))


def _said(record: Any, field: str, code: str, demanded: dict[str, str], ground: str) -> Iterator[Problem]:
    value = getattr(record, field)
    if value and (missing := _missing("\n".join(value) if isinstance(value, tuple) else value, demanded)):
        yield record.problem(field, code, f"没有写{missing}", f"补上；依据是政府信息公开条例{ground}")


def how_to_apply_is_whole(record: Any) -> Iterable[Problem]:
    """申请应含的内容、答复期限、收费、监督和救济都要写全。（政府信息公开条例第二十九条至第三十三条、第四十二条、第五十一条）"""
    yield from _said(record, "application_required_items", "application/items", ITEMS, "第二十九条")
    yield from _said(record, "reply_rules", "application/limits", LIMITS, "第三十条、第三十二条、第三十三条")
    yield from _said(record, "fee_rule", "application/fees", FEES, "第四十二条")
    yield from _said(record, "remedies", "application/remedies", REMEDIES, "第五十一条")


APPLICATION_RULES = (
    *COMMON_RULES,
    how_to_apply_is_whole,
    attached("application/form-not-attached", "application_form"),
)


@dataclass(frozen=True, kw_only=True)
class HowToApply(Document):
    """Where and how to apply to an organ, what it answers and when, what it costs, and what to do if it fails."""

    agency_name: str = of(Text("公开工作机构"), required=True, head=10, search=3)
    address: str = of(Text("办公地址"), required=True, head=11, search=1)
    office_hours: str = of(Text("办公时间"), required=True, head=12)
    phone: str = of(Phone("联系电话"), required=True, head=13)
    fax: str = of(Text("传真号码"), required=True, head=14)
    online_contact: str = of(Text("互联网联系方式"), required=True, head=15)
    supervision_phone: str = of(Phone("监督电话"), required=True, head=16)
    updated_on: date = of(Date("最近更新日期"), required=True, head=20)
    application_form: str = of(File("申请表"), required=True)
    application_required_items: tuple[str, ...] = of(
        Many(Text("申请应当包括的内容")), required=True, default=(), head=22, wide=True
    )
    reply_rules: str = of(Text("答复期限", limit=4000, lines=True), required=True, section=40, search=1)
    fee_rule: str = of(Text("收费规定", limit=2000, lines=True), required=True, section=50)
    remedies: str = of(Text("监督和救济", limit=2000, lines=True), required=True, section=60, search=1)

    @property
    def document_date(self) -> str:
        return self.updated_on.isoformat()
