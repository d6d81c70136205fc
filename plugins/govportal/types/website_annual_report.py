"""网站年度报表: what a government website published, answered and looked after in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Choice, Count, Flag, Identifier, Link, Many, Ref, Text
from govportal.kinds.grid import Balance, Cells, Grid, line
from govportal.model import ContentType, of
from govportal.problems import Problem, Severity
from govportal.yearly import Yearly, yearly_rules

DEADLINE = (1, 31)
"""The last month and day for the report of the year before; from memory, configuration (handbook 1.6)."""

FIGURES = Grid(
    "网站年度数据",
    rows=(
        line("visitors", "访问", "独立用户访问总量（个）"),
        line("visits", "访问", "网站总访问量（次）"),
        line("published_total", "信息发布", "信息发布总数（条）"),
        line("published_overview", "信息发布", "概况类信息更新量（条）"),
        line("published_news", "信息发布", "政务动态信息更新量（条）"),
        line("published_catalogue", "信息发布", "信息公开目录信息更新量（条）"),
        line("topics_kept", "专栏专题", "维护数量（个）"),
        line("topics_opened", "专栏专题", "新开设数量（个）"),
        line("interpretation_total", "解读回应", "解读信息发布总数（条）"),
        line("interpretation_texts", "解读回应", "解读材料数量（条）"),
        line("interpretation_media", "解读回应", "解读产品数量（个）"),
        line("interpretation_comments", "解读回应", "媒体评论文章数量（篇）"),
        line("responses", "解读回应", "回应公众关注热点或重大舆情数量（次）"),
        line("registered_users", "办事服务", "注册用户数（个）"),
        line("services", "办事服务", "政务服务事项数量（项）"),
        line("services_online", "办事服务", "可全程在线办理政务服务事项数量（项）"),
        line("handled_total", "办事服务", "办件量总数（件）"),
        line("handled_persons", "办事服务", "自然人办件量（件）"),
        line("handled_organisations", "办事服务", "法人办件量（件）"),
        line("messages_received", "互动交流", "收到留言数量（条）"),
        line("messages_answered", "互动交流", "办结留言数量（条）"),
        line("messages_days", "互动交流", "留言平均办理时间（天）"),
        line("messages_published", "互动交流", "公开答复数量（条）"),
        line("consultations", "互动交流", "征集调查期数（期）"),
        line("consultation_opinions", "互动交流", "征集调查收到意见数量（条）"),
        line("consultation_results", "互动交流", "公布调查结果期数（期）"),
        line("interviews", "互动交流", "在线访谈期数（期）"),
        line("interview_messages", "互动交流", "访谈网民留言数量（条）"),
        line("interview_answers", "互动交流", "答复网民提问数量（条）"),
        line("security_tests", "安全防护", "安全检测评估次数（次）"),
        line("security_problems", "安全防护", "发现问题数量（个）"),
        line("security_solved", "安全防护", "问题整改数量（个）"),
    ),
    columns=(line("number", "数量"),),
    cell=Count("数量"),
    corner="指标",
    sums=(
        Balance(("published_total",), ("published_overview", "published_news", "published_catalogue")),
        Balance(
            ("interpretation_total",),
            ("interpretation_texts", "interpretation_media", "interpretation_comments"),
        ),
        Balance(("handled_total",), ("handled_persons", "handled_organisations")),
        Balance(("services_online",), ("services",), at_most=True),
        Balance(("messages_answered",), ("messages_received",), at_most=True),
        Balance(("messages_published",), ("messages_answered",), at_most=True),
        Balance(("consultation_results",), ("consultations",), at_most=True),
        Balance(("interview_answers",), ("interview_messages",), at_most=True),
        Balance(("security_solved",), ("security_problems",), at_most=True),
    ),
)
"""The lines of the form as commonly published; the annex itself was not seen (handbook 1.6), so this is configuration."""


def website_is_registered(record: Any, site: Any) -> Iterable[Problem]:
    """报表里的网站要在政府网站名录里。（国办发〔2017〕47号）"""
    newest = [
        editions[0] for (name, _), editions in sorted(site.editions.items()) if name == "website_register"
    ]
    codes = {row.code for register in newest for row in register.rows}
    if newest and record.website_code not in codes:
        yield record.problem(
            "website_code",
            "website-report/not-registered",
            f"网站标识码 {record.website_code} 不在政府网站名录里",
            "核对标识码，或在名录里登记",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class WebsiteAnnualReport(Yearly):
    """The yearly form of a government website (国办发〔2017〕47号: 年度报表)."""

    type: ClassVar[ContentType] = ContentType(
        "website_annual_report",
        "网站年度报表",
        "website-annual-reports",
        rules=COMMON_RULES,
        site_rules=(
            *yearly_rules(
                "website-report",
                lambda record, year: date(year, *DEADLINE),
                "国办发〔2017〕47号；1月31日是配置",
            ),
            website_is_registered,
        ),
    )

    website_name: str = of(Text("网站名称"), required=True, head=12, search=4)
    website_code: str = of(
        Identifier("网站标识码", pattern=r"bm[0-9]{8}|[0-9]{10}", sample="0000000000"), required=True, head=13
    )
    website_address: str = of(Link("首页网址"), required=True, head=14)
    website_kind: str = of(Choice("网站类型", "政府门户网站", "部门网站", "专项网站"), required=True, head=15)
    new_media: tuple[str, ...] = of(Many(Text("移动新媒体")), default=(), head=16, wide=True)
    register: str | None = of(Ref("所在名录", "website_register"), inverse="网站年度报表")
    service_catalogue: bool = of(Flag("发布服务事项目录"), default=False, head=17)
    common_mailbox: bool = of(Flag("使用统一互动平台"), default=False, head=18)
    security_plan: bool = of(Flag("建立安全监测预警机制"), default=False, head=21)
    security_drill: bool = of(Flag("开展应急演练"), default=False, head=22)
    security_officer: bool = of(Flag("明确网站安全责任人"), default=False, head=23)
    innovations: tuple[str, ...] = of(
        Many(Choice("创新发展", "搜索即服务", "多语言版本", "无障碍浏览", "千人千网", "智能问答", "其他")),
        default=(),
        head=24,
    )
    figures: Cells = of(FIGURES, required=True, table=True)
    explanation: str | None = of(Text("说明", limit=4000, lines=True), section=10)
