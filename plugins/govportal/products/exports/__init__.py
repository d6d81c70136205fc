"""Exports: the records as JSON and CSV, their schemas, the catalogue, the site map for machines."""

from govportal.products.exports.plan import plan_exports
from govportal.products.exports.write import write_csv, write_json, write_robots, write_sitemap

__all__ = ["plan_exports", "write_csv", "write_json", "write_robots", "write_sitemap"]
