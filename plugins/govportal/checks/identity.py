"""Who the site is: a production site may not carry the demonstration's values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govportal.model import columns, columns_by_name
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
    for code, label, missing in _missing_pictures(settings):
        yield error(At(SITE), code, f"正式网站还在用占位的{label}", missing)
    for code, name, hint in _misshapen(settings):
        label = columns_by_name(Settings)[name].kind.label
        yield error(At(SITE), code, f"正式网站的{label}“{getattr(settings, name)}”不对", hint)


def _missing_pictures(settings: Settings) -> Iterable[tuple[str, str, str]]:
    """Code, name and remedy of each mark whose picture is not registered."""
    marks = (
        (
            settings.emblem,
            "site/no-emblem",
            "徽标",
            "在 emblem 里登记图案：县级以上政府用国徽标准版本，取自中国人大网或中国政府网（国徽法第七条）",
        ),
        (
            settings.party_mark,
            "site/no-party-mark",
            "党政机关网站标识",
            "在 party_mark 里登记机构编制部门核发的图标",
        ),
        (
            settings.police_mark,
            "site/no-police-mark",
            "公安备案图标",
            "在 police_mark 里登记公安机关备案平台提供的图标",
        ),
    )
    return ((code, label, hint) for picture, code, label, hint in marks if picture is None)


PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""The short names with which record numbers begin."""


FORMS = (
    ("site/domain", "domain", r"www\.[a-z0-9-]+\.gov\.cn", "写成 www.…….gov.cn"),
    ("site/code", "code", r"bm\d{8}|[1-9]\d{9}", "写核发的十位标识码，前六位是行政区划代码"),
    (
        "site/icp",
        "icp",
        rf"[{PROVINCES}]ICP备(?!0+号)\d{{8,10}}号(?:-\d+)?",
        "写成 省份简称ICP备加八至十位数字号，如 ×ICP备12345678号-1",
    ),
    (
        "site/police-record",
        "police_record",
        rf"[{PROVINCES}]公网安备 ?(?!0+号)\d{{14}}号",
        "写成 省份简称公网安备加十四位数字号",
    ),
    ("site/phone", "contact_phone", r"0[1-9]\d{1,2}-[1-9]\d{6,7}|12345", "写带区号的办公电话"),
    ("site/postcode", "postcode", r"(?!0{6})\d{6}", "写六位邮政编码"),
    (
        "site/find-error",
        "find_error_url",
        r"https://(?:[a-z0-9-]+\.)+gov\.cn(?:[:/?#].*)?",
        "写“我为政府网站找错”平台给本网站的 https 网址",
    ),
)
"""What a real website's marks look like: code, field, form, and what to type."""


def _misshapen(settings: Settings) -> Iterable[tuple[str, str, str]]:
    """Code, field and remedy of each mark that does not look real."""
    for code, name, form, hint in FORMS:
        if not re.fullmatch(form, getattr(settings, name), re.ASCII):
            yield code, name, hint
    if settings.tag_authority != settings.domain:
        yield "site/tag-authority", "tag_authority", f"写成 {settings.domain}；上线以后不再改"


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
