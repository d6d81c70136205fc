"""Four thin plugins over one build, in any order: records, search, feeds, inspector.

Records are not MkDocs pages: other plugins' `on_page_*` hooks see only the structural pages.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import FileSystemLoader
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from govportal import disk, door
from govportal.build import Project
from govportal.engine import engine
from govportal.kinds.choice import closest
from govportal.kinds.prose import heading_anchor, sanitise, stand_at
from govportal.problems import At, Problem, error, ordered, warning
from govportal.products.machines import INDEXED
from govportal.products.pages.chrome import chrome, shells
from govportal.registry import find_types
from govportal.render import VERSION, Workshop, version
from govportal.work import structural_title

CHINA = timezone(timedelta(hours=8))
THEME = "govportal"


class SearchOptions(Config):
    """Nothing to choose yet: one index for the whole site."""


class Search(BasePlugin[SearchOptions]):
    """Switches the static search index on."""

    switches = frozenset({"search"})


class FeedsOptions(Config):
    """Nothing to choose yet: every column has its feeds."""


class Feeds(BasePlugin[FeedsOptions]):
    """Switches RSS and Atom feeds on."""

    switches = frozenset({"feeds"})


class InspectorOptions(Config):
    """Where the report goes, from the project's folder."""

    report_dir = config_options.Type(str, default=".govportal/report")


class Inspector(BasePlugin[InspectorOptions]):
    """Switches the inspections of the whole site on, and their report as JSON and SARIF."""

    switches = frozenset({"checks"})


class RecordsOptions(Config):
    """`as_of`: the day or minute for which the site is built, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`; now when empty.

    `indexed`: for examinations only: a site that is not the real one leaves out `noindex`, and is warned of it.
    """

    as_of = config_options.Type((str, date), default="")
    workers = config_options.Type(int, default=0)
    content_dir = config_options.Type(str, default="content")
    cache_dir = config_options.Type(str, default=".govportal")
    types = config_options.ListOfItems(config_options.Type(str), default=[])
    indexed = config_options.Type(bool, default=False)


