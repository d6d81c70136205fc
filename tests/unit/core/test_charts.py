"""Charts: what is worth showing, shares and changes, lines that fit a phone, bars as long as their figures."""

from decimal import Decimal

import pytest

from govportal.charts import MOST, Chart, Item, beside, composition, largest
from govportal.products.charts import WIDEST, broken, layout, layouts, measured

SAID = ("示例机关", "2026-11-23")


def chart(*items: Item, **more: object) -> Chart:
    return Chart(**({"title": "示例（单位：件）", "head": "项目", "series": ("件数",), "items": items, "source": SAID[0], "day": SAID[1]} | more))  # type: ignore[arg-type]


def test_small_parts_are_added_up_and_nothing_is_lost() -> None:
    figures = [(f"第{number}项", Decimal(number)) for number in range(15)]
    found = largest(figures)
    assert len(found) == MOST and found[0] == ("第14项", 14) and found[-1] == ("其他（5 项）", 1 + 2 + 3 + 4 + 5)
    assert sum(value for _, value in found) == sum(range(15))
    assert largest([("甲", 2), ("乙", 0), ("丙", 3)]) == [("丙", 3), ("甲", 2)]


def test_shares_and_changes() -> None:
    parts = composition("构成", "项目", "数", [("甲", Decimal("1.00")), ("乙", Decimal("2.00"))], *SAID)
    assert [(one.label, one.remark) for one in parts.items] == [("乙", "66.7%"), ("甲", "33.3%")]
    assert not composition("构成", "项目", "数", [("甲", 5), ("乙", -5)], *SAID).shown
    both = beside("比较", "项目", ("今年", "去年"), [("甲", (3, 2)), ("乙", (1, 2)), ("丙", (1, 0)), ("丁", (None, 1))], *SAID)
    assert [one.remark for one in both.items] == ["+50.0%", "−50.0%", "", ""] and both.remark == "比去年"


@pytest.mark.parametrize(("figures", "shown"), [((1, 0), True), ((0, 0), False), ((None,), False), ((), False), ((5, -1), False)])
def test_a_chart_needs_something_to_show(figures: tuple[int | None, ...], shown: bool) -> None:
    made = chart(*(Item("甲", (one,)) for one in figures))
    assert made.shown is shown and len(layouts([made])) == shown


def test_bars_are_as_long_as_their_figures() -> None:
    view = layout(chart(Item("甲", (50,)), Item("乙", (25,)), Item("丙", (0,))), 1)
    assert [one["width"] for one in view["bars"]] == ["66%", "33%", "0%"]
    assert [one["text"] for one in view["texts"] if one.get("behind")] == ["50", "25", "0"]
    assert layout(chart(Item("甲", (50,)), whole=100), 1)["bars"][0]["width"] == "33%"
    tops = [float(one["y"].removesuffix("em")) for one in view["bars"]]
    assert tops == sorted(tops) and float(view["height"].removesuffix("em")) > tops[-1] + 1


def test_parts_follow_one_another_and_are_said_in_words() -> None:
    view = layout(chart(Item("一", (3, 1, 0)), Item("二", (1, 1, 2)), series=("有", "示例", "无"), parts=True), 1)
    legend, first, second = view["bars"][:3], view["bars"][3:5], view["bars"][5:]
    assert [one["style"] for one in legend] == [1, 2, 3]
    assert [(one["x"], one["width"]) for one in first] == [("0%", "75%"), ("75%", "25%")]
    assert [(one["x"], one["width"], one["style"]) for one in second] == [("0%", "25%", 1), ("25%", "25%", 2), ("50%", "50%", 3)]
    assert [one["text"] for one in view["texts"] if one["quiet"]] == ["有 3，示例 1", "有 1，示例 1，无 2"]


def test_every_figure_stands_in_the_table() -> None:
    view = layout(chart(Item("甲", (Decimal("10.50"), None), "+1.0%"), series=("今年", "去年"), remark="比去年"), 2)
    assert view["rows"] == [{"label": "甲", "figures": ["10.50", "—"], "remark": "+1.0%"}]
    assert (view["id"], view["remark"], view["series"]) == ("chart-2", "比去年", ["今年", "去年"])
    assert "今年最多的是甲，10.50" in view["description"]


@pytest.mark.parametrize("words", [
    "一般公共服务支出", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "A" * 40 + "甲",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "",
])  # fmt: skip
def test_words_are_broken_to_fit_and_none_is_lost(words: str) -> None:
    lines = broken(words)
    assert "".join(lines) == words
    assert all(measured(line) <= WIDEST + 1 or line.isascii() for line in lines)
    assert not any(line[0] in "，。；：、）》”" for line in lines)
