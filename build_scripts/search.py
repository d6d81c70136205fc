"""Search all content at the desk: `python3 build_scripts/search.py 供热 机构:财政 --facets`. No build is needed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  The only lines an older Python gets to run: tell it so.
    sys.exit("需要 Python 3.11 或更高版本，当前是 %d.%d。请安装新版 Python 后重试。" % sys.version_info[:2])  # noqa: UP031

import argparse
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import _environment
from _clock import minute
from _options import Parser, moment
from _terminal import Refusal, complain, prepare, say, table

ORDERS = {"relevance": "", "相关": "", "date": "date", "最新": "date", "oldest": "oldest", "最早": "oldest"}
EXAMPLES = """例：
  search.py 供热 收费                         两个词都有
  search.py '"供热收费" OR 供水' -示例           短语；或者；不要
  search.py 标题:供热 机构:财政 日期:2026-01..2026-06
  search.py 效力:失效 --facets --sort date      按类型、栏目等分组计数
  search.py --duplicates                      内容几乎相同的文件
  search.py --related 编号                     相关文件
"""


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the person asked for."""
    parser = Parser(
        prog="search.py",
        description="查本站全部内容，包括附件（PDF、DOCX、XLSX）里的文字。先建立自己的索引，以后只更新改动。",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", nargs="*", metavar="查询", help="要查的文字和条件，写法见下；不写就列出全部")
    parser.add_argument("--since", metavar="日期", help="这一天（月、年）以后发布的")
    parser.add_argument("--until", metavar="日期", help="到这一天（月、年）为止发布的")
    parser.add_argument("--facets", action="store_true", help="按类型、栏目、机构、年份、效力等分组计数")
    parser.add_argument(
        "--facet", action="append", default=[], metavar="字段", help="按这个字段分组计数，可以写几次"
    )
    parser.add_argument(
        "--sort",
        choices=ORDERS,
        metavar="次序",
        default=None,
        help="相关、最新、最早（relevance、date、oldest）",
    )
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="每页几条（默认 20）")
    parser.add_argument("--page", type=_count, default=1, metavar="N", help="第几页")
    parser.add_argument("--waiting", action="store_true", help="也查草稿和还没到日子的文件")
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
    parser.add_argument("--fields", action="store_true", help="列出可以查的字段")
    parser.add_argument(
        "--unread", action="store_true", help="列出读不出文字的附件和原因（有密码、已损坏、扫描件……）"
    )
    parser.add_argument("--related", metavar="编号", help="与这份文件相关的文件")
    parser.add_argument(
        "--duplicates", nargs="?", type=_share, const=0.0, metavar="相似度",
        help="内容几乎相同、又没有互相引用的文件（相似度 0.1 到 1，默认 0.5）",
    )  # fmt: skip
    parser.add_argument(
        "--all", action="store_true", help="与 --duplicates 同用：示例之间的、互相引用的也列出"
    )
    parser.add_argument(
        "--as-of", type=moment, metavar="年-月-日", help="以这一天为“今天”（默认：北京时间现在）"
    )
    return parser.parse_args(_without_minus(sys.argv[1:] if arguments is None else arguments))


def _without_minus(arguments: list[str]) -> list[str]:
    """`-示例` would be taken for an option: the word for it instead."""
    found: list[str] = []
    for one in arguments:
        excluded = re.fullmatch(r"-([^-\x00-\x7f\s].*|[\"(].*)", one)
        found += ["NOT", excluded[1]] if excluded else [one]
    return found


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"“{text}”不是个数，请写 1、2、3……")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0.1 <= share <= 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是相似度，请写 0.1 到 1，例如 0.6")
    return share


def question(chosen: argparse.Namespace) -> str:
    """The words and the dates as one question."""
    words = " ".join(chosen.query).strip()
    if chosen.since or chosen.until:
        span = f"published_at:[{chosen.since or ''} TO {chosen.until or ''}]"
        words = f"({words}) {span}" if words else span
    return words


