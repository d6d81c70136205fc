"""The one room that opens files: reading content without being led astray, and publishing a tree whole."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

from govportal.memo import Identity, Manifest
from govportal.problems import At, Problem, error
from govportal.source import CONTROL, DIRECTION


@dataclass
class Listing:
    """The files of a folder: path with forward slashes to (size, modification time in ns)."""

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def list_content(root: Path) -> Listing:
    """Every file under the content folder; links that lead out of it and special files are refused."""
    listing = Listing()
    real_root = os.path.realpath(root)

    def leads_out(path: str) -> bool:
        real = os.path.realpath(path)
        return os.path.commonpath([real, real_root]) != real_root

    def walk(folder: Path, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = prefix + entry.name
                try:
                    path.encode("utf-8")
                except UnicodeEncodeError:
                    shown = path.encode("utf-8", "replace").decode()
                    listing.problems.append(
                        error(At(shown), "file/name", "文件名不是 UTF-8 编码", "把文件改名")
                    )
                    continue
                if entry.name.startswith("."):
                    continue
                if re.search("[\t\n]", path) or CONTROL.search(path) or DIRECTION.search(path):
                    shown = "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in path)
                    listing.problems.append(
                        error(At(shown), "file/name", "文件名里有看不见的字符", "把文件改名")
                    )
                    continue
                if entry.is_symlink() and leads_out(entry.path):
                    listing.problems.append(
                        error(
                            At(path), "file/link-outside", "这是指向内容目录之外的链接", "把文件本身复制进来"
                        )
                    )
                elif not os.path.exists(entry.path):
                    listing.problems.append(
                        error(At(path), "file/link-nowhere", "这个链接指向的文件不存在", "把文件本身复制进来")
                    )
                elif entry.is_dir():
                    if entry.is_symlink():
                        listing.problems.append(
                            error(
                                At(path), "file/link-folder", "不能用链接代替文件夹", "把文件夹本身复制进来"
                            )
                        )
                    elif not os.access(entry.path, os.R_OK | os.X_OK):
                        listing.problems.append(
                            error(At(path), "file/unreadable", "没有权限打开这个文件夹", "改正它的权限")
                        )
                    else:
                        walk(Path(entry.path), path + "/")
                elif entry.is_file() and not os.access(entry.path, os.R_OK):
                    listing.problems.append(
                        error(At(path), "file/unreadable", "没有权限读这个文件", "改正它的权限")
                    )
                elif entry.is_file():
                    stat = entry.stat()
                    listing.files[path] = (stat.st_size, stat.st_mtime_ns)
                else:
                    listing.problems.append(
                        error(At(path), "file/special", "这不是普通文件", "删掉它，或把内容存成普通文件")
                    )

    if root.is_dir():
        walk(root, "")
    else:
        listing.problems.append(
            error(At(root.name), "content/missing", "没有内容目录", "在项目根目录运行命令")
        )
    return listing


def read(path: Path) -> bytes:
    """The bytes of a file."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def digest_file(path: Path) -> str:
    """The digest of a file of any size, read in pieces."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def first_bytes(path: Path, count: int = 64) -> bytes:
    """The beginning of a file, which tells its type."""
    with path.open("rb") as file:
        return file.read(count)


def read_folder(root: Path, suffixes: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file below a folder by its path with forward slashes."""
    found: dict[str, bytes] = {}
    for folder, names, files in os.walk(root):
        names.sort()
        for name in sorted(files):
            if not suffixes or name.endswith(suffixes):
                path = Path(folder, name)
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step; nothing is written when it already holds these bytes."""
    with replacing(path, data):
        pass


@contextmanager
def replacing(path: Path, data: bytes) -> Iterator[None]:
    """Write a file aside, so that a full disk is met now; it takes its place when the block has gone well."""
    try:
        same = path.read_bytes() == data
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        same = False
    if same:
        yield
        return
    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_bytes(data)
        yield
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the project for one build; BlockingIOError when another build holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        _lock(file)
        yield


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as failure:
            raise BlockingIOError from failure
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Writer:
    """Writes new files below a root; a former file is unlinked first, since it may be shared with the published tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders: set[str] = set()

    def write(self, path: str, data: bytes) -> tuple[int, int]:
        """Write a new file and give its size and modification time."""
        name = f"{self.root}/{path}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(name, flags, 0o644)
        except OSError:
            handle = os.open(self.ready(path), flags, 0o644)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            stat = os.fstat(handle)
        finally:
            os.close(handle)
        return stat.st_size, stat.st_mtime_ns

    def ready(self, path: str) -> Path:
        """The place for a new file, free of whatever stood there."""
        target = self.root / path
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            if target.parent.is_symlink() or target.parent.is_file():
                target.parent.unlink()
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        return target


