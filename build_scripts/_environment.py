"""The project's own Python environment, `.venv/`: made once, renewed when what it depends on changes."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import _packages
from _process import INTERRUPTED, Heartbeat, follow, run
from _terminal import Refusal, say

ROOT = Path(__file__).resolve().parent.parent
STAMP = "govportal-stamp.json"

# What each purpose depends on, in order; a purpose includes the ones its files refer to.
REQUIREMENTS = {
    "build": ["requirements.txt", "plugins/pyproject.toml"],
    "test": ["requirements.txt", "plugins/pyproject.toml", "requirements-test.txt"],
}
INSTALL = {"build": "requirements.txt", "test": "requirements-test.txt"}
INCLUDES = {"build": ["build"], "test": ["build", "test"]}


def python_in(folder: Path, system: str = os.name) -> Path:
    """The interpreter of a virtual environment: `Scripts\\python.exe` on Windows, `bin/python` elsewhere."""
    return folder / "Scripts" / "python.exe" if system == "nt" else folder / "bin" / "python"


def program_in(folder: Path, name: str, system: str = os.name) -> Path:
    """A program that a package installed into a virtual environment."""
    return folder / "Scripts" / f"{name}.exe" if system == "nt" else folder / "bin" / name


def stamp(files: Iterable[tuple[str, bytes]], python: str, place: str) -> str:
    """One digest of everything an environment depends on: files, Python and where the project lies."""
    digest = hashlib.sha256()
    for part in (python, place):
        digest.update(part.encode() + b"\0")
    for name, content in files:
        # A checkout with CRLF line ends needs the same packages.
        content = content.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def python_identity() -> str:
    """The interpreter an environment was made with; another one needs another environment."""
    return (
        f"{platform.python_implementation()} {platform.python_version()} {sys.platform} {platform.machine()}"
    )


def wanted(root: Path, purpose: str) -> str:
    """The stamp that an up-to-date environment for this purpose carries."""
    try:
        files = [(name, (root / name).read_bytes()) for name in REQUIREMENTS[purpose]]
    except OSError as error:
        raise Refusal(f"缺少文件 {error.filename}：项目不完整，请重新下载或执行 git checkout。") from error
    return stamp(files, python_identity(), str(root))


def read_stamps(folder: Path) -> dict[str, str]:
    """The stamps an environment carries; none when it is unfinished or damaged."""
    try:
        stamps = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in stamps.items()} if isinstance(stamps, dict) else {}


def ensure(purpose: str, root: Path = ROOT) -> Path:
    """Return the interpreter of an environment fit for the purpose, making or renewing it if need be."""
    folder = root / ".venv"
    python = python_in(folder)
    due = {name: wanted(root, name) for name in INCLUDES[purpose]}
    stamps = read_stamps(folder)
    if stamps.get(purpose) == due[purpose] and python.exists():
        return python

    if not _belongs_here(folder, python, stamps):
        _create(folder, python, root)
    (folder / STAMP).unlink(missing_ok=True)
    _install(python, root, purpose)
    identity = {"python": python_identity(), "place": str(root)}
    (folder / STAMP).write_text(json.dumps({**due, **identity}, indent=1), encoding="utf-8")
    say("运行环境已就绪。")
    return python


def variables(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment variables for programs that run inside the environment."""
    inherited = {key: value for key, value in os.environ.items() if key not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**inherited, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **(extra or {})}


def advice_without_venv(python: str, debian: bool) -> str:
    """What to tell a person whose Python cannot make virtual environments."""
    how = (
        f"请先执行：\n    {_packages.command_for(['python3-venv'])}"
        if debian
        else "请从 https://www.python.org/downloads/ 安装完整的 Python 3.11 或更高版本"
    )
    return f"这个 Python（{python}）缺少 venv 组件，无法建立运行环境。\n{how}\n然后重新运行刚才的命令。"


def can_make_environments() -> bool:
    """True when this Python has both parts: `venv`, and `ensurepip` which puts pip into it."""
    importlib.invalidate_caches()
    found = [importlib.util.find_spec(name) for name in ("venv", "ensurepip")]
    # An empty folder left behind by a package that was removed has no origin.
    return all(one is not None and one.origin is not None for one in found)


