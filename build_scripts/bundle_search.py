"""Write `assets/js/search.js` and `search-opened.js`: `python3 build_scripts/bundle_search.py [--check]`.

The modules of `assets/js/search/` are what people read and change; browsers load the one file made from them, in one
request and without the words that only people need: one file for the page of results, one for a document opened from
it. Names at the top of modules must differ, and modules import single names from each other
(`import { one, two } from "./other.js"`); anything else is refused by the minifier.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import hashlib
import re
from pathlib import Path

import _environment
from _options import Parser
from _terminal import Refusal, complain, prepare, say

SCRIPTS = Path("plugins") / "govportal_theme" / "assets" / "js"
FIRST = {"search.js": "page", "search-opened.js": "opened"}
"""With which module each of the files begins."""
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)


def modules(folder: Path, first: str) -> dict[str, str]:
    """The text of a module and of all it needs, by name, each after those it needs."""
    found: dict[str, str] = {}

    def visit(name: str) -> None:
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            if needed not in found:
                visit(needed)
        found[name] = text

    visit(first)
    return found


def head(texts: dict[str, str]) -> str:
    """The first line of the bundle, which tells from which modules it was made."""
    digest = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()[:16]
    return f"/*! build_scripts/bundle_search.py {digest} */\n"


def bundle(texts: dict[str, str]) -> str:
    """All modules as one, as small as can be, for browsers of 2019."""
    import minify

    whole = "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts.values())
    minify.config({"js-version": 2019})
    small: str = minify.string("text/javascript", f"(() => {{\n{whole}\n}})();")
    return head(texts) + small + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the bundle, or say whether it is as it should be."""
    prepare()
    parser = Parser(
        prog="bundle_search.py", description="把检索脚本的各个模块合成小文件 search.js 和 search-opened.js。"
    )
    parser.add_argument("--check", action="store_true", help="只检查是不是最新的，不写")
    chosen = parser.parse_args(arguments)
    try:
        status = _environment.run_inside("test", __file__, arguments)
        if status is not None:
            return status
        folder = _environment.ROOT / SCRIPTS
        for name, first in FIRST.items():
            path, texts = folder / name, modules(folder / "search", first)
            if not chosen.check:
                path.write_text(bundle(texts), encoding="utf-8", newline="\n")
                say(f"已写入 {SCRIPTS / name}")
            elif path.is_file() and path.read_text("utf-8").startswith(head(texts)):
                say(f"{SCRIPTS / name} 是最新的。")
            else:
                say(f"{SCRIPTS / name} 不是最新的：运行 python3 build_scripts/bundle_search.py")
                status = 1
        return status or 0
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status


if __name__ == "__main__":
    sys.exit(main())
