"""What is not public leaves no byte: not in a page, list, feed, search index, export, name or file."""

import pytest

from support.full_town import PNG, furnish
from support.published import decoded, holding
from support.town import OWN, Built, Town, notice, organ, policy

MARK = "QZXWMARK"
WORDS = ("隐藏标记甲", MARK)


def secret(**fields: str | None) -> str:
    """A notice that carries the mark in every place that could be published."""
    return notice(
        f"{WORDS[0]} {MARK} 正文。\n\n![图 {MARK}](secret-{MARK}.png)\n\n## {MARK}",
        **({"id": "secret", "title": f"示例{WORDS[0]} {MARK}", "summary": f"{MARK} 概述", "keywords": f"[{MARK}]", "author": MARK, "related": "[heating]",
            "attachments": f"[{{file: secret-{MARK}.txt, name: {MARK} 附件}}]", "aliases": f"[/old/{MARK}.html]"} | fields))  # fmt: skip


def publish(town: Town, moment: str, **fields: str | None) -> Built:
    town.write("notices/2026/secret.md", secret(**fields))
    town.write(f"notices/2026/secret-{MARK}.txt", f"{MARK} 的附件\n")
    town.write(f"notices/2026/secret-{MARK}.png", PNG + MARK.encode())
    # Others that point at it, in a field and by being its organ, must not tell of it either.
    town.write("notices/2026/other.md", notice(id="other", title="示例：另一公告", related="[secret]"))
    return town.build(moment=moment)


HIDDEN = {
    "a draft": {"draft": "true"}, "publication tomorrow": {"published_at": "2026-11-24"}, "publication planned for tomorrow": {"publish_at": "2026-11-24"},
    "publication planned for later today": {"publish_at": "2026-11-23 18:01"},
    "disclosure on application": {"disclosure_mode": "依申请公开", "withheld_ground": "商业秘密、个人隐私"},
    "no disclosure": {"disclosure_mode": "不予公开", "withheld_ground": "内部事务信息"},
    "a review that refused": {"secrecy_review": OWN["secrecy_review"].replace("可以公开", "不予公开")},
    "a review not yet decided": {"secrecy_review": OWN["secrecy_review"].replace("可以公开", "报请确定")},
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return furnish(Town(tmp_path_factory.mktemp("visibility")))


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_public_leaves_no_byte(name: str, town: Town) -> None:
    built = publish(town, "2026-11-23 18:00", **HIDDEN[name])
    assert built.ok, built.lines
    assert holding(built.files, *WORDS) == []
    assert not any(
        b"record/secret" in data or b"notices/2026/secret" in data for data in decoded(built.files).values()
    )
    assert (
        MARK not in (town.content / "_portal/addresses.csv").read_text()
        and "secret" not in (town.content / "_portal/addresses.csv").read_text()
    )
    assert "reference/not-shown" in built.codes


SHOWN = {
    "publication planned for this minute": {"publish_at": "2026-11-23 18:00"}, "publication planned for today": {"publish_at": "2026-11-23"},
    "publication today": {"published_at": "2026-11-23"},
    "a review that allowed a part": {"secrecy_review": OWN["secrecy_review"].replace("可以公开", "部分公开")},
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_public_is_in_every_product(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    built = publish(furnish(Town(tmp_path_factory.mktemp("shown"))), "2026-11-23 18:00", **SHOWN[name])
    assert built.ok, built.lines
    found = set(holding(built.files, MARK))
    assert {"notices/2026/secret.html", f"notices/2026/secret-{MARK}.txt", f"notices/2026/secret-{MARK}.png", f"old/{MARK}.html",
        "notices/index.html", "feeds/notice.rss.xml", "feeds/all.atom.xml",
            "data/notice.json", "data/notice.csv", "data/catalogue.csv", "notices/2026/other.html", "notices/2026/heating.html"} <= found  # fmt: skip
    assert any(path.startswith("search/") for path in found)
    assert b"notices/2026/secret.html" in built.files["sitemap-1.xml"]


def test_what_becomes_hidden_again_takes_every_byte_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    town = furnish(Town(tmp_path_factory.mktemp("withdrawn")))
    assert holding(publish(town, "2026-11-23 18:00").files, MARK)
    stones = (town.content / "_portal/tombstones.yml").read_text()
    lost = ["/notices/2026/secret.html"]
    town.write(
        "_portal/tombstones.yml",
        stones
        + "".join(
            f"  - {{address: {one}, title: 已撤下的网页, reason: 示例, date: 2026-11-23}}\n" for one in lost
        ),
    )
    built = publish(town, "2026-11-23 18:00", draft="true", aliases=None)
    assert built.ok, built.lines
    assert holding(built.files, *WORDS) == []
    assert "已撤下的网页" in built.text("notices/2026/secret.html")


def test_the_same_content_is_hidden_before_its_minute_and_shown_from_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    town = furnish(Town(tmp_path_factory.mktemp("minute")))
    before = publish(town, "2026-11-23 17:59", publish_at="2026-11-23 18:00")
    assert before.ok and holding(before.files, *WORDS) == []
    after = publish(town, "2026-11-23 18:00", publish_at="2026-11-23 18:00")
    assert after.ok and "notices/2026/secret.html" in holding(after.files, MARK)


def test_a_hidden_organ_or_policy_is_not_named_on_the_pages_of_others(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    town = furnish(Town(tmp_path_factory.mktemp("organ")))
    town.write("organs/hidden.md", organ(id="hidden", title=f"示例{MARK}局", order="9", draft="true"))
    town.write(
        "policies/2026/hidden.md",
        policy(id="hidden-policy", title=f"{MARK}文件", draft="true", replaces="[rules]"),
    )
    town.write(
        "notices/2026/other.md", notice(id="other", organ="[office, hidden]", related="[hidden-policy]")
    )
    built = town.build()
    assert built.ok, built.lines
    assert holding(built.files, MARK) == []
    assert "废止" not in built.text("policies/2026/rules.html")


def test_files_that_no_record_uses_are_not_published(town: Town) -> None:
    town.write(f"notices/2026/unused-{MARK}.txt", MARK)
    built = town.build()
    assert built.ok and f"notices/2026/unused-{MARK}.txt" not in built.files


@pytest.mark.parametrize("field", ["order", "secrecy_review"])
def test_private_fields_never_leave(field: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    town = furnish(Town(tmp_path_factory.mktemp("private")))
    review = OWN["secrecy_review"].replace("示例审查岗", WORDS[0])
    town.write(
        "organs/finance.md",
        organ(id="finance", title="示例区财政局", order="987654321", secrecy_review=review),
    )
    built = town.build()
    assert built.ok, built.lines
    assert holding(built.files, WORDS[0], "987654321") == []
