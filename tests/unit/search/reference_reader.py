"""A plain reader of the index for tests: the promises of the formats, without any cleverness."""

from collections.abc import Mapping
from functools import reduce
from operator import and_

from govportal.products.search import SearchEntry, directory, manifest, postings, record
from govportal.products.search.analyse import fold, query_grams, turned, whole_key, words

Files = Mapping[str, bytes]


def lookup(files: Files, segment: str, key: str) -> postings.Found:
    """The lists of one key in one segment."""
    at = directory.locate(directory.read(files[f"{segment}/directory.bin"]), key)
    found = postings.read(files[f"{segment}/postings/{at}.bin"]) if at >= 0 else {}
    return found.get(key, postings.Found())


def field_candidates(found: list[tuple[postings.Found, int]], field: str) -> set[int]:
    """Records in which grams (with their offsets) may stand one after the other in a field."""
    masks = [
        {number: turned(mask, offset) for number, mask in getattr(lists, field)} for lists, offset in found
    ]
    common = reduce(and_, (set(known) for known in masks))
    return {number for number in common if reduce(and_, (known[number] for known in masks))}


def candidates(files: Files, query: str) -> list[str]:
    """Paths of the records that the postings name for a query, newest first."""
    paths: list[str] = []
    for segment in manifest.read(files[manifest.PATH]):
        named = set(range(segment.records))
        for word in words(query)[0]:
            found = [(lookup(files, segment.name, gram), offset) for gram, offset in query_grams(word)]
            named &= set().union(*(field_candidates(found, field) for field in postings.FIELDS))
        paths += [f"{segment.name}/records/{number}.bin" for number in sorted(named)]
    return paths


def matches(entry: SearchEntry, text: str, query: str) -> bool:
    """The truth: whether a record has every word of the query."""
    fields = [fold(field) for field in (entry.title, entry.number, entry.index_number, text)]
    long, single = words(query)
    return all(any(word in field for field in fields) for word in long + single)


def search(files: Files, query: str) -> list[str]:
    """Ids of the records found and verified, newest first."""
    shown = (record.read(files[path]) for path in candidates(files, query))
    return [entry.id for entry, text in shown if matches(entry, text, query)]


def whole(files: Files, query: str) -> set[str]:
    """Ids of the records whose whole title or number is the query."""
    found: set[str] = set()
    for segment in manifest.read(files[manifest.PATH]):
        lists = lookup(files, segment.name, whole_key(fold(query)))
        for number, _ in lists.title + lists.number:
            found.add(record.read(files[f"{segment.name}/records/{number}.bin"])[0].id)
    return found
