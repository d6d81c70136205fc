"""Files that lie beside a record: attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from govportal.kinds.base import Desk, Kind
from govportal.source import Node

ALLOWED_TYPES = {
    "pdf": "PDF",
    "ofd": "OFD",
    "doc": "DOC",
    "docx": "DOCX",
    "wps": "WPS",
    "xls": "XLS",
    "xlsx": "XLSX",
    "et": "ET",
    "csv": "CSV",
    "txt": "TXT",
    "ppt": "PPT",
    "pptx": "PPTX",
    "zip": "ZIP",
    "json": "JSON",
    "png": "PNG",
    "jpg": "JPG",
    "jpeg": "JPG",
    "gif": "GIF",
    "webp": "WEBP",
    "mp3": "MP3",
    "mp4": "MP4",
}
IMAGE_TYPES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})


def file_name_problem(name: str) -> str:
    """Why a relative file name may not be used; '' when it may."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or {"", ".", ".."} & set(parts):
        return "只能用记录旁边的文件，不能用 ../ 或绝对路径"
    if any("." in part for part in parts[:-1]):
        return "文件夹名里不能有点"
    if any(part.startswith(".") or re.search(r"[\x00-\x1f<>\"'|?*#%&]", part) for part in parts):
        return "文件名里有不能用的符号"
    if name.rpartition(".")[2].lower() not in ALLOWED_TYPES or "." not in parts[-1]:
        return "不接受这种文件"
    return ""


@dataclass(frozen=True)
class File(Kind):
    """The name of a file in the record's folder or below it."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        why = file_name_problem(text)
        if not why:
            return text
        kinds = "、".join(sorted(set(ALLOWED_TYPES)))
        return desk.bad(
            node, "file/name", f"{self.label}“{text[:60]}”：{why}", f"写记录旁边的文件名，类型为 {kinds} 之一"
        )

    def files(self, value: Any) -> tuple[str, ...]:
        return (value,)

    def form(self) -> dict[str, Any]:
        return {"widget": "file", "label": self.label}

    def example(self) -> str:
        return "附件1.pdf"


_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "ofd": (b"PK\x03\x04",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "ppt": (b"\xd0\xcf\x11\xe0",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
}


def signature_problem(path: str, beginning: bytes) -> str:
    """Why a file is not what its name says, judged by its first bytes; '' when it is."""
    suffix = path.rpartition(".")[2].lower()
    expected = _SIGNATURES.get(suffix)
    words = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not beginning:
        return "文件是空的"
    if expected and not beginning.startswith(expected):
        return f"文件内容不是 {ALLOWED_TYPES[suffix]} 格式"
    if suffix in ("csv", "txt", "json") and (
        b"\0" in beginning or words.startswith((b"<!doctype", b"<html", b"<script"))
    ):
        return f"文件内容不是 {ALLOWED_TYPES[suffix]} 格式"
    return ""
