"""The six doors of every kind of field, by examples."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from govportal.document import Document, Exemptions
from govportal.kinds import (
    Address,
    Choice,
    Citation,
    Count,
    CreditCode,
    Date,
    DocumentNumber,
    Figure,
    File,
    Flag,
    Identifier,
    InColumn,
    IndexNumber,
    Link,
    Many,
    Moment,
    Money,
    PartialDate,
    Phone,
    Ref,
    Text,
)  # fmt: skip
from govportal.kinds.base import BAD, Desk, Kind
from govportal.kinds.channels import Channel, Channels
from govportal.kinds.grid import Balance, Cells, Grid, line, merged
from govportal.kinds.rows import Group, Rows
from govportal.model import columns, of
from govportal.registry import find_types
from govportal.source import read_yaml


@dataclass(frozen=True, kw_only=True)
class Part:
    """A group for these tests."""

    code: str = of(Identifier("编号"), required=True)
    amount: Decimal | None = of(Money("金额"))
    to: str | None = of(Ref("指向", "policy"))
    file: str | None = of(File("文件"))


class Shelf:
    def find(self, identifier: str) -> tuple[str, str] | None:
        return ("示例文件", "/policies/rules.html") if identifier == "rules" else None

    def find_column(self, identifier: str) -> tuple[str, str] | None:
        return ("财政预决算", "/budget/") if identifier == "budget" else None


@dataclass
class Good:
    """What was written is read as `value`, shown as `shown`, exported as `exported` and searched as `words`."""

    value: Any
    words: str = ""
    exported: Any = None
    shown: Any = None


@dataclass
class Bad:
    """What was written is refused with a code, and a hint that holds these words."""

    code: str
    hint: str = ""


def text(value: str) -> Good:
    return Good(value, value, value, [{"text": value}])


def day(value: str) -> Good:
    return Good(date.fromisoformat(value), value, value, [{"text": value, "datetime": value}])


LIMIT = Text("标题", limit=5)
COLOURS = Choice("颜色", "红色", "绿色")
GRID = Grid(
    "件数表",
    rows=(line("came", "一、收到"), line("granted", "二、结果", "公开"), line("denied", "二、结果", "不公开"), line("done", "二、结果", "总计")),
    columns=(line("person", "自然人"), line("body", "法人"), line("total", "总计")),
    sums=(Balance(("done",), ("granted", "denied")), Balance(("done",), ("came",), at_most=True)),
    balances=(Balance(("total",), ("person", "body")),),
)
SINGLE = Grid("金额表", rows=(line("fees", "收费"),), columns=(line("amount", "金额"),), cell=Money("金额", "万元"))
EXAMPLES: list[tuple[Kind, str, Good | Bad]] = [
    (LIMIT, "示例", text("示例")), (LIMIT, "NO", text("NO")), (LIMIT, "010", text("010")), (LIMIT, "一二三四五六", Bad("text/too-long", "写短")),
    (LIMIT, "[a]", Bad("field/not-a-value")),
    (Text("标题"), "a<b", Bad("text/markup", "只写文字")), (Text("标题"), "a < b", Bad("text/markup")), (Text("标题"), "a <5", text("a <5")),
    (Text("标题"), "\"一\\n二\"", text("一 二")), (Text("说明", lines=True), "\"一\\n二\"", text("一\n二")),
    (Text("标题"), "javascript:x", Bad("text/markup")), (Text("标题"), "data:text/html,x", Bad("text/markup")),
    (Text("标题"), "资料 data：说明", text("资料 data：说明")),
    (Identifier("编号"), "a-1", text("a-1")), (Identifier("编号"), "A", Bad("identifier/format", "例如")), (Identifier("编号"), "-a", Bad("identifier/format")),
    (Identifier("编号"), "a" * 80, text("a" * 80)), (Identifier("编号"), "a" * 81, Bad("identifier/format")), (Identifier("编号"), "а", Bad("identifier/format")),
    (Link("网址"), "https://www.gov.cn/a?b=c#d", Good("https://www.gov.cn/a?b=c#d", "https://www.gov.cn/a?b=c#d", "https://www.gov.cn/a?b=c#d",
                                                     [{"text": "www.gov.cn", "href": "https://www.gov.cn/a?b=c#d", "external": True}])),
    (Link("网址"), "www.gov.cn", Bad("link/format", "https://")), (Link("网址"), "ftp://x.org/", Bad("link/format")), (Link("网址"), "https://", Bad("link/format")),
    (Link("网址"), "https://a:b@x.org/", Bad("link/format")), (Link("网址"), "https://x.org/a b", Bad("link/format")),
    (Link("网址"), "https://[::1", Bad("link/format")),
    (Link("网址"), "https://x.org:99999/", Bad("link/format")), (Link("网址"), "javascript:alert(1)", Bad("link/format")),
    (Address("网址"), "/policies/2024/17.html", text("/policies/2024/17.html")), (Address("网址"), "/A_b~c.html", text("/A_b~c.html")),
    (Address("网址"), "policies/17.html", Bad("address/format")), (Address("网址"), "/a/../b.html", Bad("address/format")),
    (Address("网址"), "//a/b.html", Bad("address/format")),
    (Address("网址"), "/a.htm", Bad("address/format")), (Address("网址"), "/a.html/b.html", Bad("address/format")),
    (Address("网址"), "/.a.html", Bad("address/format")),
    (Phone("电话"), "0454-8700000", text("0454-8700000")), (Phone("电话"), "12345", text("12345")), (Phone("电话"), "400-123-4567", text("400-123-4567")),
    (Phone("电话"), "0454-8700000-801", text("0454-8700000-801")), (Phone("电话"), "13812345678", Bad("phone/format", "不要写个人手机号")),
    (Phone("电话"), "0454 8700000", Bad("phone/format")),
    (Date("日期"), "2024-02-29", day("2024-02-29")), (Date("日期"), "2023-02-29", Bad("date/no-such-day", "核对")),
    (Date("日期"), "2024-13-01", Bad("date/no-such-day")),
    (Date("日期"), "2024.5.1", Bad("date/format", "改为 2024-05-01")), (Date("日期"), "2024/05/01", Bad("date/format", "改为 2024-05-01")),
    (Date("日期"), "2024年5月1日", Bad("date/format", "改为 2024-05-01")), (Date("日期"), "二〇二四年五月一日", Bad("date/format", "改为 2024-05-01")),
    (Date("日期"), "二〇二四年十二月三十一日", Bad("date/format", "改为 2024-12-31")), (Date("日期"), "2024-5-1", Bad("date/format", "改为 2024-05-01")),
    (Date("日期"), "明天", Bad("date/format", "2026-11-23")), (Date("日期"), "0000-01-01", Bad("date/no-such-day")),
    (Date("日期"), "２０２４-０１-01", Bad("date/format", "改为 2024-01-01")),
    (Moment("时间"), "2026-11-23", Good("2026-11-23", "2026-11-23", "2026-11-23", [{"text": "2026-11-23", "datetime": "2026-11-23"}])),
    (Moment("时间"), "2026-11-23 09:30", Good("2026-11-23 09:30", "2026-11-23 09:30", "2026-11-23 09:30",
                                              [{"text": "2026-11-23 09:30", "datetime": "2026-11-23T09:30+08:00"}])),
    (Moment("时间"), "2026-11-23T09:30", Good("2026-11-23 09:30")), (Moment("时间"), "2026-11-23 9:30", Bad("date/format", "09:30")),
    (Moment("时间"), "2026-11-23 24:00", Bad("date/format", "2026-11-23")), (Moment("时间"), "2026-02-30 09:30", Bad("date/no-such-day")),
    (PartialDate("日期"), "1992", Good("1992", "1992", "1992", [{"text": "1992", "datetime": "1992"}])), (PartialDate("日期"), "1992-08", Good("1992-08")),
    (PartialDate("日期"), "1992-08-01", Good("1992-08-01")), (PartialDate("日期"), "1992-13", Bad("date/format")), (PartialDate("日期"), "92", Bad("date/format")),
    (PartialDate("日期"), "1992-02-30", Bad("date/no-such-day")),
    (COLOURS, "红色", text("红色")), (COLOURS, "红", Bad("choice/unknown", "改为 红色")), (COLOURS, "xyz", Bad("choice/unknown", "红色、绿色")),
    (Flag("示例"), "true", Good(True, "是", True, [{"text": "是"}])), (Flag("示例"), "否", Good(False, "否", False, [{"text": "否"}])),
    (Flag("示例"), "yes", Bad("flag/format", "true")),
    (Flag("示例"), "True", Bad("flag/format")),
    (Count("数"), "0", Good(0, "0", 0, [{"text": "0"}])), (Count("数"), "37", Good(37, "37", 37)), (Count("数"), "007", Bad("count/format")),
    (Count("数"), "-1", Bad("count/format")),
    (Count("数"), "1,000", Bad("count/format", "不加逗号")), (Count("数"), "1e3", Bad("count/format")), (Count("数"), "3７", Bad("count/format")),
    (Money("金额"), "1２", Bad("money/format")), (Phone("电话"), "0454-870000０", Bad("phone/format")),
    (Moment("时间"), "２026-11-23", Bad("date/format", "改为 2026-11-23")), (PartialDate("日期"), "199２", Bad("date/format")),
    (Identifier("年份", pattern=r"\d{4}", sample="2019"), "201９", Bad("identifier/format", "2019")),
    (IndexNumber("索引号"), "11999999000000001U/2026-0000１", Bad("index-number/format")),
    (Money("金额"), "12.50", Good(Decimal("12.50"), "12.50元", "12.50", [{"text": "12.50元"}])), (Money("金额"), "0", Good(Decimal(0), "0元", "0")),
    (Money("金额", unit="万元"), "-3.1", Good(Decimal("-3.1"), "-3.1万元", "-3.1")), (Money("金额"), "12.505", Bad("money/format", "12.50")),
    (Money("金额", "万元", decimals=6), "0.000123", Good(Decimal("0.000123"), "0.000123万元", "0.000123")),
    (Money("金额", "万元", decimals=6), "0.0000001", Bad("money/format")),
    (Money("金额"), "免费", Bad("money/format", "不收费写 0")), (Money("金额"), "12元", Bad("money/format")), (Money("金额"), "1e3", Bad("money/format")),
    (DocumentNumber("文号"), "[1992]价费字240号", Bad("yaml/syntax")), (DocumentNumber("文号"), "'[1992]价费字240号'", text("[1992]价费字240号")),
    (DocumentNumber("文号"), "令第711号", text("令第711号")),
    (CreditCode("代码"), "11999999000000001U", text("11999999000000001U")), (CreditCode("代码"), "11999999000000001X", Bad("credit-code/check", "核对")),
    (IndexNumber("索引号"), "11999999000000001U/2026-00001", text("11999999000000001U/2026-00001")),
    (IndexNumber("索引号"), "000014349/2017-00110", Bad("index-number/format", "例如")),
    (IndexNumber("索引号"), "11999999000000001X/2026-00001", Bad("credit-code/check")),
    (File("附件"), "a/b.pdf", text("a/b.pdf")), (File("附件"), "通知 附件.docx", text("通知 附件.docx")),
    (File("附件"), "../b.pdf", Bad("file/name")), (File("附件"), "b.exe", Bad("file/name")),
    (Ref("文件", "policy"), "rules", Good("rules", "rules", "rules", [{"text": "示例文件", "href": "/policies/rules.html"}])),
    (InColumn("栏目"), "budget", Good("budget", "budget", "budget", [{"text": "财政预决算", "href": "/budget/"}])),
    (InColumn("栏目"), "nowhere", Good("nowhere", "nowhere", "nowhere", [])), (InColumn("栏目"), "../x", Bad("identifier/format")),
    (Citation("依据"), "rules", Good("rules", "rules", "rules", [{"text": "《示例文件》", "href": "/policies/rules.html"}])),
    (Citation("依据"), "《别处的法》第三条", text("《别处的法》第三条")), (Citation("依据"), "示例发〔2020〕3号", text("示例发〔2020〕3号")),
    (Citation("依据"), "别处的法", Bad("citation/format", "书名号")), (Citation("依据"), "../x", Bad("identifier/format")),
    (Citation("依据"), "《<b>法</b>》", Bad("citation/format")), (Citation("依据"), "《甲法》<b>", Bad("text/markup")),
    (Ref("文件", "policy"), "hidden", Good("hidden", "hidden", "hidden", [])), (Ref("文件"), "../x", Bad("identifier/format")),
    (Many(Text("词")), "[甲, 乙]", Good(("甲", "乙"), "甲；乙", ["甲", "乙"], [{"text": "甲"}, {"text": "乙"}])),
    (Many(Text("词")), "甲", Good(("甲",), "甲", ["甲"])),
    (Many(Text("词")), "[甲, '']", Bad("field/empty-item", "删掉")), (Many(Date("日")), "[2024-01-01, x]", Bad("date/format")),
    (Many(Text("词")), "[[甲]]", Bad("field/not-a-value")),
    (Group("部分", Part), "{code: a, amount: '2'}", Good(Part(code="a", amount=Decimal(2)), "编号：a；金额：2元", {"code": "a", "amount": "2"})),
    (Group("部分", Part), "a", Bad("field/not-a-group")), (Group("部分", Part), "{amount: 1}", Bad("field/missing", "code: ")),
    (Group("部分", Part), "{code: a, x: y}", Bad("field/unknown")),
    (Rows("各部分", Part, key="code"), "[{code: a}, {code: b}]",
        Good((Part(code="a"), Part(code="b")), "编号：a\n编号：b", [{"code": "a"}, {"code": "b"}], [{"text": "2 项"}])),
    (Rows("各部分", Part, key="code"), "[{code: a}, {code: a}]", Bad("rows/repeated-key", "不同")),
    (Rows("各部分", Part), "[{code: a}, {code: a}]", Good((Part(code="a"), Part(code="a")))),
    (Rows("各部分", Part), "{code: a}", Bad("field/not-a-list")), (Rows("各部分", Part), "[a]", Bad("field/not-a-group")),
    (Channels("渠道"), "[{kind: 微信, name: 示例号, published_on: 2026-11-20}, {kind: 网站, address: https://portal.example/a}]",
        Good((Channel(kind="微信", name="示例号", published_on=date(2026, 11, 20)), Channel(kind="网站", address="https://portal.example/a")),
             "微信 示例号 2026-11-20；网站 https://portal.example/a",
             [{"kind": "微信", "name": "示例号", "published_on": "2026-11-20"}, {"kind": "网站", "address": "https://portal.example/a"}],
             [{"text": "微信 示例号"}, {"text": "（2026-11-20）", "joined": True}, {"text": "网站", "href": "https://portal.example/a", "external": True}])),
    (Channels("渠道"), "[{kind: 抖音}]", Bad("choice/unknown", "网站")),
    (Figure("数值"), "-0.60", Good(Decimal("-0.60"), "-0.60", "-0.60", [{"text": "-0.60"}])), (Figure("数值"), "0", Good(Decimal(0), "0", "0")),
    (Figure("数值"), "1.23456", Bad("figure/format", "12.5")), (Figure("数值"), "5%", Bad("figure/format")), (Figure("数值"), "1,000", Bad("figure/format")),
    (Figure("数值"), "１", Bad("figure/format")), (Figure("数值"), "+1", Bad("figure/format")),
    (GRID, "{came: [2, 1, 3], granted: [1, 0, 1], denied: [1, 1, 2], done: [2, 1, 3]}",
        Good(Cells({"came": (2, 1, 3), "granted": (1, 0, 1), "denied": (1, 1, 2), "done": (2, 1, 3)}),
             "一、收到：自然人 2，法人 1，总计 3；公开：自然人 1，法人 0，总计 1；不公开：自然人 1，法人 1，总计 2；总计：自然人 2，法人 1，总计 3",
             {"came": [2, 1, 3], "granted": [1, 0, 1], "denied": [1, 1, 2], "done": [2, 1, 3]}, [{"text": "4 行 3 列"}])),
    (GRID, "{came: [3, 1, 4], granted: [1, 0, 1], denied: [1, 1, 2], done: [2, 1, 3]}", Good(Cells({"came": (3, 1, 4), "granted": (1, 0, 1),
        "denied": (1, 1, 2), "done": (2, 1, 3)}))),
    (GRID, "{came: [2, 1, 3], granted: [1, 0, 1], done: [2, 1, 3]}", Bad("grid/missing-row", "denied: [0, 0, 0]")),
    (GRID, "{came: [2, 1, 3], granted: [1, 0], denied: [1, 1, 2], done: [2, 1, 3]}", Bad("grid/row-length", "自然人、法人、总计")),
    (GRID, "{came: 2, granted: [0, 0, 0], denied: [0, 0, 0], done: [0, 0, 0]}", Bad("grid/row-length")),
    (GRID, "{came: [2, 1, 3], granted: [1, 0, 1], denied: [1, 一, 2], done: [2, 1, 3]}", Bad("count/format", "37")),
    (GRID, "{came: [3, 1, 3], granted: [1, 0, 1], denied: [1, 1, 2], done: [2, 1, 3]}", Bad("grid/not-equal", "改为 4")),
    (GRID, "{came: [2, 0, 2], granted: [1, 0, 1], denied: [0, 0, 0], done: [1, 0, 1]}", Good(Cells({"came": (2, 0, 2), "granted": (1, 0, 1),
        "denied": (0, 0, 0), "done": (1, 0, 1)}))),
    (Grid("表", rows=(line("came", "收到"), line("done", "办结")), columns=(line("n", "数"),), sums=(Balance(("done",), ("came",), at_most=True),)),
        "{came: 1, done: 2}", Bad("grid/too-large", "核对")),
    (GRID, "{came: [0, 0, 0], granted: [0, 0, 0], denied: [0, 0, 0], done: [0, 0, 0], grantd: [0, 0, 0]}", Bad("grid/unknown-row", "granted")),
    (GRID, "[1, 2]", Bad("field/not-a-group", "came: [0, 0, 0]")), (GRID, "{came: [2, 1, [3]], granted: [1, 0, 1], denied: [1, 1, 2], done: [2, 1, 3]}",
        Bad("field/not-a-value")),
    (SINGLE, "{fees: 12.50}", Good(Cells({"fees": (Decimal("12.50"),)}), "收费：12.50万元", {"fees": "12.50"})),
    (SINGLE, "{fees: [12.50]}", Good(Cells({"fees": (Decimal("12.50"),)}))), (SINGLE, "{fees: 免费}", Bad("money/format")),
    (Exemptions("豁免"), "{column/stale: 改革过渡期}", Good({"column/stale": "改革过渡期"}, "column/stale：改革过渡期")),
    (Exemptions("豁免"), "{a: ''}", Bad("exempt/no-reason")),
    (Exemptions("豁免"), "a", Bad("field/not-a-group")), (Exemptions("豁免"), "{a: [b]}", Bad("field/not-a-value")),
]  # fmt: skip


def read(kind: Kind, written: str) -> tuple[Any, list[Any]]:
    node, problems = read_yaml("a.md", f"field: {written}")
    if node is None:
        return BAD, problems
    desk = Desk("a.md")
    return kind.read(node.items["field"], desk), desk.problems


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    EXAMPLES,
    ids=lambda one: one.label if isinstance(one, Kind) else one[:30] if isinstance(one, str) else "",
)
def test_a_kind_reads_shows_exports_and_words_its_values(
    kind: Kind, written: str, expected: Good | Bad
) -> None:
    value, problems = read(kind, written)
    if isinstance(expected, Bad):
        assert value is BAD or expected.code == "field/unknown"
        assert [one.code for one in problems] == [expected.code]
        assert expected.hint in problems[0].hint and problems[0].hint
        assert problems[0].at.line == 1 and problems[0].at.column >= 1
        return
    assert problems == [] and value == expected.value
    if expected.words:
        assert kind.words(value) == expected.words
    if expected.exported is not None:
        assert kind.export(value) == expected.exported
    if expected.shown is not None:
        assert kind.show(value, Shelf()) == expected.shown
    jsonschema.validate(kind.export(value), kind.schema(), cls=jsonschema.Draft202012Validator)


ALL_KINDS = [Text("词"), Identifier("词"), Link("词"), Address("词"), Phone("词"), Date("词"), Moment("词"), PartialDate("词"), COLOURS, Flag("词"),
    Count("词"), Money("词"),
             DocumentNumber("词"), CreditCode("词"), IndexNumber("词"), File("词"), Ref("词", "policy"), InColumn("词"), Citation("词"),
             Many(Text("词")), Group("词", Part),
             Rows("词", Part), Channels("词"), Figure("词"), GRID, SINGLE, Exemptions("词")]  # fmt: skip


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: type(kind).__name__)
def test_every_kind_has_its_six_doors(kind: Kind) -> None:
    value, problems = read(kind, kind.example())
    assert problems == [] and value is not BAD, "its example is not something to type"
    assert kind.words(value)
    assert kind.show(value, Shelf()) is not None
    assert all(isinstance(part["text"], str) for part in kind.show(value, Shelf()))
    jsonschema.Draft202012Validator.check_schema(kind.schema())
    jsonschema.validate(kind.export(value), kind.schema(), cls=jsonschema.Draft202012Validator)
    assert kind.schema()["title"] == kind.label
    assert kind.form()["widget"] and kind.form()["label"] == kind.label


def every_field(declared: type, owner: str = "") -> list[tuple[str, Kind]]:
    found: list[tuple[str, Kind]] = []
    for one in columns(declared):
        found.append((f"{owner}{one.name}", one.kind))
        if isinstance(one.kind, Group | Rows):
            found += every_field(one.kind.of, f"{owner}{one.name}.")
    return found


@pytest.mark.parametrize("declared", find_types(), ids=lambda one: one.type.name)
def test_what_a_hint_says_to_type_can_be_typed(declared: type[Document]) -> None:
    for name, kind in every_field(declared):
        value, problems = read(kind, kind.example())
        assert value is not BAD and problems == [], f"{name}: {kind.example()}"


def test_references_and_files_are_found_in_groups_rows_and_lists() -> None:
    part = Part(code="a", to="rules", file="a.pdf")
    for kind, value in ((Group("词", Part), part), (Rows("词", Part), (part, Part(code="b")))):
        assert kind.references(value) == ("rules",) and kind.files(value) == ("a.pdf",)
    assert Many(Ref("词")).references(("a", "b")) == ("a", "b")
    assert Many(Citation("词")).references(("a", "《甲法》")) == ("a",)
    assert Many(Citation("词")).written(("a", "《甲法》")) == ("《甲法》",)
    assert Many(File("词")).files(("a.pdf",)) == ("a.pdf",)
    assert Text("词").references("a") == () and Text("词").files("a.pdf") == ()


def test_an_item_written_twice_is_kept_once_with_a_warning() -> None:
    value, problems = read(Many(Text("词")), "[甲, 乙, 甲]")
    assert value == ("甲", "乙") and [one.code for one in problems] == ["field/repeated-item"]


def test_every_item_of_a_list_that_cannot_be_read_is_named() -> None:
    value, problems = read(Many(Date("日")), "[2024-02-30, 2024-01-01, x]")
    assert value is BAD and [(one.at.column, one.code) for one in problems] == [
        (9, "date/no-such-day"),
        (33, "date/format"),
    ]


def test_every_wrong_sum_of_a_grid_is_named_at_its_number() -> None:
    value, problems = read(GRID, "{came: [2, 1, 3], granted: [1, 0, 1], denied: [1, 1, 3], done: [1, 1, 3]}")
    assert value is BAD
    assert [(one.at.column, one.code) for one in problems] == [
        (72, "grid/not-equal"),
        (78, "grid/not-equal"),
        (61, "grid/not-equal"),
        (78, "grid/not-equal"),
    ]
    assert problems[0].message == "“自然人”一列：“总计”1，“公开”1＋“不公开”1，不相等"
    assert problems[2].message == "“不公开”一行：“总计”3，“自然人”1＋“法人”1，不相等"


def test_heads_that_belong_together_are_merged() -> None:
    heads = merged((line("a", "一"), line("b", "二", "甲", "1"), line("c", "二", "甲", "2"), line("d", "二", "乙"), line("e", "三", "甲", "1")))
    assert [[(one["text"], one["along"], one["across"]) for one in begins] for begins in heads] == [
        [("一", 1, 3)],
        [("二", 3, 1), ("甲", 2, 1), ("1", 1, 1)],
        [("2", 1, 1)],
        [("乙", 1, 2)],
        [("三", 1, 1), ("甲", 1, 1), ("1", 1, 1)],
    ]


def test_the_table_of_a_grid_covers_every_square_once() -> None:
    value, _ = read(GRID, "{came: [2, 1, 3], granted: [1, 0, 1], denied: [1, 1, 2], done: [2, 1, 3]}")
    table = GRID.table(value, "requests")
    for rows, width in ((table["rows"], table["corner_width"]), (table["heads"], len(GRID.columns))):
        heads = [head for row in rows for head in (row["heads"] if isinstance(row, dict) else row)]
        assert sum(head["along"] * head["across"] for head in heads) == width * len(rows)
    assert [row["cells"] for row in table["rows"]] == [["2", "1", "3"], ["1", "0", "1"], ["1", "1", "2"], ["2", "1", "3"]]
    assert [row["id"] for row in table["rows"]] == ["requests-came", "requests-granted", "requests-denied", "requests-done"]
