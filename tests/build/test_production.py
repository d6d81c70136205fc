"""The real website: a complete invented one keeps every rule; without any one of its marks it does not go online."""

import re
import shutil
from pathlib import Path

import pytest

from govportal.build import load
from govportal.checks.identity import identity_is_real
from govportal.disk import read_folder
from govportal.problems import Severity
from support.production import IDENTITY, furnish, renamed
from support.shipped import build
from support.town import Town, notice

SITE = (IDENTITY / "site.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return furnish(tmp_path_factory.mktemp("production"))


def test_a_complete_website_keeps_every_rule(whole: Town) -> None:
    loaded = load(whole.project())
    assert loaded.site is not None and loaded.site.portal.settings.environment == "production"
    assert [str(one) for one in loaded.problems if one.severity is not Severity.NOTE] == []
    assert len(loaded.site.records) > 500 and not any(one.sample for one in loaded.site.records)
    assert len(loaded.site.portal.measures) > 40


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A small town with the identity of the real one."""
    town = Town(tmp_path_factory.mktemp("identity"))
    shutil.copytree(IDENTITY, town.content / "_portal", dirs_exist_ok=True)
    return town


def codes(town: Town, site: str) -> list[str]:
    """What is wrong with an identity."""
    town.write("_portal/site.yml", site)
    loaded = load(town.project())
    if loaded.site is None:
        return [one.code for one in loaded.problems if one.at.path == "_portal/site.yml"]
    found = {one.code for one in loaded.problems if one.severity is Severity.ERROR and one.at.path == "_portal/site.yml"}
    assert {one.code for one in identity_is_real(loaded.site)} <= found
    return sorted(found)


def test_the_whole_identity_is_without_fault(small: Town) -> None:
    assert codes(small, SITE) == []


MISSING = {
    "name": "field/missing", "domain": "field/missing", "code": "field/missing", "sponsor": "field/missing", "organizer": "field/missing",
    "icp": "field/missing", "police_record": "field/missing", "contact_phone": "field/missing", "contact_address": "field/missing",
    "find_error_url": "field/missing", "postcode": "site/postcode", "emblem": "site/no-emblem", "party_mark": "site/no-party-mark",
    "police_mark": "site/no-police-mark",
}  # fmt: skip


@pytest.mark.parametrize("name", MISSING)
def test_each_missing_mark_is_an_error(small: Town, name: str) -> None:
    without = re.sub(rf"^{name}: .*\n", "", SITE, flags=re.MULTILINE)
    assert without != SITE and MISSING[name] in codes(small, without)


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("name", "示例区政府", "site/sample-identity"), ("organizer", "承办单位（示例）", "site/sample-identity"),
        ("domain", "yunling.example", "site/domain"),
        ("code", "0000000000", "site/code"), ("code", "0908040001", "site/code"), ("icp", "示例ICP备00000000号", "site/icp"), ("icp", "云ICP备1号", "site/icp"),
        ("icp", "云ICP备00000000号", "site/icp"),
        ("police_record", "云公网安备0号", "site/police-record"), ("police_record", "云公网安备00000000000000号", "site/police-record"),
        ("contact_phone", "0000-0000000", "site/phone"), ("contact_phone", "总机", "site/phone"), ("postcode", "000000", "site/postcode"),
        ("find_error_url", "http://find-error.yunling-invented.gov.cn/", "site/find-error"), ("find_error_url", "https://find-error.example/", "site/find-error"),
        ("tag_authority", "portal.example", "site/tag-authority"),
    ],
)  # fmt: skip
def test_a_mark_that_cannot_be_real_is_an_error(small: Town, name: str, written: str, code: str) -> None:
    changed = re.sub(rf"^{name}: .*$", f"{name}: {written}", SITE, flags=re.MULTILINE)
    assert code in codes(small, changed)


@pytest.mark.parametrize("name", ["emblem", "party-mark", "police-mark"])
def test_a_picture_that_is_not_the_registered_one_is_an_error(small: Town, name: str) -> None:
    file = small.content / f"_portal/{name}.svg"
    right = file.read_bytes()
    file.write_bytes(right.replace(b"#", b"#f"))
    assert codes(small, SITE) == ["emblem/differs"]
    file.unlink()
    assert codes(small, SITE) == ["emblem/missing"]
    file.write_bytes(right)


def test_a_sample_does_not_go_online(small: Town) -> None:
    small.write("_portal/site.yml", SITE)
    small.write("notices/2026/one.md", notice(id="one", title="示例：公告", sample="true"))
    problems = load(small.project()).problems
    small.remove("notices/2026/one.md")
    assert [one.severity for one in problems if one.code == "sample/in-production"] == [Severity.ERROR]


@pytest.mark.full
def test_the_real_website_says_so_on_every_page(whole: Town, tmp_path: Path) -> None:
    """Built as a clerk builds it: no page is hidden from search engines, none speaks of a demonstration, all bear the marks."""
    told = build(tmp_path, renamed, whole.content)
    files = read_folder(tmp_path / "site")
    pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
    assert len(pages) > 2000, told[-2000:]
    assert b"Allow: /" in files["robots.txt"] and b"https://www.yunling-invented.gov.cn/sitemap.xml" in files["robots.txt"]
    forwarding = {path for path, page in pages.items() if 'http-equiv="refresh"' in page or 'name="robots"' in page}
    assert "index.html" not in forwarding and len(forwarding) < len(pages) / 10
    for word in ("示例站点", "portal.example", "占位图"):
        assert [path for path, page in pages.items() if word in page][:5] == []
    marks = ("9908040001", "云ICP备00000001号-1", "云公网安备99080400000001号", "0990-9900001", "主办单位：云岭区人民政府办公室", "承办单位：云岭区政务数据中心",
             "我为政府网站找错", "党政机关网站标识")  # fmt: skip
    assert [(path, mark) for path, page in pages.items() for mark in marks if mark not in page][:5] == []
