"""Text that is refused: one Chinese problem, at its place, and nothing published moves."""

import pytest

from support.standing import StandingTown, file
from support.town import notice

NOTICE = "notices/2026/new.md"
BODY_LINE = 13  # of a notice() with no further field

# name, what the notice is made of, and every error as `line:column code`
FRONT_MATTER = {
    "an anchor": ({"title": "&a 示例"}, ["3:8 yaml/anchor"]),
    "an alias": ({"title": "*a"}, ["3:8 yaml/anchor"]),
    "a tag": ({"title": "!!python/object/apply:os.system [x]"}, ["3:8 yaml/tag"]),
    "a merge key": ({"<<": "{title: 示例}"}, ["11:1 yaml/merge-key"]),
    "a key written twice": ({"title": "示例\ntitle: 又一个"}, ["4:1 yaml/duplicate-key"]),
    "an unclosed quotation": ({"title": '"示例'}, ["11:1 yaml/syntax"]),
    "an unclosed bracket": ({"organ": "[office"}, ["9:16 yaml/syntax"]),
    "a colon in a title": ({"title": "示例: 通知"}, ["3:10 yaml/syntax"]),
    "a value that begins with @": ({"title": "@示例"}, ["3:8 yaml/syntax"]),
    "nesting beyond all sense": ({"related": "[" * 5000 + "]" * 5000}, ["11:21 yaml/depth"]),
    "a list for a title": ({"title": "[示例]"}, ["3:8 field/not-a-value"]),
    "a group for a title": ({"title": "{a: b}"}, ["3:8 field/not-a-value"]),
    "a group where a list belongs": ({"attachments": "{a: b}"}, ["11:14 field/not-a-list"]),
    "a field that does not exist": ({"titel": "示例"}, ["11:1 field/unknown"]),
    "an empty title": ({"title": ""}, ["3:1 field/missing"]),
    "no title": ({"title": None}, ["2:1 field/missing"]),
    "an empty item": ({"related": "[heating, '']"}, ["11:20 field/empty-item"]),
    "the 30th of February": ({"published_at": "2024-02-30"}, ["5:15 date/no-such-day"]),
    "a date with dots": ({"published_at": "2026.11.20"}, ["5:15 date/format"]),
    "an hour that does not exist": ({"published_at": "2026-11-20 24:00"}, ["5:15 date/format"]),
    "a kind that does not exist": ({"kind": "通报"}, ["6:7 choice/unknown"]),
    "yes in English": ({"sample": "yes"}, ["11:9 flag/format"]),
    "script": ({"title": "<script>alert(1)</script>"}, ["3:8 text/markup"]),
    "a handler": ({"summary": "<b onclick=alert(1)>"}, ["11:10 text/markup"]),
    "javascript: in words": ({"summary": "javascript:alert(1)"}, ["11:10 text/markup"]),
    "javascript : with a space": ({"author": "JavaScript :alert(1)"}, ["11:9 text/markup"]),
    "a comment": ({"summary": "a <!-- b"}, ["11:10 text/markup"]),
    "an identifier with capitals": ({"id": "New"}, ["2:5 identifier/format"]),
    "an identifier in Chinese": ({"id": "通知"}, ["2:5 identifier/format"]),
    "../ in a slug": ({"slug": "../../index"}, ["11:7 identifier/format"]),
    "a slash in a slug": ({"slug": "a/b"}, ["11:7 identifier/format"]),
    "../ in a former address": ({"aliases": "[/notices/../index.html]"}, ["11:11 address/format"]),
    "another site as a former address": ({"aliases": "[//example.org/a.html]"}, ["11:11 address/format"]),
    "a former address longer than a file system allows": ({"aliases": f"[/{'a' * 300}.html]"}, ["11:11 address/format"]),
    "a former address that is the home page": ({"aliases": "[/index.html]"}, ["11:10 address/used-twice"]),
    "a former address that is the search page": ({"aliases": "[/search.html]"}, ["11:10 address/used-twice"]),
    "a former address that is another record, by case": (
        {"aliases": "[/notices/2026/Heating.html]"}, ["11:10 address/used-twice"]),
    "an exemption without a reason": ({"exempt": "{column/stale: }"}, ["11:24 exempt/no-reason"]),
    "a reference to nothing": ({"related": "[nothing]"}, ["11:10 reference/nothing"]),
    "a reference to the wrong type": ({"organ": "[heating]"}, ["8:8 reference/wrong-type"]),
    "a column that does not exist": ({"column": "nothing"}, ["4:9 column/unknown"]),
    "another column that does not exist": ({"also_in": "[nothing]"}, ["11:10 column/unknown"]),
    "the identifier of another record": ({"id": "heating"}, ["2:5 id/used-twice"]),
    "the address of a record that moved": ({"aliases": "[/notices/2026/heat.html]"}, ["11:10 address/used-twice"]),
    "an escaped direction override": ({"title": '"示例\\u202e文"'}, ["3:8 file/control-character"]),
    "an escaped NUL": ({"title": '"示例\\0"'}, ["3:8 file/control-character"]),
    "an escaped bell": ({"title": '"示例\\a"'}, ["3:8 file/control-character"]),
    "an escaped half of a character": ({"title": '"示例\\ud800"'}, ["3:13 yaml/syntax"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    fields, expected = FRONT_MATTER[name]
    said = standing.refused(file(NOTICE, notice(**({"id": "new"} | fields))))
    assert said == [f"{NOTICE}:{one}" for one in expected]


ATTACHMENTS = {
    "out of the folder": "../2025/n1.pdf", "from the root": "/etc/passwd", "down and up again": "a/../../b.pdf",
    "back slashes": "..\\b.pdf", "a drive": "C:b.pdf", "an escaped dot": "%2e%2e/b.pdf", "a hidden file": ".b.pdf",
    "a hidden folder": ".b/c.pdf", "the folder itself": ".", "a program": "b.exe", "a web page": "b.html", "a drawing with scripts": "b.svg",
    "no kind at all": "b", "a folder named like a page": "new.html/b.pdf", "a question": "b.pdf?x", "a mark": "b.pdf#x", "markup": "<b>.pdf",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACHMENTS)
def test_an_attachment_may_only_be_a_document_beside_its_record(name: str, standing: StandingTown) -> None:
    attachments = f"[{{file: '{ATTACHMENTS[name]}', name: 示例附件}}]"
    said = standing.refused(file(NOTICE, notice(id="new", attachments=attachments)))
    assert said == [f"{NOTICE}:11:22 file/name"]


BODIES = {
    "a direction override": ("第一行。\n第二\u202e行。", ["14:3 file/direction-override"]),
    "an isolate": ("示例\u2066文", ["13:3 file/direction-override"]),
    "NUL": ("示例\x00文", ["13:3 file/control-character"]),
    "a bell": ("\x07", ["13:1 file/control-character"]),
    "a C1 control": ("示\x9b例", ["13:2 file/control-character"]),
    "a line separator": ("示\u2028例", ["13:2 file/control-character"]),
    "a control written as an entity": ("示例&#1;", ["13:3 file/control-character"]),
    "a direction override written as an entity": ("示例&#x202e;文", ["13:3 file/control-character"]),
    "a non-character written as an entity": ("<b>示例&#xfffe;</b>", ["13:6 file/control-character"]),
    "a link to nothing": ("[示例](nothing.html)", ["13:1 link/nothing"]),
    "a link to another host in disguise": ("[示例](//example.org/)", ["13:1 link/nothing"]),
    "a link no browser can follow": ("见[示例](http://[::1)", ["13:7 link/format"]),
    "a picture that is not there": ("![示例](nothing.png)", ["13:1 attachment/missing"]),
    "a picture out of the folder": ("![示例](../../organs/a.png)", ["13:1 file/name"]),
    "a picture without words": ("![](heating/steps.png)", ["13:5 image/no-words"]),
    "nothing at all": ("", ["12:1 body/missing"]),
    "ten thousand quotations": (">" * 10_000 + "示例", ["12:1 body/depth"]),
    "ten thousand brackets": ("[" * 10_000 + "示例" + "]" * 10_000, ["12:1 body/depth"]),
    "ten thousand open links": ("[示例](" * 10_000, ["12:1 body/depth"]),
    "ten thousand open tags": ("<a href='" * 10_000, ["12:1 body/depth"]),
    "ten thousand tags in one another": ("x" + "<b>" * 10_000, ["12:1 body/depth"]),
    "ten thousand marked sections": ("<![CDATA[" * 10_000, ["12:1 body/depth"]),
    "five hundred lists in one another": ("".join("    " * level + "- 示例\n" for level in range(500)), ["12:1 body/depth"]),
    "a paragraph of a million characters": ("字，*字*。" * 100_000, ["12:1 body/depth"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    body, expected = BODIES[name]
    assert standing.refused(file(NOTICE, notice(body, id="new"))) == [f"{NOTICE}:{one}" for one in expected]


WHOLE = {
    "an empty file": (b"", ["1:1 front-matter/missing"]),
    "only three hyphens": (b"---", ["1:1 front-matter/missing"]),
    "no front matter": ("供热通知。\n".encode(), ["1:1 front-matter/missing"]),
    "front matter that does not end": ("---\nid: new\ntitle: 示例\n".encode(), ["1:1 front-matter/not-closed"]),
    "a list for front matter": (b"---\n- a\n---\nb\n", ["2:1 yaml/not-a-mapping"]),
    "a word for front matter": (b"---\na\n---\nb\n", ["2:1 yaml/not-a-mapping"]),
    "tabs": (b"---\nid: new\n\ttitle: a\n\tkind: b\n---\nc\n", ["3:1 yaml/tab", "4:1 yaml/tab"]),
    "GBK": (notice("供热通知。", id="new").encode("gbk"), ["3:9 file/encoding"]),
    "UTF-16": (notice(id="new").encode("utf-16"), ["1:1 file/encoding"]),
    "UTF-16, the other way round": (b"\xfe\xff" + notice(id="new").encode("utf-16-be"), ["1:1 file/encoding"]),
    "bytes of no text": (b"---\nid: new\ntitle: \xfa\xfb\xff\n---\n", ["3:8 file/encoding"]),
    "half a character at the end": (notice("通知", id="new").encode()[:-2], ["13:2 file/encoding"]),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ["1:1 file/encoding"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_refused_at_its_place(name: str, standing: StandingTown) -> None:
    data, expected = WHOLE[name]
    assert standing.refused(file(NOTICE, data)) == [f"{NOTICE}:{one}" for one in expected]


def test_gbk_and_utf16_are_called_by_their_names(standing: StandingTown) -> None:
    gbk = standing.trial(file(NOTICE, notice("供热通知。").encode("gbk")))
    assert ["GBK" in line for line in gbk.lines if "file/encoding" in line] == [True]
    utf16 = standing.trial(file(NOTICE, notice().encode("utf-16")))
    assert ["UTF-16" in line for line in utf16.lines if "file/encoding" in line] == [True]


def test_only_the_empty_front_matter_misses_every_field(standing: StandingTown) -> None:
    said = standing.refused(file(NOTICE, "---\n---\n正文\n"))
    missing = {one.split()[0] for one in said if one.endswith("field/missing")}
    assert missing == {f"{NOTICE}:2:1"}
    assert sorted({one.split()[1] for one in said}) == ["field/missing", "origin/own-needs"]


def test_a_fee_list_is_refused_at_the_row_that_is_wrong(standing: StandingTown) -> None:
    def spoil(old: str, new: str) -> list[str]:
        path = standing.town.content / "fee-lists/fees-2026.yml"
        assert old in path.read_text()
        return standing.refused(file("fee-lists/fees-2026.yml", path.read_text().replace(old, new)))

    lines = (standing.town.content / "fee-lists/fees-2026.yml").read_text().split("\n")
    row, line = next((number, line) for number, line in enumerate(lines, 1) if "A-02" in line)
    assert spoil("code: A-02", "code: A-01") == [f"fee-lists/fees-2026.yml:{row}:5 rows/repeated-key"]
    assert spoil("code: A-02", "code: a-01") == [f"fee-lists/fees-2026.yml:{row}:5 rows/repeated-key"]
    assert spoil("政府指导价", "随便定价") == [
        f"fee-lists/fees-2026.yml:{row}:{line.index('政府指导价') + 1} choice/unknown"
    ]
    assert spoil("item: 示例：住宿费, ", "") == [f"fee-lists/fees-2026.yml:{row}:5 field/missing"]
    assert spoil("item: 示例：住宿费", "item: <b>住宿费</b>") == [
        f"fee-lists/fees-2026.yml:{row}:{line.index('示例：住宿费') + 1} text/markup"
    ]
