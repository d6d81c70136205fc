"""The composition: read → parse → site → check → plan → render → write."""

from __future__ import annotations

import gc
import html
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from govportal import disk, memo
from govportal.attachments import text_in
from govportal.checks import ALWAYS, INSPECTIONS
from govportal.indexing import search_files
from govportal.kinds.file import ALLOWED_TYPES, signature_problem
from govportal.model import Record
from govportal.parse import Parsed, lost
from govportal.plans import Group, Plan
from govportal.portal import ADDRESSES, FILES, SITE, TOMBSTONES, Settings, read_portal, write_addresses
from govportal.problems import At, Problem, Severity, error, has_errors, note, ordered, warning
from govportal.products.context import Context
from govportal.products.exports import (
    plan_exports,
    write_csv,
    write_json,
    write_png,
    write_robots,
    write_sitemap,
    write_sitemap_index,
)
from govportal.products.feeds import plan_feeds, write_atom, write_rss
from govportal.products.pages import plan_pages
from govportal.render import Workshop
from govportal.site import Site, make_site
from govportal.work import ChangedMeanwhile, Crew, Desk, page_files, parse_files

MAKERS: dict[str, Callable[[Plan], bytes]] = {
    "rss": write_rss,
    "atom": write_atom,
    "json": write_json,
    "csv": write_csv,
    "png": write_png,
    "sitemap": write_sitemap,
    "sitemap-index": write_sitemap_index,
    "robots": write_robots,
}
PAGES_FOLDER = "pages/"


@dataclass(frozen=True)
class Project:
    """Where things are and for what moment the site is built; nothing here is taken from a clock or the environment."""

    content: Path
    site: Path
    cache: Path
    moment: str
    types: tuple[type[Record], ...]
    base: str = "/"
    root: str = "https://portal.example"
    workers: int = 1
    switches: frozenset[str] = frozenset({"pages", "search", "feeds", "exports", "checks"})
    engine: str = ""
    keep_ledger: bool = True
    strict: bool = False
    say: Callable[[str], None] | None = None


@dataclass
class Summary:
    """What a build did, for people and for benchmarks."""

    records: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """The summary as the build command reads it."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the CPU seconds of a stage, those of the workers included."""
        before = time.process_time() + Crew.spent
        yield
        self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() + Crew.spent - before


