"""Citations: where a text names a document by its title 《…》 or by its number, and which document is meant.

`find` is pure reading of one text and is done when a file is read; `Library.meant` needs all documents and the day.
A citation without a year means the version in force on that day; one that gives a number or a year in brackets
behind the title means the version with that number or of that year.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from govportal.han import chinese_number

LONGEST_TITLE = 150
LONGEST_ORGAN = 40
STATE = "中华人民共和国"
SAMPLE = "示例:"

_INSIDE = rf"[^《》<]{{1,{LONGEST_TITLE}}}"
_TITLE = re.compile(rf"《(?:[^《》<]|《{_INSIDE}》){{1,{LONGEST_TITLE}}}》")
_NOTE = re.compile(r"\s?[（(]([^（）()《》<]{4,40})[）)]")
_TELLS = re.compile(r"[\d一二三四五六七八九十〇零]\s*号|(?:19|20)\d\d年.{0,12}(?:修正|修订|修改|公布|发布)")
# A number is found by its last character, and what stands before it is looked at backwards.
_COUNT = r"[\d０-９]{1,5}|[一二三四五六七八九十百〇零]{1,7}"
_TAIL = re.compile(
    rf"(?:[〔\[（(【［]\s?(?:19|20)\d{{2}}\s?年?\s?[〕\]）)】］](?:[\u4e00-\u9fa5]{{1,12}})?\s?第?\s?(?:{_COUNT})"
    rf"|(?:令|公告)\s?[（(]?\s?(?:(?:19|20)\d\d\s?年\s?)?第?\s?(?:{_COUNT})|第\s?(?:{_COUNT}))\s?\Z"
)
_BEHIND_TITLE = re.compile(rf"(《(?:[^《》<]|《{_INSIDE}》){{1,{LONGEST_TITLE}}}》)\s?[（(]\s?\Z")
_ORGAN = re.compile(rf"[\u4e00-\u9fa5、]{{1,{LONGEST_ORGAN}}}\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names a document: from `start` to `end` stands the title, or the number with the words before it.

    `written` is what decides which document is meant: the same without white space, for a title with the number or
    year that follows it in brackets, and for a number in brackets behind a title with that title.
    """

    start: int
    end: int
    written: str


def find(text: str) -> list[Place]:
    """Every title and number of a document in a text, in order; a title within a title comes after the outer one.

    >>> [one.written for one in find("依照《示例办法》（示例发〔2020〕3号）和国务院令第711号办理")]
    ['《示例办法》（示例发〔2020〕3号）', '《示例办法》示例发〔2020〕3号', '和国务院令第711号']
    """
    places = [*_titles(text), *_numbers(text)] if "《" in text or "号" in text else []
    places.sort(key=lambda one: (one.start, -one.end))
    return places


def _titles(text: str) -> Iterator[Place]:
    for found in _TITLE.finditer(text):
        yield _title(text, found.start(), found.end())
        if "《" in found[0][1:]:
            for inner in re.finditer(rf"《{_INSIDE}》", found[0][1:]):
                yield _title(text, found.start() + 1 + inner.start(), found.start() + 1 + inner.end())


def _title(text: str, start: int, end: int) -> Place:
    note = _NOTE.match(text, end)
    more = note[0] if note and _TELLS.search(note[1]) else ""
    return Place(start, end, "".join((text[start:end] + more).split()))


def _numbers(text: str) -> Iterator[Place]:
    end = text.find("号")
    while end >= 0:
        begin = max(0, end - 36)
        tail = _TAIL.search(text, begin, end)
        if tail is not None:
            start, stop = tail.start(), end + 1
            if text.startswith("令", stop) and tail[0].startswith("第"):
                stop += 1
            elif tail[0].startswith("第"):
                start = -1
            if start >= 0:
                organ = _ORGAN.search(text, max(0, start - LONGEST_ORGAN), start)
                start = organ.start() if organ else start
                title = _BEHIND_TITLE.search(text, max(0, start - LONGEST_TITLE - 4), start)
                before = title[1] if title else ""
                yield Place(start, stop, "".join((before + text[start:stop]).split()))
        end = text.find("号", end + 1)


