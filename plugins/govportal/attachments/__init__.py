"""The text of attached files (PDF, DOCX, XLSX), read by a program of its own that is bound in time, memory and size.

    extract(path)                       -> Extraction(text, reason)
    remembered(path, digest, folder)    the same, kept in a folder by the digest of the file
    text_in(folder, path) -> str        the text alone, kept there

An attachment comes from outside and may be broken, encrypted or made to harm. Whatever it does to its reader, the
caller gets an `Extraction`: the text (lines divided by line ends, no control characters), or '' and a reason in the
clerk's words. The text is a function of the bytes alone; a reader that was stopped by the clock gives no text at all,
and that answer is not kept.

The reader is `reader.py`, run by itself in an isolated interpreter. Time is bound everywhere; memory and CPU time by
the system's resource limits, which Windows does not have and macOS does not keep for memory.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from govportal import disk

READABLE = frozenset({"pdf", "docx", "xlsx"})
READER = Path(__file__).with_name("reader.py")
SIGXCPU = getattr(signal, "SIGXCPU", 24)
FORMAT = 1
"""Another number whenever the reader gives another text for the same file."""

REASONS = {
    "encrypted": "文件有密码，读不出文字",
    "broken": "文件已损坏，读不出文字",
    "too-large": "文件太大，没有读取文字",
    "bomb": "文件解压后异常地大，没有读取文字",
    "doctype": "文件里有不该有的 XML 定义，没有读取文字",
    "no-text": "文件里没有文字（可能是扫描件）",
    "too-long": "读取文字超时",
    "too-costly": "读取文字所需的时间太多",
    "too-much": "读取文字所需的内存太多",
    "failed": "读取文字的程序没有完成",
    "kind": "不读取这种文件的文字",
}
PASSING = frozenset({"too-long", "failed"})
"""Reasons that may not hold the next time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may use: wall-clock and CPU seconds, bytes of memory, of the file, of what it unpacks, letters of text."""

    seconds: int = 60
    processor_seconds: int = 40
    memory: int = 768 << 20
    file: int = 64 << 20
    unpacked: int = 192 << 20
    letters: int = 2_000_000
    pages: int = 3000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a file; where there is none, why."""

    text: str
    reason: str = ""


def _without(code: str) -> Extraction:
    return Extraction("", REASONS.get(code, REASONS["failed"]))


def readable(path: Path | str) -> bool:
    """Whether text can be read from a file of this name."""
    return str(path).rpartition(".")[2].lower() in READABLE


def extract(path: Path, limits: Limits = LIMITS) -> Extraction:
    """The text of a file, or why there is none. `OSError` only when the file is not there or may not be opened."""
    suffix = path.suffix[1:].lower()
    if suffix not in READABLE:
        return _without("kind")
    if path.stat().st_size > limits.file:
        return _without("too-large")
    return _answer(_run(path, suffix, limits), limits)


def _run(path: Path, suffix: str, limits: Limits) -> bytes | str:
    """What the reader wrote, or the code of the reason why it did not come to its end."""
    command = [
        sys.executable,
        "-I",
        "-X",
        "utf8",
        str(READER),
        suffix,
        str(path.resolve()),
        json.dumps(asdict(limits)),
    ]
    kept = {
        name: value for name, value in os.environ.items() if name.upper() in {"SYSTEMROOT", "TEMP", "TMP"}
    }
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.DEVNULL,
                env=kept, timeout=limits.seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "too-long"
        if done.returncode != 0:
            return "too-costly" if done.returncode == -SIGXCPU else "failed"
        answer.seek(0)
        return answer.read(limits.letters * 8 + 4096)


def _answer(written: bytes | str, limits: Limits) -> Extraction:
    if isinstance(written, str):
        return _without(written)
    try:
        answer = json.loads(written)
        text, code = str(answer["text"]), str(answer["reason"])
    except (ValueError, KeyError, TypeError):
        return _without("failed")
    return _without(code) if code else Extraction(text[: limits.letters])


def remembered(path: Path, digest: str, folder: Path, limits: Limits = LIMITS) -> Extraction:
    """The text of a file whose digest is known; read at most once, then kept in `folder`."""
    by = f"{FORMAT} {path.suffix.lower()} {version('pypdf')} {limits}"
    name = blake2b(f"{by} {digest}".encode(), digest_size=16).hexdigest()
    place = folder / name[:2] / f"{name}.json"
    try:
        known = json.loads(disk.read(place))
        return Extraction(str(known["text"]), str(known["reason"]))
    except (OSError, ValueError, KeyError, TypeError):
        found = extract(path, limits)
    if found.reason not in {REASONS[code] for code in PASSING}:
        disk.write_whole(place, json.dumps(asdict(found), ensure_ascii=False).encode())
    return found


def text_in(folder: Path, path: Path) -> str:
    """The text of a file, '' where it has none; kept in `folder`."""
    return remembered(path, disk.digest_file(path), folder).text
