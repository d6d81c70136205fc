"""What build.py makes of its options."""

from pathlib import Path

import pytest

from _terminal import Refusal

NOW = "2026-05-01 09:30"


def test_without_options_it_builds_as_of_now(build):
    chosen = build.options([], NOW)
    assert (chosen.as_of, chosen.workers, chosen.serve, chosen.strict) == (NOW, 0, False, False)
    assert build.command(Path("python"), chosen) == ["python", "-m", "mkdocs", "build"]


def test_options_reach_mkdocs_by_its_environment(build):
    chosen = build.options(["--as-of", "2026-03-01", "--workers", "3"], NOW)
    assert build.variables(chosen, Path("/somewhere/site")) == {
        "GOVPORTAL_AS_OF": "2026-03-01",
        "GOVPORTAL_WORKERS": "3",
        "GOVPORTAL_SITE_DIR": str(Path("/somewhere/site")),
    }


def test_a_moment_of_a_day_may_be_given(build):
    chosen = build.options(["--as-of", "2026-03-01 15:00"], NOW)
    assert build.variables(chosen, Path("site"))["GOVPORTAL_AS_OF"] == "2026-03-01 15:00"


def test_a_preview_keeps_time_by_the_clock_unless_told_otherwise(build):
    assert "GOVPORTAL_AS_OF" not in build.variables(build.options(["--serve"], NOW), Path("site"))
    chosen = build.options(["--serve", "--as-of", "2026-03-01"], NOW)
    assert build.variables(chosen, Path("site"))["GOVPORTAL_AS_OF"] == "2026-03-01"


def test_serve_and_strict(build):
    command = build.command(Path("python"), build.options(["--serve", "--strict"], NOW))
    assert command[2:] == ["mkdocs", "serve", "--dev-addr", "127.0.0.1:8000", "--strict"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2026-02-30"], "“2026-02-30”不是日期"),
        (["--as-of", "20260301"], "“20260301”不是日期"),
        (["--as-of", "2026-03-01 9:30"], "不是日期"),
        (["--as-of", "2026-03-01 24:30"], "不是日期"),
        (["--as-of", "昨天"], "“昨天”不是日期"),
        (["--as-of"], "--as-of 后面要跟一个值"),
        (["--workers", "-1"], "--workers"),
        (["--workers", "二"], "“二”不是个数"),
        (["--quick"], "不认识的选项 --quick"),
    ],
)
def test_a_wrong_option_is_explained(build, capsys, arguments, said):
    with pytest.raises(SystemExit) as leaving:
        build.options(arguments, NOW)
    assert leaving.value.code == 2
    assert said in capsys.readouterr().err


def test_the_site_lies_in_the_project_unless_told_otherwise(build, tmp_path):
    assert build.site_folder(None, tmp_path, Path("/elsewhere")) == tmp_path / "site"
    assert build.site_folder(Path("../out"), tmp_path / "p", tmp_path / "p") == tmp_path / "out"


@pytest.mark.parametrize("folder", [".", "..", "content", "content/pages", "plugins/govportal", ".git"])
def test_the_site_is_never_written_over_the_sources(build, tmp_path, folder):
    root = tmp_path / "project"
    root.mkdir()
    with pytest.raises(Refusal, match="源文件"):
        build.site_folder(Path(folder), root, root)


def test_the_site_is_never_written_over_a_file(build, tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(Refusal, match="是一个文件"):
        build.site_folder(Path("out"), tmp_path / "project", tmp_path)


def test_a_failing_build_says_that_the_published_site_is_untouched(build, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(build._environment, "ROOT", tmp_path)
    monkeypatch.setattr(build, "follow", lambda *_: (3, []))
    chosen = build.options([], NOW)
    assert build.build(Path("python"), chosen, tmp_path / "site") == 3
    assert "生成失败（退出码 3），原因见上。已发布的网站没有改动。" in capsys.readouterr().err


@pytest.mark.parametrize(("quick", "programs", "status"), [(0, ["_quick.py"], 0), (1, ["_quick.py"], 1), (75, ["_quick.py", "mkdocs"], 0)])
def test_it_builds_without_mkdocs_and_asks_mkdocs_when_that_cannot_be(
    build, monkeypatch, tmp_path, quick, programs, status
):
    ran = []

    def follow(command, *_):
        ran.append("mkdocs" if command[1] == "-m" else Path(command[1]).name)
        return (0 if command[1] == "-m" else quick), []

    monkeypatch.setattr(build._environment, "ROOT", tmp_path)
    monkeypatch.setattr(build, "follow", follow)
    assert build.build(Path("python"), build.options([], NOW), tmp_path / "site") == status
    assert ran == programs


def test_a_crash_is_kept_for_engineers(build, monkeypatch, capsys, tmp_path):
    said = ["INFO - Building", "Traceback (most recent call last):", '  File "x"', "ValueError: boom"]

    def crashing(_command, _folder, each_line, _environment):
        for line in said:
            each_line(line)
        return 1, said

    monkeypatch.setattr(build._environment, "ROOT", tmp_path)
    monkeypatch.setattr(build, "follow", crashing)
    assert build.build(Path("python"), build.options([], NOW), tmp_path / "site") == 1
    printed = capsys.readouterr()
    assert not {"Traceback", "INFO"} & set((printed.out + printed.err).split())
    assert "程序内部出错（不是您写的内容有误）：ValueError: boom" in printed.err
    assert (tmp_path / ".govportal/crash.txt").read_text(encoding="utf-8").splitlines() == said[1:]
