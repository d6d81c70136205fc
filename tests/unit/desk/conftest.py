"""A town whose papers the desk searches."""

import pytest

from govportal import disk, memo
from govportal.build import Project, load
from govportal.desk import Desk
from govportal.papers import fields_of, papers
from govportal.registry import find_types
from support.full_town import furnish
from support.office import docx
from support.town import TODAY, Town, notice

LONG = "第一条　为规范供热用热行为，制定本办法。" + "".join(f"第{number}条　供热单位应当保证第{number}号换热站的温度。" for number in range(2, 30))


class Office:
    """A town, its papers, and the desk at which they are searched."""

    def __init__(self, folder, town=None):
        self.town = town or furnish(Town(folder))
        self.folder = folder
        self.types = find_types()

    def write(self, path, text):
        """Put a content file in place."""
        self.town.write(path, text)

    def papers(self, moment=TODAY):
        """The papers as they are now."""
        project = Project(content=self.town.content, site=self.folder / "site", cache=self.folder / "memory", moment=moment, types=self.types)
        self.loaded = load(project)
        memo.save(project.cache / "memory", self.loaded.memory)
        return papers(self.loaded)

    def desk(self, moment=TODAY):
        """The desk, brought up to date; `changed` is what that took."""
        made = Desk(self.folder / "desk", self.town.content, self.folder / "texts", fields_of(self.types), "test")
        self.changed = made.update(self.papers(moment))
        return made


def furnished(folder):
    """An office with papers of all sorts."""
    office = Office(folder)
    office.write("notices/2026/heat-plan.md", notice(id="heat-plan", title="示例：供热工作方案", keywords="[供热, 采暖]", body=LONG,
                                                    attachments="\n  - {file: heat-plan/map.docx, name: 换热站分布表.docx}"))  # fmt: skip
    disk.write_whole(office.town.content / "notices/2026/heat-plan/map.docx", docx("仅在附件里的话", "西山换热站"))
    office.write("notices/2026/heat-again.md", notice(id="heat-again", title="示例：供热工作方案（再次印发）", published_at="2026-10-02", body=LONG + "另行通知。"))
    office.write("notices/2026/draft.md", notice(id="draft", title="草稿：供热补贴", draft="true", body=LONG))
    return office


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    return furnished(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def desk(office):
    return office.desk()