def _belongs_here(folder: Path, python: Path, stamps: dict[str, str]) -> bool:
    """True when the folder is an environment of this Python at this place, so that pip can bring it up to date."""
    return (
        python.exists()
        and stamps.get("python") == python_identity()
        and stamps.get("place") == str(folder.parent)
    )


def _create(folder: Path, python: Path, root: Path) -> None:
    if not can_make_environments():
        if _packages.may_install():
            numbered = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            for package in ("python3-venv", numbered):
                if _packages.install([package]) and can_make_environments():
                    break
        if not can_make_environments():
            debian = Path("/etc/debian_version").exists()
            raise Refusal(advice_without_venv(sys.executable, debian))
    say(f"正在建立运行环境 {folder.name}/ （只在第一次或升级后需要）…")
    if folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise Refusal(
                f"无法清理旧的运行环境 {folder}：{error.strerror or error}。\n"
                "请关闭正在使用它的程序，手工删除这个文件夹后重试。"
            ) from error
    status, lines = follow([sys.executable, "-m", "venv", str(folder)], root, lambda _line: None)
    if status != 0 or not python.exists():
        tail = "\n".join(f"  | {line}" for line in lines[-6:])
        raise Refusal(f"建立运行环境失败（{sys.executable} -m venv）：\n{tail}")


def _install(python: Path, root: Path, purpose: str) -> None:
    requirements = INSTALL[purpose]
    total = sum(_count_pins(root / name) for name in REQUIREMENTS[purpose] if name.endswith(".txt"))
    say(f"正在安装 {requirements} 所列的 {total} 个软件包（第一次约需一两分钟）…")
    found: set[str] = set()
    heartbeat = Heartbeat(say)

    def watch(line: str) -> None:
        words = line.split()
        if words[:1] in (["Collecting"], ["Processing"], ["Requirement"]):
            found.add(" ".join(words[:4]))
            heartbeat.beat(f"  已找到 {min(len(found), total)} / {total} …")
        elif words[:2] == ["Installing", "collected"]:
            say("  已全部下载，正在写入 …")

    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "-r",
        requirements,
    ]
    status, lines = follow(command, root, watch, variables())
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    if status != 0:
        raise Refusal(explain_pip(lines, requirements))


def _count_pins(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if "==" in line and not line.startswith("#"))


def explain_pip(lines: list[str], requirements: str) -> str:
    """Pip's failure in the reader's words: the likely cause, what to do, and pip's own last lines."""
    text = "\n".join(lines)
    if any(
        sign in text
        for sign in ("ConnectionError", "NewConnectionError", "Temporary failure", "timed out", "ProxyError")
    ):
        cause = "连不上软件仓库。请检查网络；单位内网请向信息化部门要 pip 镜像地址并写入 pip 配置文件"
    elif "No matching distribution" in text or "Could not find a version" in text:
        cause = "软件仓库里没有所需的版本。如使用镜像，请等它同步或换一个镜像"
    elif "No space left" in text:
        cause = "磁盘空间不足"
    elif "Permission denied" in text or "WinError 5" in text:
        cause = "没有写入权限，或文件正被占用"
    else:
        cause = "原因见下"
    errors = [line.strip() for line in lines if line.strip().startswith(("ERROR", "error:", "OSError"))]
    shown = "\n".join(
        f"  | {line if len(line) < 160 else line[:157] + '…'}" for line in (errors or lines)[-6:]
    )
    return f"安装 {requirements} 失败：{cause}。\n{shown}\n处理后重新运行刚才的命令即可。"


def inside(python: Path) -> bool:
    """True when the running interpreter is already the one of the environment."""
    try:
        return Path(sys.prefix).resolve() == python.parent.parent.resolve()
    except OSError:
        return False


def run_inside(purpose: str, script: str, arguments: Sequence[str] | None) -> int | None:
    """Run a command once more inside the environment it needs and return its status; None when it runs there already."""
    python = ensure(purpose)
    if inside(python):
        return None
    given = sys.argv[1:] if arguments is None else arguments
    return run([str(python), str(Path(script).resolve()), *given], Path.cwd(), variables())


def quiet(command: list[str]) -> str:
    """The output of a small question to another program, empty when it cannot answer."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
