"""The door without MkDocs: the same bytes from what the last build with MkDocs left, or an honest 'ask MkDocs'."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from _quick import NOT_HERE
from govportal import disk
from govportal.door import FRAME
from support.town import COLUMNS, SITE, TODAY, notice

from .conftest import PLUGINS, ROOT, Door, Told

TAKEN = {
    "as_of: TAKEN": 'as_of: !ENV [GOVPORTAL_AS_OF, ""]',
    "workers: TAKEN": "workers: !ENV [GOVPORTAL_WORKERS, 0]",
    "site_dir: TAKEN": "site_dir: !ENV [GOVPORTAL_SITE_DIR, site]",
}


class QuickDoor(Door):
    """A project whose mkdocs.yml takes moment, workers and place from the build command, as the shipped one does."""

    def configure(self, **settings: object) -> None:
        taken = {"govportal/records": {"as_of": "TAKEN", "workers": "TAKEN", "types": ["own-types"]}}
        super().configure(**({"plugins": [taken, *PLUGINS[1:]], "site_dir": "TAKEN"} | settings))
        path = self.folder / "mkdocs.yml"
        text = path.read_text(encoding="utf-8")
        for written, meant in TAKEN.items():
            text = text.replace(written, meant)
        path.write_text(text, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        given = {"GOVPORTAL_AS_OF": TODAY, "GOVPORTAL_WORKERS": "1", "GOVPORTAL_SITE_DIR": str(self.site)}
        return super().environment() | given

    def quick(self, *options: str) -> Told:
        command = [sys.executable, str(ROOT / "build_scripts/_quick.py"), "--root", str(self.folder), "--as-of", TODAY]
        made = subprocess.run([*command, "--site-dir", str(self.site), "--workers", "1", *options], cwd=self.folder, env=self.environment(),
                              capture_output=True, timeout=120, check=False)
        told = Told(made.returncode, made.stdout.decode(), made.stderr.decode())
        assert "Traceback" not in told.all, told.all
        return told


@pytest.fixture
def door(tmp_path):
    (tmp_path / "own-types").mkdir()
    return QuickDoor(tmp_path)


@pytest.fixture
def built(door):
    told = door.build()
    assert told.status == 0, told.all
    return door


def test_before_the_first_build_with_mkdocs_it_does_nothing(door):
    assert door.quick().status == NOT_HERE
    assert not door.site.exists() and not (door.folder / ".govportal/memory").exists()


def test_it_gives_byte_for_byte_what_mkdocs_gives(built, tmp_path_factory):
    twin = tmp_path_factory.mktemp("twin") / "town"
    for step in range(4):
        match step:
            case 0:
                built.town.write("notices/2026/new.md", notice("新的。", id="new", title="示例：新公告"))
            case 1:
                built.town.write("notices/2026/new.md", notice("改了。\n\n见[首页](/)。", id="new", title="示例：改过的公告"))
            case 2:
                built.town.write("notices/2026/heating/areas.csv", "片区,电话\n示例西片区,0000-0000009\n")
            case 3:
                built.town.write("_portal/tombstones.yml", (built.town.content / "_portal/tombstones.yml").read_text(encoding="utf-8"))
        told = built.quick()
        assert told.status == 0 and "已生成：0 个错误" in told.err, told.all
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(built.folder, twin, ignore=shutil.ignore_patterns("site", ".govportal"))
        other = object.__new__(QuickDoor)
        other.folder, other.town = twin, built.town
        command = [sys.executable, "-m", "mkdocs", "build"]
        environment = other.environment()
        assert subprocess.run(command, cwd=twin, env=environment, capture_output=True, timeout=120, check=False).returncode == 0
        assert built.files == built.town.published(twin / "site")
        for name in ("summary.json", "report/problems.json", "report/problems.sarif"):
            assert (built.folder / ".govportal" / name).exists()


def test_mkdocs_is_never_loaded(built):
    script = ("import sys; sys.path.insert(0, sys.argv.pop(1)); import _quick; status = _quick.main(); "
              "print([name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'material', 'govportal_mkdocs')]); sys.exit(status)")
    made = subprocess.run([sys.executable, "-c", script, str(ROOT / "build_scripts"), "--root", str(built.folder), "--as-of", TODAY, "--site-dir", str(built.site)],
                          env=built.environment(), capture_output=True, text=True, timeout=120, check=False)
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip() == "[]"


def touch(door: Door, path: str, old: str, new: str) -> None:
    file = door.folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


CHANGED = {
    "mkdocs.yml": lambda door: touch(door, "mkdocs.yml", "site_name: 示例区政务公开", "site_name: 示例区政务公开平台"),
    "a standing page": lambda door: touch(door, "content/pages/statement.md", "示例内容", "新的内容"),
    "a new standing page": lambda door: door.town.write("pages/more.md", "---\ntitle: 更多\n---\n\n更多。\n"),
    "the settings of the portal": lambda door: door.town.write("_portal/site.yml", SITE.replace("示例路1号", "示例路2号")),
    "the columns": lambda door: door.town.write("_portal/columns.yml", COLUMNS.replace("name: 通知公告", "name: 公告")),
    "the settings broken": lambda door: door.town.write("_portal/site.yml", SITE.replace("code: 0000000000", "code: 12")),
    "a type of one's own": lambda door: (door.folder / "own-types/empty.py").write_text('"""Nothing yet."""\n', encoding="utf-8"),
    "the frame itself": lambda door: (door.folder / ".govportal" / FRAME).write_bytes(b"spoilt"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_it_leaves_to_mkdocs_what_only_mkdocs_can_draw(built, what):
    before = built.files
    CHANGED[what](built)
    told = built.quick()
    assert told.status == NOT_HERE and told.all == "", told.all
    assert built.files == before


def test_a_template_of_ones_own_is_drawn_by_mkdocs_first(door):
    own = door.folder / "own/pages"
    own.mkdir(parents=True)
    (own / "tombstone.html").write_text("<h1>{{ view.title }}</h1>\n<p>自己的</p>\n", encoding="utf-8")
    door.configure(theme={"name": "govportal", "language": "zh", "custom_dir": "own"})
    assert door.build().status == 0
    assert door.quick().status == 0
    (own / "tombstone.html").write_text("<h1>{{ view.title }}</h1>\n<p>改过的</p>\n", encoding="utf-8")
    assert door.quick().status == NOT_HERE


def test_a_variable_named_in_the_settings_counts(door, monkeypatch):
    door.configure(site_description="NAMED")
    path = door.folder / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("NAMED", "!ENV [TOWN_DESCRIPTION, 示例]"), encoding="utf-8")
    assert door.build().status == 0 and door.quick().status == 0
    monkeypatch.setenv("TOWN_DESCRIPTION", "别的")
    assert door.quick().status == NOT_HERE


NOT_KEPT = {
    "a day written in the settings": {"plugins": [{"govportal/records": {"as_of": TODAY, "workers": "TAKEN"}}, *PLUGINS[1:]]},
    "a place written in the settings": {"site_dir": "site"},
    "a hook": {"hooks": ["hook.py"]},
    "another's extension": {"markdown_extensions": ["tables", "footnotes", "toc", "attr_list", "pymdownx.tilde"]},
}


@pytest.mark.parametrize("what", NOT_KEPT)
def test_where_others_have_a_hand_in_it_mkdocs_builds_every_time(door, what):
    (door.folder / "hook.py").write_text("def on_page_content(html, **_):\n    return html + '<p>x</p>'\n", encoding="utf-8")
    door.configure(**NOT_KEPT[what])
    assert door.build().status == 0
    assert not (door.folder / ".govportal" / FRAME).exists()
    assert door.quick().status == NOT_HERE


def test_what_a_command_line_changed_is_not_kept(built):
    assert built.build("--site-dir", str(built.folder / "elsewhere")).status == 0
    assert built.quick().status == NOT_HERE


def test_strict_is_left_to_mkdocs_unless_it_was_strict_itself(built):
    built.without_warnings()
    assert built.quick("--strict").status == NOT_HERE
    assert built.build("--strict").status == 0
    assert built.quick("--strict").status == 0
    built.town.write("notices/2026/heating/unused.csv", "a,b\n")
    before = built.files
    told = built.quick("--strict")
    assert told.status == 1 and "[file/unused]" in told.err and "--strict" in told.err
    assert built.files == before and built.quick().status == 0


def test_what_is_wrong_is_said_as_mkdocs_says_it(built):
    before = built.files
    built.town.write("notices/2026/bad.md", notice(id="bad", title=None))
    quick, slow = built.quick(), built.build()
    assert quick.status == slow.status == 1
    for line in quick.err.splitlines():
        assert line in slow.all, line
    assert "没有发布" in quick.err and "[field/missing]" in quick.err
    assert built.files == before


def test_it_waits_for_no_other_build(built):
    with disk.locked(built.folder / ".govportal/lock"):
        told = built.quick()
    assert told.status == 1 and "[build/busy]" in told.err


def test_a_site_that_was_damaged_is_mended(built):
    page = built.site / "statement.html"
    before = page.read_bytes()
    page.write_bytes(b"x")
    os.utime(page, ns=(1, 1))
    assert built.quick().status == 0
    assert page.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits of a process")
def test_a_full_disk_is_told(built):
    import resource
    import signal

    def short() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))

    before = built.files
    built.town.write("notices/2026/new.md", notice("新的公告。\n\n" * 1200, id="new"))
    made = subprocess.run([sys.executable, str(ROOT / "build_scripts/_quick.py"), "--root", str(built.folder), "--as-of", TODAY, "--site-dir",
                           str(built.site)], env=built.environment(), capture_output=True, timeout=120, check=False, preexec_fn=short)
    assert made.returncode == 1 and "[disk/full]" in made.stderr.decode()
    assert built.files == before


def test_the_shipped_settings_let_it_be_used():
    from govportal.door import takes_what_it_is_given

    assert takes_what_it_is_given(Path(ROOT / "mkdocs.yml"))
