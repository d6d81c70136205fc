"""What every test may ask for by name."""

from support.shipped import shipped_project, shipped_site

__all__ = ["shipped_project", "shipped_site"]