@dataclass
class Loaded:
    """The site as read for one moment, and every problem found in it."""

    project: Project
    site: Site | None
    problems: list[Problem]
    memory: memo.Memory
    summary: Summary
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing stops publication."""
        if self.site is None or has_errors(self.problems):
            return False
        return not (
            self.project.strict and any(problem.severity is Severity.WARNING for problem in self.problems)
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from walking all records again and again while they are made; nothing here is circular."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@_without_collector()
def load(project: Project) -> Loaded:
    """Read and check everything; nothing is written but the memory of what was read."""
    summary = Summary()
    with summary.stage("read_and_check"):
        memory = memo.load(project.cache / "memory", project.engine)
        listing = disk.list_content(project.content)
        vast = _too_large(
            {name: listing.files[name] for name in FILES if name in listing.files}, PORTAL_MEGABYTES
        )
        for problem in vast:
            del listing.files[problem.at.path]
        portal, problems = read_portal(
            {name: disk.read(project.content / name) for name in FILES if name in listing.files},
            {problem.at.path for problem in vast},
        )
        problems = listing.problems + vast + problems
        limits = portal.settings if portal is not None else Settings
        large = _too_large(listing.files, limits.text_megabytes, limits.attachment_megabytes)
        refused = {problem.at.path for problem in large + listing.problems}
        files = {path: stat for path, stat in listing.files.items() if path not in refused}
        settings = portal.settings if portal is not None else None
        shown = {picture.path for _, picture in settings.pictures} if settings is not None else set()
        parsed, found = _records(
            project, {path: stat for path, stat in files.items() if path not in shown}, memory
        )
        parsed += [
            lost(path)
            for path in refused
            if not path.startswith((PAGES_FOLDER, "_portal/")) and path.endswith((".md", ".yml"))
        ]
        pictures, unfit = _pictures(project, settings, files)
        problems += unfit + large + found + [problem for one in parsed for problem in one.problems]
        site: Site | None = None
        if portal is not None:
            site, whole = make_site(
                portal,
                parsed,
                project.moment,
                {path: size for path, (size, _) in listing.files.items()},
                project.types,
            )
            problems += whole
            for check in [*ALWAYS, *(INSPECTIONS if "checks" in project.switches else ())]:
                problems.extend(check(site))
            problems = _exempted(problems, parsed)
            summary.records = dict(Counter(record.type.label for record in site.records))
    problems = ordered(problems)
    summary.problems = dict(Counter(problem.severity.value for problem in problems))
    return Loaded(project, site, problems, memory, summary, pictures)


def _pictures(
    project: Project, settings: Settings | None, files: Mapping[str, Any]
) -> tuple[dict[str, bytes], list[Problem]]:
    """The registered pictures by the path of their address; nothing else is shown in their place."""
    pictures: dict[str, bytes] = {}
    problems = []
    for label, picture in settings.pictures if settings is not None else ():
        if picture.path not in files:
            message, hint = f"没有{label}文件 {picture.path}", "放入文件，或删掉这项登记改用占位图"
            problems.append(error(At(SITE), "emblem/missing", message, hint))
            continue
        data = disk.read(project.content / picture.path)
        actual = sha256(data).hexdigest()
        if actual == picture.sha256:
            pictures[picture.address[1:]] = data
        else:
            message = f"{picture.path} 不是登记的图案：SHA-256 是 {actual}"
            hint = "换回登记的图案；确实更换的，核对来源后改写 sha256"
            problems.append(error(At(SITE), "emblem/differs", message, hint))
    return pictures, problems


PORTAL_MEGABYTES = 20
"""The most a file under `_portal/` may have; the limits for all others are written there."""


def _too_large(files: Mapping[str, tuple[int, int]], texts: int, others: int = 0) -> list[Problem]:
    problems = []
    for path, (size, _) in files.items():
        limit = texts if path.endswith((".md", ".yml", ".csv")) else others
        if size > limit * 1024 * 1024:
            problems.append(
                error(
                    At(path),
                    "file/too-large",
                    f"文件有 {size / 1024 / 1024:.1f} MB，超过 {limit} MB",
                    "压缩或拆分；上限在 _portal/site.yml 里配置",
                )
            )
    return problems


def _records(
    project: Project, files: dict[str, tuple[int, int]], memory: memo.Memory
) -> tuple[list[Parsed], list[Problem]]:
    """Every content file parsed, from memory where it is unchanged; other files checked for what they claim to be."""
    by_folder = {declared.type.folder: declared for declared in project.types}
    parsed: list[Parsed] = []
    todo: list[tuple[str, str]] = []
    problems: list[Problem] = []
    kept: dict[str, tuple[int, int, str, Any]] = {}
    for path, (size, modified) in files.items():
        if path.startswith("_portal/"):
            if path not in FILES:
                names = "、".join(name.removeprefix("_portal/") for name in FILES)
                problems.append(
                    warning(At(path), "portal/unknown-file", "本站不读这个文件", f"核对文件名：{names}")
                )
            continue
        declared = by_folder.get(path.partition("/")[0])
        known = memo.unchanged(memory, path, size, modified)
        if path.startswith(PAGES_FOLDER) or (declared is not None and path.endswith(declared.type.suffix)):
            if known is None:
                todo.append((path, declared.type.name if declared else ""))
            else:
                kept[path] = known
                parsed.append(known[3])
        elif path.rpartition(".")[2].lower() not in ALLOWED_TYPES or declared is None:
            problems.append(_stray(path, by_folder))
        else:
            if known is None:
                digest = disk.digest_file(project.content / path)
                known = (
                    size,
                    modified,
                    digest,
                    signature_problem(path, disk.first_bytes(project.content / path)),
                )
            kept[path] = known
            if known[3]:
                problems.append(
                    error(At(path), "file/signature", known[3], "用原来的软件另存为正确的格式，再放进来")
                )
    desk = Desk(project.content, types=project.types)
    with Crew(desk, project.workers if len(todo) > 400 else 1, project.say) as crew:
        for (path, _), one in zip(todo, crew.map(parse_files, todo, "读取"), strict=True):
            size, modified = files[path]
            kept[path] = (size, modified, one.digest, one)
            parsed.append(one)
    memory.learn(files=kept)
    memory.changed |= bool(todo)
    return [one for one in parsed if not one.path.startswith(PAGES_FOLDER)], problems + [
        problem for one in parsed if one.path.startswith(PAGES_FOLDER) for problem in one.problems
    ]


def _stray(path: str, by_folder: dict[str, type[Record]]) -> Problem:
    folder = path.partition("/")[0]
    if folder in by_folder and path.lower().endswith((".md", ".yml", ".yaml", ".markdown", ".txt")):
        return error(
            At(path),
            "file/suffix",
            f"{by_folder[folder].type.label}的文件名要以 {by_folder[folder].type.suffix} 结尾",
            "把文件改名",
        )
    if folder in by_folder:
        return error(At(path), "file/type", "不接受这种文件", "转换成 PDF、DOCX、XLSX、CSV 或 PNG、JPG 图片")
    return error(
        At(path),
        "file/folder",
        f"没有 {folder} 这一类内容",
        "放到这些文件夹之一：" + "、".join(sorted(by_folder)),
    )


def _exempted(problems: list[Problem], parsed: list[Parsed]) -> list[Problem]:
    """Problems without those their record exempts with a reason; an exemption that matches nothing is itself a note."""
    exemptions = {
        one.path: dict(one.record.exempt) for one in parsed if one.record is not None and one.record.exempt
    }
    if not exemptions:
        return problems
    used: set[tuple[str, str]] = set()
    kept = []
    for problem in problems:
        if problem.severity is not Severity.ERROR and problem.code in exemptions.get(problem.at.path, {}):
            used.add((problem.at.path, problem.code))
        else:
            kept.append(problem)
    return kept + [
        note(At(path), "exempt/unused", f"豁免 {code} 没有对应的提醒", "删掉这一项；错误不能豁免")
        for path, codes in exemptions.items()
        for code in codes
        if (path, code) not in used
    ]


class PublicationError(Exception):
    """What was found while the site was put together; nothing published has changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


