"""System packages on Debian and its relatives; elsewhere only advice is given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from _process import Heartbeat, follow
from _terminal import say

_updated = False


def may_install() -> bool:
    """True where this process may install system packages with apt."""
    effective_user = getattr(os, "geteuid", None)
    return effective_user is not None and effective_user() == 0 and shutil.which("apt-get") is not None


def command_for(packages: Sequence[str]) -> str:
    """What a person types to install the packages."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def install(packages: Sequence[str]) -> bool:
    """Install system packages; True when apt says it succeeded."""
    global _updated
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    heartbeat = Heartbeat(say)
    folder = Path("/")
    if not _updated:
        say("正在更新系统软件目录（apt-get update）…")
        status, lines = follow(
            ["apt-get", "update"], folder, lambda _line: heartbeat.beat("  还在更新…"), environment
        )
        _updated = status == 0
        if status != 0:
            _show_tail(lines)
    say(f"正在安装系统软件：{'、'.join(packages)} …")
    status, lines = follow(
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
        folder,
        lambda line: heartbeat.beat(f"  {line[:80]}"),
        environment,
    )
    if status != 0:
        _show_tail(lines)
    return status == 0


def _show_tail(lines: Sequence[str]) -> None:
    for line in lines[-6:]:
        say(f"  | {line}")
