"""A penalty whose time is over, or that was repaired or revoked, leaves no byte; its address says why, and names nobody."""

from pathlib import Path

import pytest

from govportal import disk
from govportal.memo import unsealed
from support.enforcement import PERSON, enforcing, penalty
from support.published import decoded, holding
from support.town import TODAY, Built, Town, notice

FIRM, MARK = "示例隐没标记商贸有限公司", "QZXWMARK"
PERSON_NAME = "示例隐没人"
LEDGER = "_portal/addresses.csv"
PATH, PAGE = "penalties/2026/2026-0007.yml", "penalties/2026/2026-0007.html"
UNTIL = "2027-05-10"
TEXTS = {name: f"{FIRM}{MARK}（{name}）" for name in ("violation", "facts", "basis", "certificates", "decision_text", "late_reason", "remarks",
                                                      "necessity_reason", "author", "legal_representative")}  # fmt: skip


def marked(**fields: str | None) -> str:
    """A penalty that carries name and mark in every field that may hold words."""
    return penalty(**TEXTS | {
        "title": f"示例：对{FIRM}{MARK}的处罚", "summary": f"{MARK}概述", "keywords": f"[{MARK}]", "party_name": FIRM, "registration_number": MARK,
        "organisation_code": MARK, "tax_number": MARK, "institution_number": MARK, "society_number": MARK, "document_number": f"{MARK}〔2026〕7号",
        "content": f"{FIRM}{MARK}没收违法所得1200元，处2000元罚款，暂扣许可证。", "aliases": "[/penalties/penalty-7.html]", "source_name": MARK,
        "attachments": f"[{{file: 2026-0007/{MARK}.txt, name: {MARK}附件}}]", "channels": f"[{{kind: 网站, name: {FIRM}{MARK}}}]", "display_until": UNTIL,
        "exempt": f"{{column/stale: {FIRM}}}"} | fields)  # fmt: skip


def publish(town: Town, moment: str, **fields: str | None) -> Built:
    town.write(PATH, marked(**fields))
    town.write(f"penalties/2026/2026-0007/{MARK}.txt", f"{FIRM}{MARK}\n")
    # Others point at it: by a field, by a link in the text.
    town.write("notices/2026/other.md", notice(f"见[处罚公示](/{PAGE})。", id="other", title="示例：另一公告", related="[penalty-2026-0007]"))
    return town.build(moment=moment)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return enforcing(tmp_path_factory.mktemp("withdrawal"))


def test_while_its_period_lasts_it_is_in_every_product(town: Town) -> None:
    built = publish(town, UNTIL)
    assert built.ok, built.lines
    for word in (FIRM, MARK):
        found = set(holding(built.files, word))
        assert {PAGE, "notices/index.html", "feeds/all.atom.xml", "feeds/notice.rss.xml", "data/penalty.json", "data/penalty.csv", "data/catalogue.csv",
                "data/columns/notice.json", "penalties/penalty-7.html", "notices/2026/other.html", f"penalties/2026/2026-0007/{MARK}.txt"} <= found  # fmt: skip
        assert any(path.startswith("search/") for path in found)
    assert '<meta name="robots" content="noarchive">' in built.text(PAGE)
    assert UNTIL in built.text(PAGE), "the last day of display is said"


def no_byte(built: Built, town: Town) -> None:
    """Nothing of the penalty is left: in no file and no file's name, in no ledger, and its identifier in no product."""
    assert built.ok, built.lines
    assert holding(built.files, FIRM, MARK, "〔2026〕7号") == []
    # The tombstone and the notice that still points at it hold the number, which names nobody; nothing else does.
    naming = {path for path, data in decoded(built.files).items() if b"penalty-2026-0007" in data or b"2026-0007.html" in data}
    assert {path for path in naming if not path.startswith("search/")} <= {
        PAGE, "notices/2026/other.html", "data/notice.json", "data/notice.csv",
    }  # fmt: skip
    ledger = (town.content / LEDGER).read_text(encoding="utf-8")
    assert FIRM not in ledger and MARK not in ledger
    assert f"/{PAGE},penalty-2026-0007," in ledger, "the address stays promised"


