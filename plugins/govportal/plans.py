"""A plan says which file to make, how, and from what; making it is somebody else's work."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plan finds its prose: the content file, the line where the body begins, and the body's digest."""

    path: str
    line: int
    digest: str


@dataclass(frozen=True, slots=True)
class Group:
    """Plans that stand and fall together: while `signature` is the same, they need not be made again.

    The signature covers the records their views are made of; settings, day, templates and switches are the same for
    all groups and are compared once. An empty signature means: plan every time.
    """

    name: str
    signature: bytes
    plans: Callable[[], Iterable[Plan]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One file to be published. `view` is plain data (dict, list, str, int, bool, None); `make` names the maker.

    `template` and `column` are for pages: which shape is drawn, and in which column's shell.
    """

    path: str
    make: str
    view: dict[str, Any] = field(default_factory=dict)
    template: str = ""
    column: str = ""
    body: Source | None = None

    def key(self, surroundings: bytes) -> str:
        """The digest of everything the file depends on; `surroundings` stands for maker, templates and shell."""
        # Version 2 of marshal writes equal values as equal bytes; later versions depend on object identity.
        data = marshal.dumps(
            (self.make, self.template, self.column, self.view, self.body.digest if self.body else ""), 2
        )
        return blake2b(data, digest_size=16, key=surroundings).hexdigest()
