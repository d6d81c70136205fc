"""What can be asked at the desk: Whoosh's own query language, with Chinese names, signs and operators.

    供热 收费                     both words, each anywhere
    "供热 收费"                    the words as they stand, spaces do not count (also “…”)
    供热 OR 供水    供热 或 供水    either
    -示例    NOT 示例    非 示例    without
    (供热 OR 供水) 收费            brackets, also full width
    标题:供热    title:供热        in a field, named in English or Chinese; also 标题：供热
    机构:财政                     a field of words: the word itself, else every one that contains it
    日期:2026    日期:2026-03      a year, a month, a day
    日期:2026-01..2026-03   日期:>=2026-01-15   日期:[2026-01 TO 2026-03]     spans; one end may be missing
    金额:>=100万   金额:100..200   figures, also with 万 and 亿; money is counted in 元

A question that cannot be understood is a `BadQuery` with a sentence that says why.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from whoosh import qparser, query
from whoosh.qparser import plugins, syntax

from govportal.desk.letters import Containing, codes, forms
from govportal.papers import Asked, Family
from govportal.products.search import analyse

LONGEST = 500
DEEPEST = 20
LAST = "\U0010ffff"
"""Stands behind every letter."""


class BadQuery(ValueError):
    """A question that cannot be understood, and why, in the clerk's words."""


@dataclass
class Language:
    """The fields that can be asked for, and the words that each field of words has (`words_in`)."""

    asked: Mapping[str, Asked]
    words_in: Callable[[str], list[str]]
    names: Mapping[str, str] = field(default_factory=dict)
    """Titles by identifier, so that a field of words can be asked for by either."""
    hints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.codes = codes(name for name, one in self.asked.items() if one.family is Family.TEXT)
        self.weights = tuple((code, self.asked[name].weight) for name, code in self.codes.items())
        self.labels: dict[str, list[str]] = {}
        for name, one in self.asked.items():
            for label in one.labels:
                self.labels.setdefault(label, []).append(name)

    def parse(self, text: str) -> Any:
        """A question as a query."""
        if len(text) > LONGEST:
            raise BadQuery(f"要查的文字有 {len(text)} 个字，最多 {LONGEST} 个")
        plain = tidy(text)
        check(plain)
        if not SPECIAL.search(plain):
            long, short = analyse.words(plain)
            return (
                query.And([self.containing(word, "") for word in (*long, *short)])
                if long or short
                else _nothing()
            )
        try:
            made = _Parser(self).parse(plain)
        except (IndexError, RecursionError):
            # What the check lets through and Whoosh's parser stumbles over is no question either.
            raise BadQuery("看不懂这个查询，请检查括号和 AND、OR、NOT 两边") from None
        if made == query.NullQuery and not self.hints:
            _nothing()
        return made

    def fields_called(self, name: str) -> list[Asked]:
        """The fields of a name or label."""
        found = (
            [self.asked[name]]
            if name in self.asked
            else [self.asked[one] for one in self.labels.get(name, ())]
        )
        if not found:
            near = difflib.get_close_matches(name, [*self.asked, *self.labels], n=1, cutoff=0.5)
            raise BadQuery(
                f"没有“{name}”这个字段{f'，是不是 {near[0]}？' if near else '。'}"
                "加 --fields 看所有字段；冒号是要查的文字时，把它放进引号"
            )
        return found

    def containing(self, word: str, name: str) -> Containing:
        """Papers with a folded word, in a field or anywhere."""
        return Containing(tuple(forms(word)), self.codes[name] if name else b"", self.weights)

    def word(self, name: str | None, text: str) -> Any:
        """What is asked by a word or quoted text, in a field or anywhere."""
        if not name:
            folded = analyse.fold(text)
            return self.containing(folded, "") if folded else None
        return query.Or([self._in_field(one, text) for one in self.fields_called(name)]).normalize()

    def _in_field(self, one: Asked, text: str) -> Any:
        if one.family in (Family.DAY, Family.FIGURE):
            return self.span(one, *_ends(text))
        folded = analyse.fold(text)
        if not folded:
            raise BadQuery(f"“{one.labels[0]}:”后面没有可查的文字")
        return self.containing(folded, one.name) if one.family is Family.TEXT else self._one_of(one, text)

    def _one_of(self, one: Asked, text: str) -> Any:
        """The word itself, else all words of the field that contain it."""
        known = self.words_in(one.name)
        wanted = {analyse.fold(text), analyse.fold(self.names.get(text, text))}
        chosen = [word for word in known if analyse.fold(word) in wanted]
        chosen = chosen or [word for word in known if any(each in analyse.fold(word) for each in wanted)]
        if not chosen:
            near = difflib.get_close_matches(text, known, n=3, cutoff=0.3) or known[:5]
            shown = f"，有：{'、'.join(near)}" if near and len(known) < 1000 else ""
            self.hints.append(f"“{one.labels[0]}”里没有“{text}”{shown}")
            return query.NullQuery
        return query.Or([query.Term(one.name, word) for word in chosen])

    def span(self, one: Asked, start: str, end: str, start_out: bool, end_out: bool) -> Any:
        """From one value to another; '' for an open end."""
        if one.family is Family.DAY:
            first, last = day(start), day(end)
            if first and last and first > last + LAST:
                raise BadQuery(f"“{one.labels[0]}”的开始 {first} 在结束 {last} 之后")
            first += LAST if start_out else ""
            last += LAST if last and not end_out else ""
            return query.TermRange(
                one.name, first or None, last or None, start_out, end_out, constantscore=True
            )
        if one.family is Family.FIGURE:
            low, high = figure(start), figure(end)
            if low is not None and high is not None and low > high:
                raise BadQuery(f"“{one.labels[0]}”的下限 {start} 大于上限 {end}")
            return query.NumericRange(one.name, low, high, start_out, end_out)
        raise BadQuery(f"“{one.labels[0]}”不是日期或数，不能写范围")

    def named_span(self, name: str | None, start: str, end: str, start_out: bool, end_out: bool) -> Any:
        """A span in brackets."""
        if not name:
            raise BadQuery("范围前面要写字段，例如 日期:[2026-01 TO 2026-03]")
        if not start and not end:
            raise BadQuery("范围至少要写一头，例如 日期:[2026-01 TO ]")
        return query.Or(
            [self.span(one, start, end, start_out, end_out) for one in self.fields_called(name)]
        ).normalize()


