"""The gazette: what it must print, and what it may not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govportal.checks.demand import demanded, missed
from govportal.problems import Problem, Severity
from govportal.site import Site

MEASURE = "三甲（一）2"
GAZETTE_DAYS = 90
"""Days within which a normative document is printed: three months; a recommendation, configuration (handbook 11.1)."""


def normative_documents_are_in_the_gazette(site: Site) -> Iterable[Problem]:
    """行政规范性文件公布以后90日以内刊登在政府公报上，没有的提醒；创刊以前公布的不算。（期限为建议，是配置；实施方案三（一）2）"""
    issues = site.of_type("gazette_issue")
    if not issues:
        if demanded(site, MEASURE):
            yield missed(MEASURE, "gazette/none", "还没有政府公报", "出刊以后在 gazette-issues/ 里加一期")
        return
    begun = min(one.issued_on for one in issues)
    printed = {one.record for issue in issues for one in issue.contents}
    for record in site.of_type("policy"):
        public = date.fromisoformat(record.published_at[:10])
        if (
            record.origin == "own"
            and record.authority_level == "行政规范性文件"
            and record.id not in printed
            and public >= begun
            and (site.today - public).days > GAZETTE_DAYS
        ):
            yield record.problem(
                "authority_level",
                "gazette/not-printed",
                f"公布 {(site.today - public).days} 日，还没有刊登在政府公报上，超过 {GAZETTE_DAYS} 日",
                "在下一期公报的 contents 里加上它",
                Severity.WARNING,
            )


def the_gazette_prints_only_own_papers(site: Site) -> Iterable[Problem]:
    """公报只刊登本级政府及其部门的文件，不刊登上级的，不刊登广告。（国务院办公厅关于做好政府公报工作的通知；文号为记忆）"""
    for issue in site.of_type("gazette_issue"):
        for one in issue.contents:
            found = site.record(one.record)
            if found is not None and found.origin != "own":
                yield issue.problem(
                    "contents",
                    "gazette/not-own",
                    f"《{found.title}》是转载的，公报不刊登",
                    "从 contents 里删掉这一项",
                )
