"""What Chinese official writing needs: document numbers, index numbers, credit codes, numerals and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}


def chinese_number(text: str) -> int | None:
    """`二十三` or `23` to 23; None when it is neither.

    >>> chinese_number("一百零二"), chinese_number("十"), chinese_number("12"), chinese_number("甲")
    (102, 10, 12, None)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    total = current = 0
    for character in text:
        if character in _DIGITS:
            current = _DIGITS[character]
        elif character in _UNITS:
            unit = _UNITS[character]
            if unit == 10000:
                total, current = (total + current) * unit, 0
            else:
                total, current = total + (current or 1) * unit, 0
        else:
            return None
    return total + current if text else None


# The kinds of document number met in official papers (GB/T 9704-2012, 7.2.5, and older customs).
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,12}〔(?:19|20)[0-9]{2}〕[1-9][0-9]{0,4}号")
_DOCUMENT_NUMBER_KINDS = [
    ("standard", DOCUMENT_NUMBER),
    ("order", re.compile(r".{0,40}令(?:第?[\d一二三四五六七八九十百〇零]+号|(?:19|20)\d{2}年?第?\d+号)")),
    ("announcement", re.compile(r".{0,40}公告(?:第?\d+号|(?:19|20)\d{2}年?第?\d+号)")),
    ("year_first", re.compile(r"[〔\[（(【](?:19|20)\d{2}[〕\]）)】][\u4e00-\u9fa5]{1,12}[第]?\d+号")),
]


def document_number_kind(text: str) -> str:
    """`standard`, `order` (令第711号), `announcement` (公告2019年第76号), `year_first` ([1992]价费字240号) or `other`."""
    for name, pattern in _DOCUMENT_NUMBER_KINDS:
        if pattern.fullmatch(text):
            return name
    return "other"


def suggest_document_number(text: str) -> str:
    """The standard form of a number written with other brackets, 第 or leading zeros; empty when there is none."""
    found = re.fullmatch(
        r"([\u4e00-\u9fa5]{1,12}?)\s*[〔\[（(【［]((?:19|20)\d{2})[〕\]）)】］]\s*第?0*([1-9]\d{0,4})号?",
        text.strip(),
    )
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else ""


CREDIT_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
INDEX_NUMBER = re.compile(r"([0-9A-HJ-NPQRTUWXY]{18})/(?:19|20)[0-9]{2}-[0-9]{5}")


def credit_code_is_valid(code: str) -> bool:
    """Whether the check character of a unified social credit code holds (GB 32100-2015).

    >>> credit_code_is_valid("11999999000000001U"), credit_code_is_valid("11999999000000001X")
    (True, False)
    """
    if len(code) != 18 or any(character not in CREDIT_CODE_LETTERS for character in code):
        return False
    total = sum(
        CREDIT_CODE_LETTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17])
    )
    return CREDIT_CODE_LETTERS[(31 - total % 31) % 31] == code[17]


ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千]+|\d+)条(?:之([一二三四五六七八九十]+))?")


def article_anchor(text: str) -> tuple[str, str] | None:
    """`第十二条之一 ……` to (`article-12-1`, `第十二条之一`); None when the text does not begin with an article number."""
    found = ARTICLE.match(text)
    if found is None or (number := chinese_number(found[1])) is None:
        return None
    branch = f"-{chinese_number(found[2])}" if found[2] else ""
    return f"article-{number}{branch}", found[0]


def long_date(day: date) -> str:
    """2026年1月5日, as official Chinese writes it (GB/T 15835-2011)."""
    return f"{day.year}年{day.month}月{day.day}日"


WEEKDAYS = "一二三四五六日"


def long_day(day: date) -> str:
    """2026年11月23日 星期一."""
    return f"{long_date(day)} 星期{WEEKDAYS[day.weekday()]}"


def months_later(day: date, months: int) -> date:
    """The last day of a period of months: the same day of the month, or the month's last (民法典第二百零二条).

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    begin = date(day.year + year, month + 1, 1)
    last = (begin + timedelta(31)).replace(day=1) - timedelta(1)
    return last if day.day > last.day else begin.replace(day=day.day)


_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆圓", "一二三四五六七八九十百千万亿元元")
_AMOUNT = re.compile(
    r"(?<![0-9.,零〇一二两三四五六七八九十百千万亿])"
    r"(?:([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(万|亿)?|([零〇一二两三四五六七八九十百千万亿]+))"
    r"元(?:整|正)?(?:([0-9零一二三四五六七八九])角)?(?:零?([0-9零一二三四五六七八九])分)?"
)


def amounts_in_yuan(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Every amount of money in a text, in 元, with where it begins and ends.

    >>> [str(one) for _, _, one in amounts_in_yuan("罚款2,000元（大写：贰仟元整），没收0.35万元")]
    ['2000', '2000', '3500.00']
    """
    for found in _AMOUNT.finditer(text.translate(_CAPITALS)):
        figures, unit, characters, tenths, hundredths = found.groups()
        if figures:
            amount = Decimal(figures.replace(",", "")) * {None: 1, "万": 10000, "亿": 10**8}[unit]
        else:
            before, hundred_million, after = characters.rpartition("亿")
            high = chinese_number(before) if hundred_million else 0
            low = chinese_number(after) if after else 0
            if high is None or low is None:
                continue
            amount = Decimal(high * 10**8 + low)
        for part, share in ((tenths, "0.1"), (hundredths, "0.01")):
            if part:
                amount += (chinese_number(part) or 0) * Decimal(share)
        yield *found.span(), amount


# Surnames of two characters that are still common; 示例 marks what is made up, and keeps doing so.
_SURNAMES = (
    "示例欧阳司马上官诸葛东方皇甫尉迟公孙轩辕令狐宇文长孙慕容司徒司空夏侯端木东郭南宫西门呼延"
    "澹台公冶宗政濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘赫连拓跋百里独孤第五完颜纳兰"
)
TWO_CHARACTER_SURNAMES = frozenset(_SURNAMES[place : place + 2] for place in range(0, len(_SURNAMES), 2))


def plain_name(name: str) -> str:
    """A name in its simplest form, for comparing: one width, one case, no spaces, dots or invisible characters within.

    >>> plain_name("张 三　丰"), plain_name("Ｊohn Smith"), plain_name("阿依古丽·买买提") == plain_name("阿依古丽•买买提")
    ('张三丰', 'johnsmith', True)
    """
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        one
        for one in letters
        if not one.isspace() and one not in "·•‧・∙⋅.-" and unicodedata.category(one) != "Cf"
    )


def masked_name(name: str) -> str:
    """A natural person's name as it may be shown: 姓加某, from three characters on 姓加某某 (a custom, configuration).

    >>> [masked_name(one) for one in ("张三", "张三丰", "欧阳修", "阿依古丽·买买提", "张某某")]
    ['张某', '张某某', '欧阳某', '阿某某', '张某某']
    """
    name = "".join(unicodedata.normalize("NFKC", name).split())
    surname = name[:2] if len(name) > 2 and name[:2] in TWO_CHARACTER_SURNAMES else name[:1]
    return surname + "某" * min(2, max(1, len(name) - len(surname)))
