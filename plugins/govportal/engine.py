"""The fingerprint of everything that makes pages: our code and the libraries it rests on."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from govportal import disk

LIBRARIES = ("feedgen", "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pypdf", "pyyaml")


def engine(folders: Iterable[Path] = ()) -> str:
    """A digest that is new whenever anything but content, settings, templates and the day has changed."""
    digest = blake2b(digest_size=16)
    for root in (Path(__file__).parent, *folders):
        for path, data in disk.read_folder(root, (".py",)).items():
            digest.update(f"{path}\0".encode() + data)
    for library in LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\0".encode())
    return digest.hexdigest()
