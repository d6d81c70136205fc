"""财政预决算: what an organ may spend and what it spent, year by year, table by table, each figure told from the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from govportal.charts import MOST, Chart, beside, composition
from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Count, Date, Identifier, Many, Money, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, columns_by_name, of
from govportal.privacy import no_personal_data
from govportal.problems import Problem, Severity
from govportal.rules import needs, not_before
from govportal.shapes import within

PUBLISH_DAYS = 20
"""Natural days from approval to publication (预算法第十四条; 预算法实施条例第六条)."""
TOLERANCE = Decimal("0.01")
"""How far rounding to two decimals of 万元 may move one figure; configuration."""
FINAL_DUE = (10, 31)
BUDGET_DUE = (4, 30)
"""Month and day by which last year's final account and this year's budget are looked for; recommendations, configuration."""
DEPARTMENT_TABLES = (
    "部门收支总体情况表",
    "部门收入总体情况表",
    "部门支出总体情况表",
    "财政拨款收支总体情况表",
    "一般公共预算支出情况表",
    "一般公共预算基本支出情况表",
    "一般公共预算“三公”经费支出情况表",
    "政府性基金预算支出情况表",
)
GOVERNMENT_TABLES = (
    "一般公共预算收入表",
    "一般公共预算支出表",
    "一般公共预算本级支出表",
    "一般公共预算本级基本支出表",
    "税收返还和转移支付表",
    "政府一般债务限额和余额情况表",
    "政府性基金收入表",
    "政府性基金支出表",
    "政府性基金本级支出表",
    "政府性基金转移支付表",
    "政府专项债务限额和余额情况表",
    "国有资本经营预算收入表",
    "国有资本经营预算支出表",
    "国有资本经营预算本级支出表",
    "社会保险基金收入表",
    "社会保险基金支出表",
)
"""The tables of 财预〔2016〕143号, from memory (handbook 5.3): configuration, not law."""
TABLES = {"部门": DEPARTMENT_TABLES, "单位": DEPARTMENT_TABLES, "政府": GOVERNMENT_TABLES}
WHOLE = ("预算", "决算")
"""The kinds that come with all tables."""
THREE_PUBLIC = DEPARTMENT_TABLES[6]
TO_THE_ITEM = {"一般公共预算支出情况表": 7, "一般公共预算基本支出情况表": 5}
"""How many figures the finest code has: 功能分类到项, 经济分类到款 (预算法第四十六条; 预算法实施条例第六条)."""
SAME = (
    (("部门收支总体情况表", "收入", "amount"), ("部门收入总体情况表", "收入", "amount")),
    (("部门收支总体情况表", "支出", "amount"), ("部门支出总体情况表", "支出", "amount")),
    (("一般公共预算支出情况表", "支出", "basic"), ("一般公共预算基本支出情况表", "支出", "amount")),
    (("一般公共预算收入表", "收入", "amount"), ("一般公共预算支出表", "支出", "amount")),
    (("政府性基金收入表", "收入", "amount"), ("政府性基金支出表", "支出", "amount")),
)
BALANCED = ("部门收支总体情况表", "财政拨款收支总体情况表")
FIGURES = ("amount", "basic", "project", "budget", "previous")
COSTS = (
    "因公出国（境）费",
    "公务用车购置及运行费",
    "公务用车购置费",
    "公务用车运行费",
    "公务接待费",
)
VEHICLES = COSTS[1:4]

Cell = tuple[str, str, bool]
"""What a cell of a shown table has: the label of its column, its text, whether it is a figure."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of one table, in 万元: what was planned or spent, of it basic and project expenditure, and the year before."""

    table: str = of(Choice("表", *DEPARTMENT_TABLES, *GOVERNMENT_TABLES), required=True)
    side: str = of(Choice("收支", "收入", "支出"), required=True)
    code: str | None = of(Identifier("科目编码", pattern=r"[0-9]{3}(?:[0-9]{2}){0,2}", sample="2010601"))
    item: str = of(Text("项目"), required=True, headline=True)
    amount: Decimal = of(Money("本年数", "万元"), required=True)
    basic: Decimal | None = of(Money("基本支出", "万元"))
    project: Decimal | None = of(Money("项目支出", "万元"))
    budget: Decimal | None = of(Money("预算数", "万元"))
    previous: Decimal | None = of(Money("上年数", "万元"))


