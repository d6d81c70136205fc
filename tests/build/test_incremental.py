"""What is kept from the last build never shows: any sequence of changes ends where a clean build would."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.full_town import furnish
from support.town import COLUMNS, SITE, TODAY, Town, notice, policy, reprint

Step = Callable[["Office"], str]


class Office:
    """A clerk at work: changes content in ways that are allowed, or tries one that is not and takes it back."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.town = furnish(Town(folder))
        self.chance = random.Random(seed)
        self.options: dict[str, Any] = {"moment": TODAY}
        self.structure = {"statement.html": b"<p>statement</p>", "assets/a.css": b"a{}"}
        self.records: dict[str, dict[str, Any]] = {}
        self.stones: list[str] = ["/notices/2025/withdrawn.html"]
        self.count = 0
        for _ in range(4):
            self.add()

    # What a clerk may do. Every step says what it did.
    def add(self) -> str:
        self.count += 1
        kind = self.chance.choice(["notice", "policy", "reprint"])
        name = f"{kind}-r{self.count}"
        folder = "notices" if kind == "notice" else "policies"
        year, cited = self.chance.choice(["2025", "2026"]), self.chance.randrange(9)
        self.records[name] = {"kind": kind, "path": f"{folder}/{year}/{name}.md", "body": f"正文 {self.count}，依照《示例：第 {cited} 件》办理。",
                              "aliases": [], "title": f"示例：第 {self.count} 件", "also": None, "file": None, "draft": None, "day": None}
        self._save(name)
        return f"add {name}"

    def rewrite(self) -> str:
        name = self._some()
        record = self.records[name]
        record["body"] = "".join(self.chance.sample("正文甲乙丙丁。\n#|*", 8)) + self.chance.choice(["", "\n\n| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |\n"])
        self._save(name)
        return f"rewrite {name}"

    def retitle(self) -> str:
        name = self._some()
        self.records[name]["title"] = f"示例：改了题目 {self.chance.randrange(100)} <&>"
        self._save(name)
        return f"retitle {name}"

    def list_elsewhere(self) -> str:
        name = self._some()
        self.records[name]["also"] = self.chance.choice([None, "[budget]", "[budget, welfare]"])
        self._save(name)
        return f"list {name} elsewhere"

    def attach(self) -> str:
        name = self._some()
        record = self.records[name]
        stem = record["path"].rpartition("/")[2].removesuffix(".md")
        former = record["file"]
        record["file"] = None if former and self.chance.random() < 0.4 else f"{stem}/table-{self.chance.randrange(3)}.csv"
        if former and former != record["file"]:
            (self.town.content / record["path"]).parent.joinpath(former).unlink()
        self._save(name)
        return f"attach {record['file']} to {name}"

    def move(self) -> str:
        name = self._some()
        record = self.records[name]
        if record["file"]:
            return "nothing"
        self._move(record)
        record["aliases"].append("/" + self._old.removesuffix(".md") + ".html")
        self._save(name)
        return f"move {name}"

    def withdraw(self) -> str:
        name = self._some()
        record = self.records.pop(name)
        self._take_away(record)
        self.stones += ["/" + record["path"].removesuffix(".md") + ".html", *record["aliases"]]
        self._save_stones()
        return f"withdraw {name}"

    def new_day(self) -> str:
        self.options["moment"] = self.chance.choice([TODAY, "2026-11-24", "2026-12-01 08:30", "2026-12-21", "2027-01-05"])
        return f"day {self.options['moment']}"

    def draft(self) -> str:
        """A new draft, or a draft that is now published."""
        drafts = [name for name, record in self.records.items() if record["draft"]]
        if drafts and self.chance.random() < 0.6:
            self.records[drafts[0]]["draft"] = None
            self._save(drafts[0])
            return f"publish draft {drafts[0]}"
        self.add()
        name = list(self.records)[-1]
        self.records[name]["draft"] = "true"
        self._save(name)
        return f"draft {name}"

    def embargo(self) -> str:
        self.add()
        name = list(self.records)[-1]
        self.records[name]["day"] = self.chance.choice(["2026-12-01 08:00", "2026-12-20 00:00"])
        self._save(name)
        return f"embargo {name}"

    def columns(self) -> str:
        text = COLUMNS
        if self.chance.random() < 0.5:
            text = text.replace("description: 解读。", f"description: 解读 {self.chance.randrange(9)}。")
        if self.chance.random() < 0.3:
            text = text.replace("name: 通知公告", "name: 通知与公告")
        if self.chance.random() < 0.3:
            first, second = text.splitlines(keepends=True)[1:3]
            text = text.replace(first + second, second + first)
        self.town.write("_portal/columns.yml", text)
        return "columns"

    def settings(self) -> str:
        text = SITE
        if self.chance.random() < 0.5:
            text = text.replace("contact_phone: 0000-0000000", f"contact_phone: 0000-000000{self.chance.randrange(9)}")
        if self.chance.random() < 0.3:
            text = text.replace("environment: demo", "environment: staging")
        self.town.write("_portal/site.yml", text)
        return "settings"

    def theme(self) -> str:
        self.structure = {"statement.html": f"<p>{self.chance.randrange(3)}</p>".encode()} | ({"assets/b.css": b"b{}"} if self.chance.random() < 0.5 else {})
        return "structure"

    def address(self) -> str:
        self.options["base"], self.options["root"] = self.chance.choice([("/", "https://portal.example"), ("/sub/", "https://portal.example/sub")])
        return f"base {self.options['base']}"

    def products(self) -> str:
        self.options["switches"] = frozenset({"pages", "exports", "checks", *self.chance.sample(["search", "feeds"], self.chance.randrange(3))})
        return f"products {sorted(self.options['switches'])}"

    def touch(self) -> str:
        name = self._some()
        (self.town.content / self.records[name]["path"]).touch()
        return f"touch {name}"

    # What a clerk may not do; tried, refused, and taken back.
    def vanish(self) -> str:
        name = self._published()
        if name is None:
            return "nothing"
        path = self.town.content / self.records[name]["path"]
        data = path.read_bytes()
        path.unlink()
        self.refused("address/lost")
        path.write_bytes(data)
        return f"vanish {name}: refused"

    def move_silently(self) -> str:
        name = self._published()
        if name is None or self.records[name]["file"]:
            return "nothing"
        path = self.town.content / self.records[name]["path"]
        other = path.with_name("moved-" + path.name)
        path.rename(other)
        self.refused("address/lost")
        other.rename(path)
        return f"move {name} silently: refused"

    def break_something(self) -> str:
        name = self._some()
        path = self.town.content / self.records[name]["path"]
        data = path.read_bytes()
        path.write_bytes(self.chance.choice([data.replace(b"\ntitle", b"\n\ttitle"), data.replace(b"title", b"titel"), b"\xff" + data, b""]))
        self.refused()
        path.write_bytes(data)
        return f"break {name}: refused"

    def refused(self, code: str = "") -> None:
        before = self.town.published()
        built = self.build()
        assert not built.ok
        assert not code or code in built.codes, built.lines
        assert built.files == before, "a refused build changes nothing"

    def build(self) -> Any:
        return self.town.build(self.structure, **self.options)

    def _published(self) -> str | None:
        """A record that was published on the day of the last build."""
        shown = [name for name, record in self.records.items() if (self.town.folder / "site" / record["path"]).with_suffix(".html").exists()]
        return self.chance.choice(shown) if shown else None

    def _some(self) -> str:
        if not self.records:
            self.add()
        return self.chance.choice(list(self.records))

    def _move(self, record: dict[str, Any]) -> None:
        self._old = record["path"]
        self.count += 1
        record["path"] = f"{self._old.rpartition('/')[0]}/moved-{self.count}.md"
        (self.town.content / self._old).unlink()

    def _take_away(self, record: dict[str, Any]) -> None:
        path = self.town.content / record["path"]
        if record["file"]:
            path.parent.joinpath(record["file"]).unlink()
        path.unlink()

    def _save(self, name: str) -> None:
        record = self.records[name]
        fields = {"id": name, "title": f'"{record["title"]}"', "also_in": record["also"], "draft": record["draft"], "publish_at": record["day"],
                  "aliases": f"[{', '.join(record['aliases'])}]" if record["aliases"] else None}
        if record["file"]:
            fields["attachments"] = f"[{{file: {record['file']}, name: 示例表}}]"
            self.town.write(f"{record['path'].rpartition('/')[0]}/{record['file']}", f"甲,乙\n1,{self.chance.randrange(9)}\n")
        if record["kind"] == "policy":
            number = name.rpartition("r")[2]
            fields |= {"document_number": f"示例政办发〔2026〕{100 + int(number)}号", "index_number": f"11999999000000001U/2026-{int(number) + 100:05}"}
        maker = {"notice": notice, "policy": policy, "reprint": reprint}[record["kind"]]
        self.town.write(record["path"], maker(record["body"], **fields))

    def _save_stones(self) -> None:
        self.town.write("_portal/tombstones.yml", "tombstones:\n" + "".join(
            f"  - {{address: {address}, title: 示例：撤下, reason: 示例原因, date: 2026-11-22}}\n" for address in self.stones))


