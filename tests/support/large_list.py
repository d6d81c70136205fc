"""A register of ten thousand rows in a small town, with the theme's own files, for a browser."""

from __future__ import annotations

from pathlib import Path

from govportal import disk
from govportal.editions import KINDS_OF_POWER
from support.town import OWN, SITE, THEME, Built, Town

ROWS = 10_000
ADDRESS = "/power-lists/register.html"
DUTIES = "受理责任：公示应当提交的材料，一次性告知补正；审查责任：依照法定条件审核；决定责任：在法定期限内作出决定；监管责任：加强事后检查。"


def code(number: int) -> str:
    """The code of a row, from 1."""
    return f"SL{number % 10:02}{number:08}"


def row(number: int) -> str:
    """A row in one line; every 100th is of a bureau that has few."""
    kind = KINDS_OF_POWER[number % 10]
    bureau = "示例区档案局" if number % 100 == 0 else f"示例区第{number % 23 + 1}局"
    return (
        f"  - {{code: {code(number)}, name: 示例：第{number}号职权, kind: {kind}, subject: {bureau}, department: 示例股, "
        f"basis: 《示例管理条例》第{number}条规定的情形由主管部门依照职权办理，具体办法另行制定, level: 县, "
        f"duties: {DUTIES}（{number}）, accountability: 不依法履行职责的，依照示例条例第{number}条追究责任, "
        "flow_chart: 受理—审查—决定—送达, supervise_phone: 0454-XXXXXXX, status: 在用, since: 2026-01-01}\n"
    )


def large_town(folder: Path, rows: int = ROWS) -> Town:
    """The town, not yet built."""
    town = Town(folder)
    town.write("_portal/site.yml", SITE + "text_megabytes: 12\n")
    fields = dict(OWN, id="register", title="示例：权责清单", column="fees", published_at="2026-11-05", sample="true", list="register", edition="2026-11-01")  # fmt: skip
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    town.write("power-lists/register.yml", head + "rows:\n" + "".join(map(row, range(1, rows + 1))))
    return town


def build(town: Town) -> Built:
    """Build it with everything a browser asks for."""
    assets = {f"assets/{name}": data for name, data in disk.read_folder(THEME / "assets").items()}
    page = b'<!doctype html><html lang="zh-CN"><title>404</title><h1>404</h1></html>'
    return town.build(assets | {"404.html": page})
