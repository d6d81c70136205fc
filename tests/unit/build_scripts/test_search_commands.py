"""`search.py` and `export_search.py` as a clerk runs them: what they print, what they write, how they refuse."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from support.enforcement import enforcing, penalty
from support.office import docx
from support.town import notice

from .conftest import load

DAY = "2026-11-23"
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\+08:00")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project folder: notices, an attachment, a draft, one of a later day, a penalty whose display has an end."""
    folder = tmp_path_factory.mktemp("project")
    town = enforcing(folder)
    town.write("notices/2026/heat.md", notice("供热正文。", id="heat", title="示例：供热通知", sample="true",
                                              attachments="\n  - {file: heat/map.docx, name: 分布表.docx}"))  # fmt: skip
    town.write("notices/2026/heat/map.docx", docx("西山换热站"))
    town.write("notices/2026/draft.md", notice(id="draft", title="草稿", draft="true"))
    town.write("notices/2026/later.md", notice(id="later", title="以后", published_at="2027-01-01"))
    town.write("penalties/2026/2026-0007.yml", penalty(display_until="2027-05-10"))
    return folder


@pytest.fixture
def command(root, monkeypatch, capsys):
    """Run a command on the project; its exit status, what it printed, what it complained of."""

    def run(name, *arguments, now=DAY):
        module = load(f"build_scripts/{name}.py")
        monkeypatch.setattr(module._environment, "ROOT", root)
        monkeypatch.setattr(module._environment, "ensure", lambda purpose: Path(sys.executable))
        monkeypatch.setattr(module._environment, "inside", lambda python: True)
        monkeypatch.setattr(module, "minute", lambda: now)
        capsys.readouterr()
        try:
            status = module.main(list(arguments))
        except SystemExit as left:
            status = left.code
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return status, told.out, told.err

    return run


def test_a_clerk_finds_a_paper(command):
    status, out, _ = command("search", "西山", "换热站")
    assert status == 0 and "共 1 份" in out and "示例：供热通知" in out and "附件“分布表.docx”" in out and "【西山】换热站" in out
    assert "content/notices/2026/heat.md" in out


def test_json_facets_dates_and_exclusion(command):
    status, out, _ = command("search", "供热", "-草稿", "--json", "--facets", "--since", "2026-11", "--until", "2026-11-30")
    told = json.loads(out)
    assert status == 0 and told["total"] == 1 and told["results"][0]["id"] == "heat" and told["facets"]["type"]["counts"] == {"动态公告": 1}
    assert told["query"] == "(供热 NOT 草稿) published_at:[2026-11 TO 2026-11-30]"
    assert json.loads(command("search", "供热", "--until", "2025", "--json")[1])["total"] == 0


def test_drafts_on_request_related_and_repetitions(command):
    assert "共 0 份" in command("search", "标题:草稿")[1]
    assert "待发布" in command("search", "标题:草稿", "--waiting")[1]
    assert command("search", "--related", "heat")[0] == 0
    assert "相似度不低于 0.7" in command("search", "--duplicates", "0.7")[1]
    assert "published_at" in command("search", "--fields")[1]


def test_attachments_without_a_text_are_listed_with_the_reason(command, root):
    path = root / "content/notices/2026/heat/map.docx"
    whole = path.read_bytes()
    assert "共 0 个附件" in command("search", "--unread")[1]
    path.write_bytes(whole[:-40])
    told = command("search", "--unread", "--json")
    path.write_bytes(whole)
    assert json.loads(told[1])["unread"] == [{"path": "notices/2026/heat/map.docx", "name": "分布表.docx", "why": "文件已损坏，读不出文字"}]


@pytest.mark.parametrize(("arguments", "status", "says"), [
    (["标提:供热"], 2, "是不是 标题"),
    (["(供热"], 2, "括号没有成对"),
    (["--since", "昨天"], 2, "不是日期"),
    (["--related", "nothing"], 2, "没有编号为 nothing"),
    (["--facet", "颜色"], 2, "没有“颜色”这个字段"),
    (["--duplicates", "7"], 2, "不是相似度"),
    (["--sort", "价格"], 2, "没有“价格”，可以写"),
    (["--limit", "0"], 2, "不是个数"),
    (["--as-of", "明天"], 2, "不是日期"),
    (["--colour"], 2, "不认识的选项"),
])  # fmt: skip
def test_a_mistake_is_said_in_a_sentence(command, arguments, status, says):
    told = command("search", *arguments)
    assert told[0] == status and says in told[2]
    if "--" not in arguments[0]:
        assert says in json.loads(command("search", "--json", *arguments)[1])["error"]


