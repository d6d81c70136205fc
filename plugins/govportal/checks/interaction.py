"""政策解读、政民互动和媒体: what a year must have of them, and the ways in that must be there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from govportal.checks.demand import DECEMBER, any_of, demanded, lacking, missed, within_a_year
from govportal.problems import Problem
from govportal.shapes import titles
from govportal.site import Site

HEADS, TAKING_PART, PLATFORMS, ANSWERS, PRESS = (
    "二（一）2",
    "二（二）1",
    "二（二）2",
    "二（二）3",
    "三甲（一）5",
)
ENTRANCES = {
    "领导信箱": "信箱",
    "政府热线": "热线",
    "在线访谈": "访谈",
    "网友留言": "留言",
    "意见征集": "征集",
    "建言献策": "建言",
}
"""The six ways in that the plan names, and the word by which each is known (实施方案二（二）2)."""
ACTIVITIES = ("政府开放日", "电视问政", "网络问政", "业务工作参观")
LEAST_ACTIVITIES = 6
"""Interviews, consultations and surveys in a year (国办秘函〔2019〕19号; the number at second hand, configuration)."""
HEAD = "主要负责人"
MONTH_GRACE = 15
"""Until this day of a month the statistics of the last one may still come; configuration."""


def heads_speak_for_themselves(site: Site) -> Iterable[Problem]:
    """与宏观经济和民生关系密切的机构（发言人名册里写 key: true），主要负责人每年解读或发布至少一次；12月起没有的提醒。（实施方案二（一）2；月份是配置）"""
    if not demanded(site, HEADS):
        return
    lists = [
        editions[0] for (name, _), editions in sorted(site.editions.items()) if name == "spokesperson_list"
    ]
    if not lists:
        yield missed(
            HEADS, "heads/no-spokespersons", "没有公布新闻发言人名册", "在 spokesperson-lists/ 里加一版"
        )
    if site.today.month < DECEMBER:
        return
    year = str(site.today.year)
    spoke = {
        organ
        for one in site.of_type("interpretation")
        if one.level == HEAD and one.published_at.startswith(year)
        for organ in one.organ
    } | {
        speaker.organ
        for one in site.of_type("press_conference")
        if one.held_at.startswith(year)
        for speaker in one.speakers
        if speaker.rank == HEAD
    }
    key = {row.code for one in lists for row in one.rows if row.key}
    if silent := [one for one in site.of_type("organ") if one.id in key - spoke]:
        yield missed(
            HEADS,
            "heads/silent",
            f"{titles(silent)}的主要负责人 {year} 年没有解读政策",
            "发布一篇 level: 主要负责人 的解读，或开一次发布会",
        )


def the_ways_in_are_there(site: Site) -> Iterable[Problem]:
    """有“公众参与”板块；领导信箱、政府热线、在线访谈、网友留言、意见征集、建言献策六个入口都有栏目或外部入口。（实施方案二（二）1、2）"""
    names = [
        *(word for one in site.columns.values() for word in (one.name, *one.keywords)),
        *(one.title for one in site.portal.settings.outside),
    ]
    if demanded(site, TAKING_PART) and not any(one.name == "公众参与" for one in site.columns.values()):
        yield lacking(
            site,
            TAKING_PART,
            "interaction/no-section",
            "没有“公众参与”板块",
            "在 columns.yml 里加一个栏目 name: 公众参与",
        )
    if not demanded(site, PLATFORMS):
        return
    for entrance, word in ENTRANCES.items():
        if not any(word in name for name in names):
            yield lacking(
                site,
                PLATFORMS,
                "interaction/no-entrance",
                f"没有“{entrance}”入口",
                f"加一个栏目，或在 site.yml 的 outside 里写一个入口，名称里有“{word}”",
            )


def the_public_is_asked(site: Site) -> Iterable[Problem]:
    """一年以内访谈、征集、调查合计不少于6次；政府开放日、电视问政、网络问政、业务工作参观各至少一次；少的提醒。（次数为二手资料，是配置；实施方案二（二）1、2）"""
    if demanded(site, TAKING_PART):
        surveys = [one for one in site.of_type("participation") if one.form in ("问卷调查", "民意调查")]
        count = len(
            within_a_year(site, [*site.of_type("interview"), *site.of_type("consultation"), *surveys])
        )
        if count < LEAST_ACTIVITIES:
            yield missed(
                TAKING_PART,
                "interaction/too-few",
                f"一年以内访谈、征集、调查只有 {count} 次，少于 {LEAST_ACTIVITIES} 次",
                "安排访谈、征集或者调查",
            )
    if demanded(site, PLATFORMS):
        held = {one.kind for one in within_a_year(site, site.of_type("activity"))}
        if absent := [one for one in ACTIVITIES if one not in held]:
            yield missed(
                PLATFORMS,
                "interaction/no-activity",
                f"一年以内没有{'、'.join(absent)}",
                "举办以后在 activities/ 里加一篇",
            )


def statistics_come_every_month(site: Site) -> Iterable[Problem]:
    """互动统计每月公布，过了次月15日还没有上月的提醒。（日数是配置；实施方案二（二）3）"""
    if not demanded(site, ANSWERS):
        return
    last = site.today.replace(day=1) - timedelta(days=1)
    due = last if site.today.day > MONTH_GRACE else last.replace(day=1) - timedelta(days=1)
    newest = max((one.month for one in site.of_type("interaction_statistics")), default="")
    if newest < due.isoformat()[:7]:
        yield missed(
            ANSWERS,
            "interaction/no-statistics",
            f"没有 {due.isoformat()[:7]} 的互动统计",
            "在 interaction-statistics/ 里加一份",
        )


def the_press_is_served(site: Site) -> Iterable[Problem]:
    """公布采访联系方式；一年以内至少邀请媒体参与一次活动，没有的提醒。（次数为建议，是配置；实施方案三（一）5）"""
    if not demanded(site, PRESS):
        return
    if not any_of(site, "media_service", lambda one: one.kind == "采访联系"):
        yield lacking(
            site,
            PRESS,
            "press/no-contact",
            "没有公布采访联系方式",
            "在 media-services/ 里加一份 kind: 采访联系",
        )
    since = site.today - timedelta(days=365)
    if not any_of(site, "media_service", lambda one: _invited(one.held_on, since)):
        yield missed(
            PRESS,
            "press/not-invited",
            "一年以内没有媒体参与活动",
            "举办以后在 media-services/ 里加一份 kind: 媒体参与活动",
        )


def _invited(day: date | None, since: date) -> bool:
    return day is not None and day >= since