ENDINGS = {
    "the period is over": ("2027-05-11", {}, "公示期已满", "2027年5月11日"),
    "it was repaired today": ("2027-03-01", {"repaired_on": "2027-03-01"}, "信用修复", "2027年3月1日"),
    "it was repaired before": ("2027-03-10", {"repaired_on": "2027-03-01"}, "信用修复", "2027年3月1日"),
    "it was revoked": ("2026-11-24", {"revocation": "{kind: 撤销, decided_on: 2026-11-20, withdrawn_on: 2026-11-24, reason: 主要证据不足（示例）}"},
                       "主要证据不足（示例）", "2026年11月24日"),
    "it was repaired before the period was over": ("2028-01-01", {"repaired_on": "2027-03-01"}, "信用修复", "2027年3月1日"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDINGS)
def test_then_no_byte_of_it_is_left_in_a_kept_and_in_a_clean_build(name: str, town: Town) -> None:
    moment, fields, reason, day = ENDINGS[name]
    shown = publish(town, TODAY)
    assert shown.ok and PAGE in holding(shown.files, FIRM)
    kept = publish(town, moment, **fields)
    no_byte(kept, town)
    for path in (PAGE, "penalties/penalty-7.html"):
        page = kept.text(path)
        assert reason in page and day in page and "noindex" in page
        assert "行政处罚（已停止公开）" in page
    assert "已停止公开" not in kept.text("notices/index.html")
    assert "另有 1 件已依规停止公开" in kept.text("notices/index.html"), "what is left is a count"
    assert sum(one.code == "reference/not-shown" for one in kept.problems) == 1
    town.forget()
    clean = publish(town, moment, **fields)
    no_byte(clean, town)
    assert clean.files == kept.files, "kept and clean builds agree"


def test_going_back_to_an_earlier_day_brings_it_back(town: Town) -> None:
    before = publish(town, UNTIL).files
    assert publish(town, "2027-05-11").ok
    assert publish(town, UNTIL).files == before


def test_nothing_of_it_is_kept_in_what_the_next_build_remembers_for_search(town: Town) -> None:
    assert publish(town, UNTIL).ok
    assert publish(town, "2027-05-11").ok
    kept = unsealed(disk.read(town.folder / ".govportal/search"))
    assert kept and "penalty-2026-0007" not in kept


def test_a_tombstone_written_by_hand_is_refused_where_one_stands_by_itself(town: Town) -> None:
    town.write("_portal/tombstones.yml", f"tombstones:\n  - {{address: /{PAGE}, title: {FIRM}, reason: 示例, date: 2027-05-11}}\n")
    built = publish(town, "2027-05-11")
    town.remove("_portal/tombstones.yml")
    assert not built.ok and "address/used-twice" in built.codes


def test_what_was_withdrawn_may_be_deleted_with_a_tombstone(tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    assert publish(town, UNTIL).ok
    town.remove(PATH)
    town.remove("notices/2026/other.md")
    gone = (f"/{PAGE}", "/penalties/penalty-7.html", "/notices/2026/other.html")
    stones = [f"  - {{address: {one}, title: 行政处罚, reason: 公示期已满, date: 2027-05-11}}\n" for one in gone]
    town.write("_portal/tombstones.yml", "tombstones:\n" + "".join(stones))
    built = town.build(moment="2027-05-11")
    assert built.ok, built.lines
    assert holding(built.files, FIRM, MARK) == []


def test_a_draft_that_was_never_public_has_no_tombstone(tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    town.write(PATH, marked(draft="true", attachments=None))
    built = town.build(moment="2027-05-11")
    assert built.ok and PAGE not in built.files and holding(built.files, FIRM, MARK) == []


# Natural persons

SHOWN_PERSON = {**PERSON, "party_name": PERSON_NAME, "title": "示例：对示例某某的处罚", "decision_text": "当事人示例某某（示例）。"}


@pytest.mark.parametrize("moment", [TODAY, UNTIL, "2027-05-11"])
def test_the_whole_name_of_a_person_is_never_in_a_byte(moment: str, tmp_path: Path) -> None:
    town = enforcing(tmp_path)
    for path, name, fields in (
        ("penalties/2026/7.yml", PERSON_NAME, SHOWN_PERSON),
        ("penalties/2026/8.yml", "示例  隐没人", SHOWN_PERSON | {"id": "penalty-8", "document_number": "示例办罚决〔2026〕8号"}),
        ("penalties/2026/9.yml", "示例小店", {**PERSON, "party_kind": "个体工商户", "legal_representative": PERSON_NAME, "id": "penalty-9",
                                           "document_number": "示例办罚决〔2026〕9号"}),
    ):  # fmt: skip
        town.write(path, penalty(**fields | {"party_name": name, "display_until": UNTIL}))
    built = town.build(moment=moment)
    assert built.ok, built.lines
    assert holding(built.files, PERSON_NAME, "隐没人", "隐没") == []
    masked = {"penalties/2026/7.html", "penalties/2026/8.html", "penalties/2026/9.html"}
    found = set(holding(built.files, "示例某某"))
    if moment == "2027-05-11":
        assert not found
    else:
        assert masked | {"data/penalty.json", "data/penalty.csv", "notices/index.html", "feeds/all.rss.xml"} <= found
    everything = disk.read_folder(town.folder / ".govportal") | {LEDGER: (town.content / LEDGER).read_bytes()}
    assert holding(everything, PERSON_NAME) == []
