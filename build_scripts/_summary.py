"""The table printed after a build, read from what the core left in `.govportal/summary.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _terminal import minutes, table

SUMMARY = Path(".govportal") / "summary.json"

LABELS = {
    "records": "记录",
    "files": "文件",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "notice": "动态与公告",
    "consultation": "意见征集",
    "fee_list": "收费目录清单",
    "organ": "机构",
    "pages": "网页",
    "feeds": "订阅源",
    "search": "检索文件",
    "search_files": "检索文件",
    "exports": "开放数据文件",
    "written": "本次写入",
    "unchanged": "没有变化",
    "removed": "本次移除",
    "rendered": "重新生成",
    "problems": "问题",
    "error": "错误",
    "errors": "错误",
    "warning": "提醒",
    "warnings": "提醒",
    "note": "说明",
    "notes": "说明",
    "seconds": "用时",
    "cpu": "处理器时间",
    "read": "读取",
    "parse": "解析",
    "read_and_check": "读取与检查",
    "site": "汇总",
    "check": "检查",
    "checks": "检查",
    "plan": "编排",
    "render": "渲染",
    "write": "写入",
    "publish": "发布",
    "shell": "页面框架",
    "mkdocs": "MkDocs",
    "total": "合计",
    "visible": "已公开",
    "hidden": "未公开",
    "as_of": "以此日为今天",
    "workers": "并行进程",
    "by_type": "",
    "by_severity": "",
    "by_stage": "",
}
TIMES = {"seconds", "cpu"}


def written(root: Path) -> int:
    """When the summary was last written; 0 when there is none."""
    try:
        return (root / SUMMARY).stat().st_mtime_ns
    except OSError:
        return 0


def read(root: Path, before: int) -> dict[str, Any] | None:
    """The summary, when there is one and it is not the one that was there before."""
    if written(root) == before:
        return None
    try:
        summary = json.loads((root / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return summary if isinstance(summary, dict) else None


def draw(summary: dict[str, Any]) -> str:
    """The summary as a table, whatever keys it has."""
    rows = [
        [" · ".join(name for name in names if name), value] for names, value in _flatten(summary, (), False)
    ]
    return table(["项目", "数量"], rows, numeric=[1]) if rows else ""


def _flatten(value: Any, names: tuple[str, ...], time: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            label = LABELS.get(str(key), str(key))
            yield from _flatten(inner, (*names, label), time or str(key) in TIMES)
    elif isinstance(value, bool) or value is None:
        yield names, {True: "是", False: "否", None: "无"}[value]
    elif isinstance(value, (int, float)):
        yield names, minutes(float(value)) if time else f"{value:,}"
    elif isinstance(value, str):
        yield names, value
    # Lists are for programs, not for this table.
