"""重大建设项目: one project from its proposal to its final account, stage by stage, with what was made public at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

from govportal.document import COMMON_RULES, Document
from govportal.kinds import Choice, CreditCode, Date, Identifier, Many, Money, Part, Ref, Text
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.shapes import no_persons

NEWS_DAYS = 180
"""How long a project under construction may go without news; a recommendation, configuration (handbook 5.5)."""
STAGES = {
    "立项": "pending",
    "批准": "pending",
    "招标": "open",
    "施工": "open",
    "竣工": "closed",
    "决算": "closed",
}
INFORMATION = (
    "批准服务信息",
    "批准结果信息",
    "招标投标信息",
    "征收土地信息",
    "重大设计变更信息",
    "施工有关信息",
    "质量安全监督信息",
    "竣工有关信息",
)
"""The eight kinds of information; the last two from memory (handbook 5.5; 国办发〔2017〕94号)."""
LEFT_BEHIND = {
    "批准": ("批准服务信息",),
    "招标": ("批准结果信息",),
    "施工": ("招标投标信息",),
    "竣工": ("施工有关信息", "质量安全监督信息"),
    "决算": ("竣工有关信息",),
}
"""What must have been made public before a project enters a stage; configuration."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened to the project and was made public (国办发〔2017〕94号: 八类信息)."""

    happened_on: date = of(Date("日期"), required=True)
    stage: str = of(Choice("阶段", *STAGES), required=True)
    kind: str = of(Choice("信息类别", *INFORMATION), required=True)
    name: str = of(Text("事项"), required=True, headline=True)
    organ: str = of(Text("批准或负责单位"), required=True)
    document_number: str | None = of(Text("文号"))
    content: str = of(Text("内容", limit=2000), required=True)
    record: str | None = of(Ref("公开件"))


@dataclass(frozen=True, kw_only=True)
class Party:
    """A unit that builds, designs or watches; its head as a post, never by name."""

    role: str = of(Choice("参建角色", "项目法人", "勘察", "设计", "施工", "监理"), required=True)
    name: str = of(Text("单位名称"), required=True, headline=True)
    credit_code: str | None = of(CreditCode("统一社会信用代码"))
    qualification: str | None = of(Text("资质"))
    head: str | None = of(Text("负责人（岗位）"))


def events_are_in_order(record: Any) -> Iterable[Problem]:
    """各项公开信息按日期先后写，阶段不倒退，项目阶段等于最后一项的阶段。（国办发〔2017〕94号）"""
    order = list(STAGES)
    for before, after in pairwise(record.events):
        if after.happened_on < before.happened_on or order.index(after.stage) < order.index(before.stage):
            yield record.problem(
                "events",
                "major-project/out-of-order",
                f"{after.happened_on} 的“{after.name}”（{after.stage}）写在 {before.happened_on} 的“{before.name}”（{before.stage}）之后",
                "按日期和阶段的先后排列",
            )
    if record.events and record.events[-1].stage != record.stage:
        yield record.problem(
            "stage",
            "major-project/stage",
            f"项目阶段写的是{record.stage}，最后一项信息在{record.events[-1].stage}阶段",
            f"改为 stage: {record.events[-1].stage}，或补上信息",
        )


def earlier_stages_are_complete(record: Any, site: Any) -> Iterable[Problem]:
    """进入下一阶段以后，上一阶段必须公开的信息不能缺。（国办发〔2017〕94号；要求是配置）"""
    there = {one.kind for one in record.events}
    if site.incoming(record.id, "project"):
        there.add("招标投标信息")
    reached = list(STAGES)[: list(STAGES).index(record.stage) + 1]
    missing = [kind for stage in reached for kind in LEFT_BEHIND.get(stage, ()) if kind not in there]
    if missing:
        yield record.problem(
            "stage",
            "major-project/information-missing",
            f"已到{record.stage}阶段，还没有公开{'、'.join(missing)}",
            "在 events 里补上；招标投标的，在公共资源配置里写 project",
            Severity.WARNING,
        )


def building_is_reported(record: Any, site: Any) -> Iterable[Problem]:
    """施工阶段的项目，超过180日没有进展的提醒。（期限为建议，是配置；国办发〔2017〕94号）"""
    if record.stage == "施工" and record.events:
        silent = (site.today - record.events[-1].happened_on).days
        if silent > NEWS_DAYS:
            yield record.problem(
                "events",
                "major-project/silent",
                f"施工阶段已有 {silent} 日没有公开进展，超过 {NEWS_DAYS} 日",
                "补上一项施工有关信息",
                Severity.WARNING,
            )


@dataclass(frozen=True, kw_only=True)
class MajorProject(Document):
    """A construction project of weight for the public (国办发〔2017〕94号; 实施方案一（五）3)."""

    type: ClassVar[ContentType] = ContentType(
        "major_project",
        "重大建设项目",
        "major-projects",
        template="table",
        rules=(
            *COMMON_RULES,
            events_are_in_order,
            no_persons("major-project/personal-data", "events", "parties", "scale", "location"),
        ),
        site_rules=(earlier_stages_are_complete, building_is_reported),
    )

    # The form of the code is from memory (handbook 5.5): 投资项目在线审批监管平台.
    project_code: str = of(
        Identifier(
            "项目代码",
            pattern=r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}",
            sample="0000-999999-04-01-000001",
        ),
        required=True,
        head=10,
        search=6,
    )
    stage: str = of(Choice("项目阶段", *STAGES), required=True, facet=True)
    legal_person: str = of(Text("项目法人"), required=True, head=12)
    location: str = of(Text("建设地点"), required=True, head=13, search=2)
    scale: str = of(Text("建设规模和内容", limit=2000), required=True, section=10, search=1)
    investment: Decimal = of(Money("总投资", "万元"), required=True, head=14)
    fund_source: str = of(Text("资金来源"), required=True, head=15)
    start_on: date | None = of(Date("开工日期"), head=16)
    finish_due: date | None = of(Date("计划竣工"), head=17)
    supervisor: str | None = of(Ref("监督机构", "organ"), head=18, inverse="监督的重大建设项目")
    decision: str | None = of(Ref("决策文件", "policy"), inverse="重大建设项目")
    tasks: tuple[str, ...] = of(Many(Ref("任务台账", "task")), default=(), inverse="重大建设项目")
    events: tuple[Event, ...] = of(
        Rows("各阶段公开的信息", Event),
        required=True,
        default=(),
        table=True,
        search=1,
        inverse="所属建设项目",
    )
    parties: tuple[Party, ...] = of(Rows("参建单位", Party), default=(), table=True)

    @property
    def number(self) -> str:
        return self.project_code

    def badges(self, site: SiteView) -> list[tuple[str, str]]:
        return [*super().badges(site), (self.stage, STAGES[self.stage])]

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        return [(11, "项目阶段", [{"text": self.stage, "badge": STAGES[self.stage]}])]
