"""Charts as a type asks for them: figures with their words, without a shape. `products/charts.py` lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True)
class Item:
    """One thing that is counted or measured, with a figure for each series (None where there is none) and a remark."""

    label: str
    figures: tuple[Number | None, ...]
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Figures to look at. `title` names the unit; `series` are what the figures of an item are, in their order.

    One series gives a bar for each item, several give bars one below another, and with `parts` one bar cut into
    parts. `whole` is the figure of the longest possible bar where there is one (100 for shares). `source` says who
    gave the figures and `day` of when they are. `remark` names what the remarks of the items are.
    """

    title: str
    head: str
    series: tuple[str, ...]
    items: tuple[Item, ...]
    source: str
    day: str
    remark: str = ""
    parts: bool = False
    whole: Number | None = None

    @property
    def shown(self) -> bool:
        """Whether there is something to look at: a bar of some length, and no figure below nothing."""
        figures = [one for item in self.items for one in item.figures if one is not None]
        return any(figures) and min(figures) >= 0


MOST = 10
"""How many bars one looks at with profit; what is left is one more."""


def largest(figures: Iterable[tuple[str, Number]], rest: str = "其他") -> list[tuple[str, Number]]:
    """The largest figures in falling order, what remains added up as one; what is nothing is left out."""
    found = sorted(((label, value) for label, value in figures if value), key=lambda one: -one[1])
    if len(found) <= MOST:
        return found
    remains: Number = sum((value for _, value in found[MOST - 1 :]), start=Decimal(0))
    return [*found[: MOST - 1], (f"{rest}（{len(found) - MOST + 1} 项）", remains)]


def composition(
    title: str, head: str, series: str, figures: Iterable[tuple[str, Number]], source: str, day: str
) -> Chart:
    """Of what a sum is made, with the share of each part."""
    found = largest(figures)
    total = sum((value for _, value in found), start=Decimal(0))
    items = tuple(
        Item(label, (value,), f"{value / total * 100:.1f}%" if total else "") for label, value in found
    )
    return Chart(title=title, head=head, series=(series,), items=items, source=source, day=day, remark="占比")


def beside(
    title: str,
    head: str,
    series: Sequence[str],
    items: Iterable[tuple[str, Sequence[Number | None]]],
    source: str,
    day: str,
) -> Chart:
    """Figures of the same things beside one another, the first against the last: this year's and last year's."""
    made = []
    for label, figures in items:
        now, before = figures[0], figures[-1]
        change = f"{(now - before) / before * 100:+.1f}%" if now is not None and before else ""
        made.append(Item(label, tuple(figures), change.replace("-", "−")))
    return Chart(
        title=title,
        head=head,
        series=tuple(series),
        items=tuple(made),
        source=source,
        day=day,
        remark=f"比{series[-1]}",
    )
