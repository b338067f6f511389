"""What is wrong with a table as a whole: size, gaps, unreachable, crossing and repeated rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from backoffice.rulebook.engine.cells import lowest
from backoffice.rulebook.engine.columns import Hit
from backoffice.rulebook.engine.conditions import Condition
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.rows import Row
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import MAX_CELLS, Layout

MAX_GAPS = 5
MAX_OVERLAPS = 20


def check_layout(layout: Layout, speaker: Speaker) -> list[Problem]:
    """Every problem of the table, in the order of its rows; the table as a whole first."""
    table = layout.schema.name
    if layout.grid.size > MAX_CELLS:
        message = (
            f"too large: its thresholds and values make {layout.grid.size:,} combinations, more"
            f" than {MAX_CELLS:,}; name fewer values or thresholds"
        )
        return [Problem(table, 0, message)]
    if layout.schema.hit is Hit.COLLECT:
        found = _repeated(layout)
    else:
        found = [*_gaps(layout, speaker), *_unreachable(layout), *_crossing(layout, speaker)]
    return sorted((Problem(table, row, message) for row, message in found), key=lambda p: p.row)


Found = tuple[int, str]


def _repeated(layout: Layout) -> list[Found]:
    first: dict[object, int] = {}
    found = []
    for row in layout.rows:
        key = (layout.sets(row), tuple(sorted(row.outputs.items())))
        before = first.setdefault(key, row.number)
        if before != row.number:
            found.append((row.number, f"says the same as row {before}; remove one of them"))
    return found


def _gaps(layout: Layout, speaker: Speaker) -> Iterator[Found]:
    gap = layout.groups().get((), 0)
    for _ in range(MAX_GAPS):
        if not gap:
            return
        box = _box(layout, gap)
        when = speaker.conditions(layout.schema, _conditions(layout, box))
        example = speaker.conditions(layout.schema, _conditions(layout, _corner(layout, gap)))
        yield 0, f"gap: no row covers {when} (for example {example}); add a row for it"
        gap &= ~layout.grid.spread(box)
    if gap:
        yield 0, "gap: further inputs are covered by no row; add a last row without conditions"


def _corner(layout: Layout, cells: int) -> list[int]:
    return [1 << index for index in layout.grid.point(lowest(cells))]


def _box(layout: Layout, gap: int) -> list[int]:
    """The lowest cell of `gap`, grown along each axis as far as it stays in the gap."""
    box = _corner(layout, gap)
    for i, axis in enumerate(layout.axes):
        for run in axis.neighbours(box[i].bit_length() - 1):
            for index in run:
                larger = [*box[:i], box[i] | 1 << index, *box[i + 1 :]]
                if layout.grid.spread(larger) & ~gap:
                    break
                box = larger
    return box


def _conditions(layout: Layout, box: list[int]) -> dict[str, Condition]:
    return {
        axis.column.name: axis.condition(cells)
        for axis, cells in zip(layout.axes, box, strict=True)
        if cells != (1 << axis.size) - 1
    }


def _unreachable(layout: Layout) -> list[Found]:
    reached = {matched[0] for matched in layout.groups() if matched}
    return [
        (row.number, f"can never match: {_earlier(layout, row)}; move it up, narrow those or drop it")
        for i, row in enumerate(layout.rows)
        if i not in reached
    ]


def _earlier(layout: Layout, row: Row) -> str:
    """Which of the rows before take its cases."""
    mine = layout.sets(row)
    takers = [
        str(other.number)
        for other in layout.rows[: row.number - 1]
        if all(a & b for a, b in zip(mine, layout.sets(other), strict=True))
    ]
    return f"row {takers[0]} takes" if len(takers) == 1 else f"rows {', '.join(takers)} take"


def _crossing(layout: Layout, speaker: Speaker) -> list[Found]:
    """Pairs that overlap, neither within the other, in cells no earlier row decides."""
    own = {matched[0]: cells for matched, cells in layout.groups().items() if matched}
    sets = [layout.sets(row) for row in layout.rows]
    found = []
    for i, j in combinations(range(len(layout.rows)), 2):
        first, second = layout.rows[i], layout.rows[j]
        common = [a & b for a, b in zip(sets[i], sets[j], strict=True)]
        within = common in (list(sets[i]), list(sets[j]))
        if within or not all(common) or first.outputs == second.outputs:
            continue
        if own.get(i, 0) & layout.grid.spread(common):
            when = speaker.conditions(layout.schema, _conditions(layout, common))
            message = f"crosses row {first.number} with another outcome where {when}"
            found.append((second.number, f"{message}; put a row for just that before both"))
            if len(found) == MAX_OVERLAPS:
                break
    return found
