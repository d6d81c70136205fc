"""Words and numbers of the plan and the handbook that several types and checks share."""

from __future__ import annotations

SEATS = ("利益相关方", "人大代表", "政协委员", "公众代表", "专家学者", "新闻媒体")
"""The six kinds of people whom the plan invites (实施方案一（一）3)."""
LIVELIHOODS = ("文化教育", "医疗卫生", "资源开发", "环境保护", "社会保障", "公用事业")
"""The six fields of livelihood in which the public is polled before a decision (实施方案一（一）4)."""
SURVEYS = ("问卷调查", "民意调查")
"""The forms of participation that ask many people the same questions."""
PROCEDURES = ("公众参与", "专家论证", "风险评估", "合法性审查", "集体讨论")
"""The steps that the law knows before a major decision (重大行政决策程序暂行条例第二章、第三章)."""
DECIDED = ("decision", "policy")
"""What is decided: a major decision, or where it has no page of its own, the paper that came of it."""
REGULATED = (
    "安全生产",
    "生态环境",
    "卫生防疫",
    "食品药品",
    "保障性住房",
    "国土资源",
    "质量",
    "价格",
    "社会信用",
    "交通运输",
    "旅游市场",
    "知识产权",
    "国有企业运营",
    "公共资源交易",
)
"""The fourteen fields whose supervision the plan makes public (实施方案一（三）4)."""
CHANNELS = ("区长信箱", "部门信箱", "12345热线", "网友留言", "建言献策", "人民网留言")
"""The ways a letter comes in (handbook 10.1)."""
LETTERS = ("咨询", "投诉", "求助", "建议")
"""The kinds of letters that are published; reports of wrongs (举报) are not (handbook 10.1)."""
ONLINE_DEPTHS = ("信息发布", "网上预约", "网上申报", "网上预审", "全程网办")
"""How far a matter can be done online, from least to most (handbook 7.6)."""
CONCERN_SYSTEMS = ("舆情收集", "舆情会商", "舆情预警", "舆情回应", "舆情评估")
"""The five rules of the work on public concerns (实施方案二（三）1)."""
DISCLOSURE_SYSTEMS = (
    "主动公开",
    "依申请公开",
    "保密审查",
    "协调发布",
    "考核评议",
    "责任追究",
    "办文办会办事",
)
"""The seven kinds of rules that the plan names (实施方案三（二）1)."""
SYSTEMS = {
    "决策公开": "一（一）2",
    "列席": "一（一）3",
    "民意调查": "一（一）4",
    "办事公开": "一（四）2",
    "公共企事业办事公开规范": "一（四）4",
    "公共企事业办事公开监督考核": "一（四）4",
    "政策解读": "二（一）1",
    "建言办理反馈": "二（二）3",
    **dict.fromkeys(CONCERN_SYSTEMS, "二（三）1"),
    "政府公报": "三甲（一）2",
    "网站内容标准": "三甲（一）1",
    "网站技术规范": "三甲（一）1",
    **dict.fromkeys(DISCLOSURE_SYSTEMS, "三乙（二）1"),
    "社会监督员": "三乙（四）2",
    "情况通报": "三乙（四）3",
    "教育培训": "三乙（三）2",
    "绩效考核": "三乙（四）1",
}
"""Every rule that the plan asks for, and the measure that asks (handbook 16)."""
SECTORS = ("教育", "医疗卫生", "供水", "供电", "供气", "供热", "环境保护", "公共交通", "通讯")
"""The nine sectors of bodies that serve the public (实施方案一（四）4; 政府信息公开条例第五十五条)."""
OBLIGED = ("区政府部门", "派出机构", "街道")
"""The kinds of organs that count as 区政府各部门 where the plan asks every one of them; configuration."""
YEAR = r"(?:19|20)[0-9]{2}"
"""A year, as the beginning of a period."""
MONTH = rf"{YEAR}-(?:0[1-9]|1[0-2])"
"""A month, such as 2026-10."""
REVIEW_DAYS = 365
"""How often a standing rule is looked at again; a recommendation, configuration (handbook 16.2, 16.4)."""
INTERPRETATION_FORMS = (
    "文字",
    "图解",
    "视频",
    "音频",
    "访谈",
    "发布会",
    "政策吹风会",
    "署名文章",
    "问答",
)
"""How a policy may be explained (实施方案二（一）1、2; handbook 6.6)."""
INTERPRETATION_WORKDAYS = 3
"""Within how many working days after a policy its interpretation is due (实施方案二（一）1)."""
PUBLISH_WORKDAYS = 20
"""Working days within which new information is published (政府信息公开条例第二十六条)."""