_ADDRESS = re.compile(rb'(?:href|src|action)="([^"#?]*)')


def _structural_links(project: Project, structure: dict[str, bytes], wanted: set[str]) -> list[Problem]:
    """The links of structural pages that lead nowhere on this site."""
    problems = []
    for path, data in structure.items():
        if not path.endswith(".html"):
            continue
        for link in sorted({html.unescape(found.decode()) for found in _ADDRESS.findall(data)}):
            if not link or re.match(r"[a-z][a-z0-9+.-]*:|//", link):
                continue
            whole = urljoin(project.base + path, link)
            target = unquote(whole.removeprefix(project.base))
            if not target or target.endswith("/"):
                target += "index.html"
            if not whole.startswith(project.base) or target not in wanted:
                problems.append(
                    error(
                        At(PAGES_FOLDER + path.removesuffix(".html") + ".md"),
                        "link/nothing",
                        f"链接 {link[:80]} 指向的网页不存在",
                        "核对链接",
                    )
                )
    return problems


def _two_pages(site: Site, structure: dict[str, bytes], path: str) -> Problem:
    """Two pages want one address: a record, alias, tombstone or standing page, and one that the site makes by itself."""
    address = f"/{path}"
    at = At(PAGES_FOLDER + path.removesuffix(".html") + ".md") if path in structure else At(TOMBSTONES)
    for record in site.records:
        if site.addresses[record.id] == address:
            at = record.at()
        elif address in record.aliases:
            at = record.at("aliases")
    return error(at, "address/used-twice", f"网址 {address} 是本站自动生成的网页", "换一个文件名或网址")


@_without_collector()
def publish(loaded: Loaded, workshop: Workshop, structure: dict[str, bytes]) -> Summary:
    """Make what is new, put the whole tree together beside the published one, and exchange the two."""
    try:
        return _publish(loaded, workshop, structure)
    except ChangedMeanwhile as change:
        changed = error(At(str(change)), "build/changed", "文件在生成网站的时候又改动了", "再运行一次")
        raise PublicationError([changed]) from change


