"""政务新媒体名录: every account of the district's organs on other platforms, with its organ and state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition
from govportal.kinds import Choice, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.registers import Registered, closed_is_said

PLATFORMS = (
    "微信公众号",
    "微信视频号",
    "新浪微博",
    "抖音",
    "快手",
    "今日头条",
    "小程序",
    "移动客户端",
    "其他",
)
STATUS = ("正常运行", "暂停更新", "已注销")


@dataclass(frozen=True, kw_only=True)
class Account(Registered):
    """One account (国办秘函〔2019〕19号: 政务新媒体要登记主办单位，不更新的关停)."""

    platform: str = of(Choice("平台", *PLATFORMS), required=True)
    account: str | None = of(Text("账号"))
    status: str = of(Choice("运行状态", *STATUS), required=True)


@dataclass(frozen=True, kw_only=True)
class NewMediaRegister(Edition):
    """A dated edition of the register of accounts (国办秘函〔2019〕19号; 实施方案三甲（一）1)."""

    type: ClassVar[ContentType] = ContentType(
        "new_media_register",
        "政务新媒体名录",
        "new-media-registers",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, closed_is_said("new-media-register/closed", ("已注销",))),
        site_rules=EDITION_SITE_RULES,
    )

    rows: tuple[Account, ...] = of(
        Rows("账号", Account, key="code"), required=True, default=(), table=True, search=1
    )