class Tree(Writer):
    """A folder of published files and what we know of them."""

    def __init__(self, root: Path, manifests: Mapping[Identity, Manifest]) -> None:
        super().__init__(root)
        self.manifest: Manifest = {}
        self.found: dict[str, tuple[int, int]] = {}
        if root.is_dir():
            known = manifests.get(self.identity, {})
            self.found = _stat_tree(root)
            self.manifest = {
                path: entry for path, entry in known.items() if self.found.get(path) == entry[1:]
            }

    @property
    def identity(self) -> Identity:
        """The root folder itself, which stays the same when it is renamed."""
        stat = self.root.stat()
        return stat.st_dev, stat.st_ino

    def holds(self, path: str, key: str) -> bool:
        """Whether the file stands here as we wrote it, made from the same inputs."""
        entry = self.manifest.get(path)
        return entry is not None and entry[0] == key

    def remove_unknown(self) -> None:
        """Take out whatever we did not write, a link to another place above all: nothing may be written through it."""
        for path in sorted(self.found.keys() - self.manifest.keys()):
            self.remove(path)
            del self.found[path]

    def remove(self, path: str) -> None:
        """Take a file out, and the folders it leaves empty."""
        target = self.root / path
        target.unlink(missing_ok=True)
        self.manifest.pop(path, None)
        folder = target.parent
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:
                break
            folder = folder.parent

    def link(self, other: Tree, path: str) -> None:
        """Take over an unchanged file from another tree; both names then share one file, which is never written to."""
        target = self.ready(path)
        try:
            os.link(other.root / path, target)
        except OSError:
            shutil.copy2(other.root / path, target)
        stat = target.stat()
        self.manifest[path] = (other.manifest[path][0], stat.st_size, stat.st_mtime_ns)

    def copy(self, source: Path, path: str, key: str) -> None:
        """Put a file of the content folder here."""
        target = self.ready(path)
        shutil.copyfile(source, target)
        stat = target.stat()
        self.manifest[path] = (key, stat.st_size, stat.st_mtime_ns)


def _stat_tree(root: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}

    def walk(folder: str, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    walk(entry.path, f"{prefix}{entry.name}/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[prefix + entry.name] = (stat.st_size, stat.st_mtime_ns)

    walk(str(root), "")
    return found


AT_FDCWD = -100
RENAME_EXCHANGE = 2


def exchange(spare: Path, published: Path) -> None:
    """Make the spare tree the published one, in a single step where the system can; the former one becomes the spare."""
    if not published.exists():
        published.parent.mkdir(parents=True, exist_ok=True)
        os.rename(spare, published)
        return
    if _swap(spare, published):
        return
    aside = published.with_name(published.name + ".previous")
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(published, aside)
    try:
        os.rename(spare, published)
    except OSError:
        os.rename(aside, published)
        raise
    os.rename(aside, spare)


def recover(published: Path, spare: Path) -> None:
    """Finish what a build killed between two renames left undone (systems without an atomic exchange)."""
    aside = published.with_name(published.name + ".previous")
    if aside.is_dir() and not published.exists():
        os.rename(aside, published)
    elif aside.is_dir() and not spare.exists():
        os.rename(aside, spare)


def place_for_spare(published: Path, cache: Path) -> Path:
    """Where the next tree is put together: in the cache, or beside the published one if that is on another disk."""
    published.parent.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    if published.parent.stat().st_dev == cache.stat().st_dev:
        return cache / "spare"
    return published.with_name(f".{published.name}.spare")


def _swap(one: Path, other: Path) -> bool:
    """Exchange two names atomically (Linux renameat2, macOS renamex_np); False where the system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library: Any = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(first, second, RENAME_EXCHANGE)
        elif sys.platform.startswith("linux"):
            result = library.renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE)
        else:
            return False
    except (AttributeError, OSError, TypeError):
        return False
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number), str(other))


def cores() -> int:
    """How many processes this machine runs side by side; more than eight only wait for the disk."""
    return min(os.cpu_count() or 1, 8)


def explain_os_error(failure: OSError) -> Problem:
    """A failure of the disk in the reader's words."""
    name = Path(failure.filename).name if isinstance(failure.filename, str) else ""
    reasons = {
        errno.ENOSPC: ("disk/full", "磁盘空间不足", "清理磁盘后再运行"),
        errno.EDQUOT: ("disk/full", "磁盘配额不足", "清理磁盘后再运行"),
        errno.EFBIG: ("disk/full", "文件超过了系统允许的大小", "检查磁盘与系统限制"),
        errno.EXDEV: ("disk/mount", "网站文件夹本身是一个磁盘，不能整个替换", "把网站写到它里面的一个文件夹"),
        errno.EBUSY: ("disk/mount", "网站文件夹本身是一个磁盘，不能整个替换", "把网站写到它里面的一个文件夹"),
        errno.EPERM: ("disk/permission", "没有权限读写文件", "检查文件的权限"),
        errno.EACCES: ("disk/permission", "没有权限读写文件", "检查文件的权限"),
        errno.EROFS: ("disk/permission", "磁盘是只读的", "换一个可写的位置"),
    }
    code, message, hint = reasons.get(
        failure.errno or 0, ("disk/failure", f"读写文件失败（{failure.strerror}）", "检查磁盘后再运行")
    )
    return error(At(name or "site"), code, message, hint)
