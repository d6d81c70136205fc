"""The shipped site, every page of it parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.pages import Whole


@pytest.fixture(scope="session")
def whole(shipped_project: Path) -> Whole:
    return Whole(shipped_project)
