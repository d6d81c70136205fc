"""The portal's MkDocs theme: templates, one style sheet, one small script.

Importing Material for MkDocs (the parent theme, from which we take icons only) prints a banner
about MkDocs 2 before any plugin runs. The build's output is read by clerks, so nothing but our
own verdict may appear there; the two variables below switch the banner off. `setdefault` leaves
the last word to whoever set them first.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
