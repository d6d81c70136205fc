"""Reading what was published, as a visitor's programs do."""

from __future__ import annotations

from collections.abc import Mapping

from govportal.products.search import SearchEntry, packed, record
from unit.search import reference_reader as reader


def search_text(files: Mapping[str, bytes]) -> dict[str, tuple[SearchEntry, str]]:
    """Every record of the search index: how it is shown, and its whole text."""
    index = {path.removeprefix("search/"): data for path, data in files.items() if path.startswith("search/")}
    entries = ([record.read(index[path]) for path in paths] for paths in reader.places(index))
    return {found[0][0].id: reader.texts_of(found)[0] for found in entries}


def decoded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every published file with the packing of the search index undone, so that a word can be looked for in it."""
    return {path: _plain(data) if path.endswith(".bin") else data for path, data in files.items()}


def _plain(data: bytes) -> bytes:
    """A file of the search index unpacked; of what may be a record, which is GB 18030, also in UTF-8."""
    content = packed.unpack(data)
    return content + content.decode("gb18030", "replace").encode() if content[:1] == b"\0" else content


def holding(files: Mapping[str, bytes], *words: str) -> list[str]:
    """The published files that hold one of the words, in any letter case, in name or bytes, packed or not."""
    wanted = [word.casefold().encode() for word in words] + [word.encode("utf-16-le") for word in words]
    return sorted(
        path
        for path, data in decoded(files).items()
        if any(word in data.lower() or word in path.casefold().encode() for word in wanted)
    )