class _Counter(logging.Handler):
    """Counts MkDocs' own warnings, so that --strict is known before anything is published."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


class Records(BasePlugin[RecordsOptions]):
    """Reads, checks and publishes the records, and everything derived from them."""

    serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay alive across rebuilds of the preview."""
        self.serving = command == "serve"
        self.lock = ExitStack()
        self.counter = _Counter()
        logger = logging.getLogger("mkdocs")
        # `-q` silences the logger itself, and --strict would then never hear of a warning: silence what is shown instead.
        for handler in logger.handlers:
            handler.setLevel(max(handler.level, logger.level))
        logger.setLevel(min(logger.level, logging.WARNING))
        logger.addHandler(self.counter)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Point MkDocs at a folder of its own, so that its cleaning never touches what is published."""
        self._known_options(config)
        self.root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        cache = self.root / self.config.cache_dir
        if not hasattr(self, "target"):
            self.target = cache / "preview" if self.serving else Path(config.site_dir).resolve()
        theme, environment = config.theme, config.theme.get_env

        def get_env() -> Any:
            made = environment()
            made.loader = _OwnFiles(theme.dirs)
            return made

        theme.get_env = get_env  # type: ignore[method-assign]
        config.site_dir = str(cache / "structure")
        # The anchors of structural pages are those of records, which the last gate lets through.
        config.mdx_configs.setdefault("toc", {})["slugify"] = lambda words, _: heading_anchor(words)
        switches = frozenset({"pages", "exports"}).union(
            *(
                plugin.switches
                for plugin in config.plugins.values()
                if isinstance(plugin, Search | Feeds | Inspector)
            )
        )
        if self.config.indexed:
            switches |= {INDEXED}
        self.reports = next(
            (
                self.root / one.config.report_dir
                for one in config.plugins.values()
                if isinstance(one, Inspector)
            ),
            None,
        )
        address = urlsplit(config.site_url or "/")
        self.base = (address.path or "/").rstrip("/") + "/"
        folders = [self.root / folder for folder in self.config.types]
        self.program = [Path(__file__).parent, *folders]
        self.project = Project(
            content=self.root / self.config.content_dir,
            site=self.target,
            cache=cache,
            moment=self._moment(),
            types=find_types(folders),
            base=self.base,
            root=f"{address.scheme or 'https'}://{address.netloc}{self.base}".rstrip("/"),
            workers=self.config.workers or disk.cores(),
            switches=switches,
            engine=engine(self.program),
            keep_ledger=not self.serving,
            strict=bool(config.strict),
            say=lambda line: print(line, file=sys.stderr, flush=True),
        )
        return config

    def _known_options(self, config: MkDocsConfig) -> None:
        """An option that nobody reads is a mistake: MkDocs would only mention it, and build something else."""
        problems = []
        for plugin in config.plugins.values():
            if isinstance(plugin, Records | Search | Feeds | Inspector):
                known = [name for name, _ in plugin.config._schema]
                for name in sorted(set(plugin.config) - set(known)):
                    best = closest(name, known)
                    hint = f"改为 {best}" if best else "可以写：" + "、".join(known) if known else "删掉它"
                    problems.append(error(At("mkdocs.yml"), "option/unknown", f"插件没有选项 {name}", hint))
        if problems:
            self._stop(problems)

    def _moment(self) -> str:
        """The moment to build for; the clock is read here, at the edge, and nowhere else."""
        option = self.config.as_of
        written = (
            (option.strftime("%Y-%m-%d %H:%M") if isinstance(option, datetime) else str(option))
            .strip()
            .replace("T", " ")
        )
        if not written:
            return datetime.now(CHINA).strftime("%Y-%m-%d %H:%M")
        try:
            form = "%Y-%m-%d %H:%M" if len(written) > 10 else "%Y-%m-%d"
            return datetime.strptime(written, form).strftime(form)
        except ValueError:
            return self._stop(
                [
                    error(
                        At("mkdocs.yml"),
                        "option/as-of",
                        f"as_of“{written}”不是日期",
                        "写成 2026-11-23 或 2026-11-23 18:00",
                    )
                ]
            )

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check all content before MkDocs opens a single page."""
        self.counter.count = 0
        # Held to the end: MkDocs writes into the same folders, and two builds would mix their pages.
        with self._explained():
            self.lock.enter_context(door.alone(self.project.cache))
            # What is changed from here on is not in the frame, and the next build must see that.
            self.sources = tuple(
                str(one)
                for one in (*config.theme.dirs, config.docs_dir)
                if not _is_parent_theme(Path(one)) and Path(one).is_dir()
            )
            self.fingerprint = door.fingerprint(
                Path(config.config_file_path), self.sources, self.project.engine
            )
            self.loaded = door.read_and_check(self.project)
            self.loaded.problems = ordered(self.loaded.problems + self._site_url(config) + self._indexed())
            door.tell(self.loaded, self.reports)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What stops a build is said in our own words."""
        try:
            yield
        except door.Stopped as stopped:
            self._stop(stopped.problems)

    def _site_url(self, config: MkDocsConfig) -> list[Problem]:
        site = self.loaded.site
        if (
            self.serving
            or site is None
            or urlsplit(config.site_url or "").hostname == site.portal.settings.domain
        ):
            return []
        return [
            error(
                At("mkdocs.yml"),
                "site/url-differs",
                f"site_url 与 site.yml 的域名 {site.portal.settings.domain} 不同",
                f"改为 https://{site.portal.settings.domain}/",
            )
        ]

    def _indexed(self) -> list[Problem]:
        site = self.loaded.site
        if site is None or not self.config.indexed or site.portal.settings.environment == "production":
            return []
        return [
            warning(
                At("mkdocs.yml"),
                "site/indexed",
                "不是正式网站，却允许搜索引擎收录（indexed: true）",
                "只供检验使用；删掉这一项",
            )
        ]

    def _chrome(self, shell: str = "", slots: bool = False) -> dict[str, Any]:
        assert self.loaded.site is not None
        return chrome(self.loaded.site.portal, self.base, self.project.switches, shell, slots)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give every template what stands around a page."""
        env.globals["chrome"] = self._chrome()
        self.env = env
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """A structural page is called what was written: MkDocs itself would read NO, 010 or a date as something else."""
        page.meta = {"title": structural_title(disk.read(Path(str(page.file.abs_src_path))))}
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """A structural page has the same last gate as the text of a record."""
        return stand_at(self.base, sanitise(html))

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """A structural page stands outside all columns."""
        context["chrome"] = self._chrome()
        return context

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Show our own tree in the preview, and watch all content."""
        server.root = str(self.target)
        server.watch(str(self.project.content))
        again = server.builder

        def build_again() -> None:
            """A mistake is told and the last good pages stay; left alone, the server would answer nobody until it is mended."""
            try:
                again()
            except Abort as stopped:
                print(stopped.format_message(), "预览还是改动以前的网页。", file=sys.stderr)

        server.builder = build_again
        return server

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render the shells, then publish records and structural pages as one tree."""
        site = self.loaded.site
        assert site is not None
        if config.strict and self.counter.count:
            self._stop(
                [
                    error(
                        At("mkdocs.yml"),
                        "mkdocs/warning",
                        f"MkDocs 给出了 {self.counter.count} 个警告（见上）",
                        "--strict 下警告也算错误",
                    )
                ]
            )
        template = self.env.get_template("main.html")
        made = {
            name: template.render(config=config, page=None, chrome=self._chrome(name, slots=True))
            for name in shells(site.portal)
        }
        workshop = Workshop(
            _templates(config), made, site.portal.settings.name, self.project.engine.encode(), self.base
        )
        structure = disk.read_folder(Path(config.site_dir))
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            structure.pop(name, None)
        structure = {
            path: data.replace(VERSION.encode(), version(data.decode()).encode())
            if path.endswith(".html")
            else data
            for path, data in structure.items()
        }
        with self._explained():
            door.put_in_place(self.loaded, workshop, structure)
        if not self.serving:
            door.keep(self.project.cache, self._frame(config, workshop, structure))
        self.lock.close()

    def _frame(
        self, config: MkDocsConfig, workshop: Workshop, structure: dict[str, bytes]
    ) -> door.Frame | None:
        """What the next build needs to do without MkDocs; None where another plugin or a hook had a hand in it."""
        site = self.loaded.site
        settings = Path(config.config_file_path)
        foreign = [one for one in config.plugins.values() if not isinstance(one, OURS)]
        extensions = {*config.markdown_extensions} - PLAIN
        if (
            site is None
            or foreign
            or extensions
            or config.hooks
            or self.config.indexed
            or self.counter.count
            # Whatever the command line changed belongs to that one build.
            or set(config.user_configs[-1]) - {"strict"}
            or not door.takes_what_it_is_given(settings)
        ):
            return None
        return door.Frame(
            fingerprint=self.fingerprint,
            sources=self.sources,
            strict=bool(config.strict),
            program=tuple(map(str, self.program)),
            portal=site.portal.digest,
            base=self.base,
            root=self.project.root,
            switches=self.project.switches,
            types=tuple(self.config.types),
            content=self.config.content_dir,
            reports=str(self.reports) if self.reports else "",
            templates=workshop.templates,
            shells=workshop.shells,
            structure=structure,
        )

    def on_build_error(self, *, error: Exception) -> None:
        """Let the next build in; say what is wrong with the disk, wherever it was met."""
        self.lock.close()
        if isinstance(error, OSError):
            self._stop([disk.explain_os_error(error)])

    def _stop(self, problems: list[Problem]) -> Any:
        """Say everything that is wrong and end; nothing published has changed."""
        *said, verdict = door.Stopped(problems).lines()
        for line in said:
            print(line, file=sys.stderr)
        raise Abort(verdict)


