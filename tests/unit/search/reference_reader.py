"""A plain reader of the index for tests: the promises of the formats, without any cleverness."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
    pieces,
    postings,
    prepare,
    record,
)
from govportal.products.search.analyse import (
    fold,
    forms,
    letters_at,
    parts_key,
    query_grams,
    shard_of,
    whole_key,
    words,
)

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


def parts(records: Iterable[Record]) -> list[Record]:
    """The entries of these records and attachments: long texts in pieces, attachments counted on from them."""
    texts = {shown.id: pieces.cut(text, pieces.count_for(len(text))) for shown, text in records if not shown.part}
    found = []
    for shown, text in records:
        if shown.part:
            found.append((replace(shown, part=shown.part + len(texts.get(shown.id, (0,))) - 1), text))
        else:
            found += [(replace(shown, part=at), piece) for at, piece in enumerate(texts[shown.id])]
    return found


def joined(found: Sequence[str]) -> str:
    """The text that was cut into these pieces."""
    whole = ""
    for at, piece in enumerate(found):
        more = piece[len(pieces.MARK) :] if at and piece else piece
        if at + 1 < len(found) and found[at + 1]:
            more = more.removesuffix(pieces.MARK)
        again = 0
        if whole and more:
            letters = [0, *letters_at(more)]
            again = next(k for k, count in enumerate(letters) if count >= pieces.OVERLAP and whole.endswith(more[:k]))
        whole += more[again:]
    return whole


def index(records: Sequence[Record], **more: object) -> dict[str, bytes]:
    """The whole index of these records."""
    entries = parts(records)
    return dict(assemble([draft(*one) for one in entries], preparer(entries), **more))


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


def places(files: Files) -> Iterator[list[str]]:
    """For every record the paths of its entries, newest record first."""
    for segment in manifest.read(files).segments:
        yield from _records(segment, segment.places)


def _records(segment: manifest.Segment, entries: Iterable[str]) -> list[list[str]]:
    attached = set(segment.attached)
    found: list[list[str]] = []
    for number, entry in enumerate(entries):
        if number in attached and found:
            found[-1].append(entry)
        else:
            found.append([entry])
    return found


def asked(word: str) -> list[str]:
    """The forms of a word in which it is looked for."""
    return [form[: pieces.OVERLAP] for form in forms(word[: pieces.OVERLAP])]


def candidates(files: Files, query: str) -> list[str]:
    """For the records that the postings name for a query, newest first, the path of the first entry."""
    named_paths: list[str] = []
    for segment in manifest.read(files).segments:
        named = _records(segment, segment.places)
        numbers = {path: number for number, path in enumerate(segment.places)}
        for word in words(query)[0]:
            found: set[int] = set()
            for form in asked(word):
                grams = [(lookup(files, segment, gram), bit) for gram, bit in query_grams(form)]
                found |= set().union(*(field_candidates(grams, field) for field in postings.FIELDS))
            named = [paths for paths in named if any(numbers[path] in found for path in paths)]
        named_paths += [paths[0] for paths in named]
    return named_paths


def has(fields: Iterable[str], query: str) -> bool:
    """Whether every word of a query stands in one of these folded fields, in one of its forms."""
    long, single = words(query)
    return all(any(form in field for form in asked(word) for field in fields) for word in long + single)


def matches(entry: SearchEntry, text: str, query: str) -> bool:
    """The truth of a record without attachments."""
    return has([*map(fold, (text, entry.title, entry.number, entry.index_number))], query)


def matching(records: Iterable[Record], query: str, without: str = "") -> set[str]:
    """The truth: ids of the records that have every word of a query, in themselves or in an attachment, and not another."""
    fields: dict[str, list[str]] = {}
    for entry, text in records:
        fields.setdefault(entry.id, []).extend(map(fold, (text, entry.title, entry.number, entry.index_number)))
    return {name for name, some in fields.items() if has(some, query) and not (without and has(some, without))}


def texts_of(entries: Sequence[Record]) -> list[Record]:
    """The entries of one record with the pieces of its text joined, and its attachments."""
    own = [text for entry, text in entries if not entry.file]
    return [(entries[0][0], joined(own)), *((entry, text) for entry, text in entries if entry.file)]


def search(files: Files, query: str) -> list[str]:
    """Ids of the records found and verified, newest first."""
    named = set(candidates(files, query))
    found = (texts_of([record.read(files[path]) for path in paths]) for paths in places(files) if paths[0] in named)
    return [name for one in found for name in matching(one, query)]


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
