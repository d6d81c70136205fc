"""Finding content types: every module of `types/`, and of further folders, that declares one."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import govportal.types
from govportal.model import Record


def find_types(folders: Iterable[Path] = ()) -> tuple[type[Record], ...]:
    """The content types that come with the portal and those of further folders, by name."""
    modules = [
        importlib.import_module(f"govportal.types.{found.name}")
        for found in pkgutil.iter_modules(govportal.types.__path__)
    ]
    for folder in folders:
        modules += [_module(path) for path in sorted(folder.glob("*.py")) if not path.stem.startswith("_")]
    found: dict[str, type[Record]] = {}
    for module in modules:
        for one in vars(module).values():
            if (
                isinstance(one, type)
                and issubclass(one, Record)
                and one.__module__ == module.__name__
                and "type" in vars(one)
            ):
                found[one.type.name] = one
    return tuple(found[name] for name in sorted(found))


def _module(path: Path) -> ModuleType:
    name = f"govportal_local_types_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
