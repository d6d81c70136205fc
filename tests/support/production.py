"""A complete invented website as it goes online: the identity of tests/towns/production, the shipped records renamed.

    town = furnish(tmp_path)
    assert not has_errors(load(town.project()).problems)
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from support.shipped import ROOT
from support.town import Town

IDENTITY = Path(__file__).parents[1] / "towns/production/_portal"
FOREIGN = "外地公开清单（格式示例）"
"""A word of a vocabulary, not a mark of made-up content."""
WORDS = (("（示例）", ""), ("示例：", ""), ("示例", "云岭"), ("portal.example", "www.yunling-invented.gov.cn"))


def renamed(text: str) -> str:
    """A text of the demonstration as the invented district's own."""
    text = re.sub(r"^sample: true\n", "", text, flags=re.MULTILINE)
    kept = text.split(FOREIGN)
    for old, new in WORDS:
        kept = [part.replace(old, new) for part in kept]
    return FOREIGN.join(kept)


def furnish(folder: Path) -> Town:
    """The content of the whole website in a folder."""
    town = Town(folder, bare=True)
    shutil.copytree(ROOT / "content", town.content)
    for path in sorted(town.content.rglob("*")):
        if path.suffix in (".md", ".yml", ".txt", ".csv"):
            path.write_text(renamed(path.read_text(encoding="utf-8")), encoding="utf-8")
    (town.content / "_portal/addresses.csv").write_text("address,id,since\n", encoding="utf-8")
    shutil.copytree(IDENTITY, town.content / "_portal", dirs_exist_ok=True)
    return town
