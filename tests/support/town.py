"""A small town to build in a temporary folder: settings, columns, an organ, and whatever a test adds.

    town = Town(tmp_path)
    town.write("notices/2026/heating.md", notice(id="heating"))
    result = town.build()
    assert result.ok and "notices/2026/heating.html" in result.files
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import govportal_theme
from govportal import disk
from govportal.build import Loaded, Project, PublicationError, Summary, load, publish
from govportal.engine import engine
from govportal.problems import Problem, ordered
from govportal.products.pages.chrome import chrome, shells
from govportal.registry import find_types
from govportal.render import Workshop

TODAY = "2026-11-23"

SITE = """\
name: 示例区政务公开
domain: portal.example
code: 0000000000
environment: demo
sponsor: 示例区人民政府办公室
organizer: 示例区数据中心
icp: 示例ICP备00000000号
police_record: 示例公网安备00000000000000号
contact_phone: 0000-0000000
contact_address: 示例路1号
description: 测试用的示例站点。
keywords: [示例]
tag_authority: portal.example
tag_date: 2026-01-01
find_error_url: https://portal.example/find-error
"""

COLUMNS = """\
columns:
  - {id: policy, name: 政策, path: policies, description: 政策文件。, keywords: [政策], column_type: 政策文件, update_days: 0}
  - {id: interpretation, name: 政策解读, path: interpretations, description: 解读。, keywords: [解读], column_type: 政策解读, update_days: 0}
  - {id: notice, name: 通知公告, path: notices, description: 通知公告。, keywords: [公告], column_type: 工作动态, update_days: 0}
  - {id: consultation, name: 意见征集, path: consultations, description: 意见征集。, keywords: [征集], column_type: 征集调查, update_days: 0}
  - {id: fees, name: 收费目录清单, path: fee-lists, description: 收费。, keywords: [收费], column_type: 数据发布, update_days: 0}
  - {id: organs, name: 机构职能, path: organs, description: 机构。, keywords: [机构], column_type: 机构职能, update_days: 0}
  - id: key-areas
    name: 重点领域信息公开
    path: key-areas
    description: 重点领域。
    keywords: [重点领域]
    column_type: 信息公开目录
    update_days: 0
    children:
      - {id: budget, name: 财政预决算, path: key-areas/budget, description: 预决算。, keywords: [预算], column_type: 信息公开目录, update_days: 0, ELEMENTS}
      - {id: resources, name: 公共资源配置, path: key-areas/resources, description: 公共资源。, keywords: [资源], column_type: 信息公开目录, update_days: 0, ELEMENTS}
      - {id: projects, name: 重大建设项目批准和实施, path: key-areas/projects, description: 项目。, keywords: [项目], column_type: 信息公开目录, update_days: 0, ELEMENTS}
      - {id: welfare, name: 社会公益事业建设, path: key-areas/welfare, description: 公益。, keywords: [公益], column_type: 信息公开目录, update_days: 0, ELEMENTS}
""".replace("ELEMENTS", "elements: {scope: 示例范围, content: 示例内容, time_limit: 示例时限, carrier: 示例载体, presentation: 示例形式}")

OWN = {"origin": "own", "organ": "[office]", "disclosure_mode": "主动公开",
       "secrecy_review": "{organ: 示例保密办, reviewer: 示例审查岗, reviewed_on: 2026-01-01, result: 可以公开}"}


def front(body: str = "正文。", **fields: Any) -> str:
    """A Markdown record: front matter from the fields that are not None, then the body."""
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n"


def notice(body: str = "正文。", **fields: Any) -> str:
    """A notice that has nothing wrong with it, with the given fields changed (None leaves one out)."""
    return front(body, **({"id": "notice", "title": "示例公告", "column": "notice", "published_at": "2026-11-20", "kind": "公告"} | OWN | fields))


def organ(body: str = "示例职责。", **fields: Any) -> str:
    """An organ that has nothing wrong with it."""
    return front(body, **({"id": "office", "title": "示例区政府办公室", "column": "organs", "published_at": "2026-01-01", "kind": "区政府部门",
                           "order": "1", "key_areas_note": "示例：不承担重点领域的职能。"} | OWN | fields))


def policy(body: str = "第一条 正文。", **fields: Any) -> str:
    """A policy of the district's own, not a normative document, that has nothing wrong with it."""
    return front(body, **({"id": "policy", "title": "示例文件", "column": "policy", "published_at": "2026-11-20", "authority_level": "其他政策文件",
                           "index_number": "11999999000000001U/2026-00001", "subject": "综合政务\\政务公开", "written_on": "2026-11-18",
                           "document_number": "示例政办发〔2026〕1号"} | OWN | fields))


