"""The content that ships: real documents with their source, samples that cannot be taken for real, and the plan word for word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from govportal.build import Project, load
from govportal.disk import read_folder
from govportal.problems import Severity
from govportal.registry import find_types
from support.pages import Page, Whole, front_matter, read_yaml
from support.published import holding

FIXTURES = Path(__file__).parents[1] / "fixtures"
PLAN = "policies/undated/open-government-plan"
FOLDERS = tuple(declared.type.folder for declared in find_types())


@pytest.fixture(scope="session")
def files(whole: Whole) -> dict[str, dict]:
    """Every record that ships, published today or not, by its path."""
    found = [path for folder in FOLDERS for path in sorted((whole.content / folder).rglob("*")) if path.suffix in (".md", ".yml")]
    return {path.relative_to(whole.content).as_posix(): front_matter(path) for path in found}


def page_of(whole: Whole, path: str) -> Page:
    return next(page for page in whole.pages if page.path == path)


def is_sample(record: dict) -> bool:
    return record.get("sample") == "true"


def test_it_builds_without_an_error_or_a_warning(whole: Whole):
    problems = json.loads((whole.project / ".govportal/report/problems.json").read_text(encoding="utf-8"))
    assert [problem for problem in problems if problem["severity"] != "note"] == []


@pytest.mark.parametrize("day", ["2026-11-24", "2027-03-01", "2030-01-01"])
def test_it_still_builds_when_time_has_passed(whole: Whole, tmp_path: Path, day: str):
    project = Project(content=whole.content, site=tmp_path / "site", cache=tmp_path / "cache", moment=day, types=find_types())
    assert [str(problem) for problem in load(project).problems if problem.severity is Severity.ERROR] == []


def test_at_least_two_hundred_real_documents_each_with_its_source(files):
    real = {path: record for path, record in files.items() if path.startswith("policies/") and not is_sample(record) and record.get("origin") == "reprint"}
    assert len(real) >= 200
    for path, record in real.items():
        assert record["source_url"].startswith("https://") and record["source_name"].strip(), path
        assert record.get("source_organ") or "source_organ" in record.get("gaps", []), path
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", record["source_date"]), path
        assert "index_number" not in record and "secrecy_review" not in record, path


def test_every_document_taken_over_shows_its_source(whole: Whole):
    reprints = [page for page in whole.records if page.source and page.source.get("origin") == "reprint"]
    assert len(reprints) >= 200
    policies = [page for page in reprints if page.path.startswith("policies/")]
    assert [page.path for page in policies if page.source["source_url"] not in page.html.xpath("//main//a/@href")] == []
    assert [page.path for page in reprints if "转载" not in page.text] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_at_least_three_records_of_every_type_are_published(whole: Whole, folder: str):
    assert len([page for page in whole.records if page.path.startswith(folder + "/")]) >= 3


def test_every_measure_of_the_plan_that_a_record_serves_is_in_the_plan(whole: Whole, files):
    measures = {one["id"] for one in read_yaml((whole.content / "_portal/measures.yml").read_text(encoding="utf-8"))["measures"]}
    served = {one for record in files.values() for one in record.get("measures", [])}
    assert served <= measures and len(served) > 30


# The plan

def words(text: str) -> str:
    """Text without white space: what is compared word for word."""
    return re.sub(r"\s+", "", text)


def source_of_plan() -> str:
    return (FIXTURES / "plan/source.txt").read_text(encoding="utf-8")


def test_the_text_of_the_plan_is_the_source_word_for_word(whole: Whole):
    text = (whole.content / f"{PLAN}.md").read_text(encoding="utf-8")
    title = front_matter(whole.content / f"{PLAN}.md")["title"]
    body = text.split("\n---", 1)[1].removeprefix("\n")
    body = re.sub(r"^#+ ", "", body, flags=re.M)
    body = re.sub(r"\\([.!#()*+_`~-])", r"\1", body)
    assert words(title + body) == words(source_of_plan().replace("[bookmark: _GoBack]", ""))


def test_the_page_of_the_plan_shows_it_word_for_word(whole: Whole):
    page = page_of(whole, f"{PLAN}.html")
    (prose,) = page.html.xpath("//main//*[contains(concat(' ', @class, ' '), ' prose ')]")
    shown = html.fromstring(html.tostring(prose, encoding="unicode"))
    for extra in shown.xpath(".//a[contains(@class, 'permalink')]"):
        extra.drop_tree()
    source = words(source_of_plan().replace("[bookmark: _GoBack]", ""))
    title = words(page.html.xpath("//h1")[0].text_content())
    assert source == title + words(shown.text_content())


def test_the_residue_of_conversion_is_kept_as_a_fixture_and_in_no_page(whole: Whole):
    assert source_of_plan().count("[bookmark: _GoBack]") == 1
    assert [page.path for page in whole.pages if "_GoBack" in page.text] == []


def test_what_the_plan_does_not_say_is_not_filled_in(whole: Whole):
    record = front_matter(whole.content / f"{PLAN}.md")
    for name in ("document_number", "index_number", "written_on", "issued_on", "effective_on", "organ"):
        assert name in record["gaps"] and name not in record
    page = page_of(whole, f"{PLAN}.html")
    assert "原文未载" in page.text and "有效（推定）" in page.text
    assert not is_sample(record) and "示例文件" not in page.text


# Samples

def test_every_sample_says_so_on_its_page(whole: Whole):
    samples = [page for page in whole.records if page.source and is_sample(page.source)]
    assert len(samples) > 40
    silent = [page.path for page in samples
              if not page.html.xpath("//main//*[contains(@class, 'banner-sample') or contains(@class, 'badge-sample')][contains(., '示例')]")]
    assert silent == []


def test_every_sample_says_so_wherever_it_is_listed(whole: Whole):
    samples = {f"/{page.path}" for page in whole.records if page.source and is_sample(page.source)}
    silent, seen = [], 0
    for page in whole.pages:
        for entry in page.html.xpath("//main//*[contains(@class, 'item-title')]"):
            if samples & set(entry.xpath("./a/@href")):
                seen += 1
                if "示例" not in entry.text_content():
                    silent.append((page.path, entry.text_content()))
    assert seen > 200 and silent == []


def test_samples_say_so_in_what_is_taken_away(whole: Whole):
    catalogue = json.loads((whole.site / "data/catalogue.json").read_text(encoding="utf-8"))["records"]
    samples = {page.source["id"] for page in whole.records if page.source and is_sample(page.source)}
    assert [one["id"] for one in catalogue if one["id"] in samples and "示例" not in one["title"] + one["state"]] == []


def test_nothing_that_is_not_a_sample_speaks_for_the_district(files):
    """The plan is the only real text of the district's own; everything else of its own is a sample."""
    own = [path for path, record in files.items() if record.get("origin", "own") == "own" and not is_sample(record)]
    assert [path for path in own if not path.startswith((PLAN, "organs/", "interpretations/2026/open-government-plan"))] == []


