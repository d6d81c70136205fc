"""What the law says must be public: every item has content, or it is said why this district has none."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.kinds.choice import closest
from govportal.portal import STATUTORY
from govportal.problems import At, Problem, error, warning
from govportal.site import Site


def statutory_items_have_content(site: Site) -> Iterable[Problem]:
    """法定主动公开的每一项至少有一件内容，或者说明本机关不产生这类信息。（政府信息公开条例第二十条、第二十一条）"""
    for item in site.portal.statutory:
        place = At(STATUTORY, *item.places.get("id", (1, 1)))
        columns = [one for one in item.columns if one in site.columns]
        for one in item.columns:
            if one not in columns:
                best = closest(one, sorted(site.columns))
                yield error(
                    At(STATUTORY, *item.places.get("columns", (1, 1))),
                    "statutory/unknown-column",
                    f"{item.clause}对应的栏目 {one} 不存在",
                    f"改为 {best}" if best else "照 _portal/columns.yml 写",
                )
        filled = any(site.in_column[one] for one in columns)
        if not filled and not item.not_produced:
            yield warning(
                place,
                "statutory/empty",
                f"{item.clause}“{item.text}”没有公开的内容",
                "在 columns 里写出栏目并发布内容；不产生这类信息的，写 not_produced: 说明",
            )
