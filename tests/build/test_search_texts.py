"""Long texts in the search index of a site: cut into pieces, whole to whoever asks, the same however they came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from govportal.products.search import pieces, record
from support.office import docx
from support.published import search_text
from support.town import Built, Town, notice
from unit.search import reference_reader as reader

ARTICLES = [f"第{at}条 为了示例第{at}项工作，制定本条，自第{at * 7}日起施行。" for at in range(1, 400)]


def text_of(count: int) -> str:
    return "\n\n".join(ARTICLES[:count])


def entries(built: Built, name: str) -> list[tuple[str, str]]:
    """File names and texts of the entries of a record."""
    index = {path.removeprefix("search/"): data for path, data in built.files.items() if path.startswith("search/")}
    found = ([record.read(index[path]) for path in paths] for paths in reader.places(index))
    return next([(shown.file, text) for shown, text in one] for one in found if one[0][0].id == name)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path)
    town.write("notices/2026/table.docx", docx("附表文字"))
    return town


def write(town: Town, count: int) -> None:
    attachments = "[{file: table.docx, name: 附表}]"
    town.write("notices/2026/long.md", notice(text_of(count), id="long", attachments=attachments))


def test_a_long_text_grows_and_shrinks_and_is_made_as_if_it_had_always_been_so(town: Town) -> None:
    counts = []
    for count in (20, 390, 90):
        write(town, count)
        built = town.build()
        assert built.ok, built.lines
        *own, attached = entries(built, "long")
        counts.append(len(own))
        assert attached == ("附表", "附表文字") and not any(file for file, _ in own)
        wanted = text_of(count).replace("\n\n", "\n") + "\n附表"
        assert reader.joined([text for _, text in own]) == wanted == search_text(built.files)["long"][1]
        assert max(len(text) for _, text in own) < 1.3 * (pieces.PIECE + pieces.OVERLAP)
        index = {path.removeprefix("search/"): data for path, data in built.files.items() if path.startswith("search/")}
        for query in ("第20条 附表文字", f"第{count}条 第1条", ARTICLES[count - 1]):
            assert "long" in reader.search(index, query), query
        assert "long" not in reader.search(index, ARTICLES[count])
    assert counts == [1, 7, 2]
    town.forget()
    assert town.build().files == built.files
