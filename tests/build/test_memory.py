"""What is remembered between builds is a short cut, never a source: damaged, stale or foreign, it does not show."""

from __future__ import annotations

import os
import pickle
import random
import shutil

import pytest

from govportal import memo
from support.full_town import furnish
from support.town import Town, notice


@pytest.fixture
def town(tmp_path):
    town = furnish(Town(tmp_path))
    assert town.build().ok
    return town


def clean(town: Town) -> dict[str, bytes]:
    """What a build that remembers nothing makes of the same content."""
    copy = town.folder / "copy"
    shutil.copytree(town.content, copy / "content")
    built = Town(copy, bare=True).build()
    assert built.ok, built.lines
    return built.files


DAMAGE = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "garbage": lambda data: random.Random(1).randbytes(5000),
    "a pickle of something else": lambda data: pickle.dumps({"memory": "no"}),
    "one letter of a title changed": lambda data: data.replace("供热通知".encode(), "供水通知".encode()),
    "text": lambda data: "不是记忆".encode(),
}


@pytest.mark.parametrize("file", ["memory", "search"])
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_memory_is_ignored(town, file, how):
    path = town.folder / ".govportal" / file
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    town.write("notices/2025/n1.md", (town.content / "notices/2025/n1.md").read_bytes().replace("正文1".encode(), "新正文".encode()))
    built = town.build()
    assert built.ok and built.files == clean(town)


@pytest.mark.parametrize("seed", range(20))
def test_any_flipped_bit_of_the_memory_is_harmless(town, seed):
    path = town.folder / ".govportal/memory"
    data = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(data))
    data[place] ^= 1 << seed % 8
    path.write_bytes(data)
    assert memo.load(path, town.project().engine).files == {}


def test_a_whole_cache_may_be_deleted(town):
    before = town.published()
    shutil.rmtree(town.folder / ".govportal")
    built = town.build()
    assert built.ok and built.files == before


def test_the_cache_may_be_a_stranger(town, tmp_path_factory):
    other = furnish(Town(tmp_path_factory.mktemp("other")))
    other.write("notices/2025/n1.md", notice(id="n1", title="示例：别处的公告"))
    assert other.build().ok
    shutil.rmtree(town.folder / ".govportal")
    shutil.copytree(other.folder / ".govportal", town.folder / ".govportal")
    built = town.build()
    assert built.ok and built.files == clean(town)


def test_another_engine_makes_everything_anew(town):
    built = town.build(engine="another")
    assert built.ok and built.summary.unchanged == 0


# Time stamps are only as good as the clock that made them.

def test_a_change_of_the_same_size_within_two_seconds_is_noticed_even_with_the_same_time_stamp(town):
    path = town.content / "notices/2025/n1.md"
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace("正文1。".encode(), "新文1。".encode()))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size and path.stat().st_mtime_ns == stat.st_mtime_ns
    assert "新文1" in town.build().text("notices/2025/n1.html")


def test_an_attachment_of_the_same_size_within_two_seconds_is_noticed_too(town):
    path = town.content / "notices/2026/heating/areas.csv"
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"0000001", b"0000009"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert b"0000009" in town.build().files["notices/2026/heating/areas.csv"]


def test_a_file_from_the_past_with_another_size_or_time_is_noticed(town):
    path = town.content / "notices/2025/n1.md"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert town.build().summary.written == 0
    path.write_bytes(path.read_bytes().replace("正文1。".encode(), "新文1。".encode()))
    os.utime(path, (999_999_999, 999_999_999))
    assert "新文1" in town.build().text("notices/2025/n1.html")


def test_two_files_that_change_names_are_noticed(town):
    one, other = (town.content / f"notices/2025/{name}.md" for name in ("n1", "n2"))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second.replace(b"id: n2", b"id: n1"))
    other.write_bytes(first.replace(b"id: n1", b"id: n2"))
    built = town.build()
    assert "示例公告2" in built.text("notices/2025/n1.html") and "示例公告1" in built.text("notices/2025/n2.html")
    assert built.files == clean(town)


def test_old_files_are_not_read_again(town):
    for path in town.content.rglob("*.md"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert town.build().ok
    memory = memo.load(town.folder / ".govportal/memory", town.project().engine)
    path = "notices/2025/n1.md"
    stat = (town.content / path).stat()
    assert memo.unchanged(memory, path, stat.st_size, stat.st_mtime_ns) is not None
    assert memo.unchanged(memory, path, stat.st_size, memory.saved_at) is None
