"""The same content gives the same bytes: whoever builds it, wherever, in whatever language and with however many hands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.full_town import furnish
from support.town import Town, notice

ROOT = Path(__file__).parents[2]
MANY = 410
"""More records than are read by one process when there are several."""


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths in which two trees differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def crowd(town: Town, numbers: range) -> None:
    for number in numbers:
        town.write(f"notices/2026/crowd-{number}.md", notice(f"第{number}号正文。", id=f"crowd-{number}", title=f"示例公告第{number}号",
                                                             published_at=f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}",
                                                             secrecy_review="{organ: 示例保密办, reviewer: 示例岗位, reviewed_on: 2025-12-31, result: 可以公开}"))


def build_elsewhere(town: Town, workers: int, here: Path, **variables: str) -> dict[str, bytes]:
    """Build in a process of its own with its own surroundings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    environment |= {"PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("plugins", "tests"))} | variables
    made = subprocess.run([sys.executable, "-m", "support.processes", str(town.folder), str(workers)], cwd=here, env=environment,
                          capture_output=True, timeout=120, check=False)
    assert made.returncode == 0, (made.stdout + made.stderr).decode(errors="replace")[-2000:]
    return town.published()


def test_two_clean_builds_in_different_surroundings_are_equal_byte_for_byte(tmp_path):
    """Other folder, working directory, time zone, language, hash seed, file times and order, and four workers for one."""
    one = furnish(Town(tmp_path / "one"))
    crowd(one, range(MANY))
    other = furnish(Town(tmp_path / "a longer path 另一个" / "other"))
    crowd(other, range(MANY)[::-1])
    for path in sorted(other.content.rglob("*.md")):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    first = build_elsewhere(one, 1, tmp_path, TZ="UTC", LANG="C", PYTHONHASHSEED="0")
    second = build_elsewhere(other, 4, Path("/"), TZ="Pacific/Kiritimati", LANG="zh_CN.GB18030", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="4711")
    assert len(first) > MANY
    assert differences(first, second) == []
    assert (one.content / "_portal/addresses.csv").read_bytes() == (other.content / "_portal/addresses.csv").read_bytes()


def test_a_copied_project_needs_no_memory_of_the_first(tmp_path):
    one = furnish(Town(tmp_path / "one"))
    assert one.build().ok
    shutil.copytree(one.content, tmp_path / "two" / "content")
    two = Town(tmp_path / "two", bare=True).build()
    assert two.ok, two.lines
    assert differences(one.published(), two.files) == []


def test_nothing_in_the_site_names_the_machine_or_the_hour(tmp_path):
    town = furnish(Town(tmp_path))
    built = town.build()
    for path, data in built.files.items():
        assert str(tmp_path).encode() not in data and sys.prefix.encode() not in data, path


@pytest.mark.parametrize("moment", ["2026-11-23", "2026-11-23 00:00", "2026-11-23 18:30"])
def test_only_the_day_and_what_it_decides_are_in_the_pages(tmp_path, moment):
    town = furnish(Town(tmp_path))
    whole = town.build(moment="2026-11-23").files
    town.forget()
    assert differences(whole, town.build(moment=moment).files) == []
