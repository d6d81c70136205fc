"""Begin a new content file: `python3 build_scripts/new.py notice snow-hotline --title 冬季清雪服务电话公告`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import difflib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import _environment
from _clock import minute
from _options import Parser
from _terminal import Refusal, complain, prepare, say, table

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the person asked for."""
    parser = Parser(
        prog="new.py",
        description="新建一个内容文件，必填的属性都已列好，照着括号里的提示填写。不写类型时列出所有类型。",
    )
    parser.add_argument(
        "type", nargs="?", metavar="类型", help="内容类型，如 notice，也可以写中文：动态与公告"
    )
    parser.add_argument("name", nargs="?", metavar="文件名", help="小写字母、数字和短横线，也是网址的一部分")
    parser.add_argument("--title", metavar="标题", help="标题")
    parser.add_argument("--organ", metavar="编号", help="发布机构的编号，见 content/organs/")
    parser.add_argument("--column", metavar="编号", help="栏目的编号（默认：同类文件最多的那个栏目）")
    parser.add_argument("--sample", action="store_true", help="演示内容，页面标明“示例”")
    return parser.parse_args(arguments)


def usual(files: list[Path], field: str) -> str | None:
    """What the files of a type mostly say in a field that stands on one line."""
    pattern = re.compile(rf"^{field}:[ \t]*([a-z0-9-]+)[ \t]*$", re.MULTILINE)
    said = Counter(
        found[1] for path in files if (found := pattern.search(path.read_text("utf-8", errors="replace")))
    )
    return said.most_common(1)[0][0] if said else None


def choose(types: tuple[Any, ...], written: str) -> Any:
    """The type that was meant, by its name, its folder or its Chinese name."""
    for one in types:
        if written in (one.type.name, one.type.folder, one.type.label):
            return one
    names = [name for one in types for name in (one.type.name, one.type.label)]
    near = difflib.get_close_matches(written, names, n=1, cutoff=0.4)
    hint = f"是不是 {near[0]}？" if near else ""
    raise Refusal(f"没有“{written}”这一类内容。{hint}运行 python3 build_scripts/new.py 看所有类型。", 2)


def write(root: Path, chosen: argparse.Namespace, now: str) -> Path:
    """Make the file; refuse when the name will not do or the file is there."""
    from govportal.products.forms import scaffold
    from govportal.registry import find_types

    types = find_types()
    if not chosen.type:
        say(
            table(
                ["类型", "中文名称", "文件夹"],
                [[one.type.name, one.type.label, f"content/{one.type.folder}/"] for one in types],
            )
        )
        raise Refusal(
            "请写上类型和文件名，例如：python3 build_scripts/new.py notice snow-hotline --title 清雪服务电话公告",
            2,
        )
    declared = choose(types, chosen.type)
    if not chosen.name or not NAME.fullmatch(chosen.name):
        raise Refusal("文件名只能用小写字母、数字和短横线，例如 snow-hotline-2026", 2)
    folder = declared.type.folder + (f"/{now[:4]}" if declared.type.suffix == ".md" else "")
    path: Path = root / "content" / folder / f"{chosen.name}{declared.type.suffix}"
    if path.exists():
        raise Refusal(f"{path.relative_to(root)} 已经有了。换一个文件名，或直接修改它。")
    others = sorted((root / "content" / declared.type.folder).rglob(f"*{declared.type.suffix}"))
    given = {
        "id": chosen.name,
        "title": ("示例：" if chosen.sample else "") + chosen.title if chosen.title else None,
        "column": chosen.column or usual(others, "column"),
        "published_at": now,
        "organ": chosen.organ,
        "sample": "true" if chosen.sample else None,
    }
    text = scaffold(
        declared, f"{folder}/{path.name}", {name: value for name, value in given.items() if value}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, write."""
    prepare()
    chosen = options(arguments)
    try:
        status = _environment.run_inside("build", __file__, arguments)
        if status is not None:
            return status
        path = write(_environment.ROOT, chosen, minute()[:10])
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status
    place = path.relative_to(_environment.ROOT).as_posix()
    say(
        f"已新建 {place}\n照括号里的提示填写，删掉 draft: true 那一行，再运行 python3 build_scripts/build.py --serve 看效果。"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
