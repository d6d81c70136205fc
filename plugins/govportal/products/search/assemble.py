"""From all entries to the files of the index, making anew only what has changed since the last time.

The files depend on the entries alone. What is remembered of the last time (`Segment`) and its published files only
spare work: a segment of the same entries is patched, shard by shard; anything in doubt is made from the beginning.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from typing import Protocol

from . import facets, manifest, packed, postings, synonyms, variants
from .analyse import shard_of
from .entry import Draft
from .postings import Lists
from .prepared import Prepared, prepare_again
from .segments import blocks, divide, name_of, shards_for

File = tuple[str, bytes | None]
"""A path under `search/` and the content; None says that the file stands there already."""


class Former(Protocol):
    """The files of the last time."""

    def holds(self, path: str) -> bool:
        """Whether a file stands there as it was made."""
        ...

    def read(self, path: str) -> bytes | None:
        """The content of such a file."""
        ...


class Nothing:
    """No files of a last time."""

    def holds(self, path: str) -> bool:
        return False

    def read(self, path: str) -> bytes | None:
        return None


@dataclass(slots=True)
class Segment:
    """What is remembered of a segment: its shards' versions, its blocks of long lists, and what it was made of."""

    name: str
    versions: list[str]
    long: set[str]
    keys: list[bytes]
    places: list[str]
    facets: str
    facets_key: bytes

    @property
    def paths(self) -> Iterator[str]:
        """All its files."""
        shards = (self.shard(number) for number in range(len(self.versions)))
        return chain(shards, sorted(self.long), self.places, (self.facets,))

    def shard(self, number: int) -> str:
        """The path of a shard."""
        return f"{self.name}/{postings.shard_name(number, self.versions[number])}"


Job = tuple[Draft, bytes | None]
"""An entry, and its record file of the last time if nothing of it has changed since."""


class Damaged(Exception):
    """A file of the last time is missing or not what it was."""


SALT = f"{manifest.FORMAT}.{postings.LONG}.{postings.BLOCKS}"
PATCH_UP_TO = 0.1
"""The share of changed entries up to which a segment is patched rather than made anew."""


