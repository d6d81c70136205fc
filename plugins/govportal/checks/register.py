"""The register of normative documents: its numbers run on, each is used once."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.problems import Problem
from govportal.register import missing_numbers, series_of
from govportal.site import Site


def registration_numbers_run_on(site: Site) -> Iterable[Problem]:
    """登记编号末尾是顺序号，同一年连续、不重复；作废的号写明原因。（实施方案三乙（二）2：统一登记、统一编号）"""
    holders: dict[str, str] = {}
    for record in site.registered:
        number = record.registration.number
        if series_of(number) is None:
            yield record.problem(
                "registration_number",
                "register/number-format",
                f"登记编号 {number} 的末尾不是顺序号",
                "写成 示例登〔2026〕3号 或 示例登-2026-003",
            )
        elif number in holders:
            yield record.problem(
                "registration_number",
                "register/used-twice",
                f"登记编号 {number} 与 {holders[number]} 相同",
                "核对两份文件；一份文件一个登记编号",
            )
        holders.setdefault(number, record.path)
    if site.broken:
        # A file that cannot be read may hold the number that seems to be missing.
        return
    void = {number for record in site.registered for number, _ in record.registration.void}
    for series, place in missing_numbers({*holders, *void, *site.reserved_numbers}):
        after = min(
            (
                (parts[1], record.path, record)
                for record in site.registered
                if (parts := series_of(record.registration.number))
                and parts[0] == series
                and parts[1] > place
            ),
            default=None,
        )
        if after is not None:
            number = after[2].registration.number
            missing = (
                number.replace(str(after[0]), str(place)) if number.count(str(after[0])) == 1 else str(place)
            )
            yield after[2].problem(
                "registration_number",
                "register/number-missing",
                f"登记编号不连续：{number} 之前缺 {missing}",
                f"补上那份文件；作废的，在这里写 void_numbers: [{{number: {missing}, reason: 原因}}]",
            )
