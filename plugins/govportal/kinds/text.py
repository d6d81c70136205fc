"""Kinds of text: a line of words, an identifier, a link, a telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from govportal.kinds.base import Desk, Kind, Part, Shelf
from govportal.source import Node

_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!][^>]*>?|javascript\s*:|vbscript\s*:|data\s*:\s*text/html", re.IGNORECASE
)


@dataclass(frozen=True)
class Text(Kind):
    """Words on one line, or several with `lines=True`. Markup is refused: a field is text, never HTML."""

    limit: int = 500
    lines: bool = False

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if found := _MARKUP.search(text):
            return desk.bad(
                node, "text/markup", f"{self.label}里不能写网页代码（{found[0][:20]}）", "只写文字"
            )
        if len(text) > self.limit:
            return desk.bad(
                node,
                "text/too-long",
                f"{self.label}有 {len(text)} 个字，最多 {self.limit} 个",
                "写短一些，细节放到正文",
            )
        return text if self.lines else " ".join(text.split("\n"))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "maxLength": self.limit}

    def form(self) -> dict[str, Any]:
        return {"widget": "text" if self.lines else "string", "label": self.label}


@dataclass(frozen=True)
class Identifier(Kind):
    """A short permanent name in small letters, figures and hyphens."""

    pattern: str = r"[a-z0-9][a-z0-9-]{0,79}"
    sample: str = "heating-notice-2026"

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(self.pattern, text, re.ASCII):
            return text
        usual = self.pattern == Identifier.pattern
        return desk.bad(
            node,
            "identifier/format",
            f"{self.label}“{text[:40]}”"
            + ("只能用小写字母、数字和短横线，以字母或数字开头，最多 80 个" if usual else "的写法不对"),
            f"例如 {self.example()}",
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "pattern": f"^(?:{self.pattern})$"}

    def example(self) -> str:
        return self.sample


@dataclass(frozen=True)
class Link(Kind):
    """The address of a page elsewhere; http and https only, and no user name or password in it."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        try:
            address = urlsplit(text)
            good = (
                address.scheme in ("http", "https")
                and bool(address.hostname)
                and address.username is None
                and not re.search(r"[\s<>\"'\\^`{|}]", text)
            )
            _ = address.port
        except ValueError:
            good = False
        return (
            text
            if good
            else desk.bad(node, "link/format", f"{self.label}不是完整的网址", "写成 https://… 开头的网址")
        )

    def show(self, value: Any, shelf: Shelf) -> list[Part]:
        return [{"text": urlsplit(value).hostname or value, "href": value, "external": True}]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "title": self.label, "format": "uri"}

    def example(self) -> str:
        return "https://www.gov.cn/"


@dataclass(frozen=True)
class Address(Kind):
    """An address on this portal, such as a former address of a page: `/policies/2024/17.html`."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if len(text) <= 300 and re.fullmatch(
            r"(?:/[A-Za-z0-9_~-]{1,100})*/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}\.html", text
        ):
            return text
        return desk.bad(
            node,
            "address/format",
            f"{self.label}“{text[:60]}”不是本站的网页地址",
            "写成 /目录/文件.html，例如 /policies/2024/17.html",
        )

    def example(self) -> str:
        return "/policies/2024/17.html"


@dataclass(frozen=True)
class Phone(Kind):
    """An office's telephone number, with its area code: `0454-8700000`, or a short service number."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if re.fullmatch(
            r"(?:0\d{2,3}-)?\d{7,8}(?:-\d{1,6})?|1\d{2,4}|9\d{4}|400-?\d{3}-?\d{4}|0\d{2,3}-X{7,8}",
            text,
            re.ASCII,
        ):
            return text
        return desk.bad(
            node,
            "phone/format",
            f"{self.label}“{text[:30]}”不是办公电话",
            "写成 区号-号码，例如 0454-1234567；不要写个人手机号",
        )

    def example(self) -> str:
        return "0454-XXXXXXX"
