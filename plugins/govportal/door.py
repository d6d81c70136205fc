"""What both doors do around a build, and the frame: all that MkDocs gave to the last build, so that the next can do without it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from govportal import disk, report
from govportal.build import Loaded, Project, PublicationError, Summary, load, publish, unused_files
from govportal.memo import sealed, unsealed
from govportal.problems import At, Problem, error, has_errors, ordered
from govportal.render import Workshop

FRAME = "frame"
"""The file in the cache folder that holds the frame."""
DRAWN_WITH = ("mkdocs", "mkdocs-material", "jinja2", "markdown")
GIVEN = ("GOVPORTAL_AS_OF", "GOVPORTAL_WORKERS", "GOVPORTAL_SITE_DIR")
"""The variables of mkdocs.yml that are told to every build anew: for which moment, with how many workers, where to."""
TAKEN = [
    re.compile(rf"^\s*{option}:\s*!ENV\s*\[\s*{name}\b", re.MULTILINE)
    for option, name in zip(("as_of", "workers", "site_dir"), GIVEN, strict=True)
]


class Stopped(Exception):
    """Nothing was published; why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)

    def lines(self) -> Iterator[str]:
        """Every problem, then what it means for the published site."""
        yield from report.lines(self.problems)
        what = "有错误" if has_errors(self.problems) else "有提醒（--strict 下提醒也算错误）"
        yield f"没有发布：{what}。{report.totals(self.problems)}。已发布的网站没有改动。"


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Hold the project for one build; stopped when another build holds it."""
    try:
        with disk.locked(cache / "lock"):
            yield
    except BlockingIOError:
        raise Stopped([error(At("site"), "build/busy", "另一个构建正在进行", "等它结束再运行")]) from None


def read_and_check(project: Project) -> Loaded:
    """Everything read and checked; nothing is said and nothing stops yet."""
    loaded = load(project)
    loaded.problems = ordered(loaded.problems + unused_files(loaded))
    return loaded


def tell(loaded: Loaded, reports: Path | None) -> None:
    """Leave the report of the inspector, say every problem, and stop when something stands against publication."""
    if reports is not None:
        disk.write_whole(reports / "problems.json", report.as_json(loaded.problems))
        disk.write_whole(reports / "problems.sarif", report.as_sarif(loaded.problems))
    if not loaded.ok:
        raise Stopped(loaded.problems)
    for line in report.lines(loaded.problems):
        print(line, file=sys.stderr)


def put_in_place(loaded: Loaded, workshop: Workshop, structure: dict[str, bytes]) -> Summary:
    """Publish, leave the summary, and say what was done."""
    try:
        summary = publish(loaded, workshop, structure)
    except PublicationError as failure:
        raise Stopped(failure.problems) from None
    try:
        disk.write_whole(loaded.project.cache / "summary.json", summary.as_json())
    except OSError as failure:
        # The site is published; only the table of this build is missing.
        print(*report.lines([disk.explain_os_error(failure)]), sep="\n", file=sys.stderr)
    print(
        f"已生成：{report.totals(loaded.problems)}；写入 {summary.written} 个文件，{summary.unchanged} 个没有变化，删除 {summary.removed} 个。",
        file=sys.stderr,
    )
    return summary


@dataclass(frozen=True)
class Frame:
    """What MkDocs gave to a build: shells, page templates, structural pages and the theme's files; and the options of the door.

    `sources` are the folders of the theme and of the structural pages: the frame holds while they, mkdocs.yml and the
    programs that drew it are unchanged (`fingerprint`), and the settings of the portal too (`portal`).
    """

    fingerprint: str
    sources: tuple[str, ...]
    program: tuple[str, ...]
    strict: bool
    portal: str
    base: str
    root: str
    switches: frozenset[str]
    types: tuple[str, ...]
    content: str
    reports: str
    templates: Mapping[str, str] = field(default_factory=dict)
    shells: Mapping[str, str] = field(default_factory=dict)
    structure: Mapping[str, bytes] = field(default_factory=dict)


def fingerprint(settings: Path, sources: Sequence[str], engine: str) -> str:
    """A digest of everything a frame is drawn from besides the settings of the portal."""
    digest = blake2b(engine.encode(), digest_size=16)
    written = disk.read(settings)
    digest.update(written)
    for name in sorted(set(re.findall(r"[A-Z][A-Z0-9_]{2,}", written.decode("utf-8", "replace"))) - {*GIVEN}):
        digest.update(f"{name}={os.environ.get(name)}\0".encode())
    for source in sources:
        for path, data in disk.read_folder(Path(source)).items():
            if not path.endswith(".pyc"):
                digest.update(f"{path}\0{len(data)}\0".encode() + data)
    for library in DRAWN_WITH:
        digest.update(f"{library} {importlib.metadata.version(library)}\0".encode())
    return digest.hexdigest()


def takes_what_it_is_given(settings: Path) -> bool:
    """Whether mkdocs.yml takes moment, workers and place from the build command, and nothing from another file."""
    written = disk.read(settings).decode("utf-8", "replace")
    return "INHERIT" not in written and all(pattern.search(written) for pattern in TAKEN)


def keep(cache: Path, frame: Frame | None) -> None:
    """Keep a frame for the next build; None takes away what is there. The site is published already: a full disk only costs time."""
    try:
        if frame is not None:
            disk.write_whole(cache / FRAME, sealed(frame))
            return
    except OSError as failure:
        print(*report.lines([disk.explain_os_error(failure)]), sep="\n", file=sys.stderr)
    (cache / FRAME).unlink(missing_ok=True)


def kept(cache: Path) -> Frame | None:
    """The frame of the last build with MkDocs, if there is one and it is whole."""
    try:
        frame = unsealed(disk.read(cache / FRAME))
    except OSError:
        return None
    return frame if isinstance(frame, Frame) else None
