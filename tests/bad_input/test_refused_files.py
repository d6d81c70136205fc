"""Files that are refused for what they are, where they lie or what they are called."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from support.full_town import PNG
from support.standing import StandingTown, file
from support.town import Town, notice

NOTICE = "notices/2026/new.md"
PDF = b"%PDF-1.7\n%%EOF\n"


def attached(name: str) -> str:
    return notice(id="new", attachments=f"[{{file: {name}, name: 示例附件}}]")


PLACES = {
    "a record under a folder that is no type": ([file("news/2026/new.md", notice(id="new"))], ["news/2026/new.md:1:1 file/folder"]),
    "a record at the top": ([file("new.md", notice(id="new"))], ["new.md:1:1 file/folder"]),
    "the wrong suffix": ([file("notices/2026/new.yml", "id: new\n")], ["notices/2026/new.yml:1:1 file/suffix"]),
    "the suffix in capitals": ([file("notices/2026/new.MD", notice(id="new"))], ["notices/2026/new.MD:1:1 file/suffix"]),
    "a name in capitals": ([file("notices/2026/New.md", notice(id="new"))], ["notices/2026/New.md:1:1 file/stem"]),
    "a name in Chinese": ([file("notices/2026/通知.md", notice(id="new"))], ["notices/2026/通知.md:1:1 file/stem"]),
    "a name with spaces": ([file("notices/2026/a b.md", notice(id="new"))], ["notices/2026/a b.md:1:1 file/stem"]),
    "a very long name": ([file(f"notices/2026/{'a' * 251}.md", notice(id="new"))], [f"notices/2026/{'a' * 251}.md:1:1 file/stem"]),
    "a folder in Chinese": ([file("notices/二〇二六/new.md", notice(id="new"))], ["notices/二〇二六/new.md:1:1 file/stem"]),
    "a folder called like a record": ([file("notices/2026/x.md/new.md", notice(id="new"))], ["notices/2026/x.md/new.md:1:1 file/stem"]),
    "a folder with a line end": ([file("notices/20\n26/new.md", notice(id="new"))], ["notices/20<U+000A>26:1:1 file/name"]),
    "a name with a direction override": ([file("notices/2026/a\u202eb.md", notice(id="new"))], ["notices/2026/a<U+202E>b.md:1:1 file/name"]),
    "the page of a column": ([file("notices/index.md", notice(id="new"))], ["notices/index.md:1:1 address/used-twice"]),
    "a page that the portal makes itself": ([file("notices/page-2.md", notice(id="new"))], ["notices/page-2.md:1:1 address/used-twice"]),
    "a program": ([file("notices/2026/new.exe", b"MZ")], ["notices/2026/new.exe:1:1 file/type"]),
    "a web page": ([file("notices/2026/new.html", b"<script>")], ["notices/2026/new.html:1:1 file/type"]),
    "a drawing with scripts": ([file("notices/2026/new.svg", b"<svg onload=alert(1)>")], ["notices/2026/new.svg:1:1 file/type"]),
    "an attachment that is not there": ([file(NOTICE, attached("new.pdf"))], [f"{NOTICE}:11:14 attachment/missing"]),
    "a PDF that is none": ([file(NOTICE, attached("new.pdf")), file("notices/2026/new.pdf", b"<html>")], ["notices/2026/new.pdf:1:1 file/signature"]),
    "a picture that is none": ([file("notices/2026/heating/steps.png", b"GIF89a")], ["notices/2026/heating/steps.png:1:1 file/signature"]),
    "an empty attachment": ([file("notices/2026/heating/steps.png", b"")], ["notices/2026/heating/steps.png:1:1 file/signature"]),
    "a web page called text": ([file("consultations/2026/opinions/draft.txt", b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>")],
                               ["consultations/2026/opinions/draft.txt:1:1 file/signature"]),
    "an attachment named like a file that the portal makes": (
        [lambda town: town.write("fee-lists/fees-2026.csv", "a,b\n"),
         lambda town: town.write("fee-lists/fees-2026.yml", (town.content / "fee-lists/fees-2026.yml").read_text()
                                 + "attachments: [{file: fees-2026.csv, name: 示例附件}]\n")],
        ["fee-lists/fees-2026.yml:16:14 address/used-twice"]),
    "two records with one identifier": ([file(NOTICE, notice(id="twin")), file("notices/2026/zwin.md", notice(id="twin"))],
                                        ["notices/2026/zwin.md:2:5 id/used-twice"]),
    "two records with one address": ([file(NOTICE, notice(id="one")), file("notices/2026/other.md", notice(id="other", slug="new"))],
                                     ["notices/2026/other.md:1:1 address/used-twice"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_file_is_refused_for_its_name_or_kind(name: str, standing: StandingTown) -> None:
    breakages, expected = PLACES[name]
    assert standing.refused(*breakages) == expected


def sparse(path: str, megabytes: int, beginning: bytes = b"") -> Callable[[Town], object]:
    """A file of a size that takes no room on the disk."""

    def make(town: Town) -> None:
        target = town.write(path, beginning)
        os.truncate(target, megabytes * 1024 * 1024)

    return make


LARGE = {
    "a text": ([sparse(NOTICE, 50)], [f"{NOTICE}:1:1 file/too-large"]),
    "a text just over the limit": ([sparse(NOTICE, 6)], [f"{NOTICE}:1:1 file/too-large"]),
    "a published record": ([sparse("notices/2026/heating.md", 50)], ["notices/2026/heating.md:1:1 file/too-large"]),
    "an attachment": ([file(NOTICE, attached("new.pdf")), sparse("notices/2026/new.pdf", 50, PDF)], ["notices/2026/new.pdf:1:1 file/too-large"]),
    "the columns": ([sparse("_portal/columns.yml", 50)], ["_portal/columns.yml:1:1 file/too-large"]),
    "a standing page": ([sparse("pages/statement.md", 50)], ["pages/statement.md:1:1 file/too-large"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_fifty_megabytes_are_refused_unread(name: str, standing: StandingTown) -> None:
    breakages, expected = LARGE[name]
    assert standing.refused(*breakages) == expected


def test_the_limit_is_a_setting(standing: StandingTown) -> None:
    def raise_limit(town: Town) -> None:
        settings = (town.content / "_portal/site.yml").read_text()
        town.write("_portal/site.yml", settings + "attachment_megabytes: 60\n")

    built = standing.trial(
        raise_limit, file(NOTICE, attached("new.pdf")), sparse("notices/2026/new.pdf", 50, PDF)
    )
    assert [one for one in built.codes if one == "file/too-large"] == []


posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")


@posix
@pytest.mark.parametrize(
    ("target", "code"),
    [("/etc/passwd", "file/link-outside"), ("../../../site/index.html", "file/link-outside"), ("nothing.md", "file/link-nowhere"),
     ("new.md", "file/link-nowhere"), ("../2025", "file/link-folder")],
)  # fmt: skip
def test_links_that_lead_astray_are_refused(target: str, code: str, standing: StandingTown) -> None:
    said = standing.refused(lambda town: os.symlink(target, town.content / NOTICE))
    assert said == [f"{NOTICE}:1:1 {code}"]


@posix
def test_a_link_to_a_file_in_the_content_folder_is_that_file(standing: StandingTown) -> None:
    built = standing.trial(
        lambda town: os.symlink("steps.png", town.content / "notices/2026/heating/same.png")
    )
    assert built.ok


@posix
def test_pipes_and_sockets_are_refused_without_waiting(standing: StandingTown) -> None:
    def special(town: Town) -> None:
        os.mkfifo(town.content / "notices/2026/pipe.md")
        here = os.getcwd()
        os.chdir(town.content)  # the path of a socket may have 107 bytes only
        socket.socket(socket.AF_UNIX).bind("socket.pdf")
        os.chdir(here)

    assert standing.refused(special) == [
        "notices/2026/pipe.md:1:1 file/special",
        "socket.pdf:1:1 file/special",
    ]


@posix
def test_a_name_in_gbk_bytes_is_refused(standing: StandingTown) -> None:
    def gbk(town: Town) -> None:
        folder = os.fsencode(town.content / "notices/2026")
        Path(os.fsdecode(folder + b"/" + "公告".encode("gbk") + b".md")).write_bytes(
            notice(id="new").encode()
        )

    said = standing.refused(gbk)
    assert [one.split()[-1] for one in said] == ["file/name"] and said[0].startswith("notices/2026/")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem_among_others(standing: StandingTown) -> None:
    def close(town: Town) -> None:
        (town.content / "notices/2026/heating.md").chmod(0)
        town.write(NOTICE, b"")

    said = standing.refused(close)
    assert (
        "notices/2026/heating.md:1:1 file/unreadable" in said and f"{NOTICE}:1:1 front-matter/missing" in said
    )


def test_an_empty_folder_called_like_a_record_is_only_a_folder(standing: StandingTown) -> None:
    built = standing.trial(lambda town: (town.content / "notices/2026/x.md").mkdir())
    assert built.ok and built.files == standing.site


def test_hidden_files_are_passed_over(standing: StandingTown) -> None:
    built = standing.trial(file("notices/2026/.new.md.swp", b"\x00\xff"), file(".DS_Store", b"\x00"))
    assert built.ok and built.files == standing.site


def test_files_of_the_wrong_kind_may_lie_beside_nothing_else(standing: StandingTown) -> None:
    assert standing.refused(file("notices/2026/heating/more.png", PNG[:4])) == [
        "notices/2026/heating/more.png:1:1 file/signature"
    ]
