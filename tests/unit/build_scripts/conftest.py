"""The commands are scripts, not a package: load them by path, under names that collide with nothing."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


def load(path: str) -> ModuleType:
    name = f"command_{Path(path).stem}"
    specification = importlib.util.spec_from_file_location(name, ROOT / path)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def build() -> ModuleType:
    return load("build_scripts/build.py")


@pytest.fixture(scope="session")
def examination() -> ModuleType:
    return load("build_scripts/test.py")


@pytest.fixture(scope="session")
def screenshots() -> ModuleType:
    return load("build_scripts/screenshots.py")


@pytest.fixture(scope="session")
def make_corpus() -> ModuleType:
    return load("tests/benchmarks/make_corpus.py")
