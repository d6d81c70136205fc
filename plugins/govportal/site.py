"""The whole site as a value: what is visible today, where it is, and who points at whom."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from govportal.calendar import Calendar
from govportal.citations import Library, Meant, find
from govportal.kinds.base import Kind, Many
from govportal.kinds.choice import Choice, closest
from govportal.kinds.ref import Ref
from govportal.kinds.rows import Group, Rows
from govportal.model import Field, Record, Withdrawal, columns, remembered
from govportal.parse import Parsed, address_of
from govportal.portal import CATALOGUE_COLUMN, COLUMNS, TOMBSTONES, Column, Portal, Published
from govportal.problems import At, Problem, error, note, warning
from govportal.register import in_order, names


def _points_at_records(kind: Kind) -> bool:
    if isinstance(kind, Many):
        return _points_at_records(kind.kind)
    if isinstance(kind, Group | Rows):
        return any(_points_at_records(inner.kind) for inner in columns(kind.of))
    return isinstance(kind, Ref)


@remembered
def reference_fields(declared: type) -> tuple[Field, ...]:
    """The fields of a type that point at records."""
    return tuple(one for one in columns(declared) if _points_at_records(one.kind))


def _targets(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, Many):
        return _targets(kind.kind)
    if isinstance(kind, Group | Rows):
        inner = [_targets(one.kind) for one in columns(kind.of) if _points_at_records(one.kind)]
        return tuple(name for names in inner for name in names) if all(inner) else ()
    return kind.to if isinstance(kind, Ref) else ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """All that is still known of a record whose time to be public is over: where it stood, of what type it was, and why."""

    id: str
    addresses: tuple[str, ...]
    label: str
    column: str
    withdrawal: Withdrawal


@dataclass(frozen=True)
class Coverage:
    """A vocabulary of a type, and which of its records have each word."""

    type_name: str
    label: str
    column: str
    """The column in which most of the records are at home."""
    field: Field
    words: dict[str, list[Any]]


def coverage(records: Iterable[Any]) -> list[Coverage]:
    """For each vocabulary that these records should cover, the records of each word in the order given."""
    by_type: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        if any(one.uses.get("covered") for one in columns(type(record))):
            by_type[type(record)].append(record)
    found = []
    for declared, inside in by_type.items():
        homes = Counter(record.column for record in inside)
        home = min(homes, key=lambda name: (-homes[name], name))
        for one in columns(declared):
            if one.uses.get("covered") and isinstance(one.kind, Choice):
                words: dict[str, list[Any]] = {word: [] for word in one.kind.words_allowed}
                for record in inside:
                    if (word := getattr(record, one.name)) in words:
                        words[word].append(record)
                found.append(Coverage(declared.type.name, declared.type.label, home, one, words))
    return sorted(found, key=lambda one: one.type_name)


@dataclass
class Site:
    """Everything a product may ask. `today` is the day for which the site is built; `moment` its minute."""

    portal: Portal
    moment: str
    records: list[Any] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    files: Mapping[str, int] = field(default_factory=dict)
    # Identifiers and addresses of files with errors of their own: that they are not there is no second problem.
    broken: frozenset[str] = frozenset()
    # The declared types by name, those without a record among them.
    types: Mapping[str, type[Record]] = field(default_factory=dict)
    withdrawn: tuple[Withdrawn, ...] = ()
    # Records that are not disclosed of our own accord: known so that their ground can be checked, shown nowhere.
    withheld: tuple[Any, ...] = ()
    # Registration numbers of records that are not shown yet: they are taken, and nothing else is known of them here.
    reserved_numbers: frozenset[str] = frozenset()

    @cached_property
    def today(self) -> date:
        """The day for which the site is built."""
        return date.fromisoformat(self.moment[:10])

    @property
    def calendar(self) -> Calendar:
        """The working days."""
        return self.portal.calendar

    @cached_property
    def by_id(self) -> dict[str, Any]:
        """Visible records by identifier."""
        return {record.id: record for record in self.records}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The address of every visible record by identifier."""
        return {record.id: address_of(record) for record in self.records}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The vocabulary of subjects, as 一级\\二级."""
        return frozenset(self.portal.subjects)

    def closest_subject(self, text: str) -> str:
        """The subject most like a text."""
        return closest(text, list(self.portal.subjects))

    def find(self, identifier: str) -> tuple[str, str] | None:
        """The title and address of a visible record."""
        record = self.record(identifier)
        return (record.title, self.addresses[record.id]) if record is not None else None

    def find_column(self, identifier: str) -> tuple[str, str] | None:
        """The name and address of a column."""
        column = self.columns.get(identifier)
        return (column.name, f"/{column.path}/") if column is not None else None

    def record(self, identifier: str) -> Any:
        """A visible record by its identifier, or a document by its title or number as written; None otherwise."""
        return self.by_id.get(identifier if identifier.isascii() else self.named(identifier))

    @cached_property
    def library(self) -> Library:
        """The documents that texts may name."""
        return Library([named for record in self.records if (named := record.named) is not None])

    def named(self, written: str) -> str:
        """The identifier of the document that a title or number means today, or ''."""
        meant = next((self.library.meant(one.written, self.today) for one in find(written)), None)
        return meant.id if meant else ""

    @cached_property
    def citations(self) -> dict[str, dict[str, Meant]]:
        """For each record whose text names documents that are here: each citation as written, and what it means."""
        meant = self.library.meant
        found: dict[str, dict[str, Meant]] = {}
        for record in self.records:
            for written in record.body.citations if record.body else ():
                one = meant(written, self.today, record.id)
                if one is not None and one.id != record.id:
                    found.setdefault(record.id, {})[written] = one
        return found

    @cached_property
    def cited_by(self) -> dict[str, list[str]]:
        """For each document the records whose text names it, newest first."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for identifier, citations in self.citations.items():
            for one in citations.values():
                found[one.id][identifier] = None
        return {identifier: list(sources) for identifier, sources in found.items()}

    @cached_property
    def _incoming(self) -> dict[tuple[str, str], list[Any]]:
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for record in self.records:
            for one in reference_fields(type(record)):
                value = getattr(record, one.name)
                if value:
                    for target in one.kind.references(value):
                        found[target, one.name].append(record)
                    for written in one.kind.written(value):
                        if (target := self.named(written)) not in ("", record.id):
                            found[target, one.name].append(record)
        return found

    @cached_property
    def _incoming_names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for target, name in self._incoming:
            names[target].append(name)
        return names

    @cached_property
    def neighbours(self) -> dict[str, list[str]]:
        """For each visible record those it points at and those that point at it."""
        found: dict[str, list[str]] = {record.id: [] for record in self.records}
        for (target, _), sources in self._incoming.items():
            if target in found:
                for record in sources:
                    found[record.id].append(target)
                    found[target].append(record.id)
        for (_, _), editions in self.editions.items():
            ids = [record.id for record in editions]
            for one in ids:
                found[one].extend(other for other in ids if other != one)
        return found

    @cached_property
    def touches(self) -> dict[str, bytes]:
        """A digest for each record of its face, its address, its files' sizes, and those of all its neighbours.

        How a record is shown elsewhere may depend on these and on nothing farther away.
        """
        own = {
            record.id: f"{record.face} {self.addresses[record.id]} {self._sizes(record)}\n".encode()
            for record in self.records
        }
        return {
            one: blake2b(own[one] + b"".join([own[other] for other in others]), digest_size=16).digest()
            for one, others in self.neighbours.items()
        }

    def _sizes(self, record: Any) -> str:
        folder = record.path.rpartition("/")[0]
        return ",".join(str(self.files.get(f"{folder}/{one.file}", 0)) for one in record.attachments)

    def signature(self, *identifiers: str) -> bytes:
        """What stands for these records and all their neighbours in the signature of a group."""
        touches = self.touches
        return blake2b(b"".join([touches[one] for one in identifiers]), digest_size=16).digest()

    def incoming(self, identifier: str, field_name: str) -> tuple[Any, ...]:
        """The visible records whose field points at this one, newest first."""
        return tuple(self._incoming.get((identifier, field_name), ()))

    def incoming_fields(self, identifier: str) -> Sequence[str]:
        """The names of the fields through which others point at this record."""
        return self._incoming_names.get(identifier, ())

    @cached_property
    def _by_type(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for record in self.records:
            found[record.type.name].append(record)
        return found

    def of_type(self, name: str) -> list[Any]:
        """Visible records of a type, newest first."""
        return self._by_type.get(name, [])

    @cached_property
    def _first_with(self) -> dict[tuple[str, str, str], Any]:
        found: dict[tuple[str, str, str], Any] = {}
        for record in sorted(self.records, key=lambda record: record.id):
            for name in ("document_number", "index_number"):
                if (value := getattr(record, name, None)) and record.origin == "own":
                    found.setdefault((record.type.name, name, value), record)
        return found

    def first_with(self, type_name: str, name: str, value: str) -> Any:
        """The first of the district's own records that has a number."""
        return self._first_with.get((type_name, name, value))

    @cached_property
    def registered(self) -> list[Any]:
        """The register of normative documents, in its order."""
        return in_order(self.records)

    @cached_property
    def register_column(self) -> Column | None:
        """The column in which the register and its catalogues stand."""
        return next((column for column in self.columns.values() if column.register), None)

    @cached_property
    def register_addresses(self) -> dict[str, str]:
        """The address of each page of the register by its name."""
        column = self.register_column
        return (
            {name: f"/{column.path}/{name}.html" for name in names(self.registered, self.today)}
            if column
            else {}
        )

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns by identifier, parents first."""
        return {column.id: column for column in self.portal.walk()}

    @cached_property
    def in_column(self) -> dict[str, list[Any]]:
        """The records of each column and of all below it, newest first, each once."""
        found: dict[str, dict[str, Any]] = {name: {} for name in self.columns}
        for record in self.records:
            for name in (record.column, *record.also_in):
                while name:
                    found[name].setdefault(record.id, record)
                    name = self.columns[name].parent
        gathered = {record.id: record for record in self.records if record.origin == "own"}
        for name, column in self.columns.items():
            if column.shows == CATALOGUE_COLUMN:
                found[name] = gathered
        return {name: list(records.values()) for name, records in found.items()}

    def as_listed(self, column: Column) -> list[Any]:
        """The records of a column as its pages list them: newest first, or by the number that gives each its place."""
        records = self.in_column[column.id]
        return sorted(records, key=_official_order) if column.in_order else records

    @cached_property
    def withdrawn_in(self) -> dict[str, int]:
        """How many records of each column and of all below it are public no longer."""
        counts = dict.fromkeys(self.columns, 0)
        for one in self.withdrawn:
            name = one.column
            while name in counts:
                counts[name] += 1
                name = self.columns[name].parent
        return counts

    @cached_property
    def for_measure(self) -> dict[str, list[Any]]:
        """The visible records that serve each measure of the plan, newest first."""
        found: dict[str, list[Any]] = {measure.id: [] for measure in self.portal.measures}
        for record in self.records:
            for one in dict.fromkeys(record.measures):
                if one in found:
                    found[one].append(record)
        return found

    @cached_property
    def by_name(self) -> dict[str, Any]:
        """The visible bodies by every name by which papers call them; of two with one name the first in the register."""
        found: dict[str, Any] = {}
        for record in sorted(self.records, key=lambda one: (getattr(one, "order", 0), one.id)):
            for name in record.called:
                found.setdefault(name, record)
        return found

    def trail(self, column_id: str) -> list[Column]:
        """The columns from the top down to this one."""
        trail: list[Column] = []
        while column_id:
            trail.append(self.columns[column_id])
            column_id = self.columns[column_id].parent
        return trail[::-1]

    @cached_property
    def promised(self) -> list[Published]:
        """Every address this site promises to keep, with the day or minute from which it does."""
        promises = [
            Published(
                self.addresses[record.id],
                record.id,
                max(record.published_at[:10], record.publish_at or ""),
                0,
            )
            for record in self.records
        ]
        first = min((record.published_at[:10] for record in self.records), default=self.moment[:10])
        promises += [Published(f"/{column.path}/", column.id, first, 0) for column in self.columns.values()]
        return promises

    @cached_property
    def editions(self) -> dict[tuple[str, str], list[Any]]:
        """The dated editions of each list, newest first."""
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for record in self.records:
            if record.edition_of:
                found[record.type.name, record.edition_of].append(record)
        for editions in found.values():
            editions.sort(key=lambda record: record.document_date, reverse=True)
        return found

    @cached_property
    def covered(self) -> list[Coverage]:
        """The vocabularies that should be covered, with all visible records of their types."""
        return coverage(self.records)

    def editions_of(self, record: Any) -> Sequence[Any]:
        """All visible editions of the same list, newest first."""
        return self.editions.get((record.type.name, record.edition_of), [])

    def previous_edition(self, record: Any) -> Any:
        """The visible edition of the same list before this one, or None."""
        return next(
            (one for one in self.editions_of(record) if one.document_date < record.document_date), None
        )

    def current_edition(self, record: Any) -> Any:
        """The edition of the same list that holds today: the newest whose day has come, else the first to come."""
        editions, today = self.editions_of(record), self.today.isoformat()
        return next((one for one in editions if one.document_date <= today), editions[-1])


def visible(record: Any, moment: str) -> bool:
    """Whether a record may leave a byte in what is built at a moment (`YYYY-MM-DD` or `YYYY-MM-DD HH:MM`)."""
    return released(record, moment) and record.withdrawal(date.fromisoformat(moment[:10])) is None


def released(record: Any, moment: str) -> bool:
    """Whether a record was made public by a moment, be it that it was withdrawn since."""
    if record.draft or record.published_at[:10] > moment[:10]:
        return False
    if record.publish_at and record.publish_at > moment:
        return False
    review = record.secrecy_review
    return record.disclosure_mode in (None, "主动公开") and (
        review is None or review.result in ("可以公开", "部分公开")
    )


def _official_order(record: Any) -> int:
    """Sort key; a record without a number stands after all that have one."""
    order = getattr(record, "order", None)
    return 10**6 if order is None else int(order)


def newest_first(record: Any) -> tuple[str, str, str]:
    """Sort key, to be used with reverse=True."""
    return record.published_at, record.document_date, record.id


def one_address(address: str) -> str:
    """The form under which two addresses are the same to a reader or a file system."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFC", address).casefold())


