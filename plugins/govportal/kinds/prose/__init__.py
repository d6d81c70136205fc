"""Prose: the body of a record, from Markdown to safe HTML, and what can be said of it without drawing it."""

from govportal.kinds.prose.analyse import analyse
from govportal.kinds.prose.render import Rendered, plain_text, render

__all__ = ["Rendered", "analyse", "plain_text", "render"]