STEPS: list[Step] = [
    Office.add, Office.rewrite, Office.rewrite, Office.retitle, Office.list_elsewhere, Office.attach, Office.attach, Office.move, Office.withdraw,
    Office.new_day, Office.draft, Office.embargo, Office.columns, Office.settings, Office.theme, Office.address, Office.products, Office.touch,
    Office.vanish, Office.move_silently, Office.break_something,
]  # fmt: skip


def walk(folder: Path, seed: int, steps: int) -> None:
    office = Office(folder / "kept", seed)
    done = ["first"]
    assert (first := office.build()).ok, first.lines
    for _ in range(steps):
        for _ in range(office.chance.randrange(1, 3)):
            done.append(office.chance.choice(STEPS)(office))
        built = office.build()
        assert built.ok, (done, [line for line in built.lines if "提醒" not in line])
    shutil.copytree(office.town.content, folder / "clean" / "content")
    clean = Town(folder / "clean", bare=True).build(office.structure, **office.options)
    assert clean.ok, (done, clean.lines)
    differing = sorted(path for path in clean.files.keys() | built.files.keys() if clean.files.get(path) != built.files.get(path))
    assert differing == [], (done, differing)
    ledger = "_portal/addresses.csv"
    assert (office.town.content / ledger).read_bytes() == (folder / "clean/content" / ledger).read_bytes(), done


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_of_changes_ends_where_a_clean_build_would(tmp_path, seed):
    walk(tmp_path, seed, steps=12)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 300))