@dataclass(frozen=True, slots=True)
class Named:
    """A document as other texts may name it; `begins` is the day from which this version of it holds."""

    id: str
    title: str
    number: str = ""
    begins: date | None = None
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The document that a citation means; `skip` counts the characters of a number's place that are no part of it."""

    id: str
    skip: int = 0


@dataclass(frozen=True, slots=True)
class _Number:
    """A document number taken apart: who issued it, in which year ('' where the number has none), and its count."""

    form: str
    organ: str
    year: str
    count: int


_FORMS = (
    ("code", "[", re.compile(r"(?P<organ>[\u4e00-\u9fa5、]+)\[(?P<year>\d{4})年?\]第?(?P<count>\d+)号")),
    (
        "code",
        "[",
        re.compile(r"(?P<organ>)\[(?P<year>\d{4})年?\](?P<after>[\u4e00-\u9fa5]+?)第?(?P<count>\d+)号"),
    ),
    (
        "order",
        "令",
        re.compile(
            r"(?P<organ>[\u4e00-\u9fa5、]+)令\[?(?:(?P<year>\d{4})年?)?第?(?P<count>[\d一二三四五六七八九十百〇零]+)号\]?"
        ),
    ),
    (
        "order",
        "令",
        re.compile(
            r"(?P<organ>[\u4e00-\u9fa5、]+)第(?P<count>[\d一二三四五六七八九十百〇零]+)号令(?P<year>)"
        ),
    ),
    (
        "announcement",
        "公告",
        re.compile(
            r"(?P<organ>[\u4e00-\u9fa5、]+)公告\[?(?:(?P<year>\d{4})年?)?第?(?P<count>[\d一二三四五六七八九十百〇零]+)号\]?"
        ),
    ),
)
_BRACKETS = str.maketrans("〔〕（）()【】［］", "[][][][][]")


@lru_cache(maxsize=65536)
def _number(text: str) -> _Number | None:
    """A number of whatever form taken apart; the words before it are still on its organ."""
    plain = unicodedata.normalize("NFKC", "".join(text.split()).translate(_BRACKETS))
    for form, mark, pattern in _FORMS:
        if mark in plain and (found := pattern.fullmatch(plain)):
            count = chinese_number(found["count"])
            if count is not None:
                parts = found.groupdict()
                return _Number(form, parts["organ"] or parts.get("after") or "", parts["year"] or "", count)
    return None


_DROPPED = dict.fromkeys(map(ord, "《》〈〉<>“”\"'‘’「」『』 \t\n\r\u3000·"))
_DASHES = str.maketrans("—－–―─", "-----")


@lru_cache(maxsize=65536)
def fold_title(title: str) -> str:
    """A title by which two ways of printing it are the same: one width, no quotation marks, no brackets of a title.

    >>> fold_title("《关于印发〈示例办法（试行）〉的通知》")
    '关于印发示例办法(试行)的通知'
    """
    folded = unicodedata.normalize("NFKC", title.translate(_DASHES)).translate(_DROPPED)
    return folded.removeprefix(SAMPLE)


_ISSUING = re.compile(r".*?印发(.+)的通知")
_WITH_ORGAN = re.compile(
    r"[\u4e00-\u9fa5、]{2,40}?(?:国务院|政府|办公厅|办公室|部|委员会|委|局|院|署|会)(关于.+)"
)


def _other_titles(folded: str) -> Iterator[str]:
    """Other names by which a document is called: without the name of the state, without the cover of its notice."""
    if folded.startswith(STATE):
        yield folded[len(STATE) :]
    if "印发" in folded and (found := _ISSUING.fullmatch(folded)):
        yield found[1]
    if folded.find("关于") > 1 and (found := _WITH_ORGAN.fullmatch(folded)):
        yield found[1]


# Words that may stand before the name of an organ without being a part of it.
_LEAD = re.compile(
    "(?:"
    "根据|依据|依照|按照|参照|遵照|对照|结合|围绕|贯彻|落实|执行|实行|施行|实施|学习|传达|明确|关于|印发|转发|下发|发布|公布|颁布"
    "|修改|修订|废止|停止|撤销|取消|宣布|调整|延长|补充|重申|清理|包括|通过|使用|适用|见|附|按|即|由|经|与|和|及|或|或者|对|将|把|从|自|至"
    "|在|以|为|的|了|等|同|如|含|称|是|有|日|年|月|号|件|通知|规定|要求|精神|、"
    r")(?:原)?\Z|原\Z"
)


