"""Lists through time: the lasting page of every list, and what changed between any two of its editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise
from typing import Any

from govportal.charts import MOST, Chart, Item
from govportal.editions import (
    compare,
    comparison_data,
    comparison_table,
    list_address,
    summary_of,
    table_of,
)
from govportal.han import long_date
from govportal.plans import Group, Plan
from govportal.products.charts import layouts
from govportal.products.context import Context
from govportal.products.tables import Sheet, cut, row_href, scripts_for, table_downloads

ALL_PAIRS = 12
"""Up to so many editions each is compared with each; of more, each with the one before it and with the current one."""
Pair = tuple[Any, Any]


def edition_pages(context: Context) -> Iterator[Group]:
    """The page of every list, and its comparisons."""
    for (name, of), editions in sorted(context.site.editions.items()):
        if not editions[0].is_list:
            continue
        # A comparison shows the change records of all editions between the two.
        signature = context.site.signature(*(record.id for record in editions))
        yield Group(f"editions/{name}/{of}", signature, partial(_pages, context, editions))


def pairs_of(editions: Sequence[Any], current: Any) -> list[Pair]:
    """The pairs that have a page: earlier and later edition, newest first. `editions` are newest first."""
    if len(editions) <= ALL_PAIRS:
        return [(old, new) for new, old in combinations(editions, 2)]
    neighbours = [*zip(editions[1:], editions, strict=False)]
    with_current = [
        tuple(sorted((one, current), key=lambda each: each.document_date))
        for one in editions
        if one is not current
    ]
    return [*dict.fromkeys([*neighbours, *with_current])]


def _stem(old: Any, new: Any) -> str:
    return f"{list_address(new)}changes/{old.edition.isoformat()}--{new.edition.isoformat()}"


def _pages(context: Context, editions: list[Any]) -> Iterator[Plan]:
    current = context.site.current_edition(editions[0])
    pairs = pairs_of(editions, current)
    tables = {record.id: table_of(record) for record in editions}
    summaries = {
        (old.id, new.id): summary_of(compare(tables[old.id], tables[new.id])) or "没有不同"
        for old, new in pairs
    }
    yield from _list(context, editions, current, pairs, summaries)
    for old, new in pairs:
        yield from _comparison(context, old, new, pairs, summaries)


def _edition(context: Context, record: Any) -> dict[str, Any]:
    return {
        "title": f"{long_date(record.edition)}版",
        "href": context.href(context.site.addresses[record.id]),
    }


def _charts(context: Context, editions: list[Any]) -> list[Chart]:
    """How long the list was in its newest editions, and what each of them changed; `editions` are newest first."""
    newest = editions[:MOST][::-1]
    if len(newest) < 2:
        return []
    said = {"source": newest[-1].publisher(context), "day": newest[-1].edition.isoformat()}
    lengths = tuple(Item(f"{long_date(one.edition)}版", (len(one.rows),)) for one in newest)
    changes = []
    for old, new in pairwise(newest):
        found = compare(table_of(old), table_of(new))
        counts = (len(found.added), len(found.changed), len(found.removed))
        changes.append(Item(f"{long_date(new.edition)}版", counts))
    return [
        Chart(title="各版项数（单位：项）", head="版本", series=("项数",), items=lengths, **said),
        Chart(
            title="各版与前一版相比（单位：项）",
            head="版本",
            series=("新增", "修改", "删除"),
            items=tuple(changes),
            **said,
        ),
    ]


def _list(
    context: Context,
    editions: list[Any],
    current: Any,
    pairs: list[Pair],
    summaries: dict[tuple[str, str], str],
) -> Iterator[Plan]:
    address = list_address(current)
    rows = []
    for place, record in enumerate(editions):
        before = editions[place + 1] if place + 1 < len(editions) else None
        rows.append(
            _edition(context, record)
            | {
                "current": record is current,
                "published": record.published_at[:10],
                "count": len(record.rows),
                "summary": summaries[before.id, record.id] if before else "最早的一版",
                "downloads": table_downloads(
                    context, context.site.addresses[record.id].removesuffix(".html")
                ),
                "comparisons": [
                    {"text": f"{long_date(old.edition)}版", "href": context.href(_stem(old, new) + ".html")}
                    for old, new in pairs
                    if new is record
                ],
            }
        )
    title = f"{_without_edition(current)}：历次版本"
    view = {
        "title": title,
        "current": _edition(context, current) | {"record_title": current.title},
        "sample": current.sample,
        "rows": rows,
        "bounded": len(editions) > ALL_PAIRS,
        "charts": layouts(_charts(context, editions)),
        "data_href": context.href(address + "index.json") if "exports" in context.switches else "",
        "canonical": context.whole(address),
        "head_meta": [],
        "crumb": title,
        "scripts": [],
    }
    yield Plan(f"{address[1:]}index.html", "page", view, "pages/editions.html", current.column)
    if "exports" in context.switches:
        yield Plan(
            f"{address[1:]}index.json",
            "json",
            context.notice(current)
            | {
                "list": current.list,
                "current": current.edition.isoformat(),
                "editions": [
                    {
                        "edition": one.edition.isoformat(),
                        "published_at": one.published_at,
                        "title": one.title,
                        "url": context.whole(context.site.addresses[one.id]),
                    }
                    for one in editions
                ],
                "comparisons": [
                    {
                        "from": old.edition.isoformat(),
                        "to": new.edition.isoformat(),
                        "summary": summaries[old.id, new.id],
                        "url": context.whole(_stem(old, new) + ".json"),
                    }
                    for old, new in pairs
                ],
            },
        )


def _without_edition(record: Any) -> str:
    """The title of a list without the words that tell its editions apart."""
    title: str = record.title
    begin = title.rfind("（")
    return title[:begin] if begin > 0 and title.endswith("版）") else title


def _comparison(
    context: Context, old: Any, new: Any, pairs: list[Pair], summaries: dict[tuple[str, str], str]
) -> Iterator[Plan]:
    stem = _stem(old, new)
    data = comparison_data(old, new, context)
    table = comparison_table(old, new, context)
    for row in table["rows"]:
        code = row["cells"][0][0]["text"]
        # A row that is gone is found in the old edition.
        if href := row_href(context, new, code) or row_href(context, old, code):
            row["cells"][0] = [{"text": code, "href": href}]
    for place, head in enumerate(table["columns"]):
        head["long"] = any(len(part["text"]) > 30 for row in table["rows"] for part in row["cells"][place])
    labels = sum(len(head["label"].encode()) for head in table["columns"])
    made = Sheet(
        base=stem,
        name="page",
        caption=table["caption"],
        columns=table["columns"],
        rows=table["rows"],
        starts=cut(table["rows"], labels),
        downloads=[one for one in table_downloads(context, stem) if one["href"].endswith(".json")],
    )
    title = f"{_without_edition(new)}：{table['caption']}"
    others = [
        {
            "text": f"{old_one.edition.isoformat()} 与 {new_one.edition.isoformat()}",
            "href": context.href(_stem(old_one, new_one) + ".html"),
            "current": (old_one, new_one) == (old, new),
        }
        for old_one, new_one in pairs
    ]
    for page in range(1, made.pages + 1):
        where = made.address(page)
        shown = made.table(context, page)
        view = {
            "title": title if page == 1 else f"{title}（第{page}页）",
            "crumb": table["caption"] if page == 1 else f"第{page}页",
            "above": [
                {"text": "历次版本", "href": context.href(list_address(new))},
                *([] if page == 1 else [{"text": table["caption"], "href": context.href(made.address(1))}]),
            ],
            "sample": new.sample,
            "old": _edition(context, old),
            "new": _edition(context, new),
            "summary": summaries[old.id, new.id],
            "restored": data["restored"],
            "table": shown if made.rows else None,
            "others": others,
            "canonical": context.whole(where),
            "head_meta": [],
            "scripts": scripts_for(context, [shown]),
        }
        yield Plan(where[1:], "page", view, "pages/comparison.html", new.column)
    for path, piece in made.data(context, context.notice(new)):
        yield Plan(path[1:], "json", piece)
    if "exports" in context.switches:
        yield Plan(f"{stem[1:]}.json", "json", context.notice(new) | {"title": title} | data)
