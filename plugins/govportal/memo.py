"""What the last build knew, kept beside the site: parsed files by digest, and the manifest of each published tree."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

Manifest = dict[str, tuple[str, int, int]]
"""Path to (key, size, modification time in ns) of every file we wrote into a tree."""

Identity = tuple[int, int]
"""Device and inode of a tree's root folder: it goes with the folder when two trees change places."""


@dataclass
class Memory:
    """Everything remembered; it is only ever a short cut, and thrown away when the engine changes."""

    engine: str = ""
    # path -> (size, modification time in ns, digest, whatever was made of it)
    files: dict[str, tuple[int, int, str, Any]] = field(default_factory=dict)
    trees: dict[Identity, Manifest] = field(default_factory=dict)
    # name of a batch -> (key, paths of its files)
    batches: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    # what all groups depend on; and name of a group -> (signature, (path, key) of each of its files)
    common: bytes = b""
    groups: dict[str, tuple[bytes, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    saved_at: int = 0
    changed: bool = False

    def learn(self, **known: Any) -> None:
        """Remember new values, and that something has to be written when any differs from the old."""
        for name, value in known.items():
            if getattr(self, name) != value:
                self.changed = True
                setattr(self, name, value)


def load(path: Path, engine: str) -> Memory:
    """The memory of an engine, or an empty one. An unreadable file is forgotten, never trusted."""
    try:
        with path.open("rb") as file:
            memory = unsealed(file.read())
            saved_at = os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return Memory(engine)
    if not isinstance(memory, Memory) or memory.engine != engine:
        return Memory(engine)
    memory.saved_at, memory.changed = saved_at, False
    return memory


def save(path: Path, memory: Memory) -> None:
    """Write the memory whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(sealed(memory))
    os.replace(temporary, path)


SEAL = 16


def sealed(value: Any) -> bytes:
    """A value as bytes that show any damage: a digest, then the pickle."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return blake2b(data, digest_size=SEAL).digest() + data


def unsealed(data: bytes) -> Any:
    """What was sealed; None when the bytes were damaged or belong to code that is gone."""
    if blake2b(data[SEAL:], digest_size=SEAL).digest() != data[:SEAL]:
        return None
    try:
        return pickle.loads(data[SEAL:])
    except (AttributeError, ImportError, TypeError):
        return None


RACE = 2_000_000_000
"""A file written within two seconds before the memory was saved may have changed without a new time stamp."""


def unchanged(memory: Memory, path: str, size: int, modified: int) -> Any:
    """What was made of a file, if its size and time say that it is the same; else None."""
    known = memory.files.get(path)
    if known is None or known[0] != size or known[1] != modified or modified > memory.saved_at - RACE:
        return None
    return known
