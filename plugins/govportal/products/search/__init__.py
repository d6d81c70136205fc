"""Search without a server: records become static files which the browser reads a few of.

    contribution = prepare(entry, text)      one record, by itself; keep it by the digest of both
    for path, content in assemble(items):    all records, as (entry, contribution); files under `search/`

The files: `manifest.json` names segments; a segment has `directory.bin`, `postings/<n>.bin` and
`records/<n>.bin`. Each format is one module whose docstring is the format; the browser's readers are in
`govportal_theme/assets/js/search/`.

What is promised: every word of two or more letters that stands in a title, number or body finds its record
(see `analyse.py` for what that means), and nothing is shown that was not verified on the record's text.

What is not reached yet:
- Segments are content-defined, so one new record rewrites one small segment, and a changed badge or column
  rewrites one file; but a changed text, title, number or date of an old record rewrites its whole segment, up
  to CAP records, because files are numbered inside it.
- `assemble` makes every segment anew each time; `segment_files` is pure and could be kept by segment name.
- A record's file holds its whole text, so showing a very long record costs its whole length.
- All segments are asked at once; at many tens of thousands of records the newest should be asked first.
- No facets, no quoted phrases, no synonyms, no pinyin, no traditional characters.
"""

from .assemble import assemble
from .entry import SearchEntry
from .prepared import prepare

__all__ = ["SearchEntry", "assemble", "prepare"]
