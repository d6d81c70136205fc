"""A command line whose help and complaints are in Chinese."""

from __future__ import annotations

import argparse
import re
from datetime import datetime
from typing import Any, NoReturn

SAYINGS = [
    (r"^argument (\S+): ", r"\1 "),
    (r"expected (one|\d+) arguments?", "后面要跟一个值"),
    (r"ignored explicit argument '(.*)'", r"后面不能跟值“\1”"),
    (r"invalid choice: '(.*?)' \(choose from (.*)\)", r"没有“\1”，可以写 \2"),
    (r"unrecognized arguments: (.*)", r"不认识的选项 \1"),
]


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the clerk's language."""

    def __init__(self, **how: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **how)
        self._positionals.title = "写什么"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_help(self) -> str:
        """The help text."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Complain about the command line and leave."""
        for pattern, saying in SAYINGS:
            message = re.sub(pattern, saying, message)
        self.exit(2, f"选项有误：{message}。加 -h 看说明。\n")


def moment(text: str) -> str:
    """A day or minute as it is written on the command line."""
    for form, example in (("%Y-%m-%d", "2026-05-01"), ("%Y-%m-%d %H:%M", "2026-05-01 09:30")):
        if len(text) == len(example):
            try:
                return datetime.strptime(text, form).strftime(form)
            except ValueError:
                break
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-05-01 这样")
