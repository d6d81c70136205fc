"""Inspections of the whole site: each is a function from the site to its problems."""

from govportal.checks.addresses import addresses_are_kept
from govportal.checks.calendar import calendar_has_this_year
from govportal.checks.columns import (
    columns_are_filled,
    columns_are_fresh,
    columns_of_measures_exist,
    fixed_columns_exist,
)
from govportal.checks.decisions import (
    decision_rules_are_there,
    decisions_are_planned,
    execution_is_watched,
    measures_have_content,
    observers_are_invited,
    plan_has_its_indicators,
    plan_sections_exist,
    reported_tasks_have_results,
    trades_poll_the_public,
)
from govportal.checks.identity import identity_is_real
from govportal.checks.links import files_exist, links_lead_somewhere, replacements_exist

# What no build may do without: promised addresses, files that pages use, who the site is.
ALWAYS = [addresses_are_kept, files_exist, identity_is_real]

# What the inspector looks at.
INSPECTIONS = [
    calendar_has_this_year,
    columns_are_filled,
    columns_are_fresh,
    columns_of_measures_exist,
    decision_rules_are_there,
    decisions_are_planned,
    execution_is_watched,
    fixed_columns_exist,
    links_lead_somewhere,
    measures_have_content,
    observers_are_invited,
    plan_has_its_indicators,
    plan_sections_exist,
    replacements_exist,
    reported_tasks_have_results,
    trades_poll_the_public,
]

__all__ = ["ALWAYS", "INSPECTIONS"]
