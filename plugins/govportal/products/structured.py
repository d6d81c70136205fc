"""What a page means to machines: schema.org as JSON-LD, read off the declarations of the types (`means`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govportal.kinds import Many, Ref
from govportal.kinds.date import Moment, iso_moment
from govportal.model import Field, columns, remembered
from govportal.plans import Plan
from govportal.products.context import Context
from govportal.products.machines import CARD

VOCABULARY = "https://schema.org"
LANGUAGE = "zh-CN"
THINGS = frozenset({"GovernmentOrganization", "GovernmentOffice", "GovernmentService"})
"""What is no work of an author: its page is one, and the thing is what that page is about."""
OF_THE_PAGE = ("url", "datePublished", "dateModified", "publisher", "creativeWorkStatus")
FORMATS = {"csv": "text/csv", "json": "application/json"}
Node = dict[str, Any]


def structured_page(context: Context, plan: Plan) -> Node:
    """All that the page of a plan says to machines; {} where it has no address of its own (a page that forwards)."""
    view = plan.view
    if not view.get("canonical") or view.get("target"):
        return {}
    own = view.get("meaning") or _page(context, view)
    return {"@context": VOCABULARY, "@graph": [*own, *_breadcrumb(context, plan)]}


def shared(context: Context, plan: Plan) -> list[tuple[str, str]]:
    """What a page looks like where it is passed on (ogp.me): property and content; nothing for a page that forwards."""
    view = plan.view
    if not view.get("canonical") or view.get("target"):
        return []
    article = bool(view.get("meaning"))
    values = [
        ("og:title", view["title"]),
        ("og:type", "article" if article else "website"),
        ("og:url", view["canonical"]),
        ("og:site_name", context.site.portal.settings.name),
        ("og:locale", "zh_CN"),
        ("og:description", _description(context, plan)),
        ("og:image", context.whole(f"/{CARD}") if "exports" in context.switches else ""),
    ]
    return [(name, content) for name, content in values if content]


def description(context: Context, plan: Plan) -> str:
    """What search engines say below the title, for pages whose own labels do not say it; else ''."""
    labelled = any(one["name"] == "Description" for one in plan.view["head_meta"])
    return "" if labelled or plan.view.get("target") else _description(context, plan)


def _description(context: Context, plan: Plan) -> str:
    """The words of the page, of its column, or of the site."""
    label = next((one["content"] for one in plan.view["head_meta"] if one["name"] == "Description"), "")
    column = context.site.columns.get(plan.column)
    said: str = label or plan.view.get("description") or (column.description if column else "")
    return said or context.site.portal.settings.description


def record_meaning(context: Context, record: Any, address: str, tables: list[Node]) -> list[Node]:
    """A record as its type declares it; `tables` are the shown tables, whose downloads are those of a data set."""
    url = context.whole(address)
    node: Node = {"@type": record.means, "name": record.title, "url": url}
    for one in _meaning_fields(type(record)):
        value = getattr(record, one.name)
        said = _value(context, one, value) if value not in (None, ()) else None
        if said:
            node[one.uses["means"]] = said
    node |= record.meaning(context)
    if record.sample:
        node["creativeWorkStatus"] = "示例"
    downloads = [part["href"] for table in tables for part in table.get("downloads", ())]
    if record.means == "Dataset" and downloads:
        node["distribution"] = [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMATS[href.rpartition(".")[2]],
                "contentUrl": context.linked(href),
            }
            for href in downloads
        ]
    if record.means not in THINGS:
        return [node]
    page = {name: node.pop(name) for name in OF_THE_PAGE if name in node}
    return [{"@type": "WebPage", "name": record.title, **page, "mainEntity": node | {"url": url}}]


@remembered
def _meaning_fields(declared: type) -> tuple[Field, ...]:
    return tuple(one for one in columns(declared) if one.uses.get("means"))


def _value(context: Context, field: Field, value: Any) -> Any:
    """A field's value; references become what they point at, with name and address."""
    kind = field.kind.kind if isinstance(field.kind, Many) else field.kind
    if isinstance(kind, Ref):
        found = [node for one in field.kind.references(value) if (node := _named(context, one))]
        return found if isinstance(field.kind, Many) or not found else found[0]
    if isinstance(kind, Moment):
        return iso_moment(value)
    return field.kind.export(value)


def _named(context: Context, identifier: str) -> Node:
    """What is pointed at; {} where it is not public."""
    record = context.site.record(identifier)
    if record is None:
        return {}
    address = context.whole(context.site.addresses[record.id])
    return {"@type": record.means, "name": record.title, "url": address}


def _page(context: Context, view: dict[str, Any]) -> list[Node]:
    """A page that is no record: the site itself, or a collection."""
    settings = context.site.portal.settings
    if view["canonical"] != context.whole("/"):
        kind = "CollectionPage" if "count" in view or "items" in view else "WebPage"
        return [{"@type": kind, "name": view["title"], "url": view["canonical"], "inLanguage": LANGUAGE}]
    site: Node = {
        "@type": "WebSite",
        "name": settings.name,
        "url": view["canonical"],
        "inLanguage": LANGUAGE,
        "description": settings.description,
        "publisher": {"@type": "GovernmentOrganization", "name": settings.sponsor},
    }
    if "search" in context.switches:
        site["potentialAction"] = {
            "@type": "SearchAction",
            "target": context.whole("/search.html") + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        }
    return [site]


def _breadcrumb(context: Context, plan: Plan) -> Iterator[Node]:
    """The trail of the page as its breadcrumb shows it; nothing on the home page."""
    view = plan.view
    if view["canonical"] == context.whole("/"):
        return
    trail = [("首页", context.whole("/"))]
    if plan.column in context.site.columns:
        trail += [
            (column.name, context.whole(f"/{column.path}/")) for column in context.site.trail(plan.column)
        ]
    trail += [(one["text"], context.linked(one["href"])) for one in view.get("above", ())]
    if view["canonical"] != trail[-1][1]:
        trail.append((view.get("crumb") or view["title"], view["canonical"]))
    yield {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(trail, 1)
        ],
    }
