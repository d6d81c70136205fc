"""Feeds: RSS 2.0 and Atom for the whole site and for every column, as plans and as bytes."""

from govportal.products.feeds.plan import plan_feeds
from govportal.products.feeds.write import write_atom, write_rss

__all__ = ["plan_feeds", "write_atom", "write_rss"]
