"""A small project with its own mkdocs.yml, and the real MkDocs to build it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.full_town import furnish
from support.town import TODAY, Town

ROOT = Path(__file__).parents[2]
PAGES = {"statement": "网站声明", "privacy": "隐私", "accessibility": "无障碍声明", "contact": "联系我们"}
PLUGINS: list[Any] = [{"govportal/records": {"as_of": TODAY, "workers": 1}}, "govportal/search", "govportal/feeds", "govportal/inspector"]


@dataclass
class Told:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything that was printed."""
        return self.out + self.err


class Door:
    """A project folder and the command `mkdocs` in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.town = furnish(Town(folder))
        for name, title in PAGES.items():
            self.town.write(f"pages/{name}.md", f"---\ntitle: {title}\n---\n\n示例内容，见[首页](/)。\n")
        self.settings: dict[str, Any] = {
            "site_name": "示例区政务公开", "site_url": "https://portal.example/", "docs_dir": "content/pages", "use_directory_urls": False,
            "theme": {"name": "govportal", "language": "zh"}, "plugins": PLUGINS, "markdown_extensions": ["tables", "footnotes", "toc", "attr_list"],
            "validation": {"omitted_files": "ignore", "absolute_links": "ignore", "not_found": "warn", "anchors": "warn", "unrecognized_links": "warn"},
        }  # fmt: skip
        self.configure()

    def configure(self, **settings: Any) -> None:
        """Change settings of mkdocs.yml; None takes one out."""
        self.settings |= settings
        written = {name: value for name, value in self.settings.items() if value is not None}
        (self.folder / "mkdocs.yml").write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")

    @property
    def site(self) -> Path:
        """Where the site is published."""
        return self.folder / "site"

    @property
    def files(self) -> dict[str, bytes]:
        """The published files."""
        return self.town.published(self.site)

    def environment(self) -> dict[str, str]:
        """The variables for a command: no settings of ours but those of the project."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOVPORTAL_", "PYTHON"))}
        # No bytecode: a process short of disk would leave cut-off files for all others.
        return kept | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def mkdocs(self, *arguments: str, **how: Any) -> Told:
        """Run a command of MkDocs to its end."""
        made = subprocess.run([sys.executable, "-m", "mkdocs", *arguments], cwd=self.folder, env=self.environment(), capture_output=True,
                              timeout=120, check=False, **how)
        told = Told(made.returncode, made.stdout.decode(), made.stderr.decode())
        assert "Traceback" not in told.all, told.all
        return told

    def build(self, *options: str, **how: Any) -> Told:
        """`mkdocs build`."""
        return self.mkdocs("build", *options, **how)

    def without_warnings(self) -> None:
        """Leave only what gives no warning: columns that are filled."""
        columns = self.town.content / "_portal/columns.yml"
        text = columns.read_text(encoding="utf-8")
        for name, record in (("resources", "law"), ("projects", "rules"), ("welfare", "heating")):
            for path in self.town.content.rglob("*.md"):
                data = path.read_text(encoding="utf-8")
                if f"\nid: {record}\n" in data:
                    kept = [line for line in data.splitlines(keepends=True) if not line.startswith("also_in")]
                    kept.insert(1, f"also_in: [{name}{', budget' if record == 'rules' else ''}]\n")
                    path.write_text("".join(kept), encoding="utf-8")
        columns.write_text(text, encoding="utf-8")


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)
