"""Search for the office's own desk, with Whoosh: fields, spans, groups, sorting, near repetitions, related papers.

    desk = Desk(folder).update(papers, …)     the index, made when first asked for, then only changed
    desk.search(query, …) -> Found            see `language.py` for what can be asked
    desk.related(identifier), desk.repetitions(threshold)

The build knows nothing of it. Words are found by the analyser of the public search (`products/search/analyse.py`):
what that page finds, the desk finds, and it looks at the text itself (`letters.py`), so that nothing else is found.
This is the only room that imports Whoosh. Its index is a pickle at heart: never open one from a place you do not trust.
"""

from govportal.desk.index import Desk, Found, Hit
from govportal.desk.language import BadQuery

__all__ = ["BadQuery", "Desk", "Found", "Hit"]
