"""Official numbers: document numbers, index numbers, unified social credit codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govportal.han import INDEX_NUMBER, credit_code_is_valid
from govportal.kinds.base import Desk
from govportal.kinds.text import Text
from govportal.source import Node


@dataclass(frozen=True)
class DocumentNumber(Text):
    """A document number as written on the paper. Which form is required is a rule of the type, not of the kind."""

    limit: int = 80

    def example(self) -> str:
        return "示例政办规〔2026〕3号"


@dataclass(frozen=True)
class CreditCode(Text):
    """A unified social credit code of 18 characters with its check character (GB 32100-2015)."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        if credit_code_is_valid(text):
            return text
        return desk.bad(
            node,
            "credit-code/check",
            f"{self.label}“{text[:20]}”不是有效的统一社会信用代码",
            "照证书核对 18 位，字母用大写，没有 I、O、Z、S、V",
        )

    def example(self) -> str:
        return "11999999000000001U"


@dataclass(frozen=True)
class IndexNumber(Text):
    """An index number: credit code / year - five figures, such as `11999999000000001U/2026-00001`."""

    def from_text(self, text: str, node: Node, desk: Desk) -> Any:
        found = INDEX_NUMBER.fullmatch(text)
        if found is None:
            return desk.bad(
                node,
                "index-number/format",
                f"{self.label}“{text[:40]}”的写法不对",
                f"写成 18 位信用代码/年份-五位流水号，例如 {self.example()}",
            )
        if not credit_code_is_valid(found[1]):
            return desk.bad(
                node,
                "credit-code/check",
                f"{self.label}里的信用代码 {found[1]} 校验不通过",
                "照机关的统一社会信用代码核对",
            )
        return text

    def example(self) -> str:
        return "11999999000000001U/2026-00001"
