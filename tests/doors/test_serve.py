"""`mkdocs serve`: a change is seen within seconds, a mistake breaks nothing, and nothing is published."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from support.town import notice

PATIENCE = 60


def _hear_interrupts() -> None:
    """Where the tests run in the background of a shell, Ctrl+C is deaf, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Preview:
    """A running `mkdocs serve` on a free port, and what it said."""

    def __init__(self, door) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.said: list[str] = []
        self.process = subprocess.Popen([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"], cwd=door.folder,
                                        env=door.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
                                        preexec_fn=_hear_interrupts if hasattr(os, "fork") else None)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)

    def page(self, path: str) -> str:
        """A page over HTTP; '' when it is not there (yet)."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def wait(self, condition, what: str) -> None:
        """Until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, "the server died:\n" + "".join(self.said)
            assert time.monotonic() < end, f"{what} did not come:\n" + "".join(self.said)
            time.sleep(0.1)

    def stop(self) -> int:
        """Ctrl+C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def preview(door) -> Iterator[Preview]:
    assert door.build().status == 0
    running = Preview(door)
    try:
        running.wait(lambda: running.page("index.html"), "the first page")
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_change_is_shown_a_mistake_is_told_and_the_published_site_stays(door, preview):
    published, ledger = door.files, (door.town.content / "_portal/addresses.csv").read_bytes()
    page = "notices/2026/heating.html"
    assert "示例：供热通知" in preview.page(page)
    assert "portal.css" in preview.page("assets/css/portal.css") or preview.page("assets/css/portal.css")

    good = (door.town.content / "notices/2026/heating.md").read_text(encoding="utf-8")
    door.town.write("notices/2026/heating.md", good.replace("示例：供热通知", "示例：新的供热通知"))
    preview.wait(lambda: "新的供热通知" in preview.page(page), "the changed page")
    assert "新的供热通知" in preview.page("notices/index.html")

    said = len(preview.said)
    door.town.write("notices/2026/heating.md", good.replace("title: ", "titel: "))
    preview.wait(lambda: any("field/unknown" in line for line in preview.said[said:]), "the problem")
    assert "新的供热通知" in preview.page(page), "the last good page is still shown"

    door.town.write("notices/2026/heating.md", good.replace("示例：供热通知", "示例：修好的供热通知"))
    preview.wait(lambda: "修好的供热通知" in preview.page(page), "the mended page")

    door.town.write("pages/statement.md", "---\ntitle: 网站声明\n---\n\n新的声明。\n")
    preview.wait(lambda: "新的声明" in preview.page("statement.html"), "the changed standing page")

    door.town.write("notices/2026/new.md", notice(id="new", title="示例：预览里的新公告"))
    preview.wait(lambda: "预览里的新公告" in preview.page("notices/2026/new.html"), "the new page")

    assert preview.stop() in (0, 130, -signal.SIGINT)
    assert "Traceback" not in "".join(preview.said)
    assert door.files == published, "a preview publishes nothing"
    assert (door.town.content / "_portal/addresses.csv").read_bytes() == ledger, "and promises nothing"
    assert door.build().status == 0
    assert "预览里的新公告" in door.files["notices/2026/new.html"].decode()


def test_a_preview_of_a_broken_project_says_why(door):
    door.town.write("notices/2026/bad.md", notice(id="bad", title=None))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = door.mkdocs("serve", "--dev-addr", f"127.0.0.1:{port}")
    assert told.status == 1 and "notices/2026/bad.md" in told.err
