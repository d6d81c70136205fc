"""公共服务事项目录: what services the public may ask of the organs, each with its guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition, Row
from govportal.kinds import Choice, Identifier, Many, Phone, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of


@dataclass(frozen=True, kw_only=True)
class PublicService(Row):
    """One service (实施方案一（四）2; 优化营商环境条例第三十五条)."""

    code: str = of(Identifier("事项编码", pattern=r"[0-9A-Z]{12}", sample="002020001000"), required=True)
    name: str = of(Text("服务事项名称"), required=True, headline=True)
    theme: str = of(Text("服务主题"), required=True)
    audience: tuple[str, ...] = of(Many(Choice("服务对象", "个人", "法人")), required=True, default=())
    basis: str = of(Text("办事依据", limit=2000), required=True)
    accepting_organ: str = of(Text("受理单位"), required=True)
    phone: str = of(Phone("咨询电话"), required=True)
    guide: str | None = of(Ref("办事指南", "service_guide"))


@dataclass(frozen=True, kw_only=True)
class PublicServiceList(Edition):
    """A dated edition of the catalogue of public services (实施方案一（四）2; 优化营商环境条例第三十五条)."""

    type: ClassVar[ContentType] = ContentType(
        "public_service_list",
        "公共服务事项目录",
        "public-service-lists",
        template="table",
        suffix=".yml",
        body="none",
        rules=EDITION_RULES,
        site_rules=EDITION_SITE_RULES,
    )

    rows: tuple[PublicService, ...] = of(
        Rows("服务事项", PublicService, key="code"),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="列入公共服务事项目录",
    )
