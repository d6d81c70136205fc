"""What machines ask a site for besides its pages: where it lies, and whether search engines are welcome."""

from __future__ import annotations

from govportal.portal import Settings

MANIFEST = "manifest.webmanifest"
TOUCH_ICON = "icons/touch-180.png"
CARD = "icons/card.png"
INDEXED = "indexed"
"""The switch that lets search engines into a site that is not the real one; for examinations only."""


def may_be_indexed(settings: Settings, switches: frozenset[str]) -> bool:
    """Whether search engines are welcome: on the production site alone."""
    return settings.environment == "production" or INDEXED in switches