def answer(root: Path, chosen: argparse.Namespace, now: str) -> dict[str, Any]:
    """Bring the index up to date, ask it, and give what was found as it is written in JSON."""
    from govportal import disk
    from govportal.desk import BadQuery, Desk
    from govportal.papers import CACHE, fields_of, papers, read
    from govportal.work import ChangedMeanwhile

    place = root / CACHE / "desk"
    try:
        with disk.locked(place / "lock"):
            loaded = read(root, chosen.as_of or now, place)
            if loaded.site is None:
                raise Refusal(
                    "网站设置有错误，读不出内容。请先运行 python3 build_scripts/build.py，照提示改正。"
                )
            asked = fields_of(loaded.project.types)
            desk = Desk(
                place, loaded.project.content, root / CACHE / "attachments", asked, loaded.project.engine
            )
            added, removed = desk.update(papers(loaded), None if chosen.json else complain)
            about = {
                "updated": added,
                "removed": removed,
                "errors": sum(one.severity.value == "error" for one in loaded.problems),
            }
            try:
                return about | _ask(desk, asked, chosen)
            except BadQuery as wrong:
                raise Refusal(f"查询有误：{wrong}。", 2) from wrong
    except BlockingIOError:
        raise Refusal("另一个检索正在更新索引，请稍后再试。") from None
    except ChangedMeanwhile as changed:
        raise Refusal(f"content/{changed} 正在改动，请再运行一次。") from None
    except OSError as failure:
        raise Refusal(f"读写索引失败：{disk.explain_os_error(failure)}") from failure


def _ask(desk: Any, asked: Mapping[str, Any], chosen: argparse.Namespace) -> dict[str, Any]:
    from govportal.papers import FIXED, unread

    fixed = [one.name for one in FIXED]
    if chosen.fields:
        asked = {name: asked[name] for name in dict.fromkeys((*fixed, *asked))}
        return {
            "fields": [
                {"name": one.name, "labels": list(one.labels), "family": one.family.value}
                for one in asked.values()
            ]
        }
    if chosen.unread:
        found = unread(desk.papers.values(), desk.content, desk.kept)
        return {"unread": [{"path": path, "name": name, "why": why} for path, name, why in sorted(found)]}
    if chosen.related is not None:
        if chosen.related not in desk.papers:
            raise Refusal(f"没有编号为 {chosen.related} 的文件。编号是文件里 id 那一行。", 2)
        found = desk.related(chosen.related, chosen.limit)
        return {"related": [{"score": value, "why": why} | _plain(hit) for value, hit, why in found]}
    if chosen.duplicates is not None:
        threshold = chosen.duplicates or 0.5
        pairs = desk.repetitions(threshold, chosen.all)
        kept = [one for one in pairs if chosen.all or not (one[1].sample and one[2].sample)]
        return {
            "threshold": threshold,
            "duplicates": [
                {"likeness": round(value, 3), "papers": [_plain(one), _plain(other)]}
                for value, one, other in kept
            ],
            "samples_left_out": len(pairs) - len(kept),
        }
    usual = [one.name for one in FIXED if one.facet]
    declared = [name for name, one in asked.items() if one.facet and name not in usual]
    groups = [*chosen.facet, *([*usual, *declared] if chosen.facets else ())]
    found = desk.search(
        question(chosen),
        waiting=chosen.waiting,
        order="date"
        if chosen.sort is None and not chosen.query
        else ORDERS[chosen.sort or ""]
        if chosen.sort
        else "",
        groups=list(dict.fromkeys(groups)),
        first=(chosen.page - 1) * chosen.limit,
        count=chosen.limit,
    )
    labels = {name: asked[name].labels[0] for name in found.groups}
    # A declared field that says the same of all that was found divides nothing.
    telling = {
        name: words
        for name, words in found.groups.items()
        if len(words) > 1 or (words and name not in declared)
    }
    counts = {name: {"label": labels[name], "counts": words} for name, words in telling.items()}
    hits = [asdict(hit) | {"hit": list(hit.hit)} for hit in found.hits]
    return {
        "query": question(chosen),
        "total": found.total,
        "page": chosen.page,
        "results": hits,
        "facets": counts,
        "hints": found.hints,
    }


