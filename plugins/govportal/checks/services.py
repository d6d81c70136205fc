"""政务服务: the centre, the platform and its statistics, the bodies that serve the public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from govportal.checks.demand import any_of, demanded, missed
from govportal.problems import Problem
from govportal.shapes import SECTORS
from govportal.site import Site

CENTRE, PLATFORM, BODIES = "一（四）1", "一（四）3", "一（四）4"
QUARTER_GRACE = 31
"""Days after a quarter within which its statistics come; configuration."""


def centre_and_platform_are_public(site: Site) -> Iterable[Problem]:
    """公布政务服务中心和政务服务平台，没有的提醒。（实施方案一（四）1、3）"""
    for measure, type_name, words in (
        (CENTRE, "service_centre", "政务服务中心"),
        (PLATFORM, "service_platform", "政务服务平台"),
    ):
        if demanded(site, measure) and not any_of(site, type_name):
            folder = type_name.replace("_", "-")
            yield missed(measure, "service/none", f"没有公布{words}", f"在 {folder}s/ 里加一份")


def _quarter_due(today: date) -> str:
    """The quarter whose statistics must be there on a day."""
    day = today - timedelta(days=QUARTER_GRACE)
    number = (day.month - 1) // 3
    return f"{day.year}-Q{number}" if number else f"{day.year - 1}-Q4"


def depth_is_counted_every_quarter(site: Site) -> Iterable[Problem]:
    """网上办理深度每季度统计一次，季度结束31日以后还没有的提醒。（期限是配置；实施方案一（四）3）"""
    due = _quarter_due(site.today)
    newest = max((one.quarter for one in site.of_type("online_depth_statistics")), default="")
    if demanded(site, PLATFORM) and newest < due:
        yield missed(
            PLATFORM,
            "service/no-depth-statistics",
            f"没有 {due} 的网上办理深度统计",
            "在 online-depth-statistics/ 里加一份",
        )


def every_sector_serves_openly(site: Site) -> Iterable[Problem]:
    """教育、医疗卫生、水、电、气、热、环保、交通、通讯九个行业各至少有一个单位，没有的要有说明，缺的提醒。（实施方案一（四）4）"""
    if not demanded(site, BODIES):
        return
    present = {one.sector for one in site.of_type("public_service_body")}
    explained = {
        word
        for one in site.for_measure[BODIES]
        if one.type.name != "public_service_body"
        for word in one.keywords
    }
    for sector in SECTORS:
        if sector not in present | explained:
            yield missed(
                BODIES,
                "service/sector-missing",
                f"没有{sector}行业的公共企事业单位",
                f"加一个单位；本区没有的，发一份说明，measures 写 {BODIES}，keywords 写 {sector}",
            )
