"""Hand search over to an engine of the province: `python3 build_scripts/export_search.py` writes OpenSearch `_bulk` files."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import json
import re
from pathlib import Path

import _environment
from _clock import minute
from _options import Parser, moment
from _terminal import Refusal, complain, prepare, say

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
HOW = """装入 OpenSearch（每次导出装进一个新索引，再切换别名，撤下的文件就不会留着）：
  curl -X PUT  $地址/{index} -H 'Content-Type: application/json' --data-binary @{folder}/mapping.json
  for f in {folder}/bulk-*.ndjson; do curl -X POST $地址/_bulk -H 'Content-Type: application/x-ndjson' --data-binary @"$f"; done"""


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the person asked for."""
    parser = Parser(
        prog="export_search.py",
        description="把已公开的全部内容（包括附件里的文字）写成 OpenSearch 的 _bulk 文件，供上级的检索平台使用。",
    )
    parser.add_argument("--out", type=Path, metavar="文件夹", help="写到哪里（默认 .govportal/opensearch）")
    parser.add_argument(
        "--index", type=_name, default="govportal", metavar="名称", help="索引的名称（默认 govportal）"
    )
    parser.add_argument(
        "--as-of", type=moment, metavar="年-月-日", help="以这一天为“今天”（默认：北京时间现在）"
    )
    return parser.parse_args(arguments)


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}”不能作索引的名称，请用小写字母、数字和短横线")
    return text


def export(root: Path, chosen: argparse.Namespace, now: str, here: Path) -> tuple[Path, int, int]:
    """Write mapping and bulk files; the folder, how many papers and how many bytes."""
    from govportal import disk, handover, report
    from govportal.papers import CACHE, fields_of, papers, read
    from govportal.problems import has_errors
    from govportal.work import ChangedMeanwhile

    cache = root / CACHE / "desk"
    folder = (here / chosen.out).resolve() if chosen.out else root / CACHE / "opensearch"
    if folder.exists() and any(not _ours(one) for one in folder.iterdir()):
        raise Refusal(f"{folder} 里有别的文件。请用 --out 另选一个空文件夹。", 2)
    try:
        with disk.locked(cache / "lock"):
            loaded = read(root, chosen.as_of or now, cache)
            if loaded.site is None or has_errors(loaded.problems):
                errors = [one for one in loaded.problems if one.severity.value == "error"]
                shown = "\n".join(report.lines(errors[:20]))
                raise Refusal(f"内容有 {len(errors)} 个错误，没有导出：\n{shown}")
            asked, found = fields_of(loaded.project.types), papers(loaded)
            for one in folder.glob("bulk-*.ndjson"):
                one.unlink()
            disk.write_whole(
                folder / "mapping.json",
                (json.dumps(handover.mapping(asked), ensure_ascii=False, indent=1) + "\n").encode(),
            )
            settings = loaded.site.portal.settings
            bodies = handover.bulk(
                found,
                asked,
                chosen.index,
                loaded.project.root,
                settings.banner,
                loaded.project.content,
                root / CACHE / "attachments",
            )
            size = 0
            for number, body in enumerate(bodies, 1):
                disk.write_whole(folder / f"bulk-{number:04d}.ndjson", body)
                size += len(body)
    except BlockingIOError:
        raise Refusal("另一个检索命令正在运行，请等它结束。") from None
    except ChangedMeanwhile as changed:
        raise Refusal(f"content/{changed} 正在改动，请再运行一次。") from None
    except OSError as failure:
        raise Refusal(f"导出失败：{disk.explain_os_error(failure)}") from failure
    return folder, sum(one.public for one in found), size


def _ours(path: Path) -> bool:
    return path.name == "mapping.json" or re.fullmatch(r"bulk-\d{4}\.ndjson", path.name) is not None


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, export."""
    prepare()
    chosen = options(arguments)
    try:
        status = _environment.run_inside("build", __file__, arguments)
        if status is not None:
            return status
        folder, count, size = export(_environment.ROOT, chosen, minute(), Path.cwd())
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.status
    except KeyboardInterrupt:
        complain("已中断。")
        return 130
    say(
        f"已写出 {count} 份文件，{size / 1e6:.1f} MB，在 {folder}\n"
        + HOW.format(index=chosen.index, folder=folder)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
