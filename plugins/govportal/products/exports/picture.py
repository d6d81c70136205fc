"""Pictures that the site draws of itself: icons and the card for sharing. They bear no emblem and no words.

A picture is plain data: `width`, `height` in pixels, `ground` (`#rrggbb`) and `shapes`, a list of rectangles with
round corners, each `[left, top, width, height, radius, colour]`, drawn one upon another. A circle is a square whose
radius is half its side. The file is a PNG (RFC 2083) of eight bits a channel.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from math import ceil, floor, sqrt
from typing import Any

from govportal.plans import Plan

MAIN, OFFICIAL, PAPER, QUIET, INK = "#0b4f9e", "#b3261e", "#ffffff", "#d5dbe3", "#1f2328"
"""The colours of the portal (政务蓝, 朱红) and those of paper and ink."""
SAMPLES = 4
"""Lines that are measured within the height of one pixel, for smooth edges."""

Picture = dict[str, Any]
Shape = list[Any]


def _mark(side: float, left: float = 0, top: float = 0) -> list[Shape]:
    """Three lines of text, the mark of the portal, in a square."""
    unit = side / 32
    bars = [(9, 8.75, 14), (9, 14.75, 14), (9, 20.75, 9)]
    return [[left + x * unit, top + y * unit, w * unit, 2.5 * unit, 1.25 * unit, PAPER] for x, y, w in bars]


def icon(side: int) -> Picture:
    """The mark on a round ground of the main colour."""
    disc = [side / 32, side / 32, side * 30 / 32, side * 30 / 32, side * 15 / 32, MAIN]
    return {"width": side, "height": side, "ground": PAPER, "shapes": [disc, *_mark(side)]}


def full_icon(side: int) -> Picture:
    """The mark on a ground that fills the square; it stays within the circle that every system keeps (80 %)."""
    return {
        "width": side,
        "height": side,
        "ground": MAIN,
        "shapes": _mark(side * 0.8, side * 0.1, side * 0.1),
    }


def card() -> Picture:
    """A sheet of paper with a title, the thin red line and lines of text, in the middle, whence it may be cut square."""
    lines = [[420, 250 + place * 46, 360 if place < 6 else 210, 16, 8, QUIET] for place in range(7)]
    sheet = [[360, 55, 480, 575, 12, PAPER], [440, 110, 320, 26, 13, INK], [500, 154, 200, 26, 13, INK]]
    return {
        "width": 1200,
        "height": 630,
        "ground": MAIN,
        "shapes": [*sheet, [420, 208, 360, 6, 0, OFFICIAL], *lines],
    }


def write_png(plan: Plan) -> bytes:
    """A picture as a PNG file."""
    view = plan.view
    width, height = view["width"], view["height"]
    rows = [bytearray(_rgb(view["ground"]) * width) for _ in range(height)]
    for shape in view["shapes"]:
        _draw(rows, width, shape)
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


def _spans(shape: Shape, row: int) -> Iterator[tuple[float, float]]:
    """From where to where the shape reaches on each measured line of a row of pixels."""
    left, top, width, height, radius, _ = shape
    for sample in range(SAMPLES):
        y = row + (sample + 0.5) / SAMPLES
        if top <= y < top + height:
            into = max(top + radius - y, y - (top + height - radius), 0)
            cut = radius - sqrt(max(radius * radius - into * into, 0))
            yield left + cut, left + width - cut


def _draw(rows: list[bytearray], width: int, shape: Shape) -> None:
    colour = _rgb(shape[5])
    for at in range(max(0, floor(shape[1])), min(len(rows), ceil(shape[1] + shape[3]))):
        spans = list(_spans(shape, at))
        if not spans:
            continue
        row = rows[at]
        begin = max(0, floor(min(start for start, _ in spans)))
        end = min(width, ceil(max(stop for _, stop in spans)))
        first, last = begin, end
        if len(spans) == SAMPLES:
            first = min(end, max(0, ceil(max(start for start, _ in spans))))
            last = max(first, min(width, floor(min(stop for _, stop in spans))))
            row[first * 3 : last * 3] = colour * (last - first)
        else:
            first = last = end
        for x in (*range(begin, first), *range(last, end)):
            covered = sum(max(0.0, min(stop, x + 1) - max(start, x)) for start, stop in spans) / SAMPLES
            for channel in range(3):
                under = row[x * 3 + channel]
                row[x * 3 + channel] = round(under + (colour[channel] - under) * covered)