@dataclass(frozen=True, kw_only=True)
class EmptyTable:
    """A table that has no figures: it is published too, with the reason."""

    table: str = of(Choice("空表", *DEPARTMENT_TABLES, *GOVERNMENT_TABLES), required=True)
    reason: str = of(Text("说明"), required=True)


@dataclass(frozen=True, kw_only=True)
class PublicCost:
    """One of the three public costs, and in a final account how often and for how many."""

    item: str = of(Choice("“三公”经费", *COSTS), required=True)
    amount: Decimal = of(Money("本年数", "万元"), required=True)
    budget: Decimal | None = of(Money("预算数", "万元"))
    previous: Decimal | None = of(Money("上年数", "万元"))
    times: int | None = of(Count("团组、车辆或批次数"))
    people: int | None = of(Count("人次或保有量"))


def _is_total(line: Line) -> bool:
    return line.code is None and line.item in ("合计", "收入总计", "支出总计", "总计")


def _by_table(record: Any) -> dict[tuple[str, str], list[Line]]:
    """The lines of each side of each table, in the order of the paper."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in record.lines:
        found.setdefault((line.table, line.side), []).append(line)
    return found


def _top(lines: list[Line]) -> list[Line]:
    """The lines that no other line contains: those without a code, and codes with no shorter beginning."""
    codes = {line.code for line in lines if line.code}
    return [
        line
        for line in lines
        if not _is_total(line)
        and not (line.code and any(line.code[:size] in codes for size in range(3, len(line.code), 2)))
    ]


def _below(line: Line, lines: list[Line]) -> list[Line]:
    return [
        one
        for one in lines
        if line.code and one.code and len(one.code) == len(line.code) + 2 and one.code.startswith(line.code)
    ]


def _sum(lines: Iterable[Any], name: str) -> Decimal | None:
    """The sum of a column; None when a cell is empty, since nothing can be said of it then."""
    values = [getattr(line, name) for line in lines]
    return None if not values or None in values else sum(values, Decimal(0))


def _differs(one: Decimal | None, other: Decimal | None, lines: int = 1) -> bool:
    return one is not None and other is not None and abs(one - other) > TOLERANCE * max(1, lines - 1)


def sums_add_up(record: Any) -> Iterable[Problem]:
    """每张表的合计等于各项之和，类等于款之和，款等于项之和；基本支出加项目支出等于本年数。（预算法第四十六条；财预〔2016〕143号）"""
    for (table, side), lines in _by_table(record).items():
        label = columns_by_name(Line)
        for line in lines:
            parts = _top(lines) if _is_total(line) else _below(line, lines)
            for name in FIGURES:
                total = _sum(parts, name)
                if _differs(getattr(line, name), total, len(parts)):
                    yield record.problem(
                        "lines",
                        "fiscal/sum",
                        f"{table}的{side}“{line.item}”{label[name].kind.label}是 {getattr(line, name)}，各项之和是 {total}",
                        "核对各项，单位是万元",
                    )
            if (
                line.basic is not None
                and line.project is not None
                and _differs(line.amount, line.basic + line.project)
            ):
                yield record.problem(
                    "lines",
                    "fiscal/basic-and-project",
                    f"{table}的“{line.item}”基本支出加项目支出是 {line.basic + line.project}，本年数是 {line.amount}",
                    "核对这一行",
                )


def _total(record: Any, table: str, side: str, name: str) -> Decimal | None:
    lines = _by_table(record).get((table, side), [])
    written = next((getattr(line, name) for line in lines if _is_total(line)), None)
    return written if written is not None else _sum(_top(lines), name)


def tables_agree(record: Any) -> Iterable[Problem]:
    """收支总表收入等于支出；总表与收入表、支出表、基本支出表的合计一致。（预算法第十二条：收支平衡）"""
    for table in BALANCED:
        income, spent = (_total(record, table, side, "amount") for side in ("收入", "支出"))
        if _differs(income, spent):
            yield record.problem(
                "lines",
                "fiscal/not-balanced",
                f"{table}收入 {income}，支出 {spent}",
                "收支要平衡；核对结转结余",
            )
    for first, second in SAME:
        one, other = _total(record, *first), _total(record, *second)
        if _differs(one, other):
            yield record.problem(
                "lines",
                "fiscal/tables-differ",
                f"{first[0]}是 {one}，{second[0]}是 {other}",
                "两张表的合计应当一致",
            )


def three_public_adds_up(record: Any) -> Iterable[Problem]:
    """“三公”经费合计等于出国（境）费、公车费、接待费之和，公车费等于购置费加运行费。（党政机关厉行节约反对浪费条例；财预〔2016〕143号）"""
    costs = {one.item: one for one in record.three_public}
    if all(name in costs for name in VEHICLES):
        whole, *parts = (costs[name] for name in VEHICLES)
        for name in ("amount", "budget", "previous"):
            if _differs(getattr(whole, name), _sum(parts, name), 2):
                yield record.problem(
                    "three_public",
                    "fiscal/three-public",
                    f"公务用车购置及运行费是 {getattr(whole, name)}，购置费加运行费是 {_sum(parts, name)}",
                    "核对三行",
                )
    total = _sum((one for one in record.three_public if one.item not in VEHICLES[1:]), "amount")
    if record.three_public and _differs(record.three_public_total, total, 3):
        yield record.problem(
            "three_public_total",
            "fiscal/three-public",
            f"“三公”经费合计是 {record.three_public_total}，分项之和是 {total}",
            "核对合计与分项",
        )


def details_are_fine_enough(record: Any) -> Iterable[Problem]:
    """支出按功能分类公开到项，基本支出按经济分类公开到款。（预算法实施条例第六条）"""
    for (table, _), lines in _by_table(record).items():
        for line in lines:
            coarse = table in TO_THE_ITEM and line.code and len(line.code) < TO_THE_ITEM[table]
            if coarse and not _below(line, lines):
                yield record.problem(
                    "lines",
                    "fiscal/too-coarse",
                    f"{table}的“{line.code} {line.item}”没有细化到{'项' if TO_THE_ITEM[table] == 7 else '款'}",
                    f"在它下面写 {TO_THE_ITEM[table]} 位编码的各行",
                )


def every_table_is_there(record: Any) -> Iterable[Problem]:
    """预算、决算的各张表都要公开，空表也要公开并说明。（财预〔2016〕143号；表的清单是配置）"""
    there = {line.table for line in record.lines} | {one.table for one in record.empty_tables}
    if record.three_public:
        there.add(THREE_PUBLIC)
    missing = [table for table in TABLES[record.level] if table not in there]
    if record.kind in WHOLE and missing:
        yield record.problem(
            "",
            "fiscal/table-missing",
            f"没有{'、'.join(missing[:3])}" + (f"等 {len(missing)} 张表" if len(missing) > 3 else ""),
            "在 lines 里写各行；没有数字的写进 empty_tables 并说明",
            Severity.WARNING,
        )


def title_names_the_year(record: Any) -> Iterable[Problem]:
    """标题由单位名称、四位年度和事项名组成。（预决算公开页面设计规范；是配置）"""
    if f"{record.fiscal_year}年" not in record.title:
        yield record.problem(
            "title",
            "fiscal/title",
            f"标题里没有“{record.fiscal_year}年”",
            "写成 单位名称＋年度＋事项名，例如 示例局2026年部门预算",
            Severity.WARNING,
        )


def one_report_a_year(record: Any, site: Any) -> Iterable[Problem]:
    """同一单位同一年度的同一事项只公开一份，修改的在原页更正。（财预〔2016〕143号）"""
    for other in site.incoming(record.unit, "unit"):
        same = (other.fiscal_year, other.kind, other.level) == (record.fiscal_year, record.kind, record.level)
        if same and other.type.name == record.type.name and other.id < record.id:
            yield record.problem(
                "fiscal_year",
                "fiscal/same-report",
                f"{other.path} 也是这个单位{record.fiscal_year}年的{record.kind}",
                "只留一份，或改年度、类别",
            )


def figures_carry_over(record: Any, site: Any) -> Iterable[Problem]:
    """上年数与上年报告的本年数一致，决算的预算数与预算的本年数一致。（预算法第十四条）"""
    for name, reference in (("previous", record.previous_report), ("budget", record.budget_report)):
        other = site.record(reference) if reference else None
        if other is None:
            continue
        expected = 1 if name == "previous" else 0
        if (other.unit, other.fiscal_year) != (record.unit, record.fiscal_year - expected):
            yield record.problem(
                "previous_report" if expected else "budget_report",
                "fiscal/wrong-report",
                f"{other.path} 不是这个单位{record.fiscal_year - expected}年的报告",
                "核对编号",
            )
            continue
        before = {(line.table, line.side, line.code, line.item): line.amount for line in other.lines}
        for line in record.lines:
            was = before.get((line.table, line.side, line.code, line.item))
            if _differs(getattr(line, name), was):
                yield record.problem(
                    "lines",
                    "fiscal/carry-over",
                    f"{line.table}“{line.item}”的{columns_by_name(Line)[name].kind.label}是 {getattr(line, name)}，{other.path} 里是 {was}",
                    "核对两份报告；口径有调整的，在说明里写明并改成可比数",
                    Severity.WARNING,
                )


def next_reports_are_there(record: Any, site: Any) -> Iterable[Problem]:
    """有部门预算的单位，到期要有当年决算和下年预算，并与本预算相互链接。（预算法第十四条；时间是配置）"""
    if record.kind != "预算":
        return
    for due, reference, what in (
        (FINAL_DUE, "budget_report", f"{record.fiscal_year}年决算"),
        (BUDGET_DUE, "previous_report", f"{record.fiscal_year + 1}年预算"),
    ):
        day = date(record.fiscal_year + 1, *due)
        if site.today > day + timedelta(days=PUBLISH_DAYS) and not site.incoming(record.id, reference):
            yield record.problem(
                "fiscal_year",
                "fiscal/next-missing",
                f"还没有与本预算相联的{what}",
                f"公开{what}，并在里面写 {reference}: {record.id}",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class FiscalReport(Document):
    """A budget or final account with its tables (预算法第十四条; 预算法实施条例第六条; 政府信息公开条例第二十条第（七）项)."""

    type: ClassVar[ContentType] = ContentType(
        "fiscal_report",
        "财政预决算",
        "fiscal-reports",
        template="table",
        rules=(
            *COMMON_RULES,
            not_before("published_at", "approved_on", "fiscal/published-before-approval"),
            needs("fiscal/final-needs", lambda record: record.kind == "决算", "决算", "budget_report"),
            needs(
                "fiscal/whole-needs",
                lambda record: record.kind in WHOLE,
                "预算和决算",
                "lines",
                "narrative",
                "three_public_total",
            ),
            sums_add_up,
            tables_agree,
            three_public_adds_up,
            details_are_fine_enough,
            every_table_is_there,
            title_names_the_year,
            no_personal_data("fiscal/personal-data", "narrative", "lines"),
        ),
        site_rules=(
            within(
                "fiscal/late",
                "published_at",
                "approved_on",
                PUBLISH_DAYS,
                "预算法第十四条；预算法实施条例第六条；自然日",
            ),
            one_report_a_year,
            figures_carry_over,
            next_reports_are_there,
        ),
    )
    means: ClassVar[str] = "Dataset"

    unit: str = of(Ref("编制单位", "organ"), required=True, head=10, inverse="预算和决算")
    level: str = of(Choice("公开层级", *TABLES), required=True, head=11, facet=True)
    fiscal_year: int = of(Count("年度"), required=True, head=12, facet=True)
    kind: str = of(
        Choice("类别", "预算", "预算调整", "决算", "执行情况", "三公经费", "绩效", "转移支付", "债务"),
        required=True,
        head=13,
        facet=True,
    )
    approved_on: date = of(Date("批准或批复日期"), required=True, head=14)
    approved_by: str = of(Text("批准或批复机关"), required=True, head=15)
    three_public_total: Decimal | None = of(Money("“三公”经费合计", "万元"), head=16)
    budget_report: str | None = of(Ref("对应的预算", "fiscal_report"), inverse="对应的决算")
    previous_report: str | None = of(Ref("上一年度", "fiscal_report"), inverse="下一年度")
    audits: tuple[str, ...] = of(
        Many(Ref("审计结果公告", "audit_announcement")), default=(), inverse="审计的预算和决算"
    )
    lines: tuple[Line, ...] = of(Rows("预决算表", Line), default=(), search=1, data=True)
    three_public: tuple[PublicCost, ...] = of(Rows("“三公”经费支出", PublicCost, key="item"), default=())
    empty_tables: tuple[EmptyTable, ...] = of(Rows("空表说明", EmptyTable, key="table"), default=())
    narrative: str | None = of(Text("文字说明", limit=20000, lines=True), section=10, search=1)

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        return [
            (order, f"{side}总计", [{"text": f"{total:f}万元"}])
            for order, side in ((17, "收入"), (18, "支出"))
            if (total := self.total(side)) is not None
        ]

    def total(self, side: str, name: str = "amount") -> Decimal | None:
        """The sum of all income or expenditure, from the first table that has it."""
        for table in TABLES[self.level]:
            if (found := _total(self, table, side, name)) is not None:
                return found
        return None

    def charts(self, site: SiteView) -> list[Chart]:
        """Of what expenditure is made, the year before beside it, and the three public costs."""
        said = (self.publisher(site), self.published_at[:10])
        word = {"预算": "预算数", "决算": "决算数"}.get(self.kind, "本年数")
        this, before = f"{self.fiscal_year}年", f"{self.fiscal_year - 1}年"
        spent = self._spent()
        made = [
            composition(
                f"支出构成（{this}{word}，单位：万元）",
                "支出项目",
                f"{word}（万元）",
                ((line.item, line.amount) for line in spent),
                *said,
            )
        ]
        totals = [
            (f"{side}总计", (self.total(side), self.total(side, "previous"))) for side in ("收入", "支出")
        ]
        lines = [(line.item, (line.amount, line.previous)) for line in spent]
        both = [one for one in (*totals, *lines) if None not in one[1]]
        made.append(
            beside(f"与上年相比（{word}，单位：万元）", "项目", (this, before), both[: MOST + 2], *said)
        )
        costs = [(one.item, (one.amount, one.budget, one.previous)) for one in self.three_public]
        used = [place for place in range(3) if any(figures[place] is not None for _, figures in costs)]
        names = (word if self.kind == "决算" else this, "预算数", before)
        made.append(
            beside(
                f"“三公”经费（{this}，单位：万元）",
                "“三公”经费",
                [names[place] for place in used],
                [(item, [figures[place] for place in used]) for item, figures in costs],
                *said,
            )
        )
        return made

    def _spent(self) -> list[Line]:
        """The highest lines of the main table of expenditure, without its total."""
        main = next(
            (table for table in TABLES[self.level] if _total(self, table, "支出", "amount") is not None), ""
        )
        return _top(_by_table(self).get((main, "支出"), []))

    def computed_tables(self, site: SiteView) -> list[dict[str, Any]]:
        """Every table in the order of the list of tables, each line with its change on the year before, in 万元."""
        made = []
        sides = _by_table(self)
        for place, table in enumerate(TABLES[self.level], 1):
            lines = [line for side in ("收入", "支出") for line in sides.get((table, side), [])]
            if lines:
                made.append(_shown(f"table-{place}", f"{table}（单位：万元）", self._cells(lines)))
            elif table == THREE_PUBLIC and self.three_public:
                made.append(
                    _shown(f"table-{place}", f"{table}（单位：万元）", self._cells(self.three_public))
                )
        if self.empty_tables:
            rows: list[list[Cell]] = [
                [("空表", one.table, False), ("说明", one.reason, False)] for one in self.empty_tables
            ]
            made.append(_shown("empty-tables", "没有数字的表", rows))
        return made

    def _cells(self, lines: Iterable[Any]) -> list[list[Cell]]:
        """The lines as rows of cells: the item with its code, the figures that some line has, the change on last year."""
        lines = list(lines)
        shown = columns_by_name(type(lines[0]))
        labels = {name: shown[name].kind.label for name in shown}
        labels["amount"] = {"预算": "预算数", "决算": "决算数"}.get(self.kind, "本年数")
        names = [
            name
            for name in (*FIGURES, "times", "people")
            if name in shown and any(getattr(line, name) is not None for line in lines)
        ]
        two_sides = len({getattr(line, "side", "") for line in lines}) > 1
        rows = []
        for line in lines:
            code = getattr(line, "code", None)
            cells: list[Cell] = [("项目", f"{code} {line.item}" if code else line.item, False)]
            if two_sides:
                cells.append((labels["side"], line.side, False))
            cells += [(labels[name], _figure(getattr(line, name)), True) for name in names]
            if "previous" in names:
                cells.append(("增减（%）", _percent(line.amount, line.previous), True))
            rows.append(cells)
        return rows

    def computed_data(self, site: SiteView) -> dict[str, Any]:
        """Totals, shares and changes for those who calculate: 万元 as strings, percentages with one decimal."""
        spent = self._spent()
        return {
            "unit": "万元",
            "totals": {
                side: {name: _figure(self.total(side, name)) for name in ("amount", "previous", "budget")}
                for side in ("收入", "支出")
            },
            "expenditure": [
                {
                    "item": line.item,
                    "code": line.code or "",
                    "amount": _figure(line.amount),
                    "share": _percent_of(line.amount, self.total("支出")),
                }
                for line in spent
            ],
            "three_public": {one.item: _figure(one.amount) for one in self.three_public}
            | {"合计": _figure(self.three_public_total)},
            "changes": [
                {
                    "table": line.table,
                    "side": line.side,
                    "item": line.item,
                    "change": _figure(line.amount - line.previous),
                    "percent": _percent(line.amount, line.previous),
                }
                for line in self.lines
                if line.previous is not None
            ],
        }


def _figure(value: Any) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _percent(now: Decimal, before: Decimal | None) -> str:
    """The change on the year before; no number where the year before was nothing."""
    return (
        f"{(now - before) / before * 100:+.1f}"
        if before
        else "—"
        if before is None
        else "新增"
        if now
        else "0.0"
    )


def _percent_of(part: Decimal, whole: Decimal | None) -> str:
    return f"{part / whole * 100:.1f}" if whole else ""


def _shown(name: str, caption: str, rows: list[list[Cell]]) -> dict[str, Any]:
    """Rows of cells as a table of a page, read down its columns."""
    return {
        "id": name,
        "caption": caption,
        "columns": [
            {"label": label, "numeric": numeric, "headline": False, "long": False}
            for label, _, numeric in rows[0]
        ],
        "rows": [
            {"id": f"{name}-{place}", "cells": [[{"text": text}] if text else [] for _, text, _ in row]}
            for place, row in enumerate(rows, 1)
        ],
        "total": None,
        "downloads": [],
        "figures": True,
    }
