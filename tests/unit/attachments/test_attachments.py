"""The text of attachments: what is read, and that no file can do harm to its reader."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace

import pytest

from govportal.attachments import LIMITS, REASONS, extract, remembered, text_in
from support.office import docx, package, pdf, xlsx

BILLION = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
TWICE = '<w:p><m:AlternateContent xmlns:m="m"><m:Choice><w:t>框</w:t></m:Choice><m:Fallback><w:t>框</w:t></m:Fallback></m:AlternateContent></w:p>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


def with_password() -> bytes:
    """A DOCX whose parts say that they are encrypted."""
    data = bytearray(docx("秘密"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def lying_bomb() -> bytes:
    """A part that says it has ten bytes and gives three million."""
    data = bytearray(docx("一" * 1_000_000))
    true = next(iter(zipfile.ZipFile(io.BytesIO(bytes(data))).infolist())).file_size.to_bytes(4, "little")
    return bytes(data.replace(true, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(("name", "data", "text"), [
    ("a.docx", docx("第一条 为了", "规范〔2026〕3号"), "第一条 为了\n规范〔2026〕3号"),
    ("a.DOCX", docx(inside='<w:p><w:r><w:delText>删去</w:delText><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>'), "甲\t乙\n丙"),
    ("a.docx", docx(inside=TWICE), "框"),
    ("a.xlsx", xlsx(), "供热收费\n每平方米\t直接写的字\n1280.5\t算出的字"),
    ("a.pdf", pdf("供热条例 heat 2026"), "供热条例 heat 2026"),
    ("a.pdf", pdf("⽰例⻄⼭ ﬁle"), "示例西山 file"),
    ("a.pdf", pdf("无密码可读", password="").replace(b"%PDF-1.7", b"%PDF-1.4"), "无密码可读"),
])  # fmt: skip
def test_text_is_read(tmp_path, name, data, text):
    path = tmp_path / name
    path.write_bytes(data)
    assert (extract(path).text, extract(path).reason) == (text, "")


@pytest.mark.parametrize(("name", "data", "code"), [
    ("a.pdf", b"%PDF-1.7\nnothing", "broken"),
    ("a.pdf", b"", "broken"),
    ("a.pdf", pdf("密", password="x"), "encrypted"),
    ("a.pdf", pdf("字")[:-200], None),
    ("a.pdf", pdf(" "), "no-text"),
    ("a.docx", b"PK\x03\x04 broken", "broken"),
    ("a.docx", docx("好")[:-30], "broken"),
    ("a.docx", package({"other.xml": "<x/>"}), "broken"),
    ("a.docx", docx("没有关上", inside="<w:p>"), "broken"),
    ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
    ("a.docx", with_password(), "encrypted"),
    ("a.docx", docx("&i;", before=BILLION), "doctype"),
    ("a.docx", docx("好", before=OUTSIDE), "doctype"),
    ("a.docx", docx("好" * 1_000_000), "bomb"),
    ("a.xlsx", docx("不是表格"), "broken"),
    ("a.zip", b"PK\x03\x04", "kind"),
])  # fmt: skip
def test_a_hostile_file_gives_a_reason(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    found = extract(path, replace(LIMITS, unpacked=1 << 20) if code == "bomb" else LIMITS)
    if code is None:
        assert found.text == "字" or found.reason == REASONS["broken"]
    else:
        assert (found.text, found.reason) == ("", REASONS[code])


def test_a_directory_that_lies_changes_nothing(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(lying_bomb())
    assert extract(path).reason == REASONS["broken"]


def test_limits_of_time_memory_and_size(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx("好" * 2_500_000))
    assert len(extract(path).text) == LIMITS.letters
    assert extract(path, replace(LIMITS, file=10)).reason == REASONS["too-large"]
    assert extract(path, replace(LIMITS, seconds=0)).reason == REASONS["too-long"]
    if sys.platform == "linux":  # macOS keeps no limit of memory, Windows none at all.
        assert extract(path, replace(LIMITS, memory=48 << 20)).reason == REASONS["too-much"]
    many = tmp_path / "b.docx"
    many.write_bytes(package({"word/document.xml": "<w:d xmlns:w='w'>" + "<w:p><w:t>好</w:t></w:p>" * 700_000 + "</w:d>"}))
    if sys.platform != "win32":
        assert extract(many, replace(LIMITS, processor_seconds=1)).reason == REASONS["too-costly"]


def test_a_text_is_read_once_and_kept_by_the_digest_of_the_file(tmp_path):
    path, kept = tmp_path / "a.docx", tmp_path / "kept"
    path.write_bytes(docx("甲"))
    assert remembered(path, "one", kept).text == "甲"
    path.write_bytes(docx("乙"))
    assert remembered(path, "one", kept).text == "甲"
    assert remembered(path, "two", kept).text == "乙"
    for place in kept.rglob("*.json"):
        place.write_bytes(b"{")
    assert remembered(path, "one", kept).text == "乙"
    assert remembered(path, "three", kept, replace(LIMITS, seconds=0)).reason == REASONS["too-long"]
    assert len(list(kept.rglob("*.json"))) == 2
    assert text_in(kept, path) == "乙" and len(list(kept.rglob("*.json"))) == 3