def documents(folder):
    """The actions and documents of an export, each pair checked for its form."""
    found = {}
    for path in sorted(folder.glob("bulk-*.ndjson")):
        data = path.read_bytes()
        assert data.endswith(b"\n") and b"\r" not in data
        lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
        assert len(lines) % 2 == 0
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            assert list(action) == ["index"] and action["index"]["_index"] == "district"
            assert action["index"]["_id"] == document["id"] and document["id"] not in found
            found[document["id"]] = document
    return found


def fits(value, declared):
    """Whether a value is what the mapping says, as OpenSearch would judge with `dynamic: strict`."""
    if isinstance(value, list):
        return all(fits(one, declared) for one in value)
    if "properties" in declared:
        assert declared["dynamic"] == "strict"
        return all(name in declared["properties"] and fits(one, declared["properties"][name]) for name, one in value.items())
    if declared["type"] == "date":
        whole = {4: "-01-01", 7: "-01", 10: ""}.get(len(value))
        return bool(ZONED.fullmatch(value)) if whole is None else date.fromisoformat(value + whole) is not None
    return isinstance(value, {"keyword": str, "text": str, "boolean": bool, "double": int | float}[declared["type"]])


def test_the_export_fits_its_mapping_and_holds_what_is_public(command, root, tmp_path):
    status, out, _ = command("export_search", "--out", str(tmp_path / "out"), "--index", "district")
    assert status == 0 and "_bulk" in out
    found = documents(tmp_path / "out")
    mapping = json.loads((tmp_path / "out/mapping.json").read_bytes())["mappings"]
    assert all(fits(document, mapping) for document in found.values())
    assert not fits({"colour": "red"}, mapping) and not fits({"sample": "yes"}, mapping)
    assert mapping["properties"]["body"]["analyzer"] == "cjk" and mapping["properties"]["column"]["type"] == "keyword"
    assert {"heat", "penalty-2026-0007"} <= found.keys() and not {"draft", "later"} & found.keys()
    heat = found["heat"]
    assert heat["sample"] is True and "示例站点" in heat["notice"] and heat["attachments"] == [{"name": "分布表.docx", "text": "西山换热站"}]
    assert heat["body"] == "供热正文。" and heat["url"] == "https://portal.example/notices/2026/heat.html" and heat["letters"]["title"] == "示例供热通知"
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    command("export_search", "--out", str(tmp_path / "out"), "--index", "district")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_what_was_withdrawn_is_not_handed_over(command, tmp_path):
    command("export_search", "--out", str(tmp_path), "--index", "district", now="2027-05-11")
    assert {"heat", "later"} <= documents(tmp_path).keys() and "penalty-2026-0007" not in documents(tmp_path)
    assert not any(b"penalty-2026-0007" in path.read_bytes() for path in tmp_path.glob("bulk-*"))


def test_an_export_refuses(command, root, tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert "里有别的文件" in command("export_search", "--out", str(tmp_path))[2]
    assert "不能作索引的名称" in command("export_search", "--index", "../x")[2]
    bad = root / "content/notices/2026/bad.md"
    bad.write_text("---\nid: bad\n---\n", encoding="utf-8")
    status, _, err = command("export_search")
    assert status == 1 and "没有导出" in err and "content/notices/2026/bad.md" in err
    assert "内容里有" in command("search", "供热")[1]
    bad.unlink()


def test_portions_are_whole_pairs():
    from govportal.handover import portions

    pairs = [b"a\nb\n" * count for count in (1, 3, 2, 9, 1)]
    made = list(portions(pairs, 16))
    assert b"".join(made) == b"".join(pairs) and all(len(one) <= 16 or one in pairs for one in made) and len(made) == 4
