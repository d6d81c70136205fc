"""What the plan demands of lists as a whole: the six are there, and whatever is not public has its place in the negative list."""

from pathlib import Path

import pytest

from support.town import OWN, Town, notice

MEASURES = "measures:\n  - {id: 一（三）1, title: 示例：清单管理, text: 示例：原文。, section: 一、示例章（三）示例节, columns: [notice]}\n"
POWER = (
    "{code: '000220001000', name: 示例检查, kind: 行政检查, subject: 示例局, department: 示例股, basis: 示例法第一条, level: 县, "
    "duties: 检查, accountability: 追责, supervise_phone: 12345, status: 在用, since: 2026-01-01}"
)
FEE = "{code: A-01, department: 示例部门, item: 示例费, basis: 示例依据}"


def listed(name: str, row: str, **more: str) -> str:
    fields = dict(OWN, id=name, title=f"示例：{name}", column="fees", published_at="2026-11-05", list=name, edition="2026-11-01", **more)  # fmt: skip
    return "\n".join([*(f"{one}: {value}" for one, value in fields.items()), "rows:", f"  - {row}"]) + "\n"


def missing(town: Town) -> list[str]:
    return [one.message for one in town.build().problems if one.code == "list/demanded-missing"]


def test_each_of_the_six_lists_is_missed_until_it_is_there(tmp_path: Path) -> None:
    town = Town(tmp_path)
    assert missing(town) == []
    town.write("_portal/measures.yml", MEASURES)
    assert len(missing(town)) == 6
    town.write("power-lists/powers.yml", listed("powers", POWER))
    assert not any("权力清单" in one or "责任清单" in one for one in missing(town))
    town.write("fee-lists/funds.yml", listed("funds", FEE, kind="政府性基金"))
    left = missing(town)
    assert len(left) == 3 and not any("政府性基金" in one for one in left)


NEGATIVE = "{code: N-01, category: 内部事务信息, matter: 示例, basis: 政府信息公开条例第十六条, owner: 示例办, since: 2026-01-01, review_due: 2027-01-01, status: 在用}"


@pytest.mark.parametrize(("fields", "codes"), [
    ({}, ["disclosure/no-ground"]),
    ({"withheld_ground": "过程性信息"}, []),
    ({"withheld_matter": "N-01"}, []),
    ({"withheld_matter": "N-09"}, ["disclosure/matter-not-listed"]),
])  # fmt: skip
@pytest.mark.parametrize("mode", ["不予公开", "依申请公开"])
def test_what_is_not_public_names_its_ground(tmp_path: Path, mode: str, fields: dict[str, str], codes: list[str]) -> None:
    town = Town(tmp_path)
    town.write("negative-lists/negative.yml", listed("negative", NEGATIVE))
    town.write("notices/2026/kept.md", notice(id="kept", disclosure_mode=mode, **fields))
    assert [one.code for one in town.build().problems if one.severity.value == "error"] == codes


def test_a_matter_that_left_the_negative_list_hides_nothing(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("negative-lists/negative.yml", listed("negative", NEGATIVE.replace("在用", "移出")))
    town.write("notices/2026/kept.md", notice(id="kept", disclosure_mode="不予公开", withheld_matter="N-01"))
    built = town.build()
    assert not built.ok and "移出负面清单" in "".join(built.lines)
    assert "kept" not in "".join(built.files)
