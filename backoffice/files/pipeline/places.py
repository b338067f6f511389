"""In which country a photo was taken: of the place that a camera writes, the only thing kept.

The map is a grid of tenths of a degree. A cell knows every country that it has part in or that lies
within some ten kilometres, so near a border there are several: Lille is in Belgium or France.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

BORDERS = Path(__file__).with_name("borders.json.z")  # borders.py made it
CELLS = 10  # for each degree
ACROSS, DOWN = 360 * CELLS, 180 * CELLS


def countries_at(latitude: float, longitude: float) -> list[str]:
    """ISO 3166 alpha-2 of the countries there, sorted; none at sea, or off the globe."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return []
    grid = _grid()
    ahead = min(int((longitude + 180) * CELLS), ACROSS - 1)
    row = grid["rows"][min(int((90 - latitude) * CELLS), DOWN - 1)]
    for length, number in zip(row[::2], row[1::2], strict=True):
        if ahead < length:
            return str(grid["sets"][number]).split()
        ahead -= length
    return []


@cache
def _grid() -> Any:
    return json.loads(zlib.decompress(BORDERS.read_bytes()))
