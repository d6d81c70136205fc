"""轮训进度: how many of each organ's staff for open government were trained within three years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from govportal.document import COMMON_RULES
from govportal.kinds import Count, Date, Many, Part, Ref
from govportal.kinds.rows import Rows
from govportal.model import ContentType, SiteView, of
from govportal.problems import Problem, Severity
from govportal.shapes import Yearly, every_organ_has_a_row, is_latest, no_list_of_names


@dataclass(frozen=True, kw_only=True)
class Trained:
    """One organ in figures."""

    organ: str = of(Ref("机构", "organ"), required=True)
    staff_total: int = of(Count("从事政务公开工作人员"), required=True)
    trained_this_year: int = of(Count("本年度培训人数"), required=True)
    trained_in_three_years: int = of(Count("三年内轮训人数"), required=True)


def nobody_is_counted_twice(record: Any) -> Iterable[Problem]:
    """三年内轮训人数不超过工作人员数，本年度培训人数不超过三年内的。（实施方案三（三）2）"""
    for one in record.rows:
        if not one.trained_this_year <= one.trained_in_three_years <= one.staff_total:
            yield record.problem(
                "rows",
                "training/too-many",
                f"{one.organ}：本年度 {one.trained_this_year}、三年内 {one.trained_in_three_years}、工作人员 {one.staff_total}，前后不合",
                "一人培训多次的只算一人",
            )


def all_are_trained(record: Any, site: Any) -> Iterable[Problem]:
    """三年内对从事政务公开工作的人员轮训一遍，最近一期没有到的提醒。（实施方案三（三）2）"""
    if is_latest(record, site.of_type("training_progress")) and record.trained < record.staff:
        yield record.problem(
            "rows",
            "training/not-all",
            f"三年内轮训 {record.trained} 人，还差 {record.staff - record.trained} 人",
            "安排培训以后更新",
            Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True)
class TrainingProgress(Yearly):
    """The rolling training of three years (实施方案三（三）2: 3年内轮训一遍)."""

    type: ClassVar[ContentType] = ContentType(
        "training_progress",
        "轮训进度",
        "training-progress",
        rules=(
            *COMMON_RULES,
            nobody_is_counted_twice,
            no_list_of_names("training-progress/list-of-names", "个人信息保护法第六条；实施方案三（三）2"),
        ),
        site_rules=(
            all_are_trained,
            every_organ_has_a_row("training/organ-missing", "rows", "organ", "实施方案三（三）2"),
        ),
    )

    counted_on: date = of(Date("统计截止日期"), required=True, head=11)
    plans: tuple[str, ...] = of(Many(Ref("培训计划", "training_plan")), default=(), inverse="轮训进度")
    rows: tuple[Trained, ...] = of(
        Rows("轮训进度表", Trained, key="organ"), required=True, default=(), table=True, inverse="轮训进度"
    )

    @property
    def document_date(self) -> str:
        return self.counted_on.isoformat()

    @property
    def staff(self) -> int:
        """How many work on open government."""
        return sum(one.staff_total for one in self.rows)

    @property
    def trained(self) -> int:
        """How many of them were trained within three years."""
        return sum(one.trained_in_three_years for one in self.rows)

    def computed_head(self, site: SiteView) -> list[tuple[int, str, list[Part]]]:
        share = f"（{self.trained / self.staff:.0%}）" if self.staff else ""
        return [(12, "三年内轮训", [{"text": f"{self.trained} 人，共 {self.staff} 人{share}"}])]
