"""What is published is always a whole site: the former one or the new one, whatever happens to the build."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govportal import disk
from support.full_town import furnish
from support.processes import CAN_FORK, changes_of_build, killed_after, killed_at, lines_of_child
from support.town import Town, notice, reprint

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that can be forked and killed")

NOBODY = 65534


VERSIONS = (0, 1, 2)
"""Three, so that what is built is never what the spare tree still holds from the build before."""


@cache
def trees() -> list[dict[str, bytes]]:
    """What each version must look like, from clean builds."""
    made = []
    for version in VERSIONS:
        with tempfile.TemporaryDirectory() as folder:
            town = furnish(Town(Path(folder)))
            write(town, version)
            built = town.build(keep_ledger=False)
            assert built.ok, built.lines
            made.append(built.files)
    return made


def write(town: Town, version: int) -> None:
    """Content of one version: bodies, a title, an attachment and a record more or less."""
    town.write("policies/2019/law.md", reprint(f"第一条 第{version}版。"))
    town.write("notices/2026/heating/areas.csv", f"片区,电话\n示例,000{version}\n")
    for number in range(1, 6):
        town.write(f"notices/2026/v{number}.md", notice(f"第{version}版。", id=f"v{number}", title=f"示例：第{version}版第{number}件"))
    town.write("notices/2026/extra.md", notice(id="extra", title="示例：时有时无", draft=None if version else "true"))


class Portal:
    """A published town of which one of three versions must always be seen, whole."""

    def __init__(self, folder: Path) -> None:
        self.town = furnish(Town(folder))
        self.options: dict[str, Any] = {"keep_ledger": False}
        write(self.town, 0)
        self.heal(0)

    @property
    def next(self) -> int:
        """The version after the published one."""
        return (self.published + 1) % len(VERSIONS)

    def write(self, version: int) -> None:
        write(self.town, version)

    def look(self) -> int:
        """Which version is published; fails when it is none of them."""
        files = self.town.published(self.options.get("site"))
        assert files in trees(), "neither the former site nor the new one"
        return trees().index(files)

    def heal(self, version: int) -> None:
        """The next build brings the whole of a version, and nothing else is left lying beside it."""
        built = self.town.build(**self.options)
        assert built.ok and built.files == trees()[version], built.lines
        self.published = version
        assert {"content", "site"} >= {name for name in os.listdir(self.town.folder) if name not in (".govportal", "lost+found", "outside")}


@pytest.fixture
def portal(tmp_path):
    return Portal(tmp_path)


def kill_at_steps(portal: Portal, steps: list[int]) -> list[bool]:
    """Kill a build of the next version at each step; whether the new one was published then."""
    seen = []
    for step in steps:
        former, target = portal.published, portal.next
        portal.write(target)
        killed = killed_at(step, portal.town, **portal.options)
        now = portal.look()
        assert now in (former, target) and (killed or now == target)
        seen.append(now == target)
        portal.heal(target)
    return seen


def last_step(portal: Portal) -> int:
    """How many changes on disk a build of the next version makes, once the tree has settled."""
    for _ in VERSIONS:
        portal.write(portal.next)
        portal.heal(portal.next)
    portal.write(portal.next)
    count = changes_of_build(portal.town, **portal.options)
    portal.heal(portal.next)
    return count


def test_a_build_killed_at_any_change_it_makes_on_disk_leaves_a_whole_site(portal):
    count = last_step(portal)
    assert count > 40, "the build was watched"
    chance = random.Random(20261123)
    # Folders change places at the last steps; after a killed build there are more of them, since its pieces are cleared.
    steps = sorted({1, 2, 3, *chance.sample(range(4, count), 10), *range(count, 2 * count, max(1, count // 10)), 9 * count})
    seen = kill_at_steps(portal, steps)
    assert seen[0] is False and seen[-1] is True


def test_killed_between_exchange_and_ledger_the_next_build_writes_the_ledger(tmp_path):
    towns = [furnish(Town(tmp_path / name)) for name in ("watched", "killed")]
    for town in towns:
        assert town.build().ok
        town.write("notices/2026/new.md", notice(id="new"))
    last = changes_of_build(towns[0])
    assert killed_at(last, towns[1])
    ledger = towns[1].content / "_portal/addresses.csv"
    assert "notices/2026/new.html" in towns[1].published(), "the new site stands"
    assert "/notices/2026/new.html" not in ledger.read_text(encoding="utf-8"), "its promise is not yet written"
    assert towns[1].build().summary.written == 0
    assert ledger.read_bytes() == (towns[0].content / "_portal/addresses.csv").read_bytes()
    assert not ledger.with_name("addresses.csv.tmp").exists()


@pytest.mark.full
def test_and_so_at_every_single_one(portal):
    kill_at_steps(portal, list(range(1, last_step(portal) + 2)))


def test_a_build_killed_after_any_time_leaves_a_whole_site(portal):
    chance = random.Random(7)
    for _ in range(12):
        portal.write(portal.next)
        killed_after(chance.uniform(0.001, 0.12), portal.town, **portal.options)
        portal.published = portal.look()
    portal.write(1)
    portal.heal(1)


def test_killed_again_and_again_it_still_heals(portal):
    portal.write(1)
    for step in (40, 90, 20, 160, 5):
        killed_at(step, portal.town, **portal.options)
        portal.look()
    portal.heal(1)


# Systems that cannot exchange two folders in one step

@pytest.fixture
def no_exchange(monkeypatch):
    monkeypatch.setattr(disk, "_swap", lambda one, other: False)


def test_without_an_atomic_exchange_the_result_is_the_same(portal, no_exchange):
    for version in (1, 0, 1):
        portal.write(version)
        portal.heal(version)


def test_killed_between_the_two_renames_the_next_build_heals(portal, no_exchange):
    """There is a moment without a site; whatever the kill leaves, the next build finds the pieces and finishes."""
    count = last_step(portal)
    for step in range(count - 6, count + 2):
        target = portal.next
        portal.write(target)
        killed_at(step, portal.town, **portal.options)
        if (portal.town.folder / "site").exists():
            portal.look()
        portal.heal(target)


def test_killed_between_the_two_renames_a_refused_build_puts_the_former_site_back(portal, no_exchange):
    site = portal.town.folder / "site"
    site.rename(site.with_name("site.previous"))
    disk.recover(site, portal.town.folder / ".govportal/spare")
    assert portal.look() == 0


def test_a_failure_of_the_second_rename_puts_the_former_site_back(portal, monkeypatch, no_exchange):
    rename = os.rename

    def fails(source, target):
        if Path(target) == portal.town.folder / "site" and Path(source).name == "spare":
            raise OSError(errno.EIO, "Input/output error", str(target))
        rename(source, target)

    monkeypatch.setattr(disk.os, "rename", fails)
    portal.write(1)
    with pytest.raises(OSError, match="Input"):
        portal.town.build(**portal.options)
    assert portal.look() == 0
    monkeypatch.setattr(disk.os, "rename", rename)
    portal.heal(1)


# Disks that are full, read-only, or somewhere else

def test_a_limit_on_file_size_is_told_and_nothing_changes(portal):
    import resource

    def short() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    portal.write(1)
    (line,) = lines_of_child(short, portal.town, **portal.options)
    assert "[disk/full]" in line
    assert portal.look() == 0
    portal.heal(1)


@pytest.fixture
def tiny_disk(tmp_path) -> Iterator[Path]:
    """A disk of eight megabytes: room for two trees of a small town, and no more than a test can fill."""
    place = tmp_path / "tiny"
    place.mkdir()
    if sys.platform != "linux" or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_changes(tiny_disk):
    portal = Portal(tiny_disk)
    for room in (200, 90, 30, 4, 0):
        portal.write(1)
        ballast = tiny_disk / "content" / ".ballast"
        free = os.statvfs(tiny_disk).f_bavail * os.statvfs(tiny_disk).f_bsize
        ballast.write_bytes(b"0" * max(0, free - room * 1024))
        lines = lines_of_child(lambda: None, portal.town, **portal.options)
        now = portal.look()
        assert (now == 1) == (lines == []), lines
        assert lines == [] or (len(lines) == 1 and "[disk/full]" in lines[0])
        ballast.unlink()
        portal.heal(1)
        portal.write(0)
        portal.heal(0)


def test_a_full_disk_keeps_the_ledger_too(tiny_disk):
    town = furnish(Town(tiny_disk))
    before, ledger = town.build().files, town.content / "_portal/addresses.csv"
    promised = ledger.read_bytes()
    town.write("notices/2026/new.md", notice("新的正文。" * 3000, id="new"))
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"0" * (os.statvfs(tiny_disk).f_bavail * os.statvfs(tiny_disk).f_bsize - 40 * 1024))
    (line,) = lines_of_child(lambda: None, town)
    assert "[disk/full]" in line
    assert town.published() == before and ledger.read_bytes() == promised
    assert not ledger.with_name("addresses.csv.tmp").exists()
    ballast.unlink()
    assert "notices/2026/new.html" in town.build().files


def test_the_site_may_lie_on_another_disk(tmp_path, tiny_disk):
    town = furnish(Town(tmp_path / "town"))
    site = tiny_disk / "web" / "site"
    first = town.build(site=site)
    assert first.ok and first.files
    town.write("notices/2026/new.md", notice(id="new"))
    second = town.build(site=site)
    assert "notices/2026/new.html" in second.files
    assert second.summary.unchanged > 10, "and what stays is kept there too"
    assert town.build(site=site).summary.written == 0
    before = site.stat().st_ino
    assert town.build(site=site).ok and site.stat().st_ino == before


def test_a_site_that_is_itself_a_disk_is_told(tmp_path, tiny_disk):
    town = furnish(Town(tmp_path / "town"))
    lines = lines_of_child(lambda: None, town, site=tiny_disk)
    assert len(lines) == 1 and "[disk/mount]" in lines[0]
    assert list(tiny_disk.iterdir()) == []


@pytest.mark.parametrize("locked", ["the folder of the site", "the cache"])
def test_a_folder_that_may_not_be_written_is_told(locked):
    if os.getuid() != 0:
        pytest.skip("needs to become somebody else and back")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        portal = Portal(root / "town")
        root.chmod(0o755)
        shutil.move(portal.town.folder / "site", root / "web" / "site") if (root / "web").mkdir() is None else None
        portal.options["site"] = root / "web" / "site"
        for path in [root, *root.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        before = portal.town.published(root / "web/site")
        closed = root / "web" if locked == "the folder of the site" else portal.town.folder / ".govportal"
        closed.chmod(0o555)
        portal.write(1)
        lines = lines_of_child(lambda: os.setresuid(NOBODY, NOBODY, NOBODY), portal.town, **portal.options)
        assert len(lines) == 1 and "[disk/permission]" in lines[0]
        assert portal.town.published(root / "web/site") == before == trees()[0]
        closed.chmod(0o755)
        assert portal.town.build(**portal.options).files == trees()[1]


# Hands in the published tree or beside it

def damage(root: Path, how: str) -> None:
    page = root / "policies/2019/law.html"
    if how == "a page rewritten":
        page.write_text("变了", encoding="utf-8")
    elif how == "a page rewritten with as many bytes":
        page.write_bytes(b"x" * page.stat().st_size)
    elif how == "a page deleted":
        page.unlink()
    elif how == "a folder deleted":
        shutil.rmtree(root / "policies")
    elif how == "a stranger's file":
        (root / "stranger.html").write_text("生人", encoding="utf-8")
    elif how == "a stranger's folder":
        (root / "new" / "deep").mkdir(parents=True)
        (root / "new/deep/x.html").write_text("生人", encoding="utf-8")
    elif how == "a file in place of a folder":
        shutil.rmtree(root / "policies")
        (root / "policies").write_text("文件", encoding="utf-8")
    elif how == "a folder in place of a page":
        page.unlink()
        page.mkdir()
        (page / "x").write_text("x", encoding="utf-8")
    elif how == "a link in place of a page":
        page.unlink()
        page.symlink_to("/etc/hostname")
    elif how == "a link in place of a folder":
        shutil.rmtree(root / "policies")
        outside = root.parent.parent / "outside"
        outside.mkdir(exist_ok=True)
        (root / "policies").symlink_to(outside)


WAYS = ["a page rewritten", "a page rewritten with as many bytes", "a page deleted", "a folder deleted", "a stranger's file", "a stranger's folder",
        "a file in place of a folder", "a folder in place of a page", "a link in place of a page", "a link in place of a folder"]  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_a_site_that_was_tampered_with_is_repaired(portal, how):
    portal.write(1)
    portal.heal(1)
    time.sleep(0.01)  # a file system's clock has steps
    damage(portal.town.folder / "site", how)
    portal.heal(1)
    assert not any(path.is_symlink() for path in (portal.town.folder / "site").rglob("*"))


@pytest.mark.parametrize("how", WAYS)
def test_a_spare_tree_that_was_tampered_with_is_never_published(portal, how):
    portal.write(1)
    portal.heal(1)
    time.sleep(0.01)
    damage(portal.town.folder / ".govportal/spare", how)
    outside = portal.town.folder / "outside"
    portal.write(0)
    built = portal.town.build(**portal.options)
    assert built.ok and built.files == trees()[0]
    assert not any(path.is_symlink() for path in (portal.town.folder / "site").rglob("*"))
    assert not outside.exists() or list(outside.iterdir()) == [], "nothing was written through the link"


def test_a_site_that_was_deleted_comes_back(portal):
    shutil.rmtree(portal.town.folder / "site")
    portal.heal(0)


def test_a_spare_that_was_deleted_is_not_missed(portal):
    shutil.rmtree(portal.town.folder / ".govportal/spare", ignore_errors=True)
    portal.write(1)
    portal.heal(1)


def test_a_site_that_is_a_stranger_to_us_is_replaced_whole(tmp_path):
    town = furnish(Town(tmp_path))
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("旧网站", encoding="utf-8")
    (tmp_path / "site/old.html").write_text("旧网站", encoding="utf-8")
    built = town.build()
    assert "old.html" not in built.files and "旧网站" not in built.text("index.html")


# Two builds, and content that changes under our feet

def test_only_one_build_holds_the_project(tmp_path):
    with disk.locked(tmp_path / "lock"), pytest.raises(BlockingIOError), disk.locked(tmp_path / "lock"):
        pass
    with disk.locked(tmp_path / "lock"):
        pass


@pytest.mark.parametrize("change", ["rewritten", "deleted"])
def test_a_record_that_changes_during_the_build_is_told(portal, monkeypatch, change):
    import support.town

    portal.write(1)
    path = portal.town.content / "policies/2019/law.md"

    def meddling(loaded, *arguments):
        path.write_text(reprint("第一条 又改了。"), encoding="utf-8") if change == "rewritten" else path.unlink()
        return publish(loaded, *arguments)

    publish = support.town.publish
    monkeypatch.setattr(support.town, "publish", meddling)
    built = portal.town.build(**portal.options)
    assert not built.ok
    assert next(line for line in built.lines if "build/changed" in line).startswith("policies/2019/law.md:")
    assert portal.look() == 0
    monkeypatch.undo()
    portal.write(1)
    portal.heal(1)
