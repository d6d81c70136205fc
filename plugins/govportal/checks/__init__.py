"""Inspections of the whole site: each is a function from the site to its problems."""

from govportal.checks.addresses import addresses_are_kept
from govportal.checks.calendar import calendar_has_this_year
from govportal.checks.columns import (
    columns_are_filled,
    columns_are_fresh,
    columns_have_every_part,
    columns_of_measures_exist,
    fixed_columns_exist,
    key_areas_state_their_elements,
    types_of_measures_exist,
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
from govportal.checks.enforcement import (
    licences_run_online,
    penalties_have_standards,
    regulation_has_its_columns,
    regulation_stands_in_its_column,
)
from govportal.checks.gazette import (
    normative_documents_are_in_the_gazette,
    the_gazette_prints_only_own_papers,
)
from govportal.checks.identity import identity_is_real, samples_stay_in_the_demonstration
from govportal.checks.interaction import (
    heads_speak_for_themselves,
    statistics_come_every_month,
    the_press_is_served,
    the_public_is_asked,
    the_ways_in_are_there,
)
from govportal.checks.links import files_exist, links_lead_somewhere, replacements_exist
from govportal.checks.lists import demanded_lists_exist, withheld_matters_are_listed
from govportal.checks.register import registration_numbers_run_on
from govportal.checks.safeguards import (
    circulars_come,
    courses_teach_open_government,
    every_head_hears_a_report,
    every_organ_carries_out_the_plan,
    every_organ_trains,
    leadership_is_public,
    open_government_is_assessed,
)
from govportal.checks.services import (
    centre_and_platform_are_public,
    depth_is_counted_every_quarter,
    every_sector_serves_openly,
)
from govportal.checks.statutory import statutory_items_have_content
from govportal.checks.systems import standing_rules_exist, the_concern_mechanism_names_its_rules

# What no build may do without: promised addresses, files that pages use, who the site is.
ALWAYS = [addresses_are_kept, files_exist, identity_is_real, samples_stay_in_the_demonstration]

# What the inspector looks at.
INSPECTIONS = [
    calendar_has_this_year,
    columns_are_filled,
    columns_are_fresh,
    columns_have_every_part,
    columns_of_measures_exist,
    demanded_lists_exist,
    decision_rules_are_there,
    decisions_are_planned,
    execution_is_watched,
    fixed_columns_exist,
    licences_run_online,
    key_areas_state_their_elements,
    withheld_matters_are_listed,
    links_lead_somewhere,
    penalties_have_standards,
    regulation_has_its_columns,
    regulation_stands_in_its_column,
    registration_numbers_run_on,
    replacements_exist,
    types_of_measures_exist,
    # What the plan demands of the whole site.
    standing_rules_exist,
    the_concern_mechanism_names_its_rules,
    leadership_is_public,
    every_head_hears_a_report,
    every_organ_trains,
    courses_teach_open_government,
    open_government_is_assessed,
    circulars_come,
    every_organ_carries_out_the_plan,
    heads_speak_for_themselves,
    the_ways_in_are_there,
    the_public_is_asked,
    statistics_come_every_month,
    the_press_is_served,
    normative_documents_are_in_the_gazette,
    the_gazette_prints_only_own_papers,
    centre_and_platform_are_public,
    depth_is_counted_every_quarter,
    every_sector_serves_openly,
    statutory_items_have_content,
    measures_have_content,
    observers_are_invited,
    plan_has_its_indicators,
    plan_sections_exist,
    reported_tasks_have_results,
    trades_poll_the_public,
]

__all__ = ["ALWAYS", "INSPECTIONS"]
