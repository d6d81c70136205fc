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
from govportal.checks.enforcement import (
    licences_run_online,
    penalties_have_standards,
    regulation_has_its_columns,
    regulation_stands_in_its_column,
)
from govportal.checks.identity import identity_is_real, samples_stay_in_the_demonstration
from govportal.checks.links import files_exist, links_lead_somewhere, replacements_exist
from govportal.checks.lists import demanded_lists_exist, withheld_matters_are_listed

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
    fixed_columns_exist,
    licences_run_online,
    key_areas_state_their_elements,
    withheld_matters_are_listed,
    links_lead_somewhere,
    penalties_have_standards,
    regulation_has_its_columns,
    regulation_stands_in_its_column,
    replacements_exist,
    types_of_measures_exist,
]

__all__ = ["ALWAYS", "INSPECTIONS"]