def make_site(
    portal: Portal,
    parsed: Iterable[Parsed],
    moment: str,
    files: Mapping[str, int],
    types: Iterable[type[Record]] = (),
) -> tuple[Site, list[Problem]]:
    """Records to a site, with every problem that only the whole shows: identity, addresses, references, columns."""
    everything = sorted(parsed, key=lambda one: one.path)
    records = [one.record for one in everything if one.record is not None]
    public = [record for record in records if released(record, moment)]
    shown = [record for record in public if visible(record, moment)]
    hidden_files = {record.path for record in records} - {record.path for record in public}
    problems = _collisions(everything, portal, hidden_files)
    column_ids = {column.id for column in portal.walk()}
    withdrawn = _withdrawn(public, date.fromisoformat(moment[:10]))
    gone = {one.id for one in withdrawn}
    for record in records:
        if not record.draft and record.published_at[:10] > moment[:10]:
            problems.append(
                note(
                    record.at("published_at"),
                    "visibility/not-yet",
                    "发布日期还没有到，本次不发布",
                    "到期再构建；定时发布写 publish_at",
                )
            )
    problems += _unknown_columns(records, column_ids)
    known = {one.identifier: one.record for one in everything if one.identifier}
    shown_ids = {record.id for record in shown}
    problems += _references(records, known, shown_ids, gone)
    problems += _measures(records, portal)
    # Of two records with one identifier the first stands, so that the second is the only problem.
    first = {record.id: record for record in reversed(shown)}
    usable = [
        record
        for record in shown
        if column_ids >= {record.column, *record.also_in} and first[record.id] is record
    ]
    usable.sort(key=newest_first, reverse=True)
    usable_ids = {record.id for record in usable}
    usable_files = {record.path for record in usable}
    shown_files = {record.path for record in shown}
    left_out = shown_files - usable_files
    failed = [one for one in everything if one.record is None or one.path in left_out]
    broken = frozenset({one.identifier for one in failed} | {one.address for one in failed})
    declared = {one.type.name: one for one in types}
    withheld = tuple(
        one for one in records if not one.draft and one.disclosure_mode not in (None, "主动公开")
    )
    reserved = frozenset(
        record.registration.number
        for record in records
        if record.id not in usable_ids and record.registration
    )
    site = Site(
        portal,
        moment,
        usable,
        frozenset(known.keys() - usable_ids),
        files,
        broken,
        types=declared,
        withdrawn=withdrawn,
        withheld=withheld,
        reserved_numbers=reserved,
    )
    for record in usable:
        for rule in record.type.site_rules:
            problems.extend(rule(record, site))
    return site, problems


