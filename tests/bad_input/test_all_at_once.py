"""Many broken files, one run: every problem is said, each once, in order, and the site stays."""

import os

import pytest

from support.standing import StandingTown, file
from support.town import Town, notice, organ


def test_every_problem_of_many_broken_files_in_one_run(standing: StandingTown) -> None:
    said = standing.refused(
        file("notices/2026/a-empty.md", b""),
        file("notices/2026/b-gbk.md", notice("供热通知。", id="b").encode("gbk")),
        file("notices/2026/c-date.md", notice(id="c", published_at="2024-02-30")),
        file("notices/2026/d-reference.md", notice("[示例](nothing.html)", id="d", related="[nothing]", column="nothing")),
        file("notices/2026/e-two.md", notice("一\u202e\n二\x00", id="e")),
        file("notices/2026/f-both.md", notice("![](no.png)", id="f", title="<b>", kind="x")),
        file("fee-lists/broken.yml", "a: [\n"),
        file("policies/2026/g.exe", b"MZ"),
        file("pages/statement.md", b"x"),
        file("_portal/measures.yml", "measures: [x]\n"),
    )  # fmt: skip
    assert said == [
        "_portal/measures.yml:1:12 field/not-a-group",
        "fee-lists/broken.yml:2:1 yaml/syntax",
        "notices/2026/a-empty.md:1:1 front-matter/missing",
        "notices/2026/b-gbk.md:3:9 file/encoding",
        "notices/2026/c-date.md:5:15 date/no-such-day",
        "notices/2026/d-reference.md:4:9 column/unknown",
        "notices/2026/d-reference.md:11:10 reference/nothing",
        "notices/2026/e-two.md:13:2 file/direction-override",
        "notices/2026/e-two.md:14:2 file/control-character",
        "notices/2026/f-both.md:3:8 text/markup",
        "notices/2026/f-both.md:6:7 choice/unknown",
        "notices/2026/f-both.md:13:5 image/no-words",
        "pages/statement.md:1:1 front-matter/missing",
        "policies/2026/g.exe:1:1 file/type",
    ]


def test_a_broken_organ_is_one_problem_though_everything_names_it(standing: StandingTown) -> None:
    for broken in (
        b"\xff\xfe",
        organ().encode()[:-400] + b"\n\xff",
        organ(order="eins").encode(),
        organ(title='"示例').encode(),
        organ().encode().replace(b"---\n\n", b""),
    ):
        said = standing.refused(file("organs/office.md", broken))
        if b"id: office" in broken:
            assert [one.partition(":")[0] for one in said] == ["organs/office.md"], said
        else:
            assert said[0].startswith("notices/") or "organs/office.md" in {
                one.partition(":")[0] for one in said
            }


def test_a_published_record_that_breaks_is_not_called_lost_as_well(standing: StandingTown) -> None:
    for broken in (
        b"",
        b"---\nid: heating\n",
        notice(id="heating", published_at="2024-02-30").encode(),
        "供热".encode("gbk"),
    ):
        said = standing.refused(file("notices/2026/heating.md", broken))
        assert {one.partition(":")[0] for one in said} == {"notices/2026/heating.md"}, said


def test_a_record_that_is_removed_is_lost_by_name(standing: StandingTown) -> None:
    def remove(town: Town) -> None:
        town.remove("notices/2025/n1.md")

    assert [one.split()[1] for one in standing.refused(remove)] == ["address/lost"]


def test_identity_is_compared_without_regard_to_case_or_unicode_form(standing: StandingTown) -> None:
    # Identifiers and addresses are small Latin letters, so a second form can only come from a file system or an alias.
    said = standing.refused(
        file(
            "notices/2026/new.md",
            notice(id="new", aliases="[/NOTICES/2026/HEATING.HTML]".replace("HTML", "html")),
        )
    )
    assert said == ["notices/2026/new.md:11:10 address/used-twice"]
    said = standing.refused(
        file("notices/2026/one.md", notice(id="one", aliases="[/old/Page.html]")),
        file("notices/2026/two.md", notice(id="two", aliases="[/old/page.html]")),
    )
    assert said == ["notices/2026/two.md:11:10 address/used-twice"]


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_published_record_that_becomes_a_broken_link_is_one_problem(standing: StandingTown) -> None:
    def replace_by_link(town: Town) -> None:
        town.remove("notices/2026/heating.md")
        (town.content / "notices/2026/heating.md").symlink_to("nothing.md")

    said = [one for one in standing.refused(replace_by_link) if "reference/nothing" not in one]
    assert said == ["notices/2026/heating.md:1:1 file/link-nowhere"]