def _plain(hit: Any) -> dict[str, Any]:
    """A paper that was not found by words: without score and snippet."""
    return {
        name: value
        for name, value in asdict(hit).items()
        if name not in {"score", "field", "attachment", "snippet", "hit"}
    }


def draw(found: Mapping[str, Any]) -> str:
    """What was found, for people."""
    lines: list[str] = []
    if "fields" in found:
        return table(
            ["字段", "中文名称", "怎样查"],
            [[one["name"], _named(one["labels"]), one["family"]] for one in found["fields"]],
        )
    if "unread" in found:
        lines += [f"content/{one['path']}（{one['name']}）：{one['why']}" for one in found["unread"]]
        lines.append(f"共 {len(found['unread'])} 个附件没有可查的文字。")
    elif "related" in found:
        lines += [f"{_line(one)}\n    {one['why']}" for one in found["related"]] or ["没有找到相关文件。"]
    elif "duplicates" in found:
        for one in found["duplicates"]:
            lines += [f"相似度 {one['likeness']:.2f}", *(f"    {_line(paper)}" for paper in one["papers"])]
        lines.append(f"共 {len(found['duplicates'])} 对，相似度不低于 {found['threshold']:g}。")
        if found["samples_left_out"]:
            lines.append(f"另有 {found['samples_left_out']} 对都是示例，加 --all 列出。")
    else:
        lines.append(f"共 {found['total']} 份" + (f"，第 {found['page']} 页" if found["page"] > 1 else ""))
        lines += [_hit(one) for one in found["results"]]
        for group in found["facets"].values():
            shown = list(group["counts"].items())[:12]
            more = f"　…等 {len(group['counts'])} 项" if len(group["counts"]) > len(shown) else ""
            lines.append(
                f"{group['label']}：" + "　".join(f"{word}（{count}）" for word, count in shown) + more
            )
        lines += found["hints"]
    if found["errors"]:
        lines.append(
            f"注意：内容里有 {found['errors']} 个错误，写错的文件查不到。运行 python3 build_scripts/build.py 看是哪些。"
        )
    return "\n".join(lines)


def _named(labels: Sequence[str]) -> str:
    return "、".join(labels[:3]) + (f" 等 {len(labels)} 种" if len(labels) > 3 else "")


def _line(one: Mapping[str, Any]) -> str:
    marks = [one["validity"], "" if one["public"] else "待发布"]
    facts = "　".join(part for part in (one["date"], one["number"], one["organ"], *marks) if part)
    return f"{one['title']}\n    {facts}\n    content/{one['path']}　{one['id']}"


def _hit(one: Mapping[str, Any]) -> str:
    lines = [_line(one)]
    if one["snippet"]:
        start, end = one["hit"]
        text = one["snippet"]
        where = f"附件“{one['attachment']}”" if one["attachment"] else one["field"]
        lines.append(f"    {where}：{text[:start]}【{text[start:end]}】{text[end:]}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, ask, print."""
    prepare()
    chosen = options(arguments)
    try:
        status = _environment.run_inside("build", __file__, arguments)
        if status is not None:
            return status
        found = answer(_environment.ROOT, chosen, minute())
    except Refusal as refusal:
        if chosen.json:
            say(json.dumps({"error": str(refusal)}, ensure_ascii=False))
        else:
            complain(str(refusal))
        return refusal.status
    except KeyboardInterrupt:
        complain("已中断。")
        return 130
    try:
        say(json.dumps(found, ensure_ascii=False, indent=1) if chosen.json else draw(found))
    except BrokenPipeError:
        # Who reads has seen enough (`| head`); nothing is to be said when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
