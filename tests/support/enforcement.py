"""A town whose office punishes and licenses, with all that this demands, and penalties to change at will.

    town = enforcing(tmp_path)
    town.write("penalties/2026/2026-0001.yml", penalty(party_name="示例乙商贸有限公司"))
"""

from __future__ import annotations

import shutil
from pathlib import Path

from govportal.registry import find_types
from support.specification import first_file
from support.town import Town

CALENDAR = Path(__file__).parents[2] / "content/_portal/calendar"
AROUND = ("organ", "power_list", "service_guide", "discretion_standard", "random_inspection", "enforcement_disclosure")
TYPES = {declared.type.name: declared for declared in find_types()}
PERSON: dict[str, str | None] = {
    "party_kind": "自然人", "party_code": None, "registration_number": None, "legal_representative": None,
}  # fmt: skip
"""What a decision on a natural person has instead of an organisation's numbers."""


def decision(type_name: str, **fields: str | None) -> str:
    """The first file of a type's page, under an identifier and number of its own, with fields changed (None leaves one out)."""
    lines = [line.partition(": ") for line in first_file(TYPES[type_name]).text.strip().split("\n")]
    properties: dict[str, str | None] = {name: value for name, _, value in lines}
    word = "罚" if type_name == "penalty" else "许"
    properties |= {"id": f"{type_name}-2026-0007", "slug": None, "document_number": f"示例办{word}决〔2026〕7号"} | fields
    return "".join(f"{name}: {value}\n" for name, value in properties.items() if value is not None)


def penalty(**fields: str | None) -> str:
    """A penalty that has nothing wrong with it."""
    return decision("penalty", **fields)


def enforcing(folder: Path) -> Town:
    """A town with power list, standards of discretion, the page of its office, and a calendar."""
    town = Town(folder)
    town.remove("organs/office.md")
    shutil.copytree(CALENDAR, town.content / "_portal/calendar")
    for name in AROUND:
        first = first_file(TYPES[name])
        town.write(first.path, first.text)
    return town
