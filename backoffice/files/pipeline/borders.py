"""Makes borders.json.z, by which places.py tells a country: `python -m` this, and a map.

The map is Natural Earth's 1:10 million (public domain), as the npm package world-atlas has it
(countries-10m.json). It draws borders as they are held, not as they are claimed.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from babel.core import get_global
from PIL import Image, ImageDraw, ImageFilter

from backoffice.files.pipeline.places import ACROSS, BORDERS, CELLS, DOWN

FINE = 2  # pixels a cell's side has while it is drawn
REACH = 5  # pixels: a country is heard of two beyond its border, some ten kilometres
Point = tuple[float, float]
Ring = list[Point]
# What the map shows apart and has no number of its own.
NAMED = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Akrotiri": "CY",
    "USNB Guantanamo Bay": "CU",
    "Baikonur": "KZ",
    "Indian Ocean Ter.": "AU",
    "Coral Sea Is.": "AU",
    "Clipperton I.": "FR",
}


def drawn(topology: dict[str, Any]) -> bytes:
    """The contents of borders.json.z: each row of cells as runs of one set of countries."""
    arcs = list(_arcs(topology))
    told: dict[int, set[str]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if code := _code(shape):
            for cell in _cells(_polygons(shape, arcs)):
                told.setdefault(cell, set()).add(code)
    sets = ["", *sorted({" ".join(sorted(codes)) for codes in told.values()})]
    numbers = {words: number for number, words in enumerate(sets)}
    by_cell = {cell: numbers[" ".join(sorted(codes))] for cell, codes in told.items()}
    rows = [
        [n for number, run in groupby(row) for n in (len(list(run)), number)]
        for row in ([by_cell.get(y * ACROSS + x, 0) for x in range(ACROSS)] for y in range(DOWN))
    ]
    return zlib.compress(json.dumps({"sets": sets, "rows": rows}).encode(), 9)


def _code(shape: dict[str, Any]) -> str:
    """ISO 3166 alpha-2; "" for what is nobody's."""
    found = get_global("territory_aliases").get(shape.get("id", ""))
    return found[0] if found else NAMED.get(shape["properties"]["name"], "")


def _arcs(topology: dict[str, Any]) -> Iterator[Ring]:
    """Each line of the map, from differences of whole numbers to degrees."""
    (wide, high), (left, low) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        xs, ys = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
        yield [(x * wide + left, y * high + low) for x, y in zip(xs, ys, strict=True)]


def _polygons(shape: dict[str, Any], arcs: list[Ring]) -> Iterator[list[Ring]]:
    """Each piece of a country: its shore, then its holes."""
    pieces = shape.get("arcs", [])
    for piece in [pieces] if shape["type"] == "Polygon" else pieces:
        yield [[p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])] for ring in piece]


def _cells(polygons: Iterable[list[Ring]]) -> Iterator[int]:
    """The cells that a country has part in, or lies near to."""
    size = (ACROSS * FINE, DOWN * FINE)
    mask = Image.new("L", size)
    pen = ImageDraw.Draw(mask)
    for shore, *holes in polygons:
        pen.polygon(_pixels(shore), fill=255, outline=255)
        for hole in holes:
            pen.polygon(_pixels(hole), fill=0, outline=255)
    box = mask.getbbox()
    if box is None:
        return
    left, top, right, bottom = (edge // FINE * FINE for edge in box)
    margin = FINE * 3
    frame = (
        max(0, left - margin),
        max(0, top - margin),
        min(size[0], right + margin),
        min(size[1], bottom + margin),
    )
    near = mask.crop(frame).filter(ImageFilter.MaxFilter(REACH)).reduce(FINE)
    first_x, first_y = frame[0] // FINE, frame[1] // FINE
    for place, light in enumerate(near.tobytes()):
        if light:
            y, x = divmod(place, near.width)
            yield (first_y + y) * ACROSS + first_x + x


def _pixels(ring: Ring) -> Ring:
    return [((x + 180) * CELLS * FINE, (90 - y) * CELLS * FINE) for x, y in ring]


if __name__ == "__main__":
    BORDERS.write_bytes(drawn(json.loads(Path(sys.argv[1]).read_text())))