SPECIAL = re.compile(r"""["():]|(?:^|\s)(?:-\S|(?:AND|OR|NOT|且|或|非)(?:\s|$))""")
SIGNS = str.maketrans("（）：“”＂［］｛｝－\u3000", '():"""[]{}- ')
SPAN = re.compile(r"(?<=:)(?P<open>[\[{])(?P<start>[^\[\]{}]*?)\bTO\b(?P<end>[^\[\]{}]*)(?P<close>[\]}])")
OPERATOR = re.compile(r"^(?:AND|OR|NOT|且|或|非)$")


def tidy(text: str) -> str:
    """Full-width signs as the signs of the language, every kind of white space as one."""
    return " ".join(text.translate(SIGNS).split())


def check(text: str) -> None:
    """Complain of what Whoosh's parser would pass over in silence."""
    if text.count('"') % 2:
        raise BadQuery("引号没有成对")
    outside = re.sub(r'"[^"]*"', '""', text)
    depth = 0
    for sign in outside:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            raise BadQuery("多了一个右括号")
        if depth > DEEPEST:
            raise BadQuery(f"括号套了 {depth} 层，最多 {DEEPEST} 层")
    if depth:
        raise BadQuery("括号没有成对")
    if "()" in outside.replace(" ", ""):
        raise BadQuery("括号里没有写要查的文字")
    if found := re.search(r"([^\s()\":]+):(?=\s|\)|$)", outside):
        raise BadQuery(f"“{found[1]}:”后面没有写要查的文字；冒号后面不空格")
    if re.search(r"(?:^|[\s(]):", outside):
        raise BadQuery("冒号前面没有写字段")
    if re.search(r":[\[{]", SPAN.sub("", outside)):
        raise BadQuery("范围写成 日期:[2026-01 TO 2026-03]")
    if re.search(r"(?<!:)" + SPAN.pattern.removeprefix("(?<=:)"), outside):
        raise BadQuery("范围前面要写字段，例如 日期:[2026-01 TO 2026-03]")
    _check_operators(SPAN.sub("x", outside))


def _check_operators(outside: str) -> None:
    tokens = ["(", *outside.replace("(", " ( ").replace(")", " ) ").split(), ")"]
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if not OPERATOR.match(token):
            continue
        prefix = token in ("NOT", "非")
        if prefix and (after in ("NOT", "非") or after.startswith("-")):
            raise BadQuery(f"“{token}”连着写了两次")
        if after == ")" or (OPERATOR.match(after) and after not in ("NOT", "非")):
            raise BadQuery(f"“{token}”后面没有写要查的文字")
        if not prefix and (before == "(" or OPERATOR.match(before)):
            raise BadQuery(f"“{token}”前面没有写要查的文字")