@dataclass
class Library:
    """All documents that may be named, found by title or number."""

    documents: Iterable[Named]
    _titles: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    _others: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    _numbers: dict[tuple[str, int], list[tuple[_Number, Named]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _by_id: dict[str, Named] = field(default_factory=dict)
    _found: dict[str, tuple[tuple[Named, ...], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in sorted(self.documents, key=lambda one: (one.begins or date.min, one.issued, one.id)):
            folded = fold_title(one.title)
            self._by_id[one.id] = one
            self._titles[folded].append(one)
            for other in _other_titles(folded):
                self._others[other].append(one)
            if one.number and (number := _number(one.number)):
                organ = number.organ.removeprefix(STATE)
                self._numbers[number.form, number.count].append(
                    (_Number(number.form, organ, number.year, number.count), one)
                )

    def meant(self, written: str, day: date, reader: str = "") -> Meant | None:
        """The document that `written` means on a day, in the text of the document `reader`; None when it is not here."""
        found = self._found.get(written)
        if found is None:
            found = self._found[written] = self._look_up(written)
        versions, skip = found
        if not versions:
            return None
        own = self._by_id.get(reader)
        if own is not None and fold_title(own.title) == fold_title(versions[0].title):
            # A text that calls its own name means a former version: which one is known only where a number tells.
            family = self._titles[fold_title(own.title)]
            earlier = [one for one in versions if one in family[: family.index(own)]]
            return Meant(earlier[-1].id, skip) if earlier and len(versions) < len(family) else None
        begun = [one for one in versions if one.begins is None or one.begins <= day]
        return Meant((begun[-1] if begun else versions[0]).id, skip)

    def _look_up(self, written: str) -> tuple[tuple[Named, ...], int]:
        title, closing, behind = written.rpartition("》")
        if not closing:
            return self._by_number(written)
        if not behind or behind[0] in "（(":
            return self._by_title(title, behind.strip("（）()")), 0
        return self._by_number(behind, fold_title(title))

    def _by_title(self, title: str, note: str) -> tuple[Named, ...]:
        folded = fold_title(title)
        versions = self._titles.get(folded) or self._one_document(self._others.get(folded))
        if not versions and folded.startswith(STATE):
            versions = self._titles.get(folded[len(STATE) :])
        if versions and note:
            numbered, _ = self._by_number(note)
            years = re.findall(r"(?:19|20)\d\d(?=年)", note)
            versions = (
                [one for one in versions if one in numbered]
                or [one for one in versions if one.issued[:4] in years]
                or versions
            )
        return tuple(versions or ())

    @staticmethod
    def _one_document(versions: list[Named] | None) -> list[Named] | None:
        """Only what is one document in all its versions: a name shared by several means none of them."""
        return versions if versions and len({fold_title(one.title) for one in versions}) == 1 else None

    def _by_number(self, written: str, title: str = "") -> tuple[tuple[Named, ...], int]:
        """The documents with a number; behind a title it must be that document's, and its organ may be abridged."""
        number = _number(written)
        if number is None:
            return (), 0
        best: list[Named] = []
        longest, skip = -1, 0
        for known, one in self._numbers.get((number.form, number.count), ()):
            if not _same_year(number.year, known.year, one.issued):
                continue
            if title and not _one_title(title, fold_title(one.title)):
                continue
            named = number.organ.endswith(known.organ)
            lead = number.organ[: len(number.organ) - len(known.organ)].removesuffix(STATE) if named else ""
            if (not named and not title) or (lead and not _LEAD.search(lead)):
                continue
            length = len(known.organ) if named else 0
            if length > longest:
                best, longest, skip = [], length, len(lead)
            if length == longest:
                best.append(one)
        return tuple(self._one_document(best) or ()), skip


def _same_year(cited: str, known: str, issued: str) -> bool:
    """Whether the years agree: a number without a year is of the year in which its document was issued."""
    return cited == known or (bool(cited) and not known and cited == issued[:4])


def _one_title(written: str, known: str) -> bool:
    """Whether two folded titles are of one document: one may lack the cover of its notice or the name of its organ."""
    return written in known or known in written
