"""Prose: the body of a record, from Markdown to safe HTML, and what can be said of it without drawing it."""

from govportal.kinds.prose.analyse import analyse
from govportal.kinds.prose.anchors import heading_anchor
from govportal.kinds.prose.render import Rendered, plain_text, render, sanitise, stand_at

__all__ = ["Rendered", "analyse", "heading_anchor", "plain_text", "render", "sanitise", "stand_at"]