def _publish(loaded: Loaded, workshop: Workshop, structure: dict[str, bytes]) -> Summary:
    project, site, summary, memory = loaded.project, loaded.site, loaded.summary, loaded.memory
    assert site is not None
    context = Context(site, project.base, project.root, project.switches)
    spare_root = disk.place_for_spare(project.site, project.cache)
    disk.recover(project.site, spare_root)
    published = disk.Tree(project.site, memory.trees)
    spare_root.mkdir(parents=True, exist_ok=True)
    spare = disk.Tree(spare_root, memory.trees)
    spare.remove_unknown()
    wanted: set[str] = set()
    with Crew(
        Desk(
            project.content,
            workshop=workshop,
            makers=MAKERS,
            spare=spare_root,
            extract=partial(text_in, project.cache / "attachments"),
        ),
        project.workers,
        project.say,
    ) as crew:
        common = blake2b(
            repr((project.base, project.root, sorted(project.switches), project.moment[:10])).encode()
        )
        common.update(site.portal.digest.encode() + workshop.digest)
        press = _Press(summary, spare, published, wanted, crew)
        if memory.common == common.digest():
            press.known = memory.groups
        with summary.stage("pages"):
            press.put("pages", plan_pages(context), workshop.surroundings)
        engine = workshop.engine
        if "feeds" in project.switches:
            with summary.stage("feeds"):
                press.put("feeds", plan_feeds(context), workshop.surroundings)
        if "exports" in project.switches:
            with summary.stage("exports"):
                press.put("exports", plan_exports(context, project.types), workshop.surroundings)
        if "search" in project.switches:
            digests = {path: known[2] for path, known in memory.files.items()}
            with summary.stage("search"):
                press.batch("search", memory, search_files(context, crew, project.cache, engine, digests))
        with summary.stage("publish"):
            press.given({**structure, **loaded.pictures})
            press.copies(project.content, site, memory)
            broken = _structural_links(project, structure, wanted)
            if (
                broken := broken
                + press.problems
                + [_two_pages(site, structure, path) for path in press.twice]
            ):
                raise PublicationError(broken)
            for path in sorted(spare.found.keys() - wanted):
                spare.remove(path)
            changed = spare.manifest != published.manifest or published.found.keys() != wanted
            summary.removed = len(published.found.keys() - wanted)
            trees = {spare.identity: spare.manifest}
            if published.found:
                trees[published.identity] = published.manifest
            memory.learn(trees=trees, common=common.digest(), groups=press.groups)
            if memory.changed:
                memo.save(project.cache / "memory", memory)
            ledger = disk.replacing(project.content / ADDRESSES, write_addresses(_ledger(site)))
            with ledger if project.keep_ledger else nullcontext():
                if changed:
                    disk.exchange(spare_root, project.site)
    return summary


def _ledger(site: Site) -> list[Any]:
    """Every address ever promised: those of today, and the former ones."""
    now = {one.address: one for one in site.promised}
    former = {one.address: one for one in site.portal.published}
    return list({**now, **former}.values())


