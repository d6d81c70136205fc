"""Make our index of documents, or bring it up to date: `build_ours.py DOCUMENTS FOLDER`; prints what it cost.

The same parts as a build of the portal: entry and text of each document are prepared (Markdown included), `Index` makes
the files, what is remembered lies beside them. With documents of the last time it makes anew only what changed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import documents
import yaml

from govportal import disk
from govportal.memo import sealed, unsealed
from govportal.portal import SYNONYMS
from govportal.products.search import (
    Draft,
    Index,
    Prepared,
    SearchEntry,
    facets_of,
    pieces,
    prepare,
    prepare_again,
    suggest,
    synonyms,
)

CONTENT = Path(__file__).resolve().parents[3] / "content"


class Folder:
    """The files of the last time, with the digests they were written with."""

    def __init__(self, root: Path, digests: dict[str, str]) -> None:
        self.root = root
        self.digests = digests

    def holds(self, path: str) -> bool:
        return path in self.digests

    def read(self, path: str) -> bytes | None:
        return (self.root / path).read_bytes() if path in self.digests else None


def entry_of(one: documents.Document) -> SearchEntry:
    """How a document stands in the list of results."""
    return SearchEntry(
        one.id, f"/{one.id}.html", one.title, one.number, "", one.column, one.organ, "政策文件", one.date, "", True
    )


def main() -> None:
    found = documents.read(Path(sys.argv[1]))
    root = Path(sys.argv[2])
    by_id = {one.id: one for one in found}
    store = root.with_suffix(".remembered")
    started = time.process_time()
    remembered = unsealed(disk.read(store)) if store.exists() else {}
    former = Folder(root, remembered.get("digests", {}))
    known = remembered.get("drafts", {})
    drafts = {}
    for one in found:
        parts = range(pieces.count_for(len(one.body)))
        keys = [blake2b(repr((one, part)).encode(), digest_size=16).digest() for part in parts]
        kept = known.get(one.id)
        if kept is None or kept[1].key != keys[0]:
            entry = entry_of(one)
            made = [Draft(one.id, part, one.date, keys[part], facets_of(entry), False) for part in parts]
            kept = (suggest.phrases(one.title), *made)
        drafts[one.id] = kept

    @lru_cache(maxsize=1)
    def texts_of(name: str) -> tuple[str, ...]:
        return pieces.cut(by_id[name].text, pieces.count_for(len(by_id[name].body)))

    def prepare_jobs(jobs: Sequence[tuple[Draft, bytes | None]]) -> Iterator[Prepared]:
        for draft, before in jobs:
            if before:
                yield prepare_again(before)
            else:
                entry = replace(entry_of(by_id[draft.id]), part=draft.part)
                yield prepare(entry, texts_of(draft.id)[draft.part])

    spoken = yaml.safe_load((CONTENT / SYNONYMS).read_text("utf-8"))["words"]
    groups = synonyms.texts((one["official"], one["said"]) for one in spoken)
    words = suggest.write(suggest.common(phrases for phrases, *_ in drafts.values()))
    index = Index(
        [draft for _, *parts in drafts.values() for draft in parts], prepare_jobs, remembered.get("segments", {}), former, groups, words
    )
    digests, written, size = {}, 0, 0
    for path, data in index.files():
        if data is None:
            digests[path] = former.digests[path]
            continue
        digests[path] = blake2b(data, digest_size=16).hexdigest()
        if former.digests.get(path) != digests[path]:
            written, size = written + 1, size + len(data)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
    gone = former.digests.keys() - digests.keys()
    for path in gone:
        (root / path).unlink()
    disk.write_whole(store, sealed({"digests": digests, "drafts": drafts, "segments": index.segments}))
    print(
        json.dumps(
            {
                "cpu": time.process_time() - started,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "files": len(digests),
                "written": written,
                "gone": len(gone),
                "bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main()
