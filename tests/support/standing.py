"""A town that has been published once: break something in it, look at what is said, and see that nothing moved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govportal.problems import Severity
from support.full_town import furnish
from support.town import Built, Town

CHINESE = re.compile("[\u4e00-\u9fff]")
Change = Callable[[Town], object]


class StandingTown:
    """A published town; every trial begins from the same content.

    Trials that may be published go to a site of their own, so that nothing has to be put back.
    """

    def __init__(self, folder: Path) -> None:
        self.town = furnish(Town(folder / "town"))
        built = self.town.build()
        assert built.ok, built.lines
        self.site = built.files
        self._trials = {"site": folder / "trials" / "site", "cache": folder / "trials" / "cache"}
        self._sound = folder / "sound"
        shutil.copytree(self.town.content, self._sound)

    def _with(self, changes: tuple[Change, ...], **options: Any) -> Built:
        try:
            for change in changes:
                change(self.town)
            return self.town.build(**options)
        finally:
            shutil.rmtree(self.town.content, ignore_errors=True)
            shutil.copytree(self._sound, self.town.content)

    def trial(self, *changes: Change) -> Built:
        """Build with something changed; the content is then put back as it was."""
        return self._with(changes, **self._trials)

    def refused(self, *changes: Change) -> list[str]:
        """What a refused build says, as `path:line:column code` of every error; the published site is as it was."""
        built = self._with(changes)
        assert not built.ok, "it was published"
        assert built.files == self.site, "the published site has changed"
        errors = [one for one in built.problems if one.severity is Severity.ERROR]
        for one in errors:
            assert CHINESE.search(one.message), one
            assert one.hint, f"nothing is said of what to do: {one}"
        return [f"{one.at} {one.code}" for one in errors]


def file(path: str, data: str | bytes) -> Change:
    """The change that a file has this content."""
    return lambda town: town.write(path, data)
