"""The site that ships, built once for a whole test run: `shipped_site` is the folder of published files.

    def test_something(shipped_site: Path) -> None:
        assert (shipped_site / "index.html").is_file()

It is a real `mkdocs build` of a copy of content/ for 2026-11-23. Under pytest-xdist one process builds, the others wait.
The folder is shared: tests read it and never write into it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-23"
PATIENCE = 300


@pytest.fixture(scope="session")
def shipped_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copied project (mkdocs.yml, content/, .govportal/) after its build; the site lies in site/."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    project, told = shared / "shipped", shared / "shipped.told"
    try:
        # Making a folder succeeds for exactly one process.
        project.mkdir()
    except FileExistsError:
        output = _wait_for(told)
    else:
        output = build(project)
        _tell(told, output)
    if not (project / "site" / "index.html").is_file():
        pytest.fail(f"the shipped site was not built:\n{output[-4000:]}", pytrace=False)
    return project


@pytest.fixture(scope="session")
def shipped_site(shipped_project: Path) -> Path:
    """The folder of the published site."""
    return shipped_project / "site"


def build(project: Path, edit: Callable[[str], str] = str, content: Path = ROOT / "content") -> str:
    """Copy what ships, or other content, into the project folder and build it as a clerk does; what was printed is returned.

    `edit` may change mkdocs.yml.
    """
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(edit(settings), encoding="utf-8")
    shutil.copytree(content, project / "content")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GOVPORTAL_")}
    paths = [str(ROOT / "plugins"), environment.get("PYTHONPATH", "")]
    environment |= {
        "GOVPORTAL_AS_OF": AS_OF,
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env=environment,
        timeout=PATIENCE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return made.stdout.decode(errors="replace")


def _tell(told: Path, output: str) -> None:
    """Leave word, whole, that the build has ended."""
    draft = told.with_suffix(".draft")
    draft.write_text(output, encoding="utf-8")
    draft.replace(told)


def _wait_for(told: Path) -> str:
    """What the building process left word of."""
    for _ in range(PATIENCE * 5):
        if told.exists():
            return told.read_text(encoding="utf-8")
        time.sleep(0.2)
    return "another process began to build it and never ended"
