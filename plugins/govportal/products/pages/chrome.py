"""What stands around every page: identity, navigation, breadcrumb, labels, feeds, footer. It depends on no record."""

from __future__ import annotations

from typing import Any

from govportal.portal import MEASURES_ADDRESS, Column, Portal
from govportal.products.addressing import href
from govportal.products.machines import CARD, MANIFEST, TOUCH_ICON, may_be_indexed

HOME = "@home"
"""The name of the home page's shell."""
HOTLINE = "hotline"
"""The entrance of the site's settings that is the hotline."""
FOOTER = (
    ("网站地图", "/sitemap.html"),
    ("网站声明", "/statement.html"),
    ("隐私", "/privacy.html"),
    ("无障碍声明", "/accessibility.html"),
    ("联系我们", "/contact.html"),
)


def shells(portal: Portal) -> list[str]:
    """The names of the shells a site needs: one for each column, the home page's, and '' for pages outside all columns."""
    return ["", HOME, *(column.id for column in portal.walk())]


def chrome(
    portal: Portal, base: str, switches: frozenset[str], shell: str = "", slots: bool = False
) -> dict[str, Any]:
    """The view of `main.html` for a shell."""
    settings = portal.settings
    columns = {column.id: column for column in portal.walk()}
    trail: list[Column] = []
    walking = shell if shell in columns else ""
    while walking:
        trail.insert(0, columns[walking])
        walking = columns[walking].parent

    def feed(column: Column | None) -> list[dict[str, str]]:
        stem = f"/feeds/{column.id if column else 'all'}"
        name = column.name if column else "全站"
        banner = f"（{settings.banner}）" if settings.banner else ""
        return [
            {
                "title": f"{name}{banner} RSS",
                "href": href(base, stem + ".rss.xml"),
                "type": "application/rss+xml",
            },
            {
                "title": f"{name}{banner} Atom",
                "href": href(base, stem + ".atom.xml"),
                "type": "application/atom+xml",
            },
        ]

    labels = None
    if shell == HOME:
        labels = {
            "name": "首页",
            "description": settings.description,
            "keywords": ",".join(settings.keywords),
            "type": "首页",
        }
    elif trail:
        column = trail[-1]
        labels = {
            "name": column.name,
            "description": column.description,
            "keywords": ",".join(column.keywords),
            "type": column.column_type,
        }
    feeds = (feed(trail[-1]) if trail else []) + feed(None) if "feeds" in switches else []
    footer = [{"title": title, "href": href(base, address)} for title, address in FOOTER]
    if portal.measures:
        footer.insert(0, {"title": "政务公开落实情况", "href": href(base, MEASURES_ADDRESS)})
    if "feeds" in switches:
        footer.append({"title": "订阅", "href": href(base, "/feeds.html")})
    top = trail[0].id if trail else ""
    return {
        "slots": slots,
        "lang": "zh-CN",
        "base": base,
        "site": {
            "name": settings.name,
            "domain": settings.domain,
            "code": settings.code,
            "environment": settings.environment,
            "indexed": may_be_indexed(settings, switches),
            "sponsor": settings.sponsor,
            "organizer": settings.organizer,
            "icp": settings.icp,
            "police_record": settings.police_record,
            "contact_phone": settings.contact_phone,
            "contact_address": settings.contact_address,
            "postcode": settings.postcode,
            "find_error_url": settings.find_error_url,
            "description": settings.description,
            "demo": bool(settings.banner),
            "banner": settings.banner,
            "party_mark": href(base, settings.party_mark.address) if settings.party_mark else "",
            "police_mark": href(base, settings.police_mark.address) if settings.police_mark else "",
            "emblem": {
                "href": href(base, settings.emblem.address),
                "name": settings.emblem.name,
                "national": settings.emblem.national,
            }
            if settings.emblem
            else {},
        },
        "nav": [
            {"title": "首页", "href": base, "current": shell == HOME},
            *(
                {"title": column.name, "href": href(base, f"/{column.path}/"), "current": column.id == top}
                for column in portal.columns
            ),
        ],
        "breadcrumb": [
            {"title": "首页", "href": base},
            *({"title": column.name, "href": href(base, f"/{column.path}/")} for column in trail),
        ],
        "column": labels,
        "feeds": feeds,
        "outside": [
            {"title": one.title, "url": one.url, "description": one.description} for one in settings.outside
        ],
        "report": {
            "page": settings.find_error_url,
            "mail": settings.report_mail,
            "hotline": next(
                ({"title": one.title, "url": one.url} for one in settings.outside if one.id == HOTLINE), None
            ),
        },
        "footer_links": footer,
        "search_href": href(base, "/search.html") if "search" in switches else "",
        "machines": {
            "manifest": href(base, f"/{MANIFEST}"),
            "touch_icon": href(base, f"/{TOUCH_ICON}"),
            "card": f"/{CARD}",
        }
        if "exports" in switches
        else {},
        "assets": {},
    }