OURS = (Records, Search, Feeds, Inspector)
PLAIN = frozenset({"tables", "footnotes", "toc", "attr_list", "fenced_code"})
"""Extensions of Python-Markdown itself, which are known by its version; MkDocs adds the last by itself."""


class _OwnFiles(FileSystemLoader):
    """Finds templates in all theme folders, but offers only those of our own theme and of a custom_dir for copying.

    Nothing on our pages asks for a file of the parent theme, which has fourteen thousand.
    """

    def list_templates(self) -> list[str]:
        own = [folder for folder in self.searchpath if not _is_parent_theme(Path(folder))]
        return FileSystemLoader(own).list_templates()


def _is_parent_theme(folder: Path) -> bool:
    """Whether a theme folder is MkDocs' own or Material's."""
    packages = [
        found.origin for name in ("mkdocs", "material") if (found := find_spec(name)) and found.origin
    ]
    return any(folder.resolve().is_relative_to(Path(origin).resolve().parent) for origin in packages)


def _templates(config: MkDocsConfig) -> dict[str, str]:
    """The page templates of the theme, with those of a custom_dir before them."""
    found: dict[str, str] = {}
    for folder in reversed(config.theme.dirs):
        pages = Path(folder) / "pages"
        if pages.is_dir() and not _is_parent_theme(Path(folder)):
            found |= {
                f"pages/{name}": data.decode() for name, data in disk.read_folder(pages, (".html",)).items()
            }
    return found
