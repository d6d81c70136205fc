"""The register of normative documents as tables: which columns each catalogue has, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govportal.han import long_date
from govportal.kinds.base import Part
from govportal.products.context import Context
from govportal.register import IN_FORCE, NO_LONGER, WHOLE, Quarter, divided, in_quarter, past_quarters

COLUMNS = (
    ("sequence", "序号"),
    ("registration_number", "登记编号"),
    ("document_number", "文号"),
    ("title", "文件名称"),
    ("publisher", "制定机关"),
    ("document_date", "成文日期"),
    ("registered_on", "登记日期"),
    ("public_since", "公布日期"),
    ("effective_on", "施行日期"),
    ("valid_until", "有效期至"),
)
"""What every catalogue says of a document: facts that its paper never changes."""
TITLES = {
    WHOLE: "行政规范性文件登记簿",
    IN_FORCE: "现行有效行政规范性文件目录",
    NO_LONGER: "已经失效（废止）行政规范性文件目录",
}


@dataclass(frozen=True)
class Catalogue:
    """One catalogue: its name and title, the quarter it is of (None for a standing one), and its documents in order."""

    name: str
    title: str
    quarter: Quarter | None
    records: list[Any]


def catalogues(context: Context) -> Iterator[Catalogue]:
    """The whole register, what is in force, what has ended, and one catalogue for every quarter that is over."""
    site = context.site
    if site.register_column is None:
        return
    in_force, ended = divided(site.registered, context)
    for name, records in ((WHOLE, site.registered), (IN_FORCE, in_force), (NO_LONGER, ended)):
        yield Catalogue(name, TITLES[name], None, records)
    for quarter in past_quarters(site.registered, site.today):
        title = f"{quarter.title}行政规范性文件登记目录"
        yield Catalogue(quarter.name, title, quarter, in_quarter(site.registered, quarter))


def heads(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The columns of a catalogue: name and label. A quarter's has only what never changes."""
    made = list(COLUMNS)
    if catalogue.quarter is None:
        made.append(("validity", "效力"))
    if catalogue.name == NO_LONGER:
        made += [("ended_on", "终止日期"), ("ground", "依据或原因")]
    return made


def rows(context: Context, catalogue: Catalogue) -> list[list[list[Part]]]:
    """The documents of a catalogue, each as one value a column."""
    names = [name for name, _ in heads(catalogue)]
    lines = []
    for place, record in enumerate(catalogue.records, 1):
        values = _values(context, record) | {"sequence": [{"text": str(place)}]}
        lines.append([values[name] for name in names])
    return lines


def _values(context: Context, record: Any) -> dict[str, list[Part]]:
    registration = record.registration
    ended_on, ground = record.ended(context)
    word = record.validity_on(context)
    badge = dict(record.badges(context)).get(word, "")
    texts = {
        "registration_number": registration.number,
        "document_number": record.number,
        "publisher": record.publisher(context),
        "ground": ground,
    }
    made: dict[str, list[Part]] = {name: [{"text": text}] if text else [] for name, text in texts.items()}
    days = {
        "document_date": record.document_date,
        "public_since": record.public_since,
        "registered_on": registration.registered_on,
        "effective_on": registration.effective_on,
        "valid_until": registration.valid_until,
        "ended_on": ended_on,
    }
    made |= {name: [{"text": str(day), "datetime": str(day)}] if day else [] for name, day in days.items()}
    made["valid_until"] = made["valid_until"] or [{"text": "长期有效"}]
    address = context.href(context.site.addresses[record.id])
    return made | {
        "title": [{"text": record.title, "href": address}],
        "validity": [{"text": word, "badge": badge}] if word else [],
    }


def signature(context: Context, catalogue: Catalogue) -> bytes:
    """What a catalogue depends on besides the day."""
    shown = [record.id for record in catalogue.records]
    return context.site.signature(*shown) + repr((catalogue.title, shown)).encode()


def notice_of(catalogue: Catalogue) -> str:
    """What a catalogue says of itself before its table."""
    quarter, count = catalogue.quarter, len(catalogue.records)
    if quarter is not None:
        span = f"{long_date(quarter.begins)}至{long_date(quarter.ends)}"
        return (
            f"{span}，登记并公布行政规范性文件 {count} 件。"
            if count
            else f"{span}，没有登记并公布的行政规范性文件（零登记）。"
        )
    return f"共 {count} 件。"
