"""Each file format against its golden file, which the browser's reader reads too."""

import json
from pathlib import Path
from typing import Any

import pytest

from govportal.products.search import SearchEntry, directory, manifest, packed, postings, record

GOLDEN = Path(__file__).parents[2] / "golden/search"
FILES: dict[str, Any] = json.loads((GOLDEN / "files.json").read_text("utf-8"))


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def entries(found: list[list[int]]) -> bytearray:
    return bytearray(b"".join(number.to_bytes(2, "big") + bytes((mask,)) for number, mask in found))


def written_postings() -> bytes:
    lists = tuple(
        {key: entries(found[field]) for key, found in FILES["postings"].items() if found[field]}
        for field in postings.FIELDS
    )
    [(_, content)] = postings.write(lists)  # type: ignore[arg-type]
    return content


def test_directory() -> None:
    content = golden("directory.bin")
    shards = [(key, size) for key, size in FILES["directory"]]
    assert directory.read(content) == [(key, -(-size // directory.UNIT)) for key, size in shards]
    assert packed.unpack(directory.write(shards)) == packed.unpack(content)


@pytest.mark.parametrize(("key", "shard"), FILES["locate"])
def test_a_key_is_located_by_utf_16_order(key: str, shard: int) -> None:
    assert directory.locate(directory.read(golden("directory.bin")), key) == shard


def test_postings() -> None:
    content = golden("postings.bin")
    found = {
        key: {field: [list(entry) for entry in getattr(lists, field)] for field in postings.FIELDS}
        for key, lists in postings.read(content).items()
    }
    assert found == FILES["postings"]
    assert list(found) == list(FILES["postings"]), "keys are in the order of UTF-16"
    assert packed.unpack(written_postings()) == packed.unpack(content)


def test_record() -> None:
    content = golden("record.bin")
    entry, text = SearchEntry(**FILES["record"]["entry"]), FILES["record"]["text"]
    assert record.read(content) == (entry, text)
    assert record.content(entry, text) == packed.unpack(content)


def test_manifest() -> None:
    segments = [manifest.Segment(**segment) for segment in FILES["manifest"]]
    assert manifest.read(golden("manifest.json")) == segments
    assert manifest.write(segments) == golden("manifest.json")


def test_a_manifest_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 99"):
        manifest.read(b'{"format": 99, "segments": []}')


@pytest.mark.parametrize("name", ["directory.bin", "postings.bin", "record.bin"])
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


def test_posting_files_are_cut_at_the_limit_and_a_long_list_stands_alone() -> None:
    short = {f"{chr(0x4E00 + index)}一": entries([[index, 1]]) for index in range(2000)}
    long = {"丐一": entries([[number, 1] for number in range(9000)])}
    written = list(postings.write((short | long, {}, {})))
    read = [postings.read(content) for _, content in written]
    assert [first for first, _ in written] == [next(iter(found)) for found in read]
    assert sum(map(len, read)) == 2000
    assert [list(found) for found in read if "丐一" in found] == [["丐一"]]
    assert all(
        len(packed.unpack(content)) <= postings.LIMIT + 10 for key, content in written if key != "丐一"
    )
