"""The portal's own settings, read with the same strictness as content: site, columns, measures, tombstones, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from govportal.calendar import Calendar
from govportal.han import chinese_number
from govportal.kinds import Address, Choice, Count, Date, Flag, Identifier, Link, Many, Text
from govportal.kinds.base import Desk, is_empty
from govportal.kinds.date import read_day
from govportal.kinds.rows import Group, Rows
from govportal.model import columns, of, read_fields
from govportal.problems import At, Problem, error
from govportal.source import Mapping as MappingNode
from govportal.source import Node, Sequence, decode, read_yaml

SITE = "_portal/site.yml"
COLUMNS = "_portal/columns.yml"
MEASURES = "_portal/measures.yml"
TOMBSTONES = "_portal/tombstones.yml"
ADDRESSES = "_portal/addresses.csv"
SUBJECTS = "_portal/vocabularies/subjects.yml"
STATUTORY = "_portal/vocabularies/statutory_items.yml"
SYNONYMS = "_portal/vocabularies/synonyms.yml"
DAYS = "_portal/calendar/days.csv"
NOTICES = "_portal/calendar/notices.csv"
FILES = (SITE, COLUMNS, MEASURES, TOMBSTONES, ADDRESSES, SUBJECTS, STATUTORY, SYNONYMS, DAYS, NOTICES)

CATALOGUE_COLUMN = "公开目录"
"""A column that gathers every record of the district's own: the disclosure catalogue (政府信息公开条例第十二条)."""
STATUTORY_COLUMN = "法定内容"
"""A column whose page says item by item where the law's contents are found (政府信息公开条例第二十条、第二十一条)."""
# The 18 values of 国办发〔2017〕47号, annex (handbook 1.5).
COLUMN_TYPES = (
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政务动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
)


@dataclass(frozen=True, kw_only=True)
class Outside:
    """An entrance to a platform that is not part of this site."""

    id: str = of(Identifier("编号"), required=True)
    title: str = of(Text("名称"), required=True)
    url: str = of(Link("网址"), required=True)
    description: str = of(Text("说明"), default="")


