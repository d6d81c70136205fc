"""Links and files: everything a body or an attachment list points at is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any

from govportal.editions import list_address
from govportal.kinds.choice import closest
from govportal.kinds.file import ALLOWED_TYPES, file_name_problem
from govportal.portal import MEASURES_ADDRESS, TOMBSTONES, duties_of, key_areas_of, published_of
from govportal.problems import At, Problem, error
from govportal.site import Site

STRUCTURAL = frozenset(
    {
        "/",
        "/search.html",
        "/sitemap.html",
        "/feeds.html",
        "/statement.html",
        "/privacy.html",
        "/accessibility.html",
        "/contact.html",
        "/404.html",
    }
)


def used_files(record: Any) -> list[tuple[str, int]]:
    """The files a record's body uses, relative to its folder, with their lines: images, and links to files."""
    found = list(record.body.files) if record.body else []
    for link, line in record.body.links if record.body else ():
        if (
            not link.startswith(("/", "http:", "https:", "mailto:", "tel:", "#"))
            and link.rpartition(".")[2].lower() in ALLOWED_TYPES
        ):
            found.append((link, line))
    return found


def files_exist(site: Site) -> Iterable[Problem]:
    """附件和图片要放在记录旁边，文件名不能跑出所在文件夹。"""
    for record in site.records:
        folder = record.path.rpartition("/")[0]
        for attachment in record.attachments:
            if f"{folder}/{attachment.file}" not in site.files:
                beside = [
                    path[len(folder) + 1 :]
                    for path in site.files
                    if path.startswith(folder + "/") and not path.endswith((".md", ".yml"))
                ]
                best = closest(attachment.file, beside)
                yield record.problem(
                    "attachments",
                    "attachment/missing",
                    f"附件 {attachment.file} 不在 {folder}/ 里",
                    f"改为 {best}" if best else "把文件放到记录旁边",
                )
        for name, line in used_files(record):
            at = At(record.path, line)
            if why := file_name_problem(name):
                yield error(at, "file/name", f"正文用到的文件“{name[:60]}”：{why}", "只用记录旁边的文件")
            elif f"{folder}/{name}" not in site.files:
                yield error(
                    at,
                    "attachment/missing",
                    f"正文用到的文件 {name} 不在 {folder}/ 里",
                    "把文件放到记录旁边，或核对文件名",
                )


def _answering(site: Site) -> set[str]:
    """Every address at which a page stands."""
    stones = {stone.address for stone in site.portal.tombstones}
    aliases = {alias for record in site.records for alias in record.aliases}
    measures = {measure.address for measure in site.portal.measures}
    made = measures | ({MEASURES_ADDRESS} if measures else set())
    homes = [site.addresses[organ.id] for organ in site.of_type("organ")]
    made |= {made_of(home) for home in homes for made_of in (published_of, duties_of)}
    if site.portal.key_areas:
        made |= {key_areas_of(home) for home in homes}
    made |= set(site.register_addresses.values())
    made |= {list_address(editions[0]) for editions in site.editions.values()}
    gone = {address for one in site.withdrawn for address in one.addresses}
    return {one.address for one in site.promised} | STRUCTURAL | made | stones | aliases | gone | site.broken


def replacements_exist(site: Site) -> Iterable[Problem]:
    """撤下记录里的替代网页要存在。（国办秘函〔2019〕19号：链接可用性）"""
    addresses = _answering(site) if site.portal.tombstones else set()
    for stone in site.portal.tombstones:
        target = stone.replacement
        if target and target not in addresses and target.removesuffix("index.html") not in addresses:
            best = closest(target, list(addresses))
            yield error(
                At(TOMBSTONES),
                "link/nothing",
                f"{stone.address} 的替代网页 {target} 不存在",
                f"改为 {best}" if best else "核对网址",
            )


def links_lead_somewhere(site: Site) -> Iterable[Problem]:
    """正文里的站内链接要有网页。（国办秘函〔2019〕19号：链接可用性）"""
    addresses = _answering(site)
    for record in site.records:
        if not record.body:
            continue
        here = site.addresses[record.id]
        files = {name for name, _ in used_files(record)}
        for link, line in record.body.links:
            if link.startswith(("http:", "https:", "mailto:", "tel:")) or link in files or not link:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), link))
            if link.endswith("/"):
                target = target.rstrip("/") + "/"
            if target.removesuffix("index.html") not in addresses and target not in addresses:
                best = closest(target, list(addresses))
                yield error(
                    At(record.path, line),
                    "link/nothing",
                    f"链接 {link[:80]} 指向的网页不存在",
                    f"改为 {best}" if best else "核对链接",
                )
