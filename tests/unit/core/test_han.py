"""What official Chinese writing needs, by examples; the vectors are those of the domain handbook."""

from datetime import date

import pytest

from govportal import han

NUMBERS = [
    ("零", 0), ("〇", 0), ("一", 1), ("两", 2), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零二", 102), ("一百一十", 110),
    ("二百二十二", 222), ("一千零一", 1001), ("三千四百五十六", 3456), ("一万", 10_000), ("十二万三千", 123_000), ("7", 7), ("012", 12),
    ("", None), ("甲", None), ("一条", None), ("-1", None), ("１", None), ("十 一", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number_in_characters_or_figures(text: str, number: int | None) -> None:
    assert han.chinese_number(text) == number


KINDS = [
    ("国办公开办函〔2021〕30号", "standard"), ("汤政办规〔2019〕15号", "standard"), ("国办发〔2017〕47号", "standard"), ("示例政办规〔2026〕3号", "standard"),
    ("绥政办发[2025]4号", "other"), ("国办发〔2017〕047号", "other"), ("国办发（2017）47号", "other"), ("国办发〔2017〕第47号", "other"),
    ("国办发〔2017〕47", "other"),
    ("国办发〔17〕47号", "other"), ("国办发【2017】47号", "other"), ("〔2017〕47号", "other"), ("国办发〔2017〕0号", "other"),
    ("国务院令第711号", "order"), ("中华人民共和国国务院令第722号", "order"), ("令第711号", "order"), ("中华人民共和国主席令第二十八号", "order"),
    ("令2017年第8号", "order"), ("国家发展和改革委员会令2019年第29号", "order"),
    ("公告2019年第76号", "announcement"), ("公告第12号", "announcement"), ("财政部公告2019年第76号", "announcement"),
    ("[1992]价费字240号", "year_first"), ("〔1992〕价费字240号", "year_first"), ("(92)财综字10号", "other"),
    ("", "other"), ("无", "other"), ("主席令", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_of_a_document_number(text: str, kind: str) -> None:
    assert han.document_number_kind(text) == kind


SUGGESTIONS = [
    ("绥政办发[2025]4号", "绥政办发〔2025〕4号"), ("国办发〔2017〕047号", "国办发〔2017〕47号"), ("国办发（2017）第47号", "国办发〔2017〕47号"),
    ("国办发(2017)47", "国办发〔2017〕47号"), ("国办发【2017】47号", "国办发〔2017〕47号"), (" 国办发 〔2017〕 47号 ", "国办发〔2017〕47号"),
    ("无", ""), ("国务院令第711号", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "better"), SUGGESTIONS)
def test_the_standard_form_is_suggested(text: str, better: str) -> None:
    assert han.suggest_document_number(text) == better
    if better:
        assert han.document_number_kind(better) == "standard"


VALID = ["91110000101623741K", "11370322004222241N", "11441700007280420Y", "11341702486344515H", "11230500001755309F", "91999999MA0000000K",
         "11999999000000001U", "11999999000000002Y"]  # fmt: skip


@pytest.mark.parametrize("code", VALID)
def test_a_credit_code_holds(code: str) -> None:
    assert han.credit_code_is_valid(code)


@pytest.mark.parametrize("code", VALID)
def test_a_credit_code_does_not_hold_with_any_one_character_changed(code: str) -> None:
    for place in range(18):
        for other in han.CREDIT_CODE_LETTERS:
            if other != code[place]:
                assert not han.credit_code_is_valid(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    "code",
    [
        "",
        "1",
        "91110000101623741k",
        "91110000101623741I",
        "91110000101623741K ",
        "９1110000101623741K",
        "9111000010162374１K",
    ],
)
def test_a_credit_code_of_another_form_does_not_hold(code: str) -> None:
    assert not han.credit_code_is_valid(code)


ARTICLES = [
    ("第一条 为了", ("article-1", "第一条")), ("第十二条之一　略", ("article-12-1", "第十二条之一")), ("第一百零二条", ("article-102", "第一百零二条")),
    ("第3条", ("article-3", "第3条")), ("第一章 总则", None), ("见第一条", None), ("第条", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "article"), ARTICLES)
def test_an_article_is_known_by_its_number(text: str, article: tuple[str, str] | None) -> None:
    assert han.article_anchor(text) == article


def test_dates_are_written_as_official_chinese_writes_them() -> None:
    assert han.long_date(date(2026, 1, 5)) == "2026年1月5日"
    assert han.long_day(date(2026, 11, 23)) == "2026年11月23日 星期一"
