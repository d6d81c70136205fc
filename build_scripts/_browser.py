"""Finding a Chromium and Chinese fonts for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import _packages
from _environment import quiet
from _terminal import Refusal, say

VARIABLE = "GOVPORTAL_CHROMIUM"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_SIGNS = ("cjk", "wqy", "hansans", "sourcehan", "notosanssc", "droidsansfallback")


def places(system: str, environment: Mapping[str, str]) -> Iterator[PurePath]:
    """Where browsers are installed, on systems that do not put them on the path."""
    if system == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environment.get(variable):
                yield from (PureWindowsPath(environment[variable], *name.split("/")) for name in WINDOWS)
    elif system == "darwin":
        for folder in ("/Applications", environment.get("HOME", "") + "/Applications"):
            yield from (PurePosixPath(folder, f"{name}.app", "Contents", "MacOS", name) for name in MACOS)


def find() -> str | None:
    """The browser to use: the one that was named, else one that is installed."""
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise Refusal(f"环境变量 {VARIABLE} 指向的浏览器不存在：{named}")
        return named
    for command in COMMANDS:
        found = shutil.which(command)
        if found:
            return found
    return next((str(place) for place in places(sys.platform, os.environ) if Path(place).is_file()), None)


def has_chinese_fonts() -> bool:
    """True when Chinese text can be drawn; Windows and macOS always can."""
    if not sys.platform.startswith("linux"):
        return True
    if shutil.which("fc-list"):
        return bool(quiet(["fc-list", ":lang=zh-cn", "file"]).strip())
    return any(
        any(sign in path.name.lower() for sign in FONT_SIGNS)
        for folder in FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*.[ot]t[cf]")
    )


def ensure() -> str:
    """The path of a usable browser, installing what is missing where we may."""
    browser, fonts = find(), has_chinese_fonts()
    missing = [name for name, there in (("chromium", browser), ("fonts-noto-cjk", fonts)) if not there]
    if missing and _packages.may_install():
        _packages.install(missing)
        browser, fonts = find(), has_chinese_fonts()
    if browser is None:
        raise Refusal(advice(sys.platform))
    if not fonts:
        say(
            "提醒：没有找到中文字体，截图和版面检查可能不准。可执行：\n    "
            + _packages.command_for(["fonts-noto-cjk"])
        )
    return browser


def advice(system: str) -> str:
    """What to tell a person whose machine has no browser we can use."""
    how = {
        "win32": "请安装 Microsoft Edge 或 Google Chrome",
        "darwin": "请安装 Google Chrome，或执行 brew install --cask chromium",
    }.get(
        system, f"请执行：\n    {_packages.command_for(['chromium', 'fonts-noto-cjk'])}\n或安装 Google Chrome"
    )
    return (
        f"没有找到 Chromium、Chrome 或 Edge，页面检验无法进行。\n{how}，"
        f"也可用环境变量 {VARIABLE} 指明浏览器的位置；\n只想做其余检验，可加 --no-browser。"
    )
