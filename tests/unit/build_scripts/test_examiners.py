"""The examiners from npm are got where they may be, and what they leave undone is never called passed."""

from pathlib import Path

import pytest

import _examiners
from _report import Counts, Step


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "tests/browser"
    (folder / "node_modules").mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "package-lock.json").write_text('{"lockfileVersion": 3}')
    return tmp_path


def machine(monkeypatch: pytest.MonkeyPatch, there: set[str], node: str = "v20.1.0", root: bool = False) -> list[list[str]]:
    """A machine with these programs; the commands that are run on it."""
    ran: list[list[str]] = []

    def installed(packages: list[str]) -> bool:
        ran.append(["apt", *packages])
        there.update({"node", "npm", "java"})
        return True

    monkeypatch.setattr(_examiners.shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
    monkeypatch.setattr(_examiners, "quiet", lambda command: node)
    monkeypatch.setattr(_examiners._packages, "may_install", lambda: root)
    monkeypatch.setattr(_examiners._packages, "install", installed)
    monkeypatch.setattr(_examiners, "follow", lambda command, *_: ran.append(command) or (0, []))
    return ran


def test_they_are_installed_once_for_each_lock_file(monkeypatch, project):
    ran = machine(monkeypatch, {"node", "npm", "java"})
    assert _examiners.ensure(project) == _examiners.ensure(project) == ""
    assert ran == [["/bin/npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
    (project / "tests/browser/package-lock.json").write_text('{"lockfileVersion": 3 }')
    assert _examiners.ensure(project) == "" and len(ran) == 2


def test_missing_programs_are_installed_by_root_alone(monkeypatch, project):
    ran = machine(monkeypatch, {"npm"}, root=True)
    assert _examiners.ensure(project) == ""
    assert [one[0] for one in ran] == ["apt", "/bin/npm"] and ran[0][1:] == _examiners.SYSTEM
    assert machine(monkeypatch, {"npm"}) == []
    assert _examiners.ensure(project).startswith("没有Node.js 18 以上、Java；可执行：sudo apt-get")


@pytest.mark.parametrize("version", ["v16.20.2", "", "nonsense"])
def test_an_old_node_is_no_node(monkeypatch, version):
    machine(monkeypatch, {"node", "npm", "java"}, version)
    assert _examiners.missing_programs() == ["Node.js 18 以上"]


def test_a_failed_installation_is_told_and_tried_again(monkeypatch, project):
    machine(monkeypatch, {"node", "npm", "java"})
    monkeypatch.setattr(_examiners, "follow", lambda *_: (1, ["npm error network"]))
    assert _examiners.ensure(project) == "npm ci 没有成功：npm error network"
    assert not (project / "tests/browser" / _examiners.STAMP).exists()


@pytest.mark.parametrize(("failed", "undone", "status"), [(0, "", 0), (0, "没有Java", 3), (1, "没有Java", 1), (1, "", 1)])
def test_what_could_not_be_done_has_its_own_status(examination, monkeypatch, capsys, failed, undone, status):
    seen = []

    def examine(_python, chosen, _environment):
        seen.append(examination.marks(chosen))
        return [Step("测试 pytest", failed, 1.0)], Counts(5, failed)

    monkeypatch.setattr(examination._environment, "ensure", lambda _: Path("python"))
    monkeypatch.setattr(examination._browser, "ensure", lambda: "/bin/chromium")
    monkeypatch.setattr(examination._examiners, "ensure", lambda: undone)
    monkeypatch.setattr(examination, "examine", examine)
    assert examination.main(["--full"]) == status
    assert seen == ["not examiners" if undone else ""]
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"5 passed, {failed} failed"
    assert [line for line in lines if "未运行" in line or "Lighthouse" in line] == ([f"未运行（{undone}）：", f"  - {_examiners.WHAT[1]}"] if undone else [])


def test_without_full_nothing_is_installed_and_nothing_missed(examination, monkeypatch):
    monkeypatch.setattr(examination._environment, "ensure", lambda _: Path("python"))
    monkeypatch.setattr(examination._browser, "ensure", lambda: "/bin/chromium")
    monkeypatch.setattr(examination._examiners, "ensure", lambda: pytest.fail("asked for"))
    monkeypatch.setattr(examination, "examine", lambda *_: ([Step("测试 pytest", 0, 1.0)], Counts(5)))
    assert examination.main([]) == examination.main(["--full", "--no-browser"]) == 0


def test_the_lock_file_names_no_place(monkeypatch):
    folder = _examiners.ROOT / _examiners.FOLDER
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock and lock.count('"integrity"') > 150
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text()
