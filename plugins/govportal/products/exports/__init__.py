"""Exports: the records as JSON and CSV, their schemas, the catalogue, the site map for machines."""

from govportal.products.exports.picture import write_png
from govportal.products.exports.plan import plan_exports
from govportal.products.exports.sitemap import write_sitemap, write_sitemap_index
from govportal.products.exports.write import write_csv, write_json, write_robots

__all__ = [
    "plan_exports",
    "write_csv",
    "write_json",
    "write_png",
    "write_robots",
    "write_sitemap",
    "write_sitemap_index",
]
