"""Our search and Pagefind's on the same documents, with the same queries, in the same run.

    .venv/bin/python tests/benchmarks/search/run.py [N] --pagefind node_modules/.bin/pagefind [--queries N] [--folder DIR]

Prints what making the index costs, what a change costs, what a query costs in a real browser, and what is found.
Without `--pagefind` only ours is measured. `--queries 0` leaves the browser out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import documents
from documents import Document, Query, Truth

from govportal.products.search import record
from unit.search import reference_reader as reader

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SENTENCE = "本条为测量而加，示例用户应当妥善保管。"
SMALL = 60
"""All hits of a query are turned over in the browser when there are at most so many."""


class Files(dict[str, bytes]):
    """The files of an index, read when they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __missing__(self, path: str) -> bytes:
        self[path] = (self.root / path).read_bytes()
        return self[path]


def make_ours(found: Path, folder: Path) -> dict[str, float]:
    """Our index of the documents, made or brought up to date, and what it cost."""
    command = [sys.executable, str(HERE / "build_ours.py"), str(found), str(folder)]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(made.stdout))


def make_theirs(found: Sequence[Document], folder: Path, program: str) -> dict[str, float]:
    """Pagefind's index of the documents as pages, and what it cost."""
    folder.mkdir(parents=True)
    for one in found:
        (folder / f"{one.id}.html").write_text(documents.page(one), "utf-8")
    process = subprocess.Popen([program, "--site", str(folder)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{program} failed")
    files = [path.stat().st_size for path in (folder / "pagefind").rglob("*") if path.is_file()]
    return {
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss / 1024,
        "files": len(files),
        "bytes": sum(files),
    }


def changes(found: list[Document]) -> dict[str, list[Document]]:
    """Ways in which one document changes, and all documents afterwards."""
    chance = random.Random("changes")
    place = len(found) // 2
    one = found[place]
    word = replace(one, body=one.body.replace("应当", "必须", 1))
    longer = replace(one, body=f"{one.body}\n{SENTENCE}\n")
    new = replace(chance.choice(found), id="benchmark-new", date=max(other.date for other in found))
    return {
        "one word changed": [*found[:place], word, *found[place + 1 :]],
        "a sentence of 16 letters added": [*found[:place], longer, *found[place + 1 :]],
        "a document of today added": [*found, new],
        "an old document removed": [*found[:place], *found[place + 1 :]],
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def quality(name: str, asked: Sequence[Query], first: dict[str, list[str]]) -> dict[str, str]:
    """How good the first ten hits are."""
    plain = [one for one in asked if one.sort not in ("title", "number")]
    hits = [hit in one.truth for one in plain for hit in first[one.text][:10]]
    shown = {f"{name}: precision at 10": f"{sum(hits) / max(1, len(hits)):.3f}"}
    for sort in ("title", "number"):
        known = [one for one in asked if one.sort == sort]
        if known:
            right = sum(bool(first[one.text]) and first[one.text][0] in one.truth for one in known)
            shown[f"{name}: first hit right, whole {sort}"] = f"{right} of {len(known)}"
    return shown


def sets(name: str, asked: Sequence[Query], found: dict[str, set[str]]) -> dict[str, str]:
    """How well whole sets of hits agree with the truth."""
    plain = [one for one in asked if one.sort not in ("title", "number") and one.text in found]
    recalls = [len(found[one.text] & one.truth) / len(one.truth) for one in plain]
    true = sum(len(found[one.text] & one.truth) for one in plain)
    every = sum(len(found[one.text]) for one in plain)
    return {
        f"{name}: recall": f"{sum(recalls) / len(recalls):.4f} ({sum(one == 1 for one in recalls)} of {len(plain)} whole)",
        f"{name}: precision of the whole set": f"{true / max(1, every):.3f}",
    }


def our_sets(folder: Path, asked: Sequence[Query]) -> dict[str, set[str]]:
    """What our postings name for each query, before anything is verified."""
    files = Files(folder)
    ids: dict[str, str] = {}
    found = {}
    for one in asked:
        paths = reader.candidates(files, one.text)
        for path in paths:
            if path not in ids:
                ids[path] = record.read((folder / path).read_bytes())[0].id
        found[one.text] = {ids[path] for path in paths}
    return found


def their_sets(folder: Path, results: dict[str, list[str]]) -> dict[str, set[str]]:
    """What Pagefind finds for each query."""
    names = {}
    for path in (folder / "pagefind/fragment").glob("*.pf_fragment"):
        data = gzip.decompress(path.read_bytes())
        names[path.stem] = json.loads(data[data.index(b"{") :])["url"].strip("/").removesuffix(".html")
    return {query: {names[hit] for hit in hits} for query, hits in results.items()}


def every_substring(folder: Path, found: Sequence[Document], count: int) -> str:
    """Whether random pieces of random documents, with all their punctuation, find their document."""
    chance = random.Random("pieces")
    files = Files(folder)
    firsts = (first for first, *_ in reader.places(files))
    numbers = {record.read((folder / path).read_bytes())[0].id: path for path in firsts}
    missed = asked = 0
    while asked < count:
        one = chance.choice(found)
        field = chance.choice([one.title, one.number, one.text, one.text, one.text])
        start = chance.randrange(len(field))
        piece = field[start : start + chance.choice([2, 3, 4, 6, 10, 20, 40])]
        if reader.words(piece)[0]:
            asked += 1
            missed += numbers[one.id] not in reader.candidates(files, piece)
    return f"{asked - missed} of {asked}"


def in_the_browser(folder: Path, ours: Path, theirs: Path | None, asked: list[Query]) -> dict[str, str]:
    """Everything that is seen in Chromium."""
    import in_browser

    in_browser.furnish(folder, ours, theirs / "pagefind" if theirs else None)
    names = ["ours", "theirs"] if theirs else ["ours"]
    plain = [one for one in asked if one.sort not in ("title", "number")]
    small = [one for one in plain if len(one.truth) <= SMALL]
    texts = [[one.text for one in some] for some in (asked, plain, small)]
    result = in_browser.watch(folder, *texts[:2], names, texts[2])
    shown: dict[str, str] = {}
    for name, seen in result["seen"].items():
        for figure in ("cold_bytes", "second_bytes", "cold_requests", "cold_time", "second_time"):
            values = getattr(seen, figure)
            shown[f"{name}: {figure} p50 / p95"] = f"{percentile(values, 0.5):,.0f} / {percentile(values, 0.95):,.0f}"
        shown |= quality(name, asked, seen.first)
    shown["ours: warm query, milliseconds of CPU p50 / p95"] = (
        f"{percentile(result['warm'], 0.5):.0f} / {percentile(result['warm'], 0.95):.0f}"
    )
    whole = sum(set(result["all"][one.text]) == one.truth for one in small)
    shown[f"ours: exactly the true set, queries of at most {SMALL} hits"] = f"{whole} of {len(small)}"
    if theirs:
        shown |= sets("theirs", asked, their_sets(theirs, result["theirs"]))
    return shown


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--source", type=Path, default=ROOT / "content/policies")
    parser.add_argument("--pagefind", default="", help="the program; npm install pagefind")
    parser.add_argument("--queries", type=int, default=200, help="how many are asked in the browser")
    parser.add_argument("--pieces", type=int, default=2000, help="how many pieces of documents are looked for")
    parser.add_argument("--folder", type=Path, help="keep everything here")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="search-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)

    def say(figures: dict[str, Any], before: str = "") -> None:
        for name, value in figures.items():
            print(f"{before}{name}\t{f'{value:,.2f}' if isinstance(value, float) else value}", flush=True)

    found = list(documents.documents(chosen.count, chosen.source))
    documents.write(found, folder / "documents.jsonl")
    ours, theirs = folder / "ours", folder / "theirs"
    for path in (ours, theirs):
        shutil.rmtree(path, ignore_errors=True)
    ours.with_suffix(".remembered").unlink(missing_ok=True)
    say(make_ours(folder / "documents.jsonl", ours), "ours, clean: ")
    if chosen.pagefind:
        say(make_theirs(found, theirs, chosen.pagefind), "theirs, clean: ")
    for name, changed in changes(found).items():
        documents.write(changed, folder / "changed.jsonl")
        say(make_ours(folder / "changed.jsonl", ours), f"ours, {name}: ")
        say(make_ours(folder / "documents.jsonl", ours), f"ours, {name}, and back: ")
    asked = documents.queries(found, Truth(found))
    random.Random("asked").shuffle(asked)
    say({"ours: pieces of documents that find their document": every_substring(ours, found, chosen.pieces)})
    say(sets("ours", asked, our_sets(ours, asked)))
    if chosen.queries:
        say(in_the_browser(folder / "web", ours, theirs if chosen.pagefind else None, asked[: chosen.queries]))
    if not chosen.folder:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