def _withdrawn(public: list[Any], today: date) -> tuple[Withdrawn, ...]:
    """What was public and is so no longer, by address; nothing of the records themselves goes along."""
    found = [
        Withdrawn(
            record.id,
            (address_of(record), *record.aliases),
            record.type.label,
            record.column,
            withdrawal,
        )
        for record in public
        if (withdrawal := record.withdrawal(today)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.addresses))


def _collisions(everything: list[Parsed], portal: Portal, hidden_files: set[str]) -> list[Problem]:
    """Two records may not have one identifier or one address, also by case or Unicode form.

    A tombstone may stand where a hidden record would: that is how a published page is hidden again.
    """
    problems = []
    first_id: dict[str, Parsed] = {}
    first_address: dict[str, str] = {}
    for column in portal.walk():
        first_address[one_address(f"/{column.path}/index.html")] = COLUMNS
    for one in everything:
        if one.identifier:
            at = one.record.at("id") if one.record is not None else At(one.path)
            same = first_id.setdefault(one_address(one.identifier), one)
            if same is not one:
                problems.append(
                    error(
                        at,
                        "id/used-twice",
                        f"编号 {one.identifier} 与 {same.path} 相同",
                        "换一个编号；编号全站唯一",
                    )
                )
        if one.address:
            other = first_address.setdefault(one_address(one.address), one.path)
            if other != one.path:
                problems.append(
                    error(
                        At(one.path),
                        "address/used-twice",
                        f"网址 {one.address} 与 {other} 相同（不分大小写）",
                        "改文件名，或写不同的 slug",
                    )
                )
    for one in everything:
        for alias in one.record.aliases if one.record is not None else ():
            other = first_address.setdefault(one_address(alias), one.path + " 的 aliases")
            if other != one.path + " 的 aliases":
                problems.append(
                    error(
                        one.record.at("aliases"),
                        "address/used-twice",
                        f"曾用网址 {alias} 现在是 {other} 的网址",
                        "删掉这一项",
                    )
                )
    for stone in portal.tombstones:
        holder = first_address.get(one_address(stone.address))
        if holder and holder.removesuffix(" 的 aliases") not in hidden_files:
            problems.append(
                error(
                    At(TOMBSTONES),
                    "address/used-twice",
                    f"{stone.address} 已登记为撤下，又是 {holder} 的网址",
                    "删掉这条撤下记录，或改文件名",
                )
            )
    return problems


