"""`manifest.json`: the only file of the index whose name never changes.

UTF-8 JSON, one object:

    format      1; a reader refuses any other number
    records     how many records there are
    segments    newest first, each {name, records, shards, newest, oldest}:
                its folder under `search/`, how many records and posting files it has, dates of its
                first and last record

A folder is named after what is searched in it (ids, dates, titles, numbers, bodies), so `directory.bin` and
`postings/` never change and may be kept by browsers for ever. A file in `records/` keeps its name when only
what is shown changes (address, column, organ, badge …); it and the manifest must be asked for anew.
"""

import json
from dataclasses import asdict, dataclass

FORMAT = 1
PATH = "manifest.json"


@dataclass(frozen=True, slots=True)
class Segment:
    """One folder of the index."""

    name: str
    records: int
    shards: int
    newest: str
    oldest: str


def write(segments: list[Segment]) -> bytes:
    """The manifest of these segments, newest first."""
    content = {
        "format": FORMAT,
        "records": sum(segment.records for segment in segments),
        "segments": [asdict(segment) for segment in segments],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes) -> list[Segment]:
    """The segments a manifest names."""
    found = json.loads(content)
    if found["format"] != FORMAT:
        raise ValueError(f"manifest of format {found['format']}, expected {FORMAT}")
    return [Segment(**segment) for segment in found["segments"]]
