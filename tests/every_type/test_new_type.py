"""A new type is one file: dropped into a folder, it has page, list, feed, search, export, schema, form and problems."""

import csv
import io
import json

import feedparser
import jsonschema
import pytest

from govportal.registry import find_types
from support.published import search_text
from support.town import COLUMNS, OWN, Built, Town, front

TYPE = '''\
"""试点许可: a licence that was granted on trial (行政许可法第四十条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, Date, Money, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.problems import Problem
from govportal.rules import not_before


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of a trial."""

    number: str = of(Text("序号"), required=True)
    words: str = of(Text("条件"), required=True)


def fee_is_not_negative(record: Any) -> Iterable[Problem]:
    """收费不能是负数。"""
    if record.fee is not None and record.fee < 0:
        yield record.problem("fee", "trial/negative-fee", "收费是负数", "写 0 或正数")


@dataclass(frozen=True, kw_only=True)
class Trial(Document):
    """A licence on trial (行政许可法第四十条)."""

    type: ClassVar[ContentType] = ContentType(
        "trial", "试点许可", "trials",
        rules=(*COMMON_RULES, fee_is_not_negative, not_before("ends", "begins", "trial/ends-before-it-begins")))

    holder: str = of(Text("被许可人"), required=True, head=10, search=4)
    result: str = of(Choice("决定", "准予", "不准予"), required=True, head=20)
    fee: Decimal | None = of(Money("收费"), head=30)
    begins: date | None = of(Date("生效日期"), head=40)
    ends: date | None = of(Date("截止日期"), head=41)
    basis: str | None = of(Ref("依据", "organ"), inverse="许可")
    contact: str | None = of(Text("内部联系人"), private=True)
    conditions: tuple[Condition, ...] = of(Rows("条件", Condition, key="number"), default=(), table=True, search=1)
'''
COLUMN = "  - {id: trials, name: 试点许可公示, path: trials, description: 许可。, keywords: [许可], column_type: 办事服务, update_days: 0}\n"


def trial(**fields: str | None) -> str:
    return front("许可内容示例文字。",
        **({"id": "trial-1", "title": "示例许可一号", "column": "trials", "published_at": "2026-11-20", "holder": "示例企业甲", "result": "准予",
                                  "fee": "12.50", "begins": "2026-11-20", "ends": "2027-11-19", "basis": "office", "contact": "QZXSECRET",
                                  "conditions": "[{number: '1', words: 示例条件甲}, {number: '2', words: 示例条件乙}]"} | OWN | fields))  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town(tmp_path_factory.mktemp("new-type"))
    types = town.folder / "types"
    types.mkdir()
    (types / "trial.py").write_text(TYPE, encoding="utf-8")
    (types / "_notes.py").write_text("raise ImportError('files that begin with _ are no types')\n")
    town.write("_portal/columns.yml", COLUMNS + COLUMN)
    town.write("trials/2026/one.md", trial())
    return town


def build(town: Town) -> Built:
    return town.build(type_folders=[town.folder / "types"])


@pytest.fixture(scope="module")
def built(town: Town) -> Built:
    built = build(town)
    assert built.ok, built.lines
    return built


def test_it_is_found_by_its_file(town: Town) -> None:
    names = [one.type.name for one in find_types([town.folder / "types"])]
    assert names == sorted([*(one.type.name for one in find_types()), "trial"])


def test_it_has_a_page(built: Built) -> None:
    page = built.text("trials/2026/one.html")
    for words in (
        "示例许可一号",
        "被许可人",
        "示例企业甲",
        "准予",
        "12.50元",
        "2026-11-20",
        "2027-11-19",
        "许可内容示例文字。",
        "示例条件甲",
        "示例条件乙",
        "示例区政府办公室",
    ):
        assert words in page
    assert "许可" in built.text("organs/office.html") and "/trials/2026/one.html" in built.text(
        "organs/office.html"
    )


def test_it_is_listed_fed_and_searched(built: Built) -> None:
    assert "示例许可一号" in built.text("trials/index.html")
    for name in ("feeds/trials.rss.xml", "feeds/all.atom.xml"):
        assert "示例许可一号" in [one["title"] for one in feedparser.parse(built.files[name])["entries"]]
    entry, text = search_text(built.files)["trial-1"]
    assert (entry.title, entry.type, entry.href) == ("示例许可一号", "试点许可", "/trials/2026/one.html")
    assert all(word in text for word in ("许可内容示例文字", "示例企业甲", "示例条件乙"))


def test_it_is_exported_with_its_schema_and_form(built: Built) -> None:
    record = json.loads(built.files["data/trial.json"])["records"][0]
    assert record["fee"] == "12.50" and record["conditions"] == [
        {"number": "1", "words": "示例条件甲"},
        {"number": "2", "words": "示例条件乙"},
    ]
    schema = json.loads(built.files["data/schema/trial.json"])
    record.pop("url")
    jsonschema.validate(record, schema, cls=jsonschema.Draft202012Validator)
    assert {
        "name": "result",
        "required": True,
        "widget": "select",
        "label": "决定",
        "options": ["准予", "不准予"],
    } in schema["x-form"]
    row = next(csv.DictReader(io.StringIO(built.files["data/trial.csv"].decode("utf-8-sig"))))
    assert (row["被许可人"], row["收费"], row["决定"]) == ("示例企业甲", "12.50元", "准予")
    rows = list(csv.DictReader(io.StringIO(built.files["trials/2026/one.csv"].decode("utf-8-sig"))))
    assert [(one["序号"], one["条件"]) for one in rows] == [("1", "示例条件甲"), ("2", "示例条件乙")]
    assert "示例许可一号" in built.text(
        "data/catalogue.csv"
    ) and "https://portal.example/trials/2026/one.html" in built.text("sitemap.xml")


def test_its_private_field_stays_at_home(built: Built) -> None:
    assert [path for path, data in built.files.items() if b"QZXSECRET" in data] == []


PROBLEMS = [
    ({"fee": "免费"}, "8:6 money/format"), ({"fee": "-1"}, "8:6 trial/negative-fee"), ({"result": "同意"}, "7:9 choice/unknown"),
    ({"holder": None}, "2:1 field/missing"),
    ({"ends": "2026-11-19"}, "10:7 trial/ends-before-it-begins"), ({"basis": "nothing"}, "11:8 reference/nothing"),
    ({"basis": "trial-1"}, "11:8 reference/wrong-type"),
    ({"conditions": "[{number: '1', words: 甲}, {number: '1', words: 乙}]"}, "13:39 rows/repeated-key"), ({"organ": None}, "1:1 origin/own-needs"),
    ({"colour": "红"}, "18:1 field/unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "said"), PROBLEMS)
def test_it_is_checked_by_kinds_and_rules(fields: dict[str, str | None], said: str, town: Town) -> None:
    town.write("trials/2026/one.md", trial(**fields))
    problems = [one for one in build(town).problems if one.code != "column/empty"]
    town.write("trials/2026/one.md", trial())
    assert [f"{one.at.line}:{one.at.column} {one.code}" for one in problems] == [said], problems