def _unknown_columns(records: list[Any], column_ids: set[str]) -> list[Problem]:
    problems = []
    for record in records:
        for name in ("column", "also_in"):
            value = getattr(record, name)
            for one in (value,) if isinstance(value, str) else value:
                if one not in column_ids:
                    best = closest(one, sorted(column_ids))
                    problems.append(
                        record.problem(
                            name,
                            "column/unknown",
                            f"没有栏目 {one}",
                            f"改为 {best}" if best else "照 _portal/columns.yml 写",
                        )
                    )
    return problems


def _references(
    records: list[Any], known: Mapping[str, Any], shown: set[str], gone: set[str]
) -> list[Problem]:
    """References must lead to records of the right type; those to records not shown are named."""
    problems = []
    for record in records:
        for one in reference_fields(type(record)):
            value = getattr(record, one.name)
            if not value:
                continue
            for target in one.kind.references(value):
                if target not in known:
                    best = closest(target, list(known))
                    problems.append(
                        record.problem(
                            one.name,
                            "reference/nothing",
                            f"{one.kind.label}指向的 {target} 不存在",
                            f"改为 {best}" if best else "写那份文件的 id",
                        )
                    )
                    continue
                allowed = _targets(one.kind)
                other = known[target]
                if other is not None and allowed and other.type.name not in allowed:
                    problems.append(
                        record.problem(
                            one.name,
                            "reference/wrong-type",
                            f"{one.kind.label}指向的 {target} 是{other.type.label}",
                            "核对编号",
                        )
                    )
                elif other is not None and target not in shown and record.id in shown:
                    problems.append(
                        warning(
                            record.at(one.name),
                            "reference/not-shown",
                            f"{one.kind.label}指向的 {target} 已经停止公开，页面上不显示这个链接"
                            if target in gone
                            else f"{one.kind.label}指向的 {target} 还没有公开，页面上不显示这个链接",
                            "删掉这个编号" if target in gone else "公开以后会自动出现",
                        )
                    )
    return problems


def _measures(records: list[Any], portal: Portal) -> list[Problem]:
    ids = {measure.id for measure in portal.measures}
    return [
        record.problem(
            "measures",
            "measure/unknown",
            f"方案里没有措施 {one}",
            f"改为 {closest(one, sorted(ids)) or '一（一）1 这样的编号'}",
        )
        for record in records
        for one in record.measures
        if ids and one not in ids
    ]
