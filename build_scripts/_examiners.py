"""The examiners of whole pages that come from npm: the Nu HTML Checker and Lighthouse. For `test.py --full` only."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import _packages
from _environment import ROOT, quiet, variables
from _process import INTERRUPTED, Heartbeat, follow
from _terminal import say

FOLDER = Path("tests") / "browser"
STAMP = Path("node_modules") / ".govportal-stamp"
SYSTEM = ["nodejs", "npm", "default-jre-headless"]
LEAST_NODE = 18
WHAT = ("网页规范 Nu HTML Checker（每个网页 0 个错误）", "网页评分 Lighthouse（首页、列表、文章、搜索）")
"""What stays undone without them."""


def missing_programs() -> list[str]:
    """What is not installed of the three programs that they need."""
    found = re.match(r"v(\d+)\.", quiet(["node", "--version"])) if shutil.which("node") else None
    missing = [] if found and int(found[1]) >= LEAST_NODE else [f"Node.js {LEAST_NODE} 以上"]
    missing += [] if shutil.which("npm") else ["npm"]
    return missing + ([] if shutil.which("java") else ["Java"])


def _stamp(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        digest.update((folder / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def ensure(root: Path = ROOT) -> str:
    """Install what is missing where we may; why they cannot be had, or '' when they are ready."""
    missing = missing_programs()
    if missing and _packages.may_install():
        _packages.install(SYSTEM)
        missing = missing_programs()
    if missing:
        return f"没有{'、'.join(missing)}；可执行：{_packages.command_for(SYSTEM)}"
    folder = root / FOLDER
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == _stamp(folder):
        return ""
    say("正在安装网页检验程序（npm ci，第一次约需一两分钟）…")
    heartbeat = Heartbeat(say)
    command = [shutil.which("npm") or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    status, lines = follow(command, folder, lambda _line: heartbeat.beat("  还在安装…"), variables())
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    if status != 0:
        told = next((line for line in lines if "npm error" in line or "ERR!" in line), "原因不明")
        return f"npm ci 没有成功：{told[:160]}"
    stamp.write_text(_stamp(folder), encoding="utf-8")
    return ""
