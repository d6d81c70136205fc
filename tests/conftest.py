"""What every test may ask for by name, and how generated examples are chosen."""

from __future__ import annotations

import pytest
from hypothesis import settings

from support.shipped import shipped_project, shipped_site

__all__ = ["shipped_project", "shipped_site"]

# The same examples in every run, so that a change is what turns a test red; `--full` looks for new ones.
settings.register_profile("steady", derandomize=True, database=None)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples before any test is read."""
    if "not full" in str(config.option.markexpr):
        settings.load_profile("steady")
