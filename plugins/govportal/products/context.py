"""What every planner knows: the site, where it will stand, and how a record looks in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from govportal.document import ENDED
from govportal.kinds.base import Part
from govportal.kinds.date import iso_moment
from govportal.portal import Column
from govportal.products.addressing import href, whole
from govportal.site import Site

Item = dict[str, Any]
PAGE_SIZE = 20
NOT_STATED = "原文未载"
"""What is said of a fact that the paper itself does not state."""


@dataclass
class Context:
    """`base` is the path under which the site stands (`/`), `root` its whole address without a slash at the end.

    `switches` are the products that are on: `search`, `feeds`, `exports`.
    """

    site: Site
    base: str
    root: str
    switches: frozenset[str] = frozenset()
    _items: dict[str, Item] = field(default_factory=dict)
    # Tables cut into pages, by record, field and view: they are asked for by pages, comparisons and search.
    sheets: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)

    def href(self, address: str) -> str:
        """An address of this site as a link."""
        return href(self.base, address)

    def whole(self, address: str) -> str:
        """An address of this site with scheme and host."""
        return whole(self.root, address)

    # What a record asks (model.SiteView), with addresses as links.
    @property
    def today(self) -> Any:
        return self.site.today

    def find(self, identifier: str) -> tuple[str, str] | None:
        """Title and link of a visible record."""
        found = self.site.find(identifier)
        return (found[0], self.href(found[1])) if found else None

    def find_column(self, identifier: str) -> tuple[str, str] | None:
        """Name and link of a column."""
        found = self.site.find_column(identifier)
        return (found[0], self.href(found[1])) if found else None

    def record(self, identifier: str) -> Any:
        return self.site.record(identifier)

    def incoming(self, identifier: str, field_name: str) -> tuple[Any, ...]:
        return self.site.incoming(identifier, field_name)

    def incoming_fields(self, identifier: str) -> Sequence[str]:
        return self.site.incoming_fields(identifier)

    def previous_edition(self, record: Any) -> Any:
        return self.site.previous_edition(record)

    def editions_of(self, record: Any) -> Sequence[Any]:
        return self.site.editions_of(record)

    def current_edition(self, record: Any) -> Any:
        return self.site.current_edition(record)

    def item(self, record: Any) -> Item:
        """A record as an entry of a list."""
        made = self._items.get(record.id)
        if made is None:
            made = self._items[record.id] = {
                "title": record.title,
                "href": self.href(self.site.addresses[record.id]),
                "date": record.published_at[:10],
                "date_text": record.published_at[:10],
                "organ": record.publisher(self),
                "badges": [{"text": text, "badge": badge} for text, badge in record.badges(self)],
                "own_date": record.document_date,
                "summary": record.summary or (record.body.summary if record.body else ""),
                "teaser": record.summary or _teaser(record),
                "column": self.site.columns[record.column].name,
                "number": record.number,
                "index": getattr(record, "index_number", None) or record.id,
            }
        return made

    def notice(self, *records: Any) -> dict[str, str]:
        """What every data file must say of the site, and of the records it was made from."""
        said = [self.site.portal.settings.banner, *(record.caution for record in records)]
        words = "；".join(dict.fromkeys(one for one in said if one))
        return {"notice": words} if words else {}

    def warning_of(self, identifier: str) -> str:
        """What a link to a document must say of its force: that it has none yet or no longer; else ''."""
        word = self._states.get(identifier)
        if word is None:
            state = self.site.record(identifier).validity_on(self)
            word = self._states[identifier] = state if state in (*ENDED, "尚未施行") else ""
        return word

    def column_href(self, column: Column) -> str:
        """The link of a column's hub."""
        return self.href(f"/{column.path}/")

    def feeds_of(self, column: Column | None) -> list[Part]:
        """The feeds of a column (of the whole site for None) as links."""
        return self.feeds_at(column.id if column else "all")

    def feeds_at(self, name: str) -> list[Part]:
        """The two forms of a feed as links."""
        if "feeds" not in self.switches:
            return []
        return [
            {"text": "RSS", "href": self.href(f"/feeds/{name}.rss.xml")},
            {"text": "Atom", "href": self.href(f"/feeds/{name}.atom.xml")},
        ]


def _teaser(record: Any) -> str:
    """The first words of a text as a list shows them; none where a law begins with its purpose in article one."""
    words: str = record.body.summary if record.body else ""
    return "" if words.startswith("第一条") else words


def article_meta(context: Context, record: Any) -> list[dict[str, str]]:
    """The labels of a content page (国办发〔2017〕47号: ArticleTitle, PubDate, ContentSource and the optional five)."""
    moment = record.published_at if len(record.published_at) > 10 else record.published_at + " 00:00"
    summary = record.summary or (record.body.summary if record.body else "")
    values = [
        ("ArticleTitle", record.title),
        ("PubDate", moment),
        ("ContentSource", record.publisher(context) or record.source_name or NOT_STATED),
        ("Keywords", ",".join(record.keywords)),
        ("Author", record.author or ""),
        ("Description", summary),
        ("Image", context.whole(_first_image(record)) if _first_image(record) else ""),
        ("Url", context.whole(context.site.addresses[record.id])),
        ("robots", record.robots),
    ]
    return [{"name": name, "content": " ".join(value.split())} for name, value in values if value]


def _first_image(record: Any) -> str:
    folder = record.path.rpartition("/")[0]
    return f"/{folder}/{record.body.files[0][0]}" if record.body and record.body.files else ""


def published_view(record: Any) -> dict[str, str]:
    """When the portal published a record, for people and machines."""
    from govportal.document import shown_moment

    return {
        "date": record.published_at[:10],
        "datetime": iso_moment(record.published_at),
        "text": shown_moment(record.published_at),
    }
