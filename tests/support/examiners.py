"""The Nu HTML Checker and Lighthouse as tests use them; `test.py --full` installs both."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from support.browser import ARGUMENTS, VARIABLE, chromium_path

FOLDER = Path(__file__).parents[1] / "browser"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 5


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.fail(f"{name} is not installed: run build_scripts/test.py --full", pytrace=False)
    return found


def _package(path: str) -> str:
    file = FOLDER / "node_modules" / path
    if not file.is_file():
        pytest.fail(f"{file} is not there: run build_scripts/test.py --full, or npm ci --ignore-scripts in {FOLDER}", pytrace=False)
    return str(file)


def html_errors(files: Iterable[Path]) -> list[str]:
    """What the Nu HTML Checker says is wrong with pages, one line for each error."""
    command = [_program("java"), "-Xss8m", "-jar", _package("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    paths, lines = [str(file) for file in files], []
    for start in range(0, len(paths), 1000):
        made = subprocess.run([*command, *paths[start : start + 1000]], capture_output=True, timeout=900, check=False)
        assert made.returncode == 0, made.stderr.decode(errors="replace")[-2000:]
        for one in json.loads(made.stdout)["messages"]:
            lines.append(f"{one.get('url', '')}:{one.get('lastLine', '')}: {one['type']}: {one['message']}")
    return lines


def lighthouse(address: str) -> tuple[dict[str, float], list[str]]:
    """The four marks of a page out of 100 as a phone sees it, and what cost marks."""
    environment = os.environ | {"CHROME_PATH": os.environ.get(VARIABLE) or chromium_path()}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [_program("node"), _package("lighthouse/cli/index.js"), address, "--quiet", "--output=json", f"--output-path={report}",
                   f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=" + " ".join(["--headless=new", *ARGUMENTS])]  # fmt: skip
        made = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
        assert made.returncode == 0, made.stderr.decode(errors="replace")[-2000:]
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert "runtimeError" not in found, found["runtimeError"]
    marks, lost = {}, []
    for name in CATEGORIES:
        marks[name] = round((found["categories"][name]["score"] or 0) * 100, 1)
        for part in found["categories"][name]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                items = json.dumps(audit.get("details", {}).get("items", [])[:2], ensure_ascii=False)
                lost.append(f"{name}/{part['id']}: {audit.get('displayValue', '')} {items[:300]}")
    return marks, lost


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """The middle mark of each category."""
    return {name: median(run[name] for run in runs) for name in CATEGORIES}
