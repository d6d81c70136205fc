"""政府网站名录: every website of the district's organs, with its code, address and state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from govportal.editions import EDITION_RULES, EDITION_SITE_RULES, Edition
from govportal.kinds import Choice, Identifier, Link
from govportal.kinds.rows import Rows
from govportal.model import ContentType, of
from govportal.registers import Registered, closed_is_said

STATUS = ("正常运行", "例行维护", "临时下线", "永久下线")


@dataclass(frozen=True, kw_only=True)
class Website(Registered):
    """One website (国办发〔2017〕47号: 开设、整合、关停都要登记)."""

    code: str = of(
        Identifier("网站标识码", pattern=r"bm[0-9]{8}|[0-9]{10}", sample="0000000001"), required=True
    )
    address: str | None = of(Link("首页网址"))
    status: str = of(Choice("运行状态", *STATUS), required=True)


@dataclass(frozen=True, kw_only=True)
class WebsiteRegister(Edition):
    """A dated edition of the register of websites (国办发〔2017〕47号; 实施方案三甲（一）1)."""

    type: ClassVar[ContentType] = ContentType(
        "website_register",
        "政府网站名录",
        "website-registers",
        template="table",
        suffix=".yml",
        body="none",
        rules=(*EDITION_RULES, closed_is_said("website-register/closed", ("永久下线",))),
        site_rules=EDITION_SITE_RULES,
    )

    rows: tuple[Website, ...] = of(
        Rows("网站", Website, key="code"), required=True, default=(), table=True, search=1
    )
