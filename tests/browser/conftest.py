"""The shipped site in a browser. A browser lives for one file of tests: two at a time in one process do not get on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.browser import chromium, served


@pytest.fixture(scope="session")
def address(shipped_site: Path) -> Iterator[str]:
    """Where the shipped site is served, without a slash at the end."""
    with served(shipped_site) as root:
        yield root


@pytest.fixture(scope="session")
def strict(shipped_site: Path) -> Iterator[str]:
    """The same, served with the strict policy on content."""
    with served(shipped_site, strict=True) as root:
        yield root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A running Chromium."""
    with chromium() as running:
        yield running
