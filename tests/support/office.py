"""Small PDF, DOCX and XLSX files made by hand, whole ones and hostile ones."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return held.getvalue()


def docx(*paragraphs: str, before: str = "", inside: str = "") -> bytes:
    """A DOCX of paragraphs; `before` stands before the root element, `inside` is XML at the end of the body."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return package({"word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}{inside}</w:body></w:document>'})


def xlsx() -> bytes:
    """A workbook with a visible sheet of all kinds of cells, and a hidden one."""
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>直接写的字</t></is></c></row>'
        '<row><c><v>1280.5</v></c><c t="str"><f>A1</f><v>算出的字</v></c><c t="e"><v>#REF!</v></c></row>'
    )
    return package({
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets><sheet name="供热收费" sheetId="1" r:id="a"/>'
                           f'<sheet name="底稿" sheetId="2" state="hidden" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x"><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
                                      '<Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"><si><r><t>每平方</t></r><r><t>米</t></r><rPh><t>假名</t></rPh></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row><c t="inlineStr"><is><t>不给人看</t></is></c></row></sheetData></worksheet>',
    })  # fmt: skip


def pdf(text: str, password: str = "") -> bytes:
    """A PDF of one page; each character is a glyph of its own whose meaning stands in a ToUnicode table."""
    from pypdf import PdfReader, PdfWriter

    glyphs = "".join(f"<{number:04X}> <{ord(letter):04X}>\n" for number, letter in enumerate(text, 1))
    shown = "".join(f"{number:04X}" for number in range(1, len(text) + 1))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(text)} beginbfchar\n{glyphs}endbfchar\nendcmap end end"
    )
    draw = f"BT /F1 12 Tf 72 700 Td <{shown}> Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        f"<< /Length {len(table)} >>\nstream\n{table}\nendstream",
    ]
    made, places = "%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    if not password:
        return made.encode()
    writer, held = PdfWriter(clone_from=PdfReader(io.BytesIO(made.encode()))), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()
