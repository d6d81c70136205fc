"""The emblem comes from configuration and only as registered; lists are narrowed by state; records that are read together stand together."""

from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from govportal.checks.identity import identity_is_real
from support.town import OWN, SITE, Town, front, policy

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#b3261e"/></svg>'
DIGEST = sha256(PICTURE).hexdigest()


def emblem(digest: str = DIGEST) -> str:
    return SITE + f"emblem: {{file: emblem.svg, sha256: {digest}, name: 示例徽标, national: true}}\n"


def test_the_registered_emblem_is_published_as_it_is_and_shown_on_every_page(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("_portal/emblem.svg", PICTURE)
    town.write("_portal/site.yml", emblem())
    built = town.build()
    assert built.ok and "portal/unknown-file" not in built.codes
    address = f"assets/img/{DIGEST[:16]}.svg"
    assert built.files[address] == PICTURE
    pages = [name for name in built.files if name.endswith(".html")]
    assert len(pages) > 10
    for name in pages:
        (shown,) = html.fromstring(built.text(name)).xpath("//header//img[@data-emblem='national']")
        assert (shown.get("src"), shown.get("alt")) == ("/" + address, "示例徽标")


@pytest.mark.parametrize(("picture", "code"), [(PICTURE.replace(b"b3261e", b"0b4f9e"), "emblem/differs"), (None, "emblem/missing")])
def test_no_other_picture_takes_its_place(tmp_path: Path, picture: bytes | None, code: str) -> None:
    town = Town(tmp_path)
    if picture is not None:
        town.write("_portal/emblem.svg", picture)
    town.write("_portal/site.yml", emblem())
    built = town.build()
    assert not built.ok and code in built.codes


def test_a_real_website_may_not_show_the_placeholder(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("_portal/site.yml", SITE.replace("environment: demo", "environment: production"))
    site = town.build().loaded.site
    assert site is not None
    assert "site/no-emblem" in {one.code for one in identity_is_real(site)}


def test_a_list_is_narrowed_to_one_state(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("policies/2026/new.md", policy(id="new", title="示例新文件", document_number="示例政办发〔2026〕2号", replaces="[old]"))
    town.write("policies/2026/old.md", policy(id="old", title="示例旧文件", index_number="11999999000000001U/2026-00002", validity="废止",
                                              repeal="{kind: 废止, on: 2026-11-20, by: new}"))
    built = town.build()
    assert built.ok, [line for line in built.lines if "错误" in line]
    (nav,) = html.fromstring(built.text("policies/index.html")).xpath("//nav[@aria-label='按状态筛选']")
    states = {link.text.strip(): link.get("href") for link in nav.xpath(".//a")}
    assert next(iter(states)) == "全部" and "废止" in states and len(states) == 3
    page = html.fromstring(built.text(states["废止"].lstrip("/")))
    assert page.xpath("//*[@class='item-title']/a/text()") == ["示例旧文件"]
    assert page.xpath("//h1/text()") == ["政策（废止）"]


def test_a_policy_and_its_interpretation_stand_beside_each_other(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.write("policies/2026/policy.md", policy())
    town.write("interpretations/2026/policy.md", front(
        "## 主要内容\n\n示例。",
        **({"id": "reading", "title": "示例解读", "column": "interpretation", "published_at": "2026-11-20", "policies": "[policy]", "form": "图解",
            "level": "起草科室"} | OWN)))
    built = town.build()
    assert built.ok, [line for line in built.lines if "错误" in line]
    for name, label, other in (("interpretations/2026/policy.html", "解读的文件", "示例文件"), ("policies/2026/policy.html", "政策解读", "示例解读")):
        page = html.fromstring(built.text(name))
        (beside,) = page.xpath("//aside/section[@class='beside']")
        assert (beside.xpath("h2/text()"), beside.xpath(".//li//a/text()")) == ([label], [other])
        assert not page.xpath(f"//section[contains(@class, 'relation')][h2='{label}']")