@dataclass
class Index:
    """All entries on their way to files. `prepare` gives the contributions of jobs, in order."""

    drafts: Sequence[Draft]
    prepare: Callable[[Sequence[Job]], Iterator[Prepared]]
    former: Mapping[str, Segment] = field(default_factory=dict)
    tree: Former = field(default_factory=Nothing)
    synonyms: list[str] = field(default_factory=list)
    suggest: bytes = b""
    segments: dict[str, Segment] = field(default_factory=dict)
    _former_places: dict[bytes, str] = field(default_factory=dict)

    def files(self) -> Iterator[File]:
        """All files, manifest last; afterwards `segments` is what to remember."""
        if len({(draft.id, draft.part) for draft in self.drafts}) != len(self.drafts):
            raise ValueError("two records of the same id")
        listed = []
        for members in divide(self.drafts):
            name = name_of(SALT, members)
            runs = [(name_of(SALT, run[-1:]), run) for run in blocks(members)]
            places = [f"{run_name}/{at}.bin" for run_name, run in runs for at in reversed(range(len(run)))]
            former = self.former.get(name)
            made: list[File] | None = None
            if former is not None and all(map(self.tree.holds, former.paths)):
                made = self._patched(former, members)
            if made is None:
                yield from self._whole(name, members, places)
            else:
                yield from made
            segment = self.segments[name]
            listed.append(
                manifest.Segment(
                    name,
                    len(members),
                    len(segment.versions),
                    members[0].date,
                    members[-1].date,
                    segment.facets,
                    "".join(segment.versions),
                    [(run_name, len(run)) for run_name, run in runs],
                    [number for number, draft in enumerate(members) if draft.late],
                    [number for number, draft in enumerate(members) if draft.part],
                )
            )
        words = []
        for content in (synonyms.write(self.synonyms), self._variants(), self.suggest):
            name = blake2b(content, digest_size=6).hexdigest()
            words.append(f"words/{name}.bin" if content else "")
            if content:
                yield words[-1], packed.pack(content)
        said, forms, near = words
        whole = manifest.Manifest(listed, said, forms, near, manifest.said_by(self.synonyms))
        yield from manifest.write_versions(whole)
        yield manifest.PATH, manifest.write(whole)

    @staticmethod
    def _variants() -> bytes:
        return "".join(variant + simple for variant, simple in variants.pairs()).encode()

    def _facets(self, segment: Segment, members: Sequence[Draft]) -> File:
        """The file of facets, made anew only when one of its values is new."""
        digest = blake2b(digest_size=16)
        for draft in members:
            digest.update(("\t".join(draft.facets) + "\n").encode())
        key = digest.digest()
        if key == segment.facets_key and self.tree.holds(segment.facets):
            return segment.facets, None
        content = facets.write(members)
        segment.facets = f"facets/{blake2b(content, digest_size=6).hexdigest()}.bin"
        segment.facets_key = key
        return segment.facets, packed.pack(content)

    def _former_record(self, draft: Draft) -> bytes | None:
        """The record file of an entry of which nothing has changed."""
        if not self._former_places:
            for segment in self.former.values():
                self._former_places.update(zip(segment.keys, segment.places, strict=True))
        path = self._former_places.get(draft.key)
        return self.tree.read(path) if path else None

    def _whole(self, name: str, members: Sequence[Draft], places: list[str]) -> Iterator[File]:
        """All files of a segment, from the beginning."""
        lists: Lists = ({}, {}, {})
        jobs = [(draft, self._former_record(draft)) for draft in members]
        for number, (path, prepared) in enumerate(zip(places, self.prepare(jobs), strict=True)):
            yield path, prepared.record
            place = number.to_bytes(2, "big")
            entries = [place + bytes((mask,)) for mask in range(256)]
            for found, (keys, masks) in zip(lists, prepared.grams, strict=True):
                get = found.get
                for key, mask in zip(keys.split("\n") if keys else (), masks, strict=True):
                    known = get(key)
                    if known is None:
                        found[key] = bytearray(entries[mask])
                    else:
                        known += entries[mask]
        count = shards_for(len(members))
        dealt: list[list[str]] = [[] for _ in range(count)]
        body, title, other = lists
        for key in body:
            dealt[shard_of(key, count)].append(key)
        for key in title:
            if key not in body:
                dealt[shard_of(key, count)].append(key)
        for key in other:
            if key not in body and key not in title:
                dealt[shard_of(key, count)].append(key)
        segment = Segment(name, [], set(), [draft.key for draft in members], places, "", b"")
        for number, held in enumerate(dealt):
            pieces = {}
            for key in held:
                pieces[key], long = postings.key_bytes(
                    key, body.pop(key, b""), title.pop(key, b""), other.pop(key, b"")
                )
                for file, content in long:
                    segment.long.add(f"{name}/{file}")
                    yield f"{name}/{file}", content
            sections = postings.shard_sections(pieces)
            segment.versions.append(postings.version_of(b"".join(sections)).hex()[:4])
            yield segment.shard(number), packed.pack(*sections)
        yield self._facets(segment, members)
        self.segments[name] = segment

    def _patched(self, former: Segment, members: Sequence[Draft]) -> list[File] | None:
        """The files of a segment of the same entries, some of them changed; None when it is better made anew."""
        keys = [draft.key for draft in members]
        changed = [number for number, key in enumerate(keys) if key != former.keys[number]]
        if len(changed) > 1 + PATCH_UP_TO * len(members):
            return None
        segment = Segment(
            former.name,
            list(former.versions),
            set(former.long),
            keys,
            former.places,
            former.facets,
            former.facets_key,
        )
        new: dict[str, bytes] = {}
        try:
            touched: dict[str, list[tuple[int, int, int | None]]] = {}
            prepared = self.prepare([(members[number], None) for number in changed])
            for number, made in zip(changed, prepared, strict=True):
                path = former.places[number]
                new[path] = made.record
                for key, at, mask in _differences(self._read(path), made):
                    touched.setdefault(key, []).append((at, number, mask))
            self._patch(segment, touched, new)
        except (Damaged, IndexError, ValueError):
            return None
        self.segments[former.name] = segment
        found = self._facets(segment, members)
        return [(path, new.get(path)) for path in segment.paths if path != found[0]] + [found]

    def _read(self, path: str) -> bytes:
        content = self.tree.read(path)
        if content is None:
            raise Damaged(path)
        return content

    def _patch(
        self, segment: Segment, touched: dict[str, list[tuple[int, int, int | None]]], new: dict[str, bytes]
    ) -> None:
        """Make the touched shards anew, and the blocks of long lists in them."""
        count = len(segment.versions)
        dealt: dict[int, list[str]] = {}
        for key in touched:
            dealt.setdefault(shard_of(key, count), []).append(key)
        for number, keys in dealt.items():
            pieces = postings.pieces(self._read(segment.shard(number)))
            for key in keys:
                found = postings.read_piece(pieces[key]) if key in pieces else postings.Found()
                lists = [dict(found.body), dict(found.title), dict(found.number)]
                former_blocks = [
                    f"{segment.name}/{postings.block_name(key, block, version)}"
                    for block, version in enumerate(found.blocks, 1)
                    if version != postings.NO_VERSION
                ]
                for path in former_blocks:
                    lists[0].update(postings.read_block(self._read(path)))
                for at, entry, mask in touched[key]:
                    lists[at].pop(entry, None)
                    if mask is not None:
                        lists[at][entry] = mask
                segment.long.difference_update(former_blocks)
                if not any(lists):
                    pieces.pop(key, None)
                    continue
                pieces[key], long = postings.key_bytes(key, *map(postings.entries_bytes, lists))
                for file, content in long:
                    path = f"{segment.name}/{file}"
                    segment.long.add(path)
                    if path not in former_blocks:
                        new[path] = content
            sections = postings.shard_sections(pieces)
            segment.versions[number] = postings.version_of(b"".join(sections)).hex()[:4]
            new[segment.shard(number)] = packed.pack(*sections)


def _differences(former_record: bytes, made: Prepared) -> Iterator[tuple[str, int, int | None]]:
    """What came, changed or went between two states of an entry: (key, which list, what follows or None)."""
    for at, (before, after) in enumerate(zip(prepare_again(former_record).grams, made.grams, strict=True)):
        old = dict(zip(before[0].split("\n"), before[1], strict=True)) if before[0] else {}
        new = dict(zip(after[0].split("\n"), after[1], strict=True)) if after[0] else {}
        for key in old.keys() - new.keys():
            yield key, at, None
        for key, mask in new.items():
            if old.get(key) != mask:
                yield key, at, mask


def assemble(
    drafts: Sequence[Draft], prepare: Callable[[Sequence[Job]], Iterator[Prepared]], **more: object
) -> Iterator[tuple[str, bytes]]:
    """All files of the index as (path under `search/`, bytes), manifest last; entries may come in any order."""
    for path, content in Index(drafts, prepare, **more).files():  # type: ignore[arg-type]
        assert content is not None, path
        yield path, content