@dataclass(frozen=True, kw_only=True)
class Emblem:
    """The picture beside the site's name: a file in `_portal/`, shown as it is, and only with this digest.

    A government at or above county level shows the national emblem, in the standard version of 中国人大网 or 中国政府网
    (国徽法第六条、第七条).
    """

    file: str = of(
        Identifier("图案文件", pattern=r"[a-z0-9][a-z0-9-]*\.(?:svg|png)", sample="emblem.svg"), required=True
    )
    sha256: str = of(Identifier("图案的 SHA-256", pattern=r"[0-9a-f]{64}", sample="0" * 64), required=True)
    name: str = of(Text("图案名称"), required=True)
    national: bool = of(Flag("国徽"), default=False)

    @property
    def path(self) -> str:
        """Where it stands in the content."""
        return f"_portal/{self.file}"

    @property
    def address(self) -> str:
        """Where it is published: another picture has another address."""
        return f"/assets/img/{self.sha256[:16]}.{self.file.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Who the site is. Values for the real district stay 示例 until the district gives them."""

    name: str = of(Text("网站名称"), required=True)
    domain: str = of(Text("域名"), required=True)
    code: str = of(Identifier("网站标识码", pattern=r"bm\d{8}|\d{10}", sample="0000000000"), required=True)
    environment: str = of(Choice("环境", "demo", "staging", "production"), default="demo")
    sponsor: str = of(Text("主办单位"), required=True)
    organizer: str = of(Text("承办单位"), required=True)
    icp: str = of(Text("ICP备案号"), required=True)
    police_record: str = of(Text("公安备案号"), required=True)
    contact_phone: str = of(Text("联系电话"), required=True)
    contact_address: str = of(Text("联系地址"), required=True)
    postcode: str = of(Text("邮政编码"), default="")
    emblem: Emblem | None = of(Group("徽标", Emblem))
    party_mark: Emblem | None = of(Group("党政机关网站标识", Emblem))
    police_mark: Emblem | None = of(Group("公安备案图标", Emblem))
    description: str = of(Text("网站说明"), required=True)
    keywords: tuple[str, ...] = of(Many(Text("关键词")), required=True, default=())
    tag_authority: str = of(
        Identifier("订阅编号的域名", pattern=r"[a-z0-9][a-z0-9.-]+", sample="portal.example"), required=True
    )
    tag_date: date = of(Date("订阅编号的日期"), required=True)
    find_error_url: str = of(Link("找错入口"), required=True)
    report_mail: str = of(
        Identifier("纠错邮箱", pattern=r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", sample="jiucuo@portal.example"),
        default="",
    )
    outside: tuple[Outside, ...] = of(Rows("外部入口", Outside, key="id"), default=())
    text_megabytes: int = of(Count("文本文件上限（MB）"), default=5)
    attachment_megabytes: int = of(Count("附件上限（MB）"), default=30)

    @property
    def pictures(self) -> tuple[tuple[str, Emblem], ...]:
        """The registered pictures, each with what it is called."""
        found = (
            ("徽标", self.emblem),
            ("党政机关网站标识", self.party_mark),
            ("公安备案图标", self.police_mark),
        )
        return tuple((label, picture) for label, picture in found if picture is not None)

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration site."""
        return self.environment == "demo"

    @property
    def banner(self) -> str:
        """What every page, feed and download must say of a site that is not the real one."""
        return {"demo": "示例站点，非政府官方网站", "staging": "测试站点，内容未正式发布", "production": ""}[
            self.environment
        ]


KEY_AREAS = "重点领域信息公开"
"""The name of the column that the plan prescribes (实施方案一（五）3)."""
KEY_AREA_COLUMNS = ("财政预决算", "公共资源配置", "重大建设项目批准和实施", "社会公益事业建设")
"""What that column holds at least."""


def key_areas_of(address: str) -> str:
    """Where the key areas of an organ stand whose page has this address: `/organs/office/key-areas.html`."""
    return address.removesuffix(".html") + "/key-areas.html"


def published_of(address: str) -> str:
    """Where all that an organ published stands, whose page has this address: `/organs/office/published/`."""
    return address.removesuffix(".html") + "/published/"


def duties_of(address: str) -> str:
    """Where an organ's measures of the plan stand, whose page has this address: `/organs/office/measures.html`."""
    return address.removesuffix(".html") + "/measures.html"


@dataclass(frozen=True, kw_only=True)
class Elements:
    """What a column of the key areas says of itself before its list (实施方案一（五）3: 范围、内容、时限、载体、展现形式)."""

    scope: str = of(Text("公开范围"), required=True)
    content: str = of(Text("公开内容"), required=True)
    time_limit: str = of(Text("公开时限"), required=True)
    carrier: str = of(Text("公开载体"), required=True)
    presentation: str = of(Text("展现形式"), required=True)


@dataclass(frozen=True, kw_only=True)
class NotApplicable:
    """A part of a column that does not exist in the district, and why (不适用说明)."""

    part: str = of(Text("不适用的类别"), required=True)
    reason: str = of(Text("不适用说明"), required=True)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the portal; the page labels of 国办发〔2017〕47号 come from here."""

    id: str = of(Identifier("栏目编号"), required=True)
    name: str = of(Text("栏目名称"), required=True)
    path: str = of(
        Identifier("栏目网址", pattern=r"[a-z0-9-]+(?:/[a-z0-9-]+)*", sample="policies"), required=True
    )
    description: str = of(Text("栏目说明"), required=True)
    keywords: tuple[str, ...] = of(Many(Text("关键词")), required=True, default=())
    column_type: str = of(Choice("栏目类别", *COLUMN_TYPES), required=True)
    update_days: int = of(Count("更新周期（天）"), default=365)
    organ: str | None = of(Identifier("保障单位"))
    on_home: bool = of(Flag("在首页展示"), default=False)
    elements: Elements | None = of(Group("五要素", Elements))
    not_applicable: tuple[NotApplicable, ...] = of(Rows("不适用说明", NotApplicable, key="part"), default=())
    in_order: bool = of(Flag("按排序号排列"), default=False)
    shows: str | None = of(Choice("栏目页", CATALOGUE_COLUMN, STATUTORY_COLUMN))
    register: bool = of(Flag("登记簿和目录列入本栏目"), default=False)
    plan_section: str | None = of(Text("对应的方案章节"))
    children: tuple[Column, ...] = ()
    parent: str = ""
    places: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A numbered measure of the plan, verbatim."""

    id: str = of(Text("措施编号"), required=True)
    title: str = of(Text("措施名称"), required=True)
    text: str = of(Text("原文", limit=5000, lines=True), required=True)
    lead: tuple[str, ...] = of(Many(Text("牵头单位")), default=())
    implement: tuple[str, ...] = of(Many(Text("落实单位")), default=())
    section: str = of(Text("所在章节"), required=True)
    columns: tuple[str, ...] = of(Many(Identifier("对应栏目")), default=())
    types: tuple[str, ...] = of(
        Many(Identifier("对应内容类型", pattern=r"[a-z]+(?:_[a-z]+)*", sample="policy")), default=()
    )
    notes: tuple[str, ...] = of(Many(Text("原文的瑕疵")), default=())

    @property
    def number(self) -> str:
        """Its number as the plan prints it: 三（一）2 for 三甲（一）2, 三（一） for 三乙（一）0; '' when it has none."""
        found = _MEASURE_NUMBER.fullmatch(self.id)
        return f"{found[1]}（{found[3]}）{found[4].removeprefix('0')}" if found else ""

    @property
    def full_title(self) -> str:
        """Number and name."""
        return f"{self.number}　{self.title}".lstrip("　")

    @property
    def address(self) -> str:
        """Where its page stands: `/measures/3b-1-0.html` for 三乙（一）0."""
        return f"/measures/{self.slug}.html"

    @property
    def slug(self) -> str:
        """The name of its page and feed."""
        found = _MEASURE_NUMBER.fullmatch(self.id)
        if found:
            chapter = f"{chinese_number(found[1])}{_BRANCHES[found[2]]}"
            return f"{chapter}-{chinese_number(found[3])}-{found[4]}"
        # Any other identifier has an address of its own that never changes either.
        return _PARTS_OF_PLAN.get(self.id) or "m-" + blake2b(self.id.encode(), digest_size=6).hexdigest()


MEASURES_ADDRESS = "/measures/"
"""Where all measures are listed."""
_MEASURE_NUMBER = re.compile(
    r"([一二三四五六七八九十]+)([甲乙丙丁]?)（([一二三四五六七八九十]+)）(0|[1-9][0-9]*)"
)
_BRANCHES = {"": "", "甲": "a", "乙": "b", "丙": "c", "丁": "d"}
_PARTS_OF_PLAN = {"0-引言": "introduction", "99-结尾": "ending"}


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """A page that was taken down: why, when, and what stands in its place."""

    address: str = of(Address("原网址"), required=True)
    title: str = of(Text("原标题"), required=True)
    reason: str = of(Text("撤下原因"), required=True)
    date: date = of(Date("撤下日期"), required=True)
    replacement: str | None = of(Address("替代网页"))


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A heading of the vocabulary of subjects, with what stands below it."""

    name: str = of(Text("一级主题"), required=True)
    children: tuple[str, ...] = of(Many(Text("二级主题")), default=())


@dataclass(frozen=True, kw_only=True)
class StatutoryItem:
    """One item that must be made public without being asked for (政府信息公开条例第二十条、第二十一条)."""

    id: str = of(Identifier("编号", pattern=r"[0-9]{2}-[0-9]{2}", sample="20-01"), required=True)
    clause: str = of(Text("条款"), required=True)
    text: str = of(Text("内容", limit=1000), required=True)
    columns: tuple[str, ...] = of(Many(Identifier("对应栏目")), default=())
    not_produced: str | None = of(Text("不产生的说明", limit=500))
    places: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True)
class Synonym:
    """A word of official texts, and the words citizens say instead: who searches for these finds that as well."""

    official: str = of(Text("规范用语"), required=True)
    said: tuple[str, ...] = of(Many(Text("群众说法")), required=True, default=())
    places: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Published:
    """A line of the ledger: an address, the record behind it, and the day or minute from which it is promised."""

    address: str
    id: str
    since: str
    line: int


@dataclass(frozen=True)
class Portal:
    """Everything under `_portal/`, read."""

    settings: Settings
    columns: tuple[Column, ...]
    measures: tuple[Measure, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    published: tuple[Published, ...] = ()
    subjects: tuple[str, ...] = ()
    digest: str = ""
    calendar: Calendar = field(default_factory=Calendar)
    statutory: tuple[StatutoryItem, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    """No part of `digest`: they are read by the search alone."""

    def walk(self) -> Iterator[Column]:
        """Every column, parents first."""

        def inner(columns: tuple[Column, ...]) -> Iterator[Column]:
            for column in columns:
                yield column
                yield from inner(column.children)

        return inner(self.columns)

    @property
    def key_areas(self) -> Column | None:
        """The column of the key areas, found by its prescribed name."""
        return next((column for column in self.walk() if column.name == KEY_AREAS), None)


Declared = TypeVar("Declared")


def read_portal(
    files: Mapping[str, bytes], refused: Iterable[str] = ()
) -> tuple[Portal | None, list[Problem]]:
    """The settings from the bytes of their files; None when site or columns cannot be read.

    `refused` are files that are there but may not be read: their own problem is already known.
    """
    problems: list[Problem] = []
    settings = _mapping(files, SITE, Settings, problems)
    columns = _columns(files, problems)
    measures = _list(files, MEASURES, "measures", Measure, problems)
    tombstones = _list(files, TOMBSTONES, "tombstones", Tombstone, problems)
    subjects = _subjects(files, problems)
    statutory = _list(files, STATUTORY, "items", StatutoryItem, problems)
    synonyms = _list(files, SYNONYMS, "words", Synonym, problems)
    published = _addresses(files, problems)
    calendar = _calendar(files, problems)
    if refused:
        problems = [one for one in problems if one.at.path not in refused]
    if settings is None or columns is None:
        return None, problems
    digest = blake2b(digest_size=16)
    for name in sorted(set(FILES) - {ADDRESSES, SYNONYMS}):
        digest.update(f"{name} {len(files.get(name, b''))}\n".encode() + files.get(name, b""))
    return (
        Portal(
            settings,
            columns,
            measures,
            tombstones,
            published,
            subjects,
            digest.hexdigest(),
            calendar,
            statutory,
            synonyms,
        ),
        problems,
    )


def _node(files: Mapping[str, bytes], path: str, problems: list[Problem], needed: bool = True) -> Any:
    if path not in files:
        if needed:
            problems.append(error(At(path), "portal/missing", f"没有 {path}", "从示例站点复制一份再修改"))
        return None
    text, found = decode(path, files[path])
    problems.extend(found)
    if text is None:
        return None
    node, found = read_yaml(path, text)
    problems.extend(found)
    return node


def _mapping(
    files: Mapping[str, bytes], path: str, declared: type[Declared], problems: list[Problem]
) -> Declared | None:
    node = _node(files, path, problems)
    if node is None:
        return None
    desk = Desk(path, problems)
    values, _, bad = read_fields(declared, node, desk)
    return None if bad else declared(**values)


def _list(
    files: Mapping[str, bytes], path: str, key: str, declared: type[Declared], problems: list[Problem]
) -> tuple[Declared, ...]:
    node = _node(files, path, problems, needed=False)
    if node is None:
        return ()
    desk = Desk(path, problems)
    item = _only(node, key, desk)
    if item is None or is_empty(item):
        return ()
    rows = Rows(key, declared, key=columns(declared)[0].name).read(item, desk)
    return rows if isinstance(rows, tuple) else ()


def _only(node: MappingNode, key: str, desk: Desk) -> Node | None:
    """What a file holds that may have one property only; any other is refused, since it would be passed over."""
    for name, place in node.keys.items():
        if name != key:
            desk.problems.append(
                error(At(desk.path, *place), "field/unknown", f"这里没有属性 {name}", f"改为 {key}")
            )
    return node.items.get(key)


SITE_WIDE = "all"
"""The name under which the whole site stands among the feeds of columns."""
LIST_CHANGES, LIST_CHANGES_TITLE = "list-changes", "清单变更"
"""The name and title under which the changes of all lists stand there."""


def _columns(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Column, ...] | None:
    node = _node(files, COLUMNS, problems)
    if node is None:
        return None
    desk = Desk(COLUMNS, problems)
    seen: dict[str, int] = {}

    def read(items: Node | None, parent: str) -> tuple[Column, ...]:
        found: list[Column] = []
        if items is None or is_empty(items):
            return ()
        if not isinstance(items, Sequence):
            desk.bad(items, "field/not-a-list", "栏目应当是列表", "每个栏目前写短横线：- id: …")
            return ()
        for item in items.items:
            if not isinstance(item, MappingNode):
                desk.bad(item, "field/not-a-group", "栏目应当分项写", "写 - id: …、name: … 等")
                continue
            children = item.items.pop("children", None)
            item.keys.pop("children", None)
            values, places, bad = read_fields(Column, item, desk, "栏目的")
            if bad:
                continue
            if values["id"] in (SITE_WIDE, LIST_CHANGES):
                desk.bad(
                    item,
                    "columns/reserved",
                    f"栏目编号不能是 {values['id']}",
                    "全站和清单变更的订阅用这个名字；换一个编号",
                )
            for name in ("id", "path"):
                value = f"{name} {values[name]}"
                if value in seen:
                    desk.bad(
                        item,
                        "columns/repeated",
                        f"栏目 {value} 与第 {seen[value]} 行的相同",
                        "每个栏目用不同的编号和网址",
                    )
                seen[value] = item.line
            inner = read(children, values["id"])
            found.append(Column(**values, parent=parent, places=places, children=inner))
        return tuple(found)

    before = len(problems)
    columns = read(_only(node, "columns", desk), "")
    if not columns and len(problems) == before:
        problems.append(error(At(COLUMNS), "portal/no-columns", "没有栏目", "在 columns: 下面逐个写栏目"))
    return columns if len(problems) == before else None


def _subjects(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[str, ...]:
    found = []
    for subject in _list(files, SUBJECTS, "subjects", Subject, problems):
        found.append(subject.name)
        found.extend(f"{subject.name}\\{child}" for child in subject.children)
    return tuple(found)


LEDGER_HEADER = ["address", "id", "since"]


def _addresses(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Published, ...]:
    if ADDRESSES not in files:
        return ()
    text, found = decode(ADDRESSES, files[ADDRESSES])
    problems.extend(found)
    if text is None:
        return ()
    published = []
    for line, written in enumerate(text.split("\n"), 1):
        # An address needs no quotes, so a line is a row: a stray quote spoils one line, not the rest of the file.
        row = written.split(",")
        if row == LEDGER_HEADER or not written:
            continue
        if (
            len(row) != 3
            or not row[0].startswith("/")
            or not row[0].endswith((".html", "/"))
            or not _is_moment(row[2])
        ):
            problems.append(
                error(
                    At(ADDRESSES, line),
                    "addresses/format",
                    "网址登记表这一行读不出来",
                    "不要手工修改这个文件；从 Git 恢复上一版",
                )
            )
            continue
        published.append(Published(row[0], row[1], row[2], line))
    return tuple(published)


def _calendar(files: Mapping[str, bytes], problems: list[Problem]) -> Calendar:
    """Days off and days to work, each from the notice of its year (国务院办公厅关于部分节假日安排的通知)."""
    rows: dict[date, str] = {}
    for line, (written, kind, name) in _table(files, DAYS, ["date", "kind", "name"], problems):
        day = read_day(written)
        if day is None:
            _spoilt(problems, DAYS, line, f"日期“{written[:40]}”读不出来", "写成 2026-10-01")
        elif kind not in ("off", "work"):
            _spoilt(problems, DAYS, line, f"种类“{kind[:40]}”不认识", "放假写 off，调休上班写 work")
        elif not name.strip():
            _spoilt(problems, DAYS, line, "没有节日名称", "写明是哪个节日，如 国庆节")
        elif day in rows:
            _spoilt(problems, DAYS, line, f"{written} 写了两次", "只留一行")
        else:
            rows[day] = kind
    notices: dict[int, int] = {}
    for line, (year, url) in _table(files, NOTICES, ["year", "url"], problems):
        if not re.fullmatch(r"(?:19|20)\d{2}", year, re.ASCII):
            _spoilt(problems, NOTICES, line, f"年份“{year[:40]}”读不出来", "写四位数字，如 2026")
        elif not re.fullmatch(r"https?://[a-z0-9.-]+/\S+", url):
            _spoilt(problems, NOTICES, line, "没有通知的网址", "写国务院办公厅通知的完整网址")
        else:
            notices.setdefault(int(year), line)
    calendar = Calendar.from_rows(rows, notices)
    if DAYS in files and not any(problem.at.path == DAYS for problem in problems):
        for noticed, line in notices.items():
            if noticed not in calendar.years:
                _spoilt(
                    problems,
                    NOTICES,
                    line,
                    f"{noticed}年登记了通知，但 {DAYS} 里没有全年的安排",
                    "把通知里从元旦到国庆节的放假和上班日期都写上",
                )
    return calendar


def _table(
    files: Mapping[str, bytes], path: str, header: list[str], problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a plain CSV file (no quotes) with their lines; a row of another length is a problem."""
    if path not in files:
        return
    text, found = decode(path, files[path])
    problems.extend(found)
    if text is None:
        return
    first, *lines = text.split("\n")
    if first.split(",") != header:
        _spoilt(problems, path, 1, "第一行不是表头", f"第一行写 {','.join(header)}")
        return
    for line, written in enumerate(lines, 2):
        row = written.split(",")
        if len(row) == len(header):
            yield line, row
        elif written:
            _spoilt(
                problems,
                path,
                line,
                f"这一行不是 {len(header)} 格",
                f"依次写 {','.join(header)}，中间用英文逗号",
            )


def _spoilt(problems: list[Problem], path: str, line: int, message: str, hint: str) -> None:
    problems.append(error(At(path, line), "calendar/format", message, hint))


@lru_cache(maxsize=4096)
def _is_moment(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?", text)) and read_day(text[:10]) is not None


def write_addresses(published: list[Published]) -> bytes:
    """The ledger as it is committed: sorted, one address a line."""
    rows = [LEDGER_HEADER] + [
        [one.address, one.id, one.since] for one in sorted(published, key=lambda one: one.address)
    ]
    return "".join(",".join(row) + "\n" for row in rows).encode()
