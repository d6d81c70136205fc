"""Whatever bytes lie in a content file, a build gives problems or a site, never a traceback; what failed left the site alone."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govportal.build import load
from govportal.problems import has_errors
from support.full_town import FEES, ROWS
from support.standing import StandingTown
from support.town import COLUMNS, SITE, notice

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
LONG = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck), database=None)

FEE_LIST = "\n".join(f"{name}: {value}" for name, value in FEES.items()) + "\n" + ROWS
LEDGER = "address,id,since\n/notices/2026/heating.html,heating,2026-11-20\n"
SUBJECTS = "subjects:\n  - name: 综合政务\n    children: [政务公开]\n"
MEASURES = "measures:\n  - {id: 一（一）1, title: 示例, text: 示例, section: 示例}\n"
TOMBSTONES = "tombstones:\n  - {address: /a.html, title: 示例, reason: 示例, date: 2026-01-01}\n"
# A file of each kind, by a sound example that the fuzzer spoils.
SOUND = {
    "notices/2026/new.md": notice("正文 *示例* [链](https://example.org/)。\n\n|甲|乙|\n|-|-|\n|1|2|", id="new"),
    "fee-lists/new.yml": FEE_LIST.replace("fees-2026", "fees-new"),
    "_portal/site.yml": SITE, "_portal/columns.yml": COLUMNS, "_portal/measures.yml": MEASURES, "_portal/tombstones.yml": TOMBSTONES,
    "_portal/addresses.csv": LEDGER, "_portal/vocabularies/subjects.yml": SUBJECTS, "pages/statement.md": "---\ntitle: 示例\n---\n正文\n",
}  # fmt: skip
MARKS = ["---\n", "\n", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!x ", "<<: ", "\t", '"', "'", "|\n", ">\n", "#", "\\u202e", "\\0", "NO",
    "2024-02-30", "<script>",
         "javascript:", "\u202e", "\x00", "\ufeff", "𠮷", "id: new\n", "title: x\n", "...\n", "%YAML 1.2\n", "? ", ", ", "=", "@", "`", "/", "../",
         "\r\n", "&#1;", ",,", "~", "null"]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, sound: str) -> bytes:
    """A sound file with some pieces cut out, doubled or put in; or any bytes at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=400))
    data = sound.encode()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        end = min(len(data), place + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200])))
        piece = draw(
            st.sampled_from(MARKS).map(str.encode) | st.binary(max_size=6) | st.just(data[place:end] * 2)
        )
        data = data[:place] + piece + data[end:]
    return data


@pytest.fixture(scope="module")
def spoiling(standing: StandingTown) -> Iterator[StandingTown]:
    """The town, put back as it was when all is done."""
    keep = standing.town.folder / "before-fuzzing"
    shutil.copytree(standing.town.content, keep)
    yield standing
    shutil.rmtree(standing.town.content)
    shutil.move(keep, standing.town.content)


def try_bytes(standing: StandingTown, path: str, data: bytes) -> None:
    """Read, check and publish with this file; a failure must leave the standing site alone."""
    target = standing.town.content / path
    before = target.read_bytes() if target.exists() else None
    try:
        standing.town.write(path, data)
        loaded = load(standing.town.project())
        if loaded.ok:
            built = standing.trial()  # publishes elsewhere; puts sound content back
            assert built.ok or built.problems
            return
        assert loaded.problems and (has_errors(loaded.problems) or loaded.site is None)
        for one in loaded.problems:
            assert one.at.line >= 1 and one.at.column >= 1 and one.message and "\n" not in str(one)
    finally:
        if before is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(before)


@pytest.mark.parametrize("path", SOUND)
@QUICK
@given(data=st.data())
def test_any_bytes_in_any_content_file_give_problems_or_a_site(
    path: str, data: st.DataObject, spoiling: StandingTown
) -> None:
    try_bytes(spoiling, path, data.draw(spoilt(SOUND[path])))


@pytest.mark.full
@pytest.mark.parametrize("path", SOUND)
@LONG
@given(data=st.data())
def test_and_so_they_do_in_thousands_of_trials(
    path: str, data: st.DataObject, spoiling: StandingTown
) -> None:
    try_bytes(spoiling, path, data.draw(spoilt(SOUND[path])))


def test_after_all_that_the_published_site_is_as_it_was(spoiling: StandingTown) -> None:
    assert spoiling.town.published() == spoiling.site
