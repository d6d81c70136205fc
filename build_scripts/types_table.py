"""Write `plugins/TYPES.md`, the table of all content types: `python3 build_scripts/types_table.py [--check]`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

from collections.abc import Iterator
from pathlib import Path

import _environment
from _options import Parser
from _terminal import Refusal, complain, prepare, say

TABLE = Path("plugins") / "TYPES.md"
HEAD = """\
# 内容类型一览

由 `python3 build_scripts/types_table.py` 从各类型的声明生成，不要手工修改。每一类是 `plugins/govportal/types/` 里的一个文件；
它的属性怎样检查、示例怎样写，见 `tests/spec/types/` 里同名的一页。

每一类都有：自己的网页和栏目列表；全站、栏目和所落实措施的 RSS、Atom；检索；逐篇和整类的开放数据（JSON、CSV）与结构说明（JSON Schema）。
表里的“必填”之外，本区自己的文件还要写发布机构、公开方式和保密审查，转载的要写发文机关、来源、来源网址和原文日期。

| 类型 | 文件夹 | 特有的属性（**必填**） | 网页 | 订阅 | 检索到的属性 | 开放数据 |
|---|---|---|---|---|---|---|
"""


def rows() -> Iterator[str]:
    """A line for each type, in the order of their names."""
    from govportal.document import Document
    from govportal.model import columns
    from govportal.registry import find_types

    shared = {one.name for one in columns(Document)}
    for declared in find_types():
        kind = declared.type
        table = columns(declared)
        own = [one for one in table if one.name not in shared]
        fields = "、".join(f"**{one.kind.label}**" if one.required else one.kind.label for one in own)
        found = "、".join(one.kind.label for one in table if one.uses.get("search"))
        page = f"`{kind.template}.html`：`/{kind.folder}/…`"
        data = f"`/data/{kind.name}.json`、`.csv`、`/data/schema/{kind.name}.json`"
        yield f"| {kind.label}<br>`{kind.name}` | `content/{kind.folder}/` | {fields} | {page} | RSS、Atom | {found} | {data} |\n"


def text() -> str:
    """The whole page."""
    return HEAD + "".join(rows())


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or say whether it is as it should be."""
    prepare()
    parser = Parser(prog="types_table.py", description="从各类型的声明生成 plugins/TYPES.md。")
    parser.add_argument("--check", action="store_true", help="只检查是不是最新的，不写")
    chosen = parser.parse_args(arguments)
    try:
        status = _environment.run_inside("build", __file__, arguments)
        if status is not None:
            return status
        path = _environment.ROOT / TABLE
        if chosen.check:
            same = path.is_file() and path.read_text("utf-8") == text()
            say(
                f"{TABLE} 是最新的。"
                if same
                else f"{TABLE} 不是最新的：运行 python3 build_scripts/types_table.py"
            )
            return 0 if same else 1
        path.write_text(text(), encoding="utf-8", newline="\n")
        say(f"已写入 {TABLE}")
        return 0
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status


if __name__ == "__main__":
    sys.exit(main())
