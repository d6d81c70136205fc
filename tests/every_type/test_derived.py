"""What is derived from the declaration of a type is there for every type: page, list, feed, search, JSON, CSV, schema, form."""

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from typing import Any

import feedparser
import jsonschema
import pytest
from markupsafe import escape

from govportal.kinds import Many
from govportal.kinds.base import Kind
from govportal.kinds.grid import Grid
from govportal.kinds.rows import Group, Rows
from govportal.model import Field, Record, columns
from govportal.products.feeds.plan import LEAST
from govportal.registry import find_types
from govportal.source import Mapping, Node, Scalar, read_yaml, split
from support.published import holding, search_text
from support.specification import first_file, lay
from support.town import Built, Town

TYPES = find_types()
every_type = pytest.mark.parametrize("declared", TYPES, ids=lambda one: one.type.name)


@dataclass
class Published:
    """The town of the first files of all specification pages, and each record with its address."""

    built: Built
    records: dict[str, Any]
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    town = Town(tmp_path_factory.mktemp("every-type"))
    town.remove("organs/office.md")
    for declared in TYPES:
        lay(town, first_file(declared))
    built = town.build()
    assert built.ok and built.loaded.site is not None, built.lines
    site = built.loaded.site
    records = {record.type.name: record for record in site.records}
    return Published(built, records, {name: site.addresses[record.id] for name, record in records.items()})


def whole(address: str) -> str:
    return "https://portal.example" + address


@every_type
def test_it_has_a_page_with_its_title_its_fields_and_its_labels(
    declared: type[Record], published: Published
) -> None:
    record = published.records[declared.type.name]
    page = published.built.text(published.addresses[declared.type.name][1:])
    assert f"<h1>{escape(record.title)}" in page
    assert f'<meta name="ArticleTitle" content="{escape(record.title)}">' in page
    moment = (record.published_at + " 00:00")[:16]
    assert f'<meta name="PubDate" content="{moment}">' in page
    assert '<meta name="ContentSource" content="示例区政府办公室">' in page
    assert f'<link rel="canonical" href="{whole(published.addresses[declared.type.name])}">' in page
    words = re.sub(r"<[^>]*>|\s", "", page)
    for one in columns(declared):
        value = getattr(record, one.name)
        if value not in (None, (), False) and ("head" in one.uses or "section" in one.uses):
            assert one.kind.label in words, one.name
            for part in one.kind.show(value, published.built.loaded.site):  # type: ignore[arg-type]
                assert re.sub(r"\s", "", str(escape(part["text"]))) in words or one.name in (
                    "published_at",
                ), one.name


@every_type
def test_it_is_in_the_list_of_its_column(declared: type[Record], published: Published) -> None:
    record = published.records[declared.type.name]
    site = published.built.loaded.site
    assert site is not None
    pages = re.compile(re.escape(site.columns[record.column].path) + r"/(?:index|page-\d+)\.html")
    listed = "".join(published.built.text(path) for path in published.built.files if pages.fullmatch(path))
    assert (
        f'href="{published.addresses[declared.type.name]}"' in listed and str(escape(record.title)) in listed
    )


@every_type
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_it_is_in_the_feeds_of_its_column_and_of_the_site(
    form: str, declared: type[Record], published: Published
) -> None:
    record = published.records[declared.type.name]
    for name in (record.column, "all"):
        feed = feedparser.parse(published.built.files[f"feeds/{name}.{form}.xml"])
        assert not feed["bozo"]
        newer = [one for one in published.records.values() if one.published_at > record.published_at]
        if len(newer) >= LEAST and record.published_at < "2026-10-24":
            continue  # Old and behind fifty others: the feed has let go of it.
        entry = next(
            one for one in feed["entries"] if one["id"] == f"tag:portal.example,2026-01-01:record/{record.id}"
        )
        assert (entry["title"], entry["link"]) == (
            record.title,
            whole(published.addresses[declared.type.name]),
        )
        assert entry["summary"] and entry["published"]


@every_type
def test_it_is_in_the_search_index_with_every_word_it_should_be_found_by(
    declared: type[Record], published: Published
) -> None:
    record = published.records[declared.type.name]
    entry, text = search_text(published.built.files)[record.id]
    assert (entry.title, entry.href, entry.type, entry.number) == (
        record.title,
        published.addresses[declared.type.name],
        declared.type.label,
        record.number,
    )
    everything = "\n".join([entry.title, entry.number, entry.index_number, text])
    for one in columns(declared):
        value = getattr(record, one.name)
        if one.uses.get("search") and value not in (None, ()):
            assert one.kind.words(value) in everything, one.name
    if declared.type.suffix == ".md":
        assert "示例" in text


