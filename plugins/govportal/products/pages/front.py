"""Home, search, site map and the page of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govportal.han import long_day
from govportal.plans import Plan
from govportal.portal import LIST_CHANGES, LIST_CHANGES_TITLE, MEASURES_ADDRESS, SITE_WIDE, Column
from govportal.products.context import Context
from govportal.products.pages.chrome import HOME
from govportal.products.pages.measures import TITLE, tally
from govportal.products.registering import TITLES

HOME_ITEMS = 7
LISTS = "清单中心"
POLICIES = "政策文件"
ASKING = "征集调查"
"""The kind of column in which drafts are laid open for comment."""
DISCLOSURE_HOME = "政府信息公开"
# The four fixed columns of a disclosure platform, in their fixed order (国办公开办函〔2019〕61号), and the way to ask.
DISCLOSURE = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "政府公报",
)


def front_pages(context: Context) -> Iterator[Plan]:
    """The pages that stand above the columns."""
    yield _home(context)
    if "search" in context.switches:
        yield Plan(
            "search.html",
            "page",
            _view(
                context,
                "/search.html",
                "搜索",
                scripts=[context.href("/assets/js/search.js")],
                index_href=context.href("/search/"),
                columns=_tree(context, context.site.portal.columns),
                sitemap_href=context.href("/sitemap.html"),
                phone=context.site.portal.settings.contact_phone,
                outside=_outside(context),
            ),
            "pages/search.html",
        )
    yield Plan(
        "sitemap.html",
        "page",
        _view(
            context,
            "/sitemap.html",
            "网站地图",
            columns=_tree(context, context.site.portal.columns),
            pages=[
                {"text": title, "href": context.href(address)}
                for title, address in (
                    *([(TITLE, MEASURES_ADDRESS)] if context.site.portal.measures else []),
                    *((text, context.site.register_addresses[name]) for name, text in _register(context)),
                    *STANDING,
                )
            ],
        ),
        "pages/sitemap.html",
    )
    if "feeds" in context.switches:
        yield Plan(
            "feeds.html",
            "page",
            _view(context, "/feeds.html", "订阅", groups=_feeds(context)),
            "pages/feeds.html",
        )


STANDING = (
    ("网站声明", "/statement.html"),
    ("隐私", "/privacy.html"),
    ("无障碍声明", "/accessibility.html"),
    ("联系我们", "/contact.html"),
)


def _view(context: Context, address: str, title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "canonical": context.whole(address), "head_meta": [], "scripts": []} | more


def _outside(context: Context) -> list[dict[str, Any]]:
    return [
        {"text": one.title, "href": one.url, "external": True, "description": one.description}
        for one in context.site.portal.settings.outside
    ]


def _tree(context: Context, columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "href": context.column_href(column),
            "children": _tree(context, column.children),
        }
        for column in columns
    ]


def _forms(context: Context, name: str) -> dict[str, str]:
    return {form: context.href(f"/feeds/{name}.{form}.xml") for form in ("rss", "atom")}


def _register(context: Context) -> list[tuple[str, str]]:
    """The standing pages of the register: name and title."""
    return list(TITLES.items()) if context.site.register_addresses else []


def _feeds(context: Context) -> list[dict[str, Any]]:
    """The feeds of the whole site, those of each section with its columns, of each organ, of each measure."""
    site = context.site

    def row(name: str, feed: str, depth: int = 0) -> dict[str, Any]:
        return {"name": name, "depth": depth} | _forms(context, feed)

    def below(column: Column, depth: int) -> Iterator[dict[str, Any]]:
        yield row(column.name, column.id, depth)
        for child in column.children:
            yield from below(child, depth + 1)

    whole = [row("全站", SITE_WIDE)]
    if site.editions:
        whole.append(row(LIST_CHANGES_TITLE, LIST_CHANGES))
    organs = sorted(site.of_type("organ"), key=lambda organ: (organ.order, organ.id))
    groups = [
        ("全站", "栏目", whole),
        *((section.name, "栏目", list(below(section, 0))) for section in site.portal.columns),
        ("各机构", "机构", [row(organ.title, f"organs/{organ.id}") for organ in organs]),
        (
            "政务公开措施",
            "措施",
            [row(one.full_title, f"measures/{one.slug}") for one in site.portal.measures],
        ),
    ]
    return [{"title": title, "what": what, "feeds": rows} for title, what, rows in groups if rows]


def _named(context: Context, name: str) -> Column | None:
    return next((column for column in context.site.columns.values() if column.name == name), None)


def _home(context: Context) -> Plan:
    """Newest of each main column, open consultations, the disclosure entrance, the key areas and the outside entrances."""
    site = context.site
    news = [_newest(context, column) for column in _home_columns(context, "工作动态")]
    policies = [
        column for column_type in (POLICIES, "政策解读") for column in _home_columns(context, column_type)
    ]
    # What stands in the section of policies comes before what stands elsewhere, such as the gazette.
    policies.sort(key=lambda column: site.trail(column.id)[0].column_type != POLICIES)
    for group in news:
        group["lead"] = group["items"][0] if group["items"] else None
    consultations = []
    for record in site.records:
        state = record.state(context)
        if state and state["badge"] == "open":
            consultations.append(
                context.item(record)
                | {"days_left": state["days_left"], "opens": state["opens"], "closes": state["closes"]}
            )
    asking = next(
        (one for one in site.columns.values() if one.column_type == ASKING and not one.children), None
    )
    disclosure = _named(context, DISCLOSURE_HOME)
    key_areas = site.portal.key_areas
    view = _view(
        context,
        "/",
        site.portal.settings.name,
        tabs=[
            {"id": name, "label": label, "groups": groups}
            for name, label, groups in (
                ("news", "要闻、公告和公报", news),
                ("policies", "政策文件和解读", [_newest(context, column) for column in policies]),
            )
            if groups
        ],
        consultations=sorted(consultations, key=lambda item: (item["closes"], item["href"])),
        consultations_href=context.column_href(asking) if asking else "",
        focus=[
            {"name": child.name, "href": context.column_href(child), "count": len(site.in_column[child.id])}
            for child in key_areas.children
        ]
        if key_areas
        else [],
        focus_href=context.column_href(key_areas) if key_areas else "",
        disclosure_href=context.column_href(disclosure) if disclosure else "",
        disclosure=[
            {"title": name, "href": context.column_href(found)}
            for name in DISCLOSURE
            if (found := _named(context, name))
        ],
        measures=tally(context) if site.portal.measures else None,
        outside=_outside(context),
        lists=[
            {
                "name": column.name,
                "href": context.column_href(column),
                "text": f"{count} 份，最新 {newest} 版" if count > 1 else f"{newest} 版",
            }
            for column, count, newest in _list_columns(context)
        ],
        feeds=[*context.feeds_of(None), {"text": "全部订阅地址", "href": context.href("/feeds.html")}]
        if "feeds" in context.switches
        else [],
        today_text=long_day(site.today),
    )
    return Plan("index.html", "page", view, "pages/home.html", HOME)


def _newest(context: Context, column: Column) -> dict[str, Any]:
    """The newest of a column, for a tab of the home page."""
    return {
        "id": column.id,
        "title": column.name,
        "href": context.column_href(column),
        "items": [context.item(record) for record in context.site.in_column[column.id][:HOME_ITEMS]],
        "lead": None,
    }


def _home_columns(context: Context, column_type: str) -> list[Column]:
    """The columns of a type that `columns.yml` puts on the home page; where it names none, the highest below the sections."""
    chosen = [one for one in context.site.columns.values() if one.on_home and one.column_type == column_type]
    if chosen or any(one.on_home for one in context.site.columns.values()):
        return chosen
    found = [
        column
        for column in context.site.columns.values()
        if column.column_type == column_type and column.parent
    ]
    if column_type == "工作动态":
        return [column for column in found if not column.children][:2]
    return (
        found[:1]
        or [column for column in context.site.columns.values() if column.column_type == column_type][:1]
    )


def _list_columns(context: Context) -> Iterator[tuple[Column, int, str]]:
    """The columns where lists are kept, with the number of lists and the day of the newest edition."""
    current = [editions[0] for editions in context.site.editions.values()]
    centre = _named(context, LISTS)
    for column in context.site.columns.values():
        # Yearly reports and registers have editions too, but are not lists of the centre.
        if centre and centre not in context.site.trail(column.id):
            continue
        days = [record.document_date for record in current if record.column == column.id]
        if days:
            yield column, len(days), max(days)
