"""Running other programs: their failure becomes a sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from _terminal import Refusal

INTERRUPTED = 130


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> int:
    """Run a program whose output the reader sees; return its exit status."""
    process = _start(command, folder, environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        _leave(process)
        return INTERRUPTED


def follow(
    command: Sequence[str],
    folder: Path,
    each_line: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
) -> tuple[int, list[str]]:
    """Run a program, hand over each line as it comes, and return its exit status with all lines."""
    lines: list[str] = []
    process = _start(
        command,
        folder,
        environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            each_line(lines[-1])
        return process.wait(), lines
    except KeyboardInterrupt:
        _leave(process)
        return INTERRUPTED, lines


def _start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None, **how: Any
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(list(command), cwd=folder, env=dict(environment or os.environ), **how)
    except OSError as error:
        raise Refusal(f"无法启动程序 {command[0]}：{error.strerror or error}") from error


def _leave(process: subprocess.Popen[str]) -> None:
    # The child was sent the same signal as we were: give it a moment to leave by itself.
    try:
        process.wait(timeout=10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


class Crash:
    """Shows a program's lines but keeps its traceback aside: that is for engineers, in a file."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self.show = show
        self.kept: list[str] = []

    def line(self, text: str) -> None:
        """Show one line, or keep it when a traceback has begun."""
        if self.kept or text.startswith("Traceback (most recent call last)"):
            self.kept.append(text)
        else:
            self.show(text)

    def save(self, path: Path) -> str:
        """Write down what was kept and say where; empty when nothing was."""
        if not self.kept:
            return ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(self.kept) + "\n", encoding="utf-8")
        # The last line that is not indented names the exception.
        last = next((text for text in reversed(self.kept) if text and not text[0].isspace()), "")
        return f"程序内部出错（不是您写的内容有误）：{last}\n详情已存入 {path}，请把它交给技术人员。"


class Heartbeat:
    """Says how far long work has come, at most once every few seconds."""

    def __init__(self, report: Callable[[str], None], every: float = 5.0) -> None:
        self.report = report
        self.every = every
        self.last = time.monotonic()

    def beat(self, text: str) -> None:
        """Report now if the last report is old enough."""
        if time.monotonic() - self.last >= self.every:
            self.last = time.monotonic()
            self.report(text)