def test_and_so_do_many_longer_ones(tmp_path, seed):
    walk(tmp_path, seed, steps=25)


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Size, time of writing and identity of every file and folder."""
    stats = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*")}
    return {path: (stat.st_size, stat.st_mtime_ns, stat.st_ino) for path, stat in stats.items()}


def test_a_build_without_a_change_writes_nothing(tmp_path):
    town = furnish(Town(tmp_path))
    structure = {"statement.html": b"<p>"}
    assert town.build(structure).ok
    before = stamps(town.folder / "site"), stamps(town.content)
    for _ in range(2):
        built = town.build(structure)
        assert built.summary.written == 0 and built.summary.removed == 0
        assert built.summary.unchanged == len(built.files)
        assert (stamps(town.folder / "site"), stamps(town.content)) == before


def test_a_change_of_one_record_leaves_the_other_pages_files_alone(tmp_path):
    town = furnish(Town(tmp_path))
    before = town.build().files
    town.write("policies/2019/law.md", reprint("第一条 新的正文。"))
    built = town.build()
    changed = {path for path in built.files if built.files[path] != before.get(path)}
    assert "policies/2019/law.html" in changed
    assert not any(path.startswith(("notices/", "organs/", "fee-lists/")) for path in changed)
    assert built.summary.written <= len(changed) + len([path for path in built.files if path.startswith("search/")])


def test_going_back_to_a_former_version_brings_the_former_bytes(tmp_path):
    town = furnish(Town(tmp_path))
    first = town.build().files
    for body in ("第一条 甲。", "第一条 乙。", "第一条 正文。"):
        town.write("policies/2019/law.md", reprint(body))
        last = town.build().files
    assert last == first


def test_a_record_that_comes_back_is_whole_again(tmp_path):
    town = furnish(Town(tmp_path))
    first = town.build().files
    town.remove("notices/2025/n3.md")
    stones = (town.content / "_portal/tombstones.yml").read_text(encoding="utf-8")
    town.write("_portal/tombstones.yml", stones + "  - {address: /notices/2025/n3.html, title: 示例, reason: 示例, date: 2026-11-22}\n")
    assert "示例公告3" not in town.build().text("notices/2025/n3.html")
    town.write("notices/2025/n3.md", (town.content / "notices/2025/n4.md").read_bytes().replace(b"n4", b"n3").replace("公告4".encode(), "公告3".encode())
               .replace("正文4".encode(), "正文3".encode()).replace(b"2025-05-04", b"2025-04-03"))
    town.write("_portal/tombstones.yml", stones)
    assert town.build().files == first
