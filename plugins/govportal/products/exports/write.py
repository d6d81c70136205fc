"""Data views to bytes: JSON for programs, CSV that spreadsheets open safely, robots.txt."""

from __future__ import annotations

import csv
import io
import json

from govportal.plans import Plan


def write_json(plan: Plan) -> bytes:
    """UTF-8 JSON in written order; the top level and the items of its long lists stand on lines of their own."""
    fields = []
    for name, value in plan.view.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value_text = "[\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n ]"
        else:
            value_text = json.dumps(value, ensure_ascii=False)
        fields.append(f" {json.dumps(name, ensure_ascii=False)}: {value_text}")
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows as text, never as a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_csv(plan: Plan) -> bytes:
    """CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in plan.view["header"]])
    writer.writerows([safe_cell(cell) for cell in row] for row in plan.view["rows"])
    return ("\ufeff" + out.getvalue()).encode()


def write_robots(plan: Plan) -> bytes:
    """Whether search engines are welcome: only on the production site."""
    rule = "Allow: /" if plan.view["allow"] else "Disallow: /"
    return f"User-agent: *\n{rule}\nSitemap: {plan.view['sitemap']}\n".encode()
