"""Build the website: `python3 build_scripts/build.py`. Makes its own environment first, if there is none yet."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import socket
import time
from pathlib import Path

import _environment
import _summary
from _clock import minute
from _options import Parser, moment
from _process import INTERRUPTED, Crash, follow
from _quick import NOT_HERE
from _terminal import Refusal, complain, minutes, prepare, say

HOST, PORT = "127.0.0.1", 8000
CRASH = Path(".govportal") / "crash.txt"
SOURCES = ("content", "plugins", "build_scripts", "tests", ".git", ".venv", ".govportal")


def options(arguments: list[str] | None = None, now: str | None = None) -> argparse.Namespace:
    """What the person asked for."""
    parser = Parser(prog="build.py", description="生成政务公开网站（默认写入 site/）。")
    parser.add_argument(
        "--serve", action="store_true", help=f"在本机预览：http://{HOST}:{PORT}/，改动后自动更新"
    )
    parser.add_argument(
        "--as-of", type=moment, metavar="年-月-日", help="以这一天为“今天”生成（默认：北京时间现在）"
    )
    parser.add_argument("--site-dir", type=Path, metavar="文件夹", help="网站写到哪里（默认 site）")
    parser.add_argument("--workers", type=_count, default=0, metavar="N", help="并行进程数（默认 0：自动）")
    parser.add_argument("--strict", action="store_true", help="有提醒也算失败")
    chosen = parser.parse_args(arguments)
    # A preview that runs overnight takes the day from the clock at each change; a build is for one minute.
    if chosen.as_of is None and not chosen.serve:
        chosen.as_of = now or minute()
    return chosen


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"“{text}”不是个数，请写 0、1、2……")
    return int(text)


def site_folder(chosen: Path | None, root: Path, here: Path) -> Path:
    """Where the website is written: `site` in the project, or the folder that was named; never the sources."""
    if chosen is None:
        return root / "site"
    folder = (here / chosen).resolve()
    sources = [root / name for name in SOURCES]
    if (
        folder == root
        or folder in root.parents
        or any(folder == one or one in folder.parents for one in sources)
    ):
        raise Refusal(f"网站不能写到 {folder}：那里是项目的源文件。请用 --site-dir 另选一个空文件夹。", 2)
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} 是一个文件，不是文件夹。请用 --site-dir 另选一个。", 2)
    return folder


def command(python: Path, chosen: argparse.Namespace) -> list[str]:
    """The MkDocs command line for what was asked."""
    verb = ["serve", "--dev-addr", f"{HOST}:{PORT}"] if chosen.serve else ["build"]
    return [str(python), "-m", "mkdocs", *verb, *(["--strict"] if chosen.strict else [])]


def variables(chosen: argparse.Namespace, site: Path) -> dict[str, str]:
    """What mkdocs.yml reads from the environment."""
    as_of = {"GOVPORTAL_AS_OF": chosen.as_of} if chosen.as_of else {}
    return as_of | {
        "GOVPORTAL_WORKERS": str(chosen.workers),
        "GOVPORTAL_SITE_DIR": str(site),
    }


def port_is_free(host: str = HOST, port: int = PORT) -> bool:
    """False when another program already answers there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) != 0


def quick_command(python: Path, chosen: argparse.Namespace, site: Path) -> list[str]:
    """The command line of a build that needs no MkDocs."""
    script = _environment.ROOT / "build_scripts" / "_quick.py"
    asked = ["--root", str(_environment.ROOT), "--as-of", chosen.as_of, "--site-dir", str(site)]
    return [
        str(python), str(script), *asked, "--workers", str(chosen.workers), *(["--strict"] if chosen.strict else []),
    ]  # fmt: skip


def mkdocs(python: Path, chosen: argparse.Namespace, site: Path) -> int:
    """Run MkDocs for what was asked; its exit status, fit for a shell."""
    return run_told(command(python, chosen), chosen, site)


def run_told(asked: list[str], chosen: argparse.Namespace, site: Path) -> int:
    """Run a program of the environment, its traceback kept aside; its exit status, fit for a shell."""
    # What MkDocs tells of its own progress is of use to engineers only; a preview says where it is served.
    crash = Crash(say if chosen.serve else _without_progress)
    environment = _environment.variables(variables(chosen, site))
    status, _lines = follow(asked, _environment.ROOT, crash.line, environment)
    explained = crash.save(_environment.ROOT / CRASH)
    if explained:
        complain(explained)
    # A child killed by a signal has a negative status; a shell expects 1 to 255.
    return status if 0 <= status < 256 else 1


def _without_progress(line: str) -> None:
    if not line.startswith("INFO "):
        say(line)


def serve(python: Path, chosen: argparse.Namespace, site: Path) -> int:
    """Show the site on this machine until the reader stops it."""
    if not port_is_free():
        raise Refusal(
            f"端口 {PORT} 已被占用：预览可能已在另一个窗口运行，请打开 http://{HOST}:{PORT}/ 看看，或先关闭它。"
        )
    say(f"本机预览：http://{HOST}:{PORT}/ （首次生成需要片刻；按 Ctrl+C 结束）")
    status = mkdocs(python, chosen, site)
    if status in (0, INTERRUPTED):
        say("预览已结束。")
        return 0
    complain(f"预览没有正常运行（退出码 {status}），原因见上。已发布的网站没有改动。")
    return status


def build(python: Path, chosen: argparse.Namespace, site: Path) -> int:
    """Build once and say how it went."""
    say(f"正在生成网站（以 {chosen.as_of} 为准）…")
    before, begun = _summary.written(_environment.ROOT), time.monotonic()
    status = run_told(quick_command(python, chosen, site), chosen, site)
    if status == NOT_HERE:
        status = mkdocs(python, chosen, site)
    summary = _summary.read(_environment.ROOT, before)
    if summary:
        say("\n" + _summary.draw(summary) + "\n")
    if status == 0:
        say(f"完成，用时 {minutes(time.monotonic() - begun)}。网站在 {site}")
    elif status == INTERRUPTED:
        complain("已中断。已发布的网站没有改动。")
    else:
        complain(f"生成失败（退出码 {status}），原因见上。已发布的网站没有改动。")
    return status


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, build or serve."""
    prepare()
    chosen = options(arguments)
    try:
        site = site_folder(chosen.site_dir, _environment.ROOT, Path.cwd())
        python = _environment.ensure("build")
        return serve(python, chosen, site) if chosen.serve else build(python, chosen, site)
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status
    except KeyboardInterrupt:
        complain("已中断。已发布的网站没有改动。")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
