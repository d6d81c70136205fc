"""Charts laid out as bars with their figures beside them: positions for a picture, and the same figures as a table.

Heights and places are in em and lengths in per cent of the picture's width, so that letters keep their size on every
screen and a chart grows with the reader's type. Words are broken by their measured width.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govportal.charts import Chart, Item, Number

LINE, BAR, GAP = 1.5, 1.0, 0.75
"""Height of a line of words, of a bar, and of the space between two items, in em."""
WIDEST = 18.0
"""Em that a line of words may take: what a phone of 320 pixels has at 15 pixels a letter."""
LONGEST = {1: 66.0, 2: 48.0}
"""Per cent of the width that the longest bar takes where its figure, or series and figure, stand behind it."""
STYLE = "/assets/css/charts.css"
"""The style sheet of pages that have charts."""
STYLES = 3
"""Kinds of filling; a fourth series begins again."""


def layout(chart: Chart, number: int) -> dict[str, Any]:
    """The view of a chart: `number` tells the charts of a page apart."""
    texts: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    top = 0.0

    def say(words: str, quiet: bool = False) -> None:
        nonlocal top
        for line in broken(words):
            texts.append({"x": "0", "y": _em(top + LINE * 0.75), "text": line, "quiet": quiet})
            top += LINE

    if chart.parts:
        top = _legend(chart.series, texts, bars)
    top_figure = float(chart.whole or _greatest(chart))
    for item in chart.items:
        remark = f"{chart.remark} {item.remark}" if item.remark else ""
        whole = f"{item.label}　{remark}".rstrip("　")
        if measured(whole) <= WIDEST:
            say(whole)
        else:
            say(item.label)
            say(remark)
        if chart.parts:
            _parted(item, top_figure, top, bars)
            top += BAR + 0.25
            named = zip(chart.series, item.figures, strict=True)
            say("，".join(f"{name} {_words(one)}" for name, one in named if one), True)
        else:
            top = _one_below_another(chart, item, top_figure, top, texts, bars)
        top += GAP
    return {
        "id": f"chart-{number}",
        "title": chart.title,
        "description": description(chart),
        "height": _em(top),
        "texts": texts,
        "bars": bars,
        "head": chart.head,
        "series": list(chart.series),
        "rows": [
            {"label": item.label, "figures": [_words(one) for one in item.figures], "remark": item.remark}
            for item in chart.items
        ],
        "remark": chart.remark if any(item.remark for item in chart.items) else "",
        "source": chart.source,
        "day": chart.day,
    }


def layouts(charts: Iterable[Chart]) -> list[dict[str, Any]]:
    """The views of all charts of a page that have something to show."""
    return [layout(chart, number) for number, chart in enumerate((one for one in charts if one.shown), 1)]


def description(chart: Chart) -> str:
    """What a chart shows, for those who do not see it; every figure stands in the table beside it."""
    first = [(item.figures[0], item.label) for item in chart.items if item.figures[0] is not None]
    most, label = max(first, key=lambda one: one[0], default=(0, ""))
    kind = "分段条形图" if chart.parts else "条形图"
    words = f"{kind}，共 {len(chart.items)} 项，各项数字见数据表。"
    return words + (f"{chart.series[0]}最多的是{label}，{_words(most)}。" if label else "")


def _greatest(chart: Chart) -> Number:
    if chart.parts:
        return max(sum(one or 0 for one in item.figures) for item in chart.items)
    return max(one or 0 for item in chart.items for one in item.figures)


def _one_below_another(
    chart: Chart, item: Item, most: float, top: float, texts: list[dict[str, Any]], bars: list[dict[str, Any]]
) -> float:
    longest = LONGEST[1 if len(chart.series) == 1 else 2]
    for place, (name, figure) in enumerate(zip(chart.series, item.figures, strict=True)):
        if figure is None:
            continue
        width = float(figure) / most * longest
        bars.append(_bar(0, width, top, place))
        words = _words(figure) if len(chart.series) == 1 else f"{name} {_words(figure)}"
        texts.append(
            {"x": _per_cent(width), "y": _em(top + BAR * 0.85), "text": words, "quiet": False, "behind": True}
        )
        top += BAR + 0.25
    return top


def _parted(item: Item, most: float, top: float, bars: list[dict[str, Any]]) -> None:
    left = 0.0
    for place, figure in enumerate(item.figures):
        width = float(figure or 0) / most * 100
        if width:
            bars.append(_bar(left, width, top, place))
        left += width


def _legend(series: Iterable[str], texts: list[dict[str, Any]], bars: list[dict[str, Any]]) -> float:
    """Which filling means what, one below another; the height that it takes."""
    top = 0.0
    for place, name in enumerate(series):
        bars.append(_bar(0, 8, top + 0.25, place))
        texts.append({"x": "8%", "y": _em(top + LINE * 0.75), "text": name, "quiet": False, "behind": True})
        top += LINE
    return top + GAP


def _bar(left: float, width: float, top: float, style: int) -> dict[str, Any]:
    return {
        "x": _per_cent(left),
        "y": _em(top),
        "width": _per_cent(width),
        "height": _em(BAR),
        "style": style % STYLES + 1,
    }


def _em(value: float) -> str:
    return f"{value:.4g}em"


def _per_cent(value: float) -> str:
    return f"{value:.5g}%"


def _words(figure: Number | None) -> str:
    return "—" if figure is None else str(figure)


def measured(words: str) -> float:
    """The width of words in em: a Chinese character takes one, a letter or figure a little over half."""
    return sum(0.6 if one.isascii() else 1.0 for one in words)


def broken(words: str, widest: float = WIDEST) -> list[str]:
    """Words cut into lines that fit; a number or Latin word stays whole where it can."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and measured(line + piece) > widest:
            lines.append(line.rstrip("　 "))
            line = piece.lstrip("　 ")
        else:
            line += piece
    return [*lines, line] if line else lines


def _pieces(words: str) -> Iterable[str]:
    """Single Chinese characters with the punctuation that may not begin a line, and whole Latin words."""
    piece = ""
    for one in words:
        joins = one in "，。；：、）》”〕%" or (
            piece and piece[-1].isascii() and one.isascii() and one != " "
        )
        if piece and not joins and piece[-1] not in "（《“〔":
            yield piece
            piece = ""
        piece += one
    if piece:
        yield piece
