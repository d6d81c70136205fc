"""When the environment is renewed, and what is said when it cannot be made."""

import json

import pytest

import _environment
from _environment import advice_without_venv, explain_pip, program_in, python_in, stamp
from _terminal import Refusal

FILES = [("requirements.txt", b"mkdocs==1.6.1\n")]
STAMP = stamp(FILES, "CPython 3.11.7", "/project")


def project(folder):
    (folder / "plugins").mkdir(parents=True)
    for name in _environment.REQUIREMENTS["test"]:
        (folder / name).write_text(f"# {name}\n")
    return folder


@pytest.mark.parametrize(
    "other",
    [
        stamp([("requirements.txt", b"mkdocs==1.6.2\n")], "CPython 3.11.7", "/project"),
        stamp([("other.txt", b"mkdocs==1.6.1\n")], "CPython 3.11.7", "/project"),
        stamp(FILES, "CPython 3.12.1", "/project"),
        stamp(FILES, "CPython 3.11.7", "/moved"),
        stamp([*FILES, ("requirements-test.txt", b"")], "CPython 3.11.7", "/project"),
    ],
)
def test_every_input_changes_the_stamp(other):
    assert other != STAMP


def test_the_stamp_is_the_same_for_the_same_inputs_whatever_the_line_ends():
    assert stamp([("requirements.txt", b"mkdocs==1.6.1\r\n")], "CPython 3.11.7", "/project") == STAMP


def test_an_up_to_date_environment_is_left_alone(tmp_path, monkeypatch):
    root = project(tmp_path)
    python = python_in(root / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("")
    (root / ".venv" / _environment.STAMP).write_text(
        json.dumps({"build": _environment.wanted(root, "build")})
    )
    monkeypatch.setattr(_environment, "follow", lambda *_: pytest.fail("nothing was to be done"))
    assert _environment.ensure("build", root) == python


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"build": "old"}'])
def test_a_stale_or_damaged_environment_is_made_anew(tmp_path, monkeypatch, damage):
    root = project(tmp_path)
    (root / ".venv").mkdir()
    (root / ".venv" / _environment.STAMP).write_text(damage)
    done = []

    def follow(command, *_):
        done.append(command[2])
        if command[2] == "venv":
            python_in(root / ".venv").parent.mkdir(parents=True)
            python_in(root / ".venv").write_text("")
        return 0, []

    monkeypatch.setattr(_environment, "follow", follow)
    _environment.ensure("test", root)
    assert done == ["venv", "pip"]
    stamps = _environment.read_stamps(root / ".venv")
    assert {name: stamps[name] for name in ("build", "test")} == {
        name: _environment.wanted(root, name) for name in ("build", "test")
    }
    _environment.ensure("build", root)
    assert done == ["venv", "pip"]

    # A changed pin is installed into the same environment.
    (root / "requirements.txt").write_text("# newer\n")
    _environment.ensure("build", root)
    assert done == ["venv", "pip", "pip"]


def test_a_failed_installation_leaves_no_stamp(tmp_path, monkeypatch):
    root = project(tmp_path)

    def follow(command, *_):
        python_in(root / ".venv").parent.mkdir(parents=True, exist_ok=True)
        python_in(root / ".venv").write_text("")
        return (1, ["ERROR: No matching distribution found for x"]) if command[2] == "pip" else (0, [])

    monkeypatch.setattr(_environment, "follow", follow)
    with pytest.raises(Refusal, match=r"安装 requirements\.txt 失败：软件仓库里没有所需的版本"):
        _environment.ensure("build", root)
    assert _environment.read_stamps(root / ".venv") == {}


@pytest.mark.parametrize("system", ["linux", "nt"])
def test_programs_lie_where_the_system_puts_them(tmp_path, system):
    names = [path.relative_to(tmp_path).as_posix() for path in
             (python_in(tmp_path, system), program_in(tmp_path, "lint-imports", system))]  # fmt: skip
    assert names == (
        ["Scripts/python.exe", "Scripts/lint-imports.exe"]
        if system == "nt"
        else ["bin/python", "bin/lint-imports"]
    )


def test_a_python_without_venv_is_told_what_to_type():
    assert "sudo apt-get install -y python3-venv" in advice_without_venv("/usr/bin/python3", debian=True)
    assert "python.org" in advice_without_venv("python", debian=False)


def test_a_python_without_venv_is_refused_without_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr(_environment, "can_make_environments", lambda: False)
    monkeypatch.setattr(_environment._packages, "may_install", lambda: False)
    with pytest.raises(Refusal, match="缺少 venv 组件"):
        _environment.ensure("build", project(tmp_path))


def test_a_python_without_venv_gets_it_installed_where_we_may(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(_environment, "can_make_environments", lambda: bool(asked))
    monkeypatch.setattr(_environment._packages, "may_install", lambda: True)
    monkeypatch.setattr(_environment._packages, "install", lambda packages: asked.append(packages) or True)
    monkeypatch.setattr(_environment, "follow", lambda *_: (1, ["no room"]))
    with pytest.raises(Refusal, match="建立运行环境失败"):
        _environment.ensure("build", project(tmp_path))
    assert asked == [["python3-venv"]]


def test_an_incomplete_project_is_refused(tmp_path):
    with pytest.raises(Refusal, match="项目不完整"):
        _environment.ensure("build", tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("NewConnectionError: Failed to establish a new connection", "连不上软件仓库"),
        ("ERROR: Could not find a version that satisfies the requirement", "没有所需的版本"),
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("ERROR: Permission denied: '/x'", "没有写入权限"),
        ("ERROR: something new", "原因见下"),
    ],
)
def test_pip_failures_are_explained(line, said):
    explained = explain_pip([line], "requirements.txt")
    assert said in explained and line in explained
