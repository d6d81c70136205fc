"""Search without a server: records become static files which the browser reads a few of.

    draft = Draft(...)                      one entry, without its text
    prepared = prepare(entry, text)         what it contributes, by itself
    for path, content in Index(drafts, prepare_jobs, former, tree).files():     files under `search/`

`manifest.bin` names segments, `versions/` their shards; a segment has shards of posting lists, dealt by a hash of the
key, and a file of facets; every entry has a file of its own; `synonyms` and `suggest` are words that help with queries.
Each format is one module whose docstring is the format; the browser's readers are in
`govportal_theme/assets/js/search/`. Golden files that both sides read are in `tests/golden/search/`.

A record has an entry, and further entries for the pieces of a long text (see `pieces.py`) and for its attachments;
whoever asks sees one record.

What is promised: every word of two or more letters that stands in a title, number, body or attachment finds its
record (see `analyse.py` for what that means), and nothing is shown that was not verified on the record's text. The
files depend on the entries alone: a clean build and one that patches the last give the same bytes.

What a change costs: a new record of today rewrites the newest segment, about eight records; a changed word in an
old record rewrites the shards of the grams that came or went. An old record that is put in or taken out later moves
the numbers of its segment, which is made anew (from the record files, without reading Markdown again). So does a text
that grows by a piece.
"""

from .assemble import Index, assemble
from .entry import Draft, SearchEntry, facets_of
from .prepared import Prepared, prepare, prepare_again

__all__ = ["Draft", "Index", "Prepared", "SearchEntry", "assemble", "facets_of", "prepare", "prepare_again"]
