"""Published addresses are permanent: what was once published stays, moves with an alias, or leaves with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.portal import ADDRESSES, COLUMNS, TOMBSTONES
from govportal.problems import At, Problem, error
from govportal.site import Site, promised


def addresses_are_kept(site: Site) -> Iterable[Problem]:
    """已发布的网址不能消失：文件移动了写 aliases，撤下了写撤下记录（原因、日期、替代）。（国办发〔2017〕47号：网址稳定）"""
    today = site.moment[:10]
    now = {one.address: one for one in promised(site)}
    by_id = {one.id: one for one in now.values()}
    aliases = {alias: record for record in site.records for alias in record.aliases}
    stones = {stone.address for stone in site.portal.tombstones}
    for former in site.portal.published:
        if (
            former.since > today
            or former.address in now
            or former.address in aliases
            or former.address in stones
        ):
            continue
        moved = by_id.get(former.id)
        if moved is not None and former.address.endswith("/"):
            yield error(
                At(COLUMNS),
                "address/lost",
                f"栏目 {former.id} 的网址由 {former.address} 改成了 {moved.address}",
                f"把 path 改回 {former.address.strip('/')}",
            )
        elif moved is not None:
            record = site.by_id[former.id]
            yield error(
                record.at(),
                "address/lost",
                f"已发布的网址 {former.address} 没有了（文件移到了 {record.path}）",
                f"加一行 aliases: [{former.address}]",
            )
        elif former.id in site.hidden:
            yield error(
                At(ADDRESSES, former.line),
                "address/lost",
                f"已发布的网页 {former.address}（{former.id}）现在不公开了",
                f"在 {TOMBSTONES} 加一条撤下记录：address: {former.address}，写明 title、reason、date",
            )
        else:
            yield error(
                At(ADDRESSES, former.line),
                "address/lost",
                f"已发布的网页 {former.address}（{former.id}）不见了",
                f"恢复文件；确要撤下的，在 {TOMBSTONES} 加一条：address: {former.address}，写明 title、reason、date",
            )