@dataclass
class _Press:
    """Puts files into the spare tree: kept, taken over from the published tree, or made."""

    summary: Summary
    spare: disk.Tree
    published: disk.Tree
    wanted: set[str]
    crew: Crew
    known: Mapping[str, tuple[bytes, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    groups: dict[str, tuple[bytes, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def _have(self, path: str, key: str) -> bool:
        self.wanted.add(path)
        old = self.published.holds(path, key)
        self.summary.unchanged += old
        self.summary.written += not old
        if self.spare.holds(path, key):
            return True
        if old:
            self.spare.link(self.published, path)
        return old

    def put(self, name: str, groups: Iterable[Group], surroundings: Callable[[Plan], bytes]) -> None:
        """Planned files of one product; a group whose signature is known is not planned again."""
        todo: list[tuple[Plan, str]] = []
        count = 0
        for group in groups:
            known = self.known.get(group.name)
            if known and group.signature and known[0] == group.signature and self._hold(known[1]):
                files = known[1]
                for path, key in files:
                    if path in self.wanted:
                        self.twice.append(path)
                    else:
                        self._have(path, key)
            else:
                files = tuple(self._planned(group, surroundings, todo))
            self.groups[group.name] = (group.signature, files)
            count += len(files)
        for path, key, size, modified in self.crew.map(page_files, todo, "生成文件"):
            self.spare.manifest[path] = (key, size, modified)
        self.summary.files[name] = count

    def _hold(self, files: Iterable[tuple[str, str]]) -> bool:
        """Whether every one of these files stands in one of the two trees."""
        return all(self.spare.holds(path, key) or self.published.holds(path, key) for path, key in files)

    def _planned(
        self, group: Group, surroundings: Callable[[Plan], bytes], todo: list[tuple[Plan, str]]
    ) -> Iterator[tuple[str, str]]:
        for plan in group.plans():
            key = plan.key(surroundings(plan))
            if plan.path in self.wanted:
                self.twice.append(plan.path)
                continue
            if not self._have(plan.path, key):
                todo.append((plan, key))
            yield plan.path, key

    def batch(
        self,
        name: str,
        memory: memo.Memory,
        batch: tuple[str, Callable[[disk.Tree], Iterable[tuple[str, bytes | None]]]],
    ) -> None:
        """Files whose names are known only when they are made, again when their common key is new.

        No content stands for a file of the published tree that is still as it was.
        """
        key, make = batch
        known = memory.batches.get(name)
        if (
            known is not None
            and known[0] == key
            and all(self.published.manifest.get(path) for path in known[1])
        ):
            for path in known[1]:
                self._have(path, self.published.manifest[path][0])
        else:
            paths = []
            for path, data in make(self.published):
                paths.append(path)
                if data is None:
                    self._have(path, self.published.manifest[path][0])
                else:
                    self._bytes(path, data)
            memory.learn(batches={**memory.batches, name: (key, tuple(paths))})
        self.summary.files[name] = len(memory.batches[name][1])

    def _bytes(self, path: str, data: bytes) -> None:
        key = blake2b(data, digest_size=16).hexdigest()
        if not self._have(path, key):
            self.spare.manifest[path] = (key, *self.spare.write(path, data))

    def given(self, structure: dict[str, bytes]) -> None:
        """Files made by the door: structural pages and the theme's own files."""
        for path, data in sorted(structure.items()):
            if path not in self.wanted:
                self._bytes(path, data)
            elif path.endswith(".html"):
                self.twice.append(path)

    def copies(self, content: Path, site: Site, memory: memo.Memory) -> None:
        """Attachments and images of the visible records, under their addresses."""
        from govportal.checks.links import used_files

        made = frozenset(self.wanted)
        for record in site.records:
            folder = record.path.rpartition("/")[0]
            for name in [one.file for one in record.attachments] + [name for name, _ in used_files(record)]:
                path = f"{folder}/{name}"
                if path in made:
                    message = f"附件 {name} 与本站自动生成的文件同名"
                    self.problems.append(
                        record.problem("attachments", "address/used-twice", message, "给附件换一个名字")
                    )
                elif path not in self.wanted and path in memory.files:
                    key = memory.files[path][2]
                    if not self._have(path, key):
                        self.spare.copy(content / path, path, key)


def unused_files(loaded: Loaded) -> list[Problem]:
    """Files beside the records that no visible record uses are named: they are not published."""
    from govportal.checks.links import used_files

    site = loaded.site
    if site is None:
        return []
    used = set()
    for record in (
        entry[3].record
        for entry in loaded.memory.files.values()
        if isinstance(entry[3], Parsed) and entry[3].record is not None
    ):
        folder = record.path.rpartition("/")[0]
        used |= {f"{folder}/{one.file}" for one in record.attachments} | {
            f"{folder}/{name}" for name, _ in used_files(record)
        }
    return [
        warning(
            At(path),
            "file/unused",
            "没有记录使用这个文件，它不会发布",
            "在记录的 attachments 里列出它，或删掉它",
        )
        for path, entry in loaded.memory.files.items()
        if not isinstance(entry[3], Parsed) and path not in used
    ]
