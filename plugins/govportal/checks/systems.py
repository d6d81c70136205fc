"""Standing rules: every one that the plan asks for is there."""

from __future__ import annotations

from collections.abc import Iterable

from govportal.checks.demand import any_of, demanded, lacking, missed
from govportal.problems import Problem, Severity
from govportal.shapes import CONCERN_SYSTEMS, SYSTEMS
from govportal.site import Site

NEEDED = ("一（一）2", "一（一）3", "三乙（二）1", "三乙（四）2")
"""The measures whose rules no real website may be without (handbook 16)."""
CONCERN = "二（三）1"


def standing_rules_exist(site: Site) -> Iterable[Problem]:
    """方案要求建立的工作制度每种至少一份：七类配套制度、列席和监督员制度缺的，正式网站是错误；其他的提醒。（实施方案各条）"""
    present = {one.system for one in site.of_type("working_rule")}
    for system, measure in SYSTEMS.items():
        if system in present or not demanded(site, measure):
            continue
        message, hint = f"没有“{system}”制度", f"在 working-rules/ 里加一份 system: {system}"
        if measure in NEEDED:
            yield lacking(site, measure, "system/missing", message, hint)
        else:
            yield missed(measure, "system/missing", message, hint)


def the_concern_mechanism_names_its_rules(site: Site) -> Iterable[Problem]:
    """公布舆情工作机制，并列出收集、会商、预警、回应、评估五份制度，缺的提醒。（实施方案二（三）1）"""
    if not demanded(site, CONCERN):
        return
    if not any_of(site, "concern_mechanism"):
        yield missed(
            CONCERN, "concern-mechanism/none", "没有公布舆情工作机制", "在 concern-mechanisms/ 里加一份"
        )
    for record in site.of_type("concern_mechanism"):
        named = {found.system for one in record.systems if (found := site.record(one)) is not None}
        if absent := [one for one in CONCERN_SYSTEMS if one not in named]:
            yield record.problem(
                "systems",
                "concern-mechanism/rule-missing",
                f"没有列出{'、'.join(absent)}制度",
                "在 systems 里加上那份制度的编号",
                Severity.WARNING,
            )
