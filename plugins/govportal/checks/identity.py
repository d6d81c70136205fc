"""Who the site is: a production site may not carry the demonstration's values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govportal.model import columns
from govportal.portal import SITE, Settings
from govportal.problems import At, Problem, error
from govportal.site import Site


def identity_is_real(site: Site) -> Iterable[Problem]:
    """正式网站的名称、域名、标识码、备案号都要是真的；示例网站不得冒充。（国办发〔2017〕47号）"""
    settings = site.portal.settings
    if settings.demo and (settings.domain, settings.code) != ("portal.example", "0000000000"):
        yield error(
            At(SITE),
            "site/demo-identity",
            "示例站点不能用真实的域名或标识码",
            "domain: portal.example，code: 0000000000；正式上线时改 environment: production",
        )
    if settings.environment != "production":
        return
    for column in columns(Settings):
        value = getattr(settings, column.name)
        text = column.kind.words(value) if value is not None else ""
        if "示例" in text or "portal.example" in text:
            yield error(
                At(SITE),
                "site/sample-identity",
                f"正式网站的{column.kind.label}（{column.name}）还是示例",
                "填写真实的值",
            )
    if settings.emblem is None:
        yield error(
            At(SITE),
            "site/no-emblem",
            "正式网站还在用占位徽标",
            "在 emblem 里登记图案：县级以上政府用国徽标准版本，取自中国人大网或中国政府网（国徽法第七条）",
        )
    if not re.fullmatch(r"www\.[a-z0-9-]+\.gov\.cn", settings.domain):
        yield error(At(SITE), "site/domain", f"域名 {settings.domain} 不是政府网站域名", "写成 www.…….gov.cn")


def samples_stay_in_the_demonstration(site: Site) -> Iterable[Problem]:
    """正式网站上不能有示例内容。（政府信息公开条例第六条：及时、准确地公开政府信息）"""
    if site.portal.settings.environment != "production":
        return
    for record in site.records:
        if record.sample:
            yield record.problem(
                "sample",
                "sample/in-production",
                "正式网站上不能有示例内容",
                "换成真实内容后删掉 sample: true；暂时不用的写 draft: true",
            )