def reprint(body: str = "第一条 正文。", **fields: Any) -> str:
    """A national document taken over, that has nothing wrong with it."""
    return front(body, **({"id": "law", "title": "示例法", "column": "policy", "published_at": "2026-11-20", "authority_level": "法律", "origin": "reprint",
                           "source_organ": "[示例机关]", "source_name": "示例来源", "source_url": "https://example.org/law", "source_date": "2019-04-03"} | fields))


@dataclass
class Built:
    """What came of a build: problems, the published files, and the summary when it was published."""

    problems: list[Problem]
    files: dict[str, bytes]
    summary: Summary | None
    loaded: Loaded

    @property
    def ok(self) -> bool:
        """Whether it was published."""
        return self.summary is not None

    @property
    def codes(self) -> list[str]:
        """The codes of all problems, in order."""
        return [problem.code for problem in self.problems]

    @property
    def lines(self) -> list[str]:
        """All problems as a clerk sees them."""
        return [str(problem) for problem in self.problems]

    def text(self, path: str) -> str:
        """A published file as text."""
        return self.files[path].decode()


class Town:
    """A content folder with the least a site needs, and a build without MkDocs."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        self.folder = folder
        self.content = folder / "content"
        if not bare:
            self.write("_portal/site.yml", SITE)
            self.write("_portal/columns.yml", COLUMNS)
            self.write("organs/office.md", organ())

    def write(self, path: str, data: str | bytes) -> Path:
        """Put a file into the content folder."""
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        return target

    def remove(self, path: str) -> None:
        """Take a file out of the content folder."""
        (self.content / path).unlink()

    def project(self, **options: Any) -> Project:
        """The project as the door would make it."""
        folders = options.pop("type_folders", [])
        return Project(**({"content": self.content, "site": self.folder / "site", "cache": self.folder / ".govportal", "moment": TODAY,
                           "types": find_types(folders), "engine": engine(folders)} | options))

    def build(self, structure: dict[str, bytes] | None = None, **options: Any) -> Built:
        """Read, check and, if nothing stops it, publish."""
        project = self.project(**options)
        loaded = load(project)
        summary = None
        if loaded.ok:
            assert loaded.site is not None
            portal = loaded.site.portal
            made = {name: shell(chrome(portal, project.base, project.switches, name, slots=True)) for name in shells(portal)}
            workshop = _workshop(tuple(made.items()), portal.settings.name, project.engine.encode(), project.base)
            try:
                summary = publish(loaded, workshop, structure or {})
            except PublicationError as failure:
                loaded.problems = ordered(loaded.problems + failure.problems)
        return Built(loaded.problems, self.published(project.site), summary, loaded)

    def published(self, site: Path | None = None) -> dict[str, bytes]:
        """Every published file."""
        site = site or self.folder / "site"
        return disk.read_folder(site) if site.exists() else {}

    def forget(self) -> None:
        """Throw away everything the last build knew, and what it published."""
        shutil.rmtree(self.folder / ".govportal", ignore_errors=True)
        shutil.rmtree(self.folder / "site", ignore_errors=True)


THEME = Path(govportal_theme.__file__).parent


def theme_pages() -> dict[str, str]:
    """The page templates of the theme."""
    return {f"pages/{name}": data.decode() for name, data in disk.read_folder(THEME / "pages", (".html",)).items()}


def shell(view: dict[str, Any]) -> str:
    """A shell drawn with the theme's own template, as MkDocs draws it."""
    return str(_shell_template().render(chrome=view, page=None, config={}))


@lru_cache(maxsize=8)
def _workshop(shells: tuple[tuple[str, str], ...], name: str, engine: bytes, base: str) -> Workshop:
    """A workshop is a value; one that was set up before need not compile its templates again."""
    return Workshop(theme_pages(), dict(shells), name, engine, base)


@cache
def _shell_template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(THEME)).get_template("main.html")