def test_no_fee_of_the_district_is_shown_without_a_mark(whole: Whole, files):
    lists = {path: record for path, record in files.items() if path.startswith("fee-lists/")}
    for path, record in lists.items():
        if is_sample(record):
            assert all("示例" in row["standard"] for row in record["rows"] if row.get("standard")), path
        else:
            assert record["kind"] == "外地公开清单（格式示例）", path
            assert all(row.get("place") and row.get("year") and "前进区" not in row["place"] for row in record["rows"]), path
            assert record["list"] not in {other["list"] for other in lists.values() if is_sample(other)}
    outside = [record for record in lists.values() if not is_sample(record)]
    assert len(outside) == 1 and len({row["place"] for row in outside[0]["rows"]}) >= 7


def test_credit_codes_of_samples_belong_to_no_place(whole: Whole):
    code = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{9}[0-9A-HJ-NPQRTUWXY](?![0-9A-Za-z])")
    found = set()
    for path in sorted(whole.content.rglob("*")):
        if path.suffix in (".md", ".yml", ".csv"):
            found |= {(path.name, one) for one in code.findall(path.read_text(encoding="utf-8")) if re.search(r"\d", one)}
    assert found and [(name, one) for name, one in found if one[2:8] != "999999"] == []


def test_the_names_of_sample_organs_begin_with_the_word(files):
    organs = {path: record for path, record in files.items() if path.startswith("organs/")}
    assert len(organs) >= 3
    assert [path for path, record in organs.items() if is_sample(record) and not record["title"].startswith("示例")] == []
    assert [path for path, record in organs.items() if not is_sample(record)] == []


def test_what_is_not_due_yet_leaves_no_byte(whole: Whole, files):
    later = {path: record for path, record in files.items() if record["published_at"][:10] > "2026-11-23" or record.get("draft") == "true"}
    assert later, "one ships, to show that it works"
    everything = b"".join(path.read_bytes() for path in sorted(whole.site.rglob("*")) if path.suffix in (".html", ".xml", ".json", ".csv"))
    for path, record in later.items():
        assert record["title"].encode() not in everything and not (whole.site / path).with_suffix(".html").exists()


def test_a_penalty_that_was_repaired_leaves_no_byte_but_its_address(whole: Whole, files):
    repaired = {path: record for path, record in files.items() if record.get("repaired_on", "9999") <= "2026-11-23"}
    assert repaired, "one ships, to show that it works"
    published = read_folder(whole.site)
    for path, record in repaired.items():
        page = path.removesuffix(".yml") + ".html"
        assert holding(published, record["party_name"], record["document_number"], record["title"]) == []
        assert "信用修复" in published[page].decode()


def test_the_whole_name_of_a_person_is_in_no_byte(whole: Whole, files):
    persons = [record["party_name"] for record in files.values() if record.get("party_kind") == "自然人"]
    keepers = [record["legal_representative"] for record in files.values() if record.get("party_kind") == "个体工商户"]
    assert persons and keepers and holding(read_folder(whole.site), *persons, *keepers) == []


def test_no_page_is_too_heavy(whole: Whole):
    """300 KB for a page (handbook 1.4, a recommendation), but for the long laws and lists, which are named here."""
    heavy = {path.relative_to(whole.site).as_posix(): path.stat().st_size for path in whole.site.rglob("*.html") if path.stat().st_size > 300_000}
    assert all(name.startswith(("policies/", "fee-lists/")) and size < 1_000_000 for name, size in heavy.items()), heavy
