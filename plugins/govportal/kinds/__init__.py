"""Kinds of field. Each has six doors: read, show, export, words, schema, form."""

from govportal.kinds.base import Many, Part
from govportal.kinds.choice import Choice, Count, Flag, Money
from govportal.kinds.date import Date, Moment, PartialDate
from govportal.kinds.figure import Figure
from govportal.kinds.file import File
from govportal.kinds.number import CreditCode, DocumentNumber, IndexNumber
from govportal.kinds.ref import Citation, InColumn, Ref
from govportal.kinds.text import Address, Identifier, Link, Phone, Text

__all__ = [
    "Address",
    "Choice",
    "Citation",
    "Count",
    "CreditCode",
    "Date",
    "DocumentNumber",
    "Figure",
    "File",
    "Flag",
    "Identifier",
    "InColumn",
    "IndexNumber",
    "Link",
    "Many",
    "Moment",
    "Money",
    "Part",
    "PartialDate",
    "Phone",
    "Ref",
    "Text",
]