@every_type
def test_it_is_exported_as_json_that_keeps_its_schema(declared: type[Record], published: Published) -> None:
    record = published.records[declared.type.name]
    schema = json.loads(published.built.files[f"data/schema/{declared.type.name}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(published.built.files[f"data/{declared.type.name}.json"])
    assert (data["type"], data["label"], data["notice"]) == (
        declared.type.name,
        declared.type.label,
        "示例站点，非政府官方网站",
    )
    exported = next(one for one in data["records"] if one["id"] == record.id)
    assert exported.pop("url") == whole(published.addresses[declared.type.name])
    private = {one.name for one in columns(declared) if one.uses.get("private")}
    assert not private & exported.keys()
    # Private fields stay at home, so what is exported is checked without the demand for them.
    jsonschema.validate(
        exported,
        schema | {"required": [name for name in schema["required"] if name not in private]},
        cls=jsonschema.Draft202012Validator,
    )
    for one in columns(declared):
        value = getattr(record, one.name)
        if one.name not in private and value not in (None, (), False):
            assert exported[one.name] == one.kind.export(value)


@every_type
def test_it_is_exported_as_csv_that_spreadsheets_open(declared: type[Record], published: Published) -> None:
    record = published.records[declared.type.name]
    data = published.built.files[f"data/{declared.type.name}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    row = next(one for one in rows if one["编号"] == record.id)
    assert (
        row["标题"] == record.title
        and row["网址"] == whole(published.addresses[declared.type.name])
        and row["声明"] == "示例站点，非政府官方网站"
    )
    shown = [
        one for one in columns(declared) if not one.uses.get("private") and not isinstance(one.kind, Rows)
    ]
    assert list(row) == [*(one.kind.label for one in shown), "网址", "声明"]


def plain(node: Node, kind: Kind) -> Any:
    """What an editor that knows the schema holds for a written node."""
    if isinstance(kind, Many):
        return [
            plain(item, kind.kind)
            for item in (node.items if not isinstance(node, Scalar | Mapping) else [node])
        ]
    if isinstance(kind, Rows):
        return [plain(item, Group(kind.label, kind.of)) for item in node.items]  # type: ignore[union-attr]
    if isinstance(kind, Grid):
        assert isinstance(node, Mapping)
        many = [Many(kind.cell) if len(kind.columns) > 1 else kind.cell] * len(node.items)
        return {name: plain(item, cell) for (name, item), cell in zip(node.items.items(), many, strict=True)}
    if isinstance(kind, Group):
        assert isinstance(node, Mapping)
        fields = {one.name: one.kind for one in columns(kind.of)}
        return {name: plain(item, fields[name]) for name, item in node.items.items()}
    assert isinstance(node, Scalar)
    wanted = kind.schema().get("type")
    return (
        int(node.text) if wanted == "integer" else node.text == "true" if wanted == "boolean" else node.text
    )


@every_type
def test_its_front_matter_keeps_the_schema_that_editors_are_given(
    declared: type[Record], published: Published
) -> None:
    text = first_file(declared).text
    page, _ = split("a.md", text) if declared.type.suffix == ".md" else (None, [])
    node, problems = read_yaml("a", page.front if page else text)
    assert node is not None and problems == []
    kinds = {one.name: one.kind for one in columns(declared)}
    written = {name: plain(item, kinds[name]) for name, item in node.items.items()}
    schema = json.loads(published.built.files[f"data/schema/{declared.type.name}.json"])
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)
    for spoilt in (
        written | {"nothing": "x"},
        {name: value for name, value in written.items() if name != "title"},
        written | {"title": ["x"]},
        written | {"id": "Not One"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoilt, schema, cls=jsonschema.Draft202012Validator)


@every_type
def test_its_form_has_a_widget_for_every_field(declared: type[Record], published: Published) -> None:
    form = json.loads(published.built.files[f"data/schema/{declared.type.name}.json"])["x-form"]
    assert [one["name"] for one in form] == [one.name for one in columns(declared)]
    for widget, one in zip(form, columns(declared), strict=True):
        assert widget["widget"] and widget["label"] == one.kind.label and widget["required"] is one.required


def every_field(declared: type) -> list[Field]:
    found = list(columns(declared))
    for one in columns(declared):
        kind = one.kind.kind if isinstance(one.kind, Many) else one.kind
        if isinstance(kind, Group | Rows):
            found += every_field(kind.of)
    return found


@every_type
def test_every_field_has_the_offices_word_and_an_english_name(declared: type[Record]) -> None:
    for one in every_field(declared):
        assert re.search("[\u4e00-\u9fff]", one.kind.label), one.name
        assert re.fullmatch(r"[a-z]+(?:_[a-z]+)*", one.name)
    labels = [one.kind.label for one in columns(declared)]
    assert len(labels) == len(set(labels)), "two columns of the CSV have one name"


LEGAL = re.compile(r"条例|法|国办|方案|GB")


@every_type
def test_the_type_and_its_parts_say_what_they_are_and_on_what_ground(declared: type[Record]) -> None:
    assert LEGAL.search(declared.__doc__ or ""), f"{declared.__name__} names no law, regulation or paper"
    for one in columns(declared):
        kind = one.kind.kind if isinstance(one.kind, Many) else one.kind
        if isinstance(kind, Group | Rows):
            assert kind.of.__doc__ and not kind.of.__doc__.startswith(kind.of.__name__ + "("), kind.of


MARK = "QZXPRIVATE"


@every_type
def test_no_byte_of_a_private_field_leaves(
    declared: type[Record], published: Published, tmp_path: Any
) -> None:
    """The reviewer, the order, the slug and the like: written with a mark, looked for in everything published."""
    town = Town(tmp_path)
    town.write("_portal/site.yml", (town.content / "_portal/site.yml").read_text())
    town.remove("organs/office.md")
    for one in TYPES:
        first = first_file(one)
        if one is declared:
            first = replace(
                first,
                text=first.text.replace("示例审查岗", MARK).replace("\norder: 1\n", "\norder: 918273645\n"),
            )
        lay(town, first)
    built = town.build()
    assert built.ok, built.lines
    assert holding(built.files, MARK, "918273645") == []
