"""Published addresses are permanent: what was once published stays, moves with an alias, or leaves with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.portal import ADDRESSES, COLUMNS, TOMBSTONES
from govportal.problems import At, Problem, error
from govportal.site import Site


def addresses_are_kept(site: Site) -> Iterable[Problem]:
    """已发布的网址不能消失：文件移动了写 aliases，撤下了写撤下记录（原因、日期、替代）。（国办发〔2017〕47号：网址稳定）"""
    answering = {one.address for one in site.promised} | {stone.address for stone in site.portal.tombstones}
    answering |= {alias for record in site.records for alias in record.aliases}
    answering |= {address for one in site.withdrawn for address in one.addresses}
    for former in site.portal.published:
        of_column = former.address.endswith("/")
        page = former.address + "index.html" if of_column else former.address
        if former.since > site.moment or former.address in answering or page in answering:
            continue
        if former.id in site.broken or former.address in site.broken:
            continue
        record = site.record(former.id)
        if of_column:
            column = site.columns.get(former.id)
            what = (
                f"的网址由 {former.address} 改成了 /{column.path}/"
                if column
                else f"（{former.address}）不见了"
            )
            hint = f"把 path 改回 {former.address.strip('/')}" if column else "恢复这个栏目"
            yield error(
                At(COLUMNS, *(column.places.get("path", (1, 1)) if column else (1, 1))),
                "address/lost",
                f"栏目 {former.id} {what}",
                f"{hint}；确要撤下的，在 {TOMBSTONES} 加一条：address: {page}，写明 title、reason、date",
            )
        elif record is not None:
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