def _nothing() -> Any:
    raise BadQuery("没有可查的文字：标点和空格不算")


def _ends(text: str) -> tuple[str, str, bool, bool]:
    """`a..b`, `>=a`, `<b` or a value as (start, end, whether the start is left out, whether the end is)."""
    if found := re.fullmatch(r"(>=|<=|>|<|≥|≤|＞|＜)\s*(.+)", text):
        sign, value = found.groups()
        if sign in (">=", "≥", ">", "＞"):
            return value, "", sign in (">", "＞"), False
        return "", value, False, sign in ("<", "＜")
    if ".." in text:
        start, _, end = text.partition("..")
        if not start and not end:
            raise BadQuery("范围至少要写一头，例如 2026-01..2026-03")
        return start, end, False, False
    return text, text, False, False


def day(text: str) -> str:
    """`2026`, `2026-3`, `2026年3月1日` … as `2026`, `2026-03`, `2026-03-01`; '' for ''."""
    if not text.strip():
        return ""
    found = re.fullmatch(
        r"((?:19|20)\d\d)(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?)?[年月]?", text.strip(), re.ASCII
    )
    year, month, number = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
    good = (
        found
        and month <= 12
        and (not found[2] or month)
        and (not found[3] or 1 <= number <= calendar.monthrange(year, month)[1])
    )
    if not good:
        raise BadQuery(f"“{text}”不是日期，写成 2026、2026-03 或 2026-03-01")
    return "-".join([str(year), *(f"{part:02d}" for part in (month, number) if part)])


def figure(text: str) -> float | None:
    """`1,200.5` or `3万` as a figure; None for ''."""
    if not text.strip():
        return None
    found = re.fullmatch(
        r"(-?\d{1,15}(?:\.\d{1,6})?)(万|亿)?元?", text.strip().replace(",", "").replace("，", ""), re.ASCII
    )
    if not found:
        raise BadQuery(f"“{text}”不是数，写成 1200.5 或 3万")
    return float(found[1]) * {"万": 1e4, "亿": 1e8, None: 1}[found[2]]


class _Span(syntax.RangeNode):  # type: ignore[misc]
    def query(self, parser: Any) -> Any:
        return parser.language.named_span(
            self.fieldname, (self.start or "").strip(), (self.end or "").strip(), self.startexcl, self.endexcl
        )


class _Spans(plugins.RangePlugin):  # type: ignore[misc]
    class RangeTagger(plugins.RangePlugin.RangeTagger):  # type: ignore[misc]
        def create(self, parser: Any, match: Any) -> Any:
            made = super().create(parser, match)
            return _Span(made.start, made.end, made.startexcl, made.endexcl)


class _Quoted(plugins.SingleQuotePlugin):  # type: ignore[misc]
    expr = r'"(?P<text>[^"]*)"'


class _Parser(qparser.QueryParser):  # type: ignore[misc]
    """Whoosh's parser with the plug-ins that this language has, and its own way with words."""

    def __init__(self, language: Language) -> None:
        self.language = language
        operators = plugins.OperatorsPlugin(
            And=r"(?<=\s)(?:AND|且)(?=\s)", Or=r"(?<=\s)(?:OR|或)(?=\s)", Not=r"(^|(?<=[\s()]))(?:(?:NOT|非)(?=\s)|-(?=\S))",
            AndNot=None, AndMaybe=None, Require=None,
        )  # fmt: skip
        chosen = [
            plugins.WhitespacePlugin(), _Quoted(), plugins.FieldsPlugin(r'(?P<text>[^\s()":\[\]{}]+):', remove_unknown=False),
            _Spans(SPAN), plugins.GroupPlugin(), operators,
        ]  # fmt: skip
        super().__init__(None, None, plugins=chosen)

    def term_query(self, fieldname: Any, text: str, termclass: Any, **how: Any) -> Any:
        """What a word asks."""
        return self.language.word(fieldname, text)


def sought(asked: Any) -> Iterator[str]:
    """The words that a query looks for, in the order in which they stand; not those that must be missing."""
    if isinstance(asked, Containing):
        yield from asked.words
    elif isinstance(asked, query.AndNot):
        yield from sought(asked.a)
    elif not isinstance(asked, query.Not):
        for one in asked.children():
            yield from sought(one)
