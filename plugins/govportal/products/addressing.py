"""How addresses are written: absolute paths under the site's base, percent-encoded, and whole ones for machines."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote


@lru_cache(maxsize=65536)
def href(base: str, address: str) -> str:
    """The address as a link on a page; `base` begins and ends with a slash."""
    return base + quote(address.lstrip("/"), safe="/~-._")


def whole(root: str, address: str) -> str:
    """The address with scheme and host; `root` is the site's own address without a slash at the end."""
    return root + "/" + quote(address.lstrip("/"), safe="/~-._")
