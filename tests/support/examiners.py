"""The Nu HTML Checker and Lighthouse as tests use them; `test.py --full` installs both."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from support.browser import ARGUMENTS, POLICY, VARIABLE, _Handler, chromium_path

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


class _CompressingHandler(_Handler):
    """Serves as a web server is told to: text compressed, under the strict policy on content."""

    policy = POLICY

    def do_GET(self) -> None:
        """The file compressed, where it is there and is text; else as always."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not path.is_file() or not re.match(r"text/|image/svg|application/(?:json|javascript|xml|manifest)", kind):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def well_served(site: Path) -> Iterator[str]:
    """The address of a folder served on this machine as the real one should be, without a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_CompressingHandler, directory=str(site)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


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
