"""Plans to pages: the only room that knows templates. A page is its column's shell with the slots filled."""

from __future__ import annotations

import html
import marshal
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from govportal.kinds.prose import Rendered, stand_at
from govportal.kinds.prose import render as render_prose
from govportal.kinds.prose.cited import link_citations
from govportal.plans import Plan

ARTICLES = 6
"""From this number of articles on, a text without chapters has its articles as contents."""
_ARTICLE = re.compile(
    r'<p id="(article-[a-z0-9-]+)"><strong class="article-number">([^<]+)</strong>(?:\s*【([^】<]{1,20})】)?'
)
_DIVIDED = ("part-", "chapter-", "division-", "article-")
REMEMBERED = 20_000
"""How many drawn pieces are kept; about a kilobyte each."""
_BLANK = re.compile(r"\n+(?=</?(?:head|html|body|link|meta|script|title)\b|</[a-z]+[1-6]?>)")
_SLOT = re.compile(r"@@govportal:(title|head|breadcrumb|main|address|version)@@")
VERSION = "@@govportal:version@@"
"""Where a page says which version of itself it is."""


def version(shown: str) -> str:
    """Eight figures that change with what a page shows: a report of a mistake says which version it is about."""
    return blake2b(shown.encode(), digest_size=4).hexdigest()


def tightened(template: str) -> str:
    """A template without line breaks in the head and before closing tags: they show nothing, part no words, and cost each page."""
    return _BLANK.sub("", template)


def articles(prose: Rendered) -> list[dict[str, str]]:
    """The articles of a text as its contents: number and heading (第三条 【期限】); none where chapters are the contents."""
    if any(anchor.startswith(_DIVIDED) for _, _, anchor in prose.headings):
        return []
    found = [
        {"anchor": one[1], "text": one[2] + (f" {html.unescape(one[3])}" if one[3] else "")}
        for one in _ARTICLE.finditer(prose.html)
    ]
    return found if len(found) >= ARTICLES else []


@dataclass(frozen=True)
class Workshop:
    """Templates by name, and a shell for each column ('' is the shell of pages outside all columns)."""

    templates: Mapping[str, str]
    shells: Mapping[str, str]
    site_name: str
    engine: bytes = b""
    base: str = "/"
    _pieces: dict[str, list[str]] = field(default_factory=dict, compare=False)
    _drawn: dict[tuple[str, bytes], Any] = field(default_factory=dict, compare=False)

    @cached_property
    def _environment(self) -> Any:
        from jinja2 import DictLoader, Environment, StrictUndefined

        class Plain(Environment):
            """Views are dicts: `view.title` asks the dict first, which is also the quicker way."""

            def getattr(self, obj: Any, attribute: str) -> Any:
                if type(obj) is dict and attribute in obj:
                    return obj[attribute]
                return super().getattr(obj, attribute)

        environment = Plain(
            loader=DictLoader({name: tightened(text) for name, text in self.templates.items()}),
            autoescape=True,
            undefined=StrictUndefined,
        )
        environment.globals["once"] = self._once
        # What `tojson` writes stands in HTML: it escapes < > & and ' by itself.
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        # A template is looked up for every page: without a limit and without asking whether it has changed.
        environment.auto_reload = False
        environment.cache = {}
        return environment

    def _once(self, macro: Any, *values: Any) -> Any:
        """What a macro draws of plain values, drawn once: the same entry stands in many lists."""
        key = (macro.name, marshal.dumps(values, 2))
        made = self._drawn.get(key)
        if made is None:
            if len(self._drawn) >= REMEMBERED:
                self._drawn.clear()
            made = self._drawn[key] = macro(*values)
        return made

    @cached_property
    def _templates_digest(self) -> bytes:
        digest = blake2b(self.engine, digest_size=16)
        for name in sorted(self.templates):
            digest.update(f"{name}\0{self.templates[name]}\0".encode())
        return digest.digest()

    @cached_property
    def _surroundings(self) -> dict[str, bytes]:
        return {
            name: blake2b(self._templates_digest + shell.encode(), digest_size=16).digest()
            for name, shell in self.shells.items()
        }

    @cached_property
    def digest(self) -> bytes:
        """What all pages depend on besides their views."""
        digest = blake2b(self._templates_digest + self.site_name.encode(), digest_size=16)
        for name in sorted(self.shells):
            digest.update(name.encode() + self._surroundings[name])
        return digest.digest()

    def surroundings(self, plan: Plan) -> bytes:
        """What a plan depends on besides its view: the engine, and for a page its shell and the templates."""
        return self._surroundings[plan.column] if plan.make == "page" else self.engine

    def page(self, plan: Plan, body: str) -> bytes:
        """A whole HTML page. `body` is the Markdown of its prose, or ''."""
        from markupsafe import Markup

        view = dict(plan.view)
        if plan.body is not None:
            prose = render_prose(body)
            standing = stand_at(self.base, prose.html)
            view["body_html"] = Markup(link_citations(standing, view.get("citations", {})))
            view["toc"] = [
                {"level": level, "text": text, "anchor": anchor} for level, text, anchor in prose.headings
            ]
            view["articles"] = articles(prose)
        else:
            view.setdefault("body_html", "")
            view.setdefault("toc", [])
            view.setdefault("articles", [])
        title = view["title"] if view["title"] == self.site_name else f"{view['title']} - {self.site_name}"
        # The trail of a column ends with the column itself.
        crumb = (
            ""
            if plan.column and plan.path.endswith("index.html") and not view.get("crumb")
            else f'<li aria-current="page">{html.escape(view.get("crumb") or view["title"])}</li>'
        )
        above = "".join(
            f'<li><a href="{html.escape(one["href"])}">{html.escape(one["text"])}</a></li>\n'
            for one in view.get("above", ())
        )
        slots = {
            "title": html.escape(title),
            "head": self._environment.get_template("pages/_head.html").render(view=view).strip(),
            "breadcrumb": above + crumb,
            "main": self._environment.get_template(plan.template).render(view=view),
            "address": html.escape(view.get("canonical", "")),
        }
        slots["version"] = version(slots["title"] + slots["main"])
        pieces = self._pieces.get(plan.column)
        if pieces is None:
            pieces = self._pieces[plan.column] = _SLOT.split(tightened(self.shells[plan.column]))
        made = [slots[piece] if place % 2 else piece for place, piece in enumerate(pieces)]
        return "".join(made).encode()
