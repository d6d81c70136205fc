"""Each file format against its golden file, which the browser's reader reads too."""

import json
from pathlib import Path
from typing import Any

import pytest

from govportal.products.search import (
    Draft,
    SearchEntry,
    facets,
    manifest,
    packed,
    postings,
    record,
    suggest,
    synonyms,
)
from govportal.products.search.analyse import shard_of
from unit.search.reference_reader import index
from unit.search.test_index import entry

GOLDEN = Path(__file__).parents[2] / "golden/search"
FILES: dict[str, Any] = json.loads((GOLDEN / "files.json").read_text("utf-8"))


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def written_postings() -> tuple[bytes, dict[str, bytes]]:
    pieces, blocks = {}, {}
    for key, lists in FILES["postings"].items():
        entries = [postings.entries_bytes(dict(map(tuple, lists[field]))) for field in postings.FIELDS]
        pieces[key], more = postings.key_bytes(key, *entries)
        blocks |= dict(more)
    return b"".join(postings.shard_sections(pieces)), blocks


def test_postings() -> None:
    content = golden("postings.bin")
    read = postings.read(content)
    for key, lists in FILES["postings"].items():
        body = [one for one in lists["body"] if len(lists["body"]) <= postings.LONG or one[0] < postings.BLOCKS[0]]
        assert [list(one) for one in read[key].body] == body
        assert [list(one) for one in read[key].title] == lists["title"]
        assert [list(one) for one in read[key].number] == lists["number"]
        assert read[key].total == len(lists["body"])
    assert list(read) == sorted(FILES["postings"])
    assert written_postings()[0] == packed.unpack(content)


def test_a_long_list_goes_on_in_blocks() -> None:
    block = FILES["block"]
    written = written_postings()[1]
    assert block["name"] in written and len(written) == 2
    assert packed.unpack(written[block["name"]]) == packed.unpack(golden("block.bin"))
    assert [list(one) for one in postings.read_block(golden("block.bin"))] == block["entries"]


def test_a_shard_taken_apart_and_put_together_is_the_same() -> None:
    content = golden("postings.bin")
    assert b"".join(postings.shard_sections(postings.pieces(content))) == packed.unpack(content)


@pytest.mark.parametrize("name", ["record", "attachment", "private"])
def test_record(name: str) -> None:
    entry, text = SearchEntry(**FILES[name]["entry"]), FILES[name]["text"]
    assert record.read(golden(f"{name}.bin")) == (entry, text)
    assert record.content(entry, text) == packed.unpack(golden(f"{name}.bin"))


def test_facets() -> None:
    wanted = FILES["facets"]
    dates, shown = facets.read(golden("facets.bin"), len(wanted), wanted[0][0])
    assert [list(found) for found in zip(dates, *shown.values(), strict=True)] == wanted
    drafts = [Draft(str(at), 0, day, b"", tuple(found), False) for at, (day, *found) in enumerate(wanted)]
    assert facets.write(drafts) == packed.unpack(golden("facets.bin"))


def test_facets_of_more_values_than_a_byte_counts() -> None:
    dates, shown = facets.read(golden("facets-wide.bin"), 300, "2026-01-01")
    assert shown["column"] == [f"栏目{at:03}" for at in range(300)]
    assert set(dates) == {"2026-01-01"}


def test_manifest() -> None:
    wanted = FILES["manifest"]
    segments = [manifest.Segment(**one | {"runs": list(map(tuple, one["runs"]))}) for one in wanted["segments"]]
    whole = manifest.Manifest(segments, *(wanted[name] for name in ("synonyms", "variants", "suggest", "said")))
    written = {manifest.PATH: manifest.write(whole)} | dict(manifest.write_versions(whole))
    assert manifest.read(written) == whole
    assert packed.unpack(written[manifest.PATH]) == packed.unpack(golden("manifest.bin"))
    assert packed.unpack(written["versions/1a.bin"]) == packed.unpack(golden("versions.bin"))
    assert len(written) == 33


def test_versions_of_other_segments_are_refused() -> None:
    files = dict(index([(entry(at), f"示例正文第{at}号") for at in range(3000)]))
    assert manifest.read(files).segments
    files["versions/0.bin"] = packed.pack(b"\0" * 10_000)
    with pytest.raises(ValueError, match="other segments"):
        manifest.read(files)


def test_citizens_words_are_told_by_their_first_letters() -> None:
    said = manifest.said_by(["住房公积金 公积金 房积金", "户口迁移 迁户口 迁户"])
    assert said == sorted({shard_of(head, manifest.HEADS) for head in ("公积金", "房积金", "迁户口", "迁户")})


def test_synonyms() -> None:
    texts = synonyms.texts(FILES["synonyms"]["groups"])
    assert texts == FILES["synonyms"]["texts"]
    assert synonyms.read(packed.pack(synonyms.write(texts))) == texts and synonyms.write([]) == b""


@pytest.mark.parametrize(("word", "found"), FILES["synonyms"]["replaced"])
def test_synonyms_replaced(word: str, found: list[str]) -> None:
    assert synonyms.replaced(FILES["synonyms"]["texts"], word) == found


def test_suggest() -> None:
    content = golden("suggest.bin")
    assert suggest.read(content).words == FILES["suggest"]["words"]
    assert suggest.write(FILES["suggest"]["words"]) == packed.unpack(content)


@pytest.mark.parametrize(("query", "found"), FILES["suggest"]["nearest"])
def test_suggest_nearest(query: str, found: list[str]) -> None:
    assert suggest.read(golden("suggest.bin")).nearest(query) == found


def test_a_manifest_of_another_format_is_refused() -> None:
    head = b'{"format": 99}'
    with pytest.raises(ValueError, match="format 99"):
        manifest.read({manifest.PATH: packed.number_bytes(len(head)) + head})


@pytest.mark.parametrize("name", ["postings.bin", "record.bin", "facets.bin", "manifest.bin"])
def test_unpacked_files_are_read_as_well(name: str) -> None:
    plain = packed.unpack(golden(name))
    assert packed.unpack(plain) == plain


def test_a_short_file_is_an_error() -> None:
    plain = packed.unpack(golden("postings.bin"))
    with pytest.raises(IndexError):
        postings.read(plain[:-3])


@pytest.mark.parametrize("value", [0, 1, 127, 128, 300, 16383, 16384, 2**32])
def test_numbers(value: int) -> None:
    assert packed.Reader(packed.number_bytes(value)).number() == value
