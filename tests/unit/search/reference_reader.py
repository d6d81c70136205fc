"""A plain reader of the index for tests: the promises of the formats, without any cleverness."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from hashlib import blake2b
from operator import and_

from govportal.products.search import (
    Draft,
    Prepared,
    SearchEntry,
    assemble,
    facets_of,
    manifest,
    postings,
    prepare,
    record,
)
from govportal.products.search.analyse import fold, forms, parts_key, query_grams, shard_of, whole_key, words

Files = Mapping[str, bytes]
Record = tuple[SearchEntry, str]


def draft(shown: SearchEntry, text: str) -> Draft:
    """The draft of an entry whose key stands for everything in it."""
    key = blake2b(repr((shown, text)).encode(), digest_size=16).digest()
    return Draft(shown.id, shown.part, shown.date, key, facets_of(shown), shown.late)


def preparer(records: Sequence[Record]):  # type: ignore[no-untyped-def]
    """What prepares drafts of these records."""
    known = {(shown.id, shown.part): (shown, text) for shown, text in records}

    def prepare_jobs(jobs: Sequence[tuple[Draft, bytes | None]]) -> Iterator[Prepared]:
        return (prepare(*known[one.id, one.part]) for one, _ in jobs)

    return prepare_jobs


def index(records: Sequence[Record], **more: object) -> dict[str, bytes]:
    """The whole index of these records."""
    return dict(assemble([draft(*one) for one in records], preparer(records), **more))


def lookup(files: Files, segment: manifest.Segment, key: str) -> postings.Found:
    """The lists of one key in one segment, blocks and all."""
    shard = shard_of(key, segment.shards)
    version = segment.versions[4 * shard : 4 * shard + 4]
    found = postings.read(files[f"{segment.name}/{postings.shard_name(shard, version)}"])
    lists = found.get(key, postings.Found())
    for block, version in enumerate(lists.blocks, 1):
        if version != postings.NO_VERSION:
            lists.body += postings.read_block(files[f"{segment.name}/{postings.block_name(key, block, version)}"])
    assert len(lists.body) == lists.total
    return lists


def field_candidates(found: list[tuple[postings.Found, int]], field: str) -> set[int]:
    """Entries in which all grams stand in a field, each with what must follow."""
    return reduce(
        and_,
        ({number for number, mask in getattr(lists, field) if mask & bit == bit} for lists, bit in found),
    )


def candidates(files: Files, query: str) -> list[str]:
    """Paths of the records that the postings name for a query, newest first."""
    named_paths: list[str] = []
    for segment in manifest.read(files).segments:
        named = set(range(segment.records))
        for word in words(query)[0]:
            found: set[int] = set()
            for form in forms(word):
                grams = [(lookup(files, segment, gram), bit) for gram, bit in query_grams(form)]
                found |= set().union(*(field_candidates(grams, field) for field in postings.FIELDS))
            named &= found
        places = segment.places
        named_paths += [places[number] for number in sorted(named)]
    return named_paths


def matches(entry: SearchEntry, text: str, query: str) -> bool:
    """The truth: whether an entry has every word of the query in one of its forms."""
    fields = [fold(text)]
    if not entry.part:
        fields += [fold(field) for field in (entry.title, entry.number, entry.index_number)]
    long, single = words(query)
    return all(
        any(form in field for form in forms(word) for field in fields) for word in long + single
    )


def search(files: Files, query: str) -> list[str]:
    """Ids of the records found and verified, newest first."""
    shown = (record.read(files[path]) for path in candidates(files, query))
    return [entry.id for entry, text in shown if matches(entry, text, query)]


def whole(files: Files, query: str) -> set[str]:
    """Ids of the records whose whole title or number is the query."""
    found: set[str] = set()
    keys = {whole_key(fold(query)), parts_key(fold(query)), whole_key(" ".join(sorted(fold(one) for one in query.split())))}
    for segment in manifest.read(files).segments:
        for key in keys - {""}:
            lists = lookup(files, segment, key)
            for number, _ in lists.title + lists.number:
                found.add(record.read(files[segment.places[number]])[0].id)
    return found
