"""What a clerk fills in: the first text of a new file, read off the declaration of its type."""

from govportal.products.forms.scaffold import scaffold

__all__ = ["scaffold"]
