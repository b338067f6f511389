"""What is wrong with a table as a whole: size, gaps, unreachable, crossing and repeated rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from backoffice.common.money import Money
from backoffice.rulebook.engine.cells import lowest
from backoffice.rulebook.engine.columns import Hit, Kind
from backoffice.rulebook.engine.conditions import Condition
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import MAX_CELLS, MAX_VALUES, Layout

MAX_GAPS = 5
MAX_CROSSINGS = 20
_UNCROSS = "narrow one of them, or put a row for just that before both"

Found = tuple[int, str]  # a row's number, or 0, and the message


def check_layout(layout: Layout, speaker: Speaker, *, complete: bool) -> list[Problem]:
    """Every problem of the table; those of the table as a whole first, then row by row.

    Not `complete` means that rows were left out because they could not be read: gaps and
    crossings are then not looked for, since those rows might mend them.
    """
    schema = layout.schema
    if found := _too_large(layout):
        pass  # the other checks would take for ever
    elif schema.hit is Hit.COLLECT:
        found = _repeated(layout)
    else:
        found = _unreachable(layout)
        if complete:
            found += [*_gaps(layout, speaker), *_crossing(layout, speaker)]
    return sorted(Problem(schema.name, row, message) for row, message in found)


def _too_large(layout: Layout) -> list[Found]:
    sizes = [
        (f"{a.column.name} has", "values or thresholds", a.size, MAX_VALUES) for a in layout.axes
    ]
    limit = MAX_CELLS[layout.schema.hit]
    sizes.append(("its values and thresholds make", "combinations", layout.grid.size, limit))
    return [
        (0, f"too large: {what} {size:,} {unit}, more than {limit:,}; name fewer of them")
        for what, unit, size, limit in sizes
        if size > limit
    ]


def _repeated(layout: Layout) -> list[Found]:
    first: dict[object, int] = {}
    found = []
    for row, sets in zip(layout.rows, layout.sets, strict=True):
        before = first.setdefault((sets, tuple(sorted(row.outputs.items()))), row.number)
        if before != row.number:
            found.append((row.number, f"says the same as row {before}; remove one of them"))
    return found


def _unreachable(layout: Layout) -> list[Found]:
    reached = {matched[0] for matched in layout.groups if matched}
    return [
        (row.number, f"can never match: {_takers(layout, i)} all its cases; move it up or drop it")
        for i, row in enumerate(layout.rows)
        if i not in reached
    ]


def _takers(layout: Layout, index: int) -> str:
    """Which of the rows before take this row's cases."""
    mine = layout.sets[index]
    takers = [
        str(row.number)
        for row, sets in zip(layout.rows[:index], layout.sets, strict=False)
        if all(a & b for a, b in zip(mine, sets, strict=True))
    ]
    return f"row {takers[0]} takes" if len(takers) == 1 else f"rows {', '.join(takers)} take"


def _gaps(layout: Layout, speaker: Speaker) -> Iterator[Found]:
    gap = layout.groups.get((), 0)
    for _ in range(MAX_GAPS):
        if not gap:
            return
        box = _box(layout, gap)
        when = speaker.conditions(layout.schema, _conditions(layout, box))
        example = _example(layout, gap, speaker)
        yield 0, f"gap: no row covers {when} (such as {example}); add a row for it"
        gap &= ~layout.grid.spread(box)
    if gap:
        yield 0, "gap: no row covers some further inputs; end with a row without conditions"


def _box(layout: Layout, gap: int) -> list[int]:
    """The lowest cell of `gap`, grown along each axis as far as it stays in the gap."""
    box = [1 << index for index in layout.grid.point(lowest(gap))]
    for i, axis in enumerate(layout.axes):
        index = box[i].bit_length() - 1
        everything = (1 << axis.size) - 1
        if _fits(layout, gap, [*box[:i], everything, *box[i + 1 :]]):
            box[i] = everything
            continue
        for run in axis.neighbours(index):
            for k in run:
                if not _fits(layout, gap, [*box[:i], 1 << k, *box[i + 1 :]]):
                    break
                box[i] |= 1 << k
    return box


def _fits(layout: Layout, gap: int, box: list[int]) -> bool:
    return not layout.grid.spread(box) & ~gap


def _example(layout: Layout, gap: int, speaker: Speaker) -> str:
    said = []
    for axis, index in zip(layout.axes, layout.grid.point(lowest(gap)), strict=True):
        fact = axis.example(index)
        if axis.column.kind is Kind.MONEY and isinstance(fact, int):
            fact = Money(fact, speaker.rates.reference)
        said.append(f"{axis.column.name} = {fact}")
    return ", ".join(said)


def _conditions(layout: Layout, box: list[int]) -> dict[str, Condition]:
    return {
        axis.column.name: axis.condition(cells)
        for axis, cells in zip(layout.axes, box, strict=True)
        if cells != (1 << axis.size) - 1
    }


def _crossing(layout: Layout, speaker: Speaker) -> list[Found]:
    """Pairs that overlap, neither within the other, in cells that no row before both decides."""
    own = {matched[0]: cells for matched, cells in layout.groups.items() if matched}
    found: list[Found] = []
    for (i, first), (j, second) in combinations(enumerate(layout.rows), 2):
        a, b = layout.sets[i], layout.sets[j]
        common = [x & y for x, y in zip(a, b, strict=True)]
        if not all(common) or tuple(common) in (a, b) or first.outputs == second.outputs:
            continue
        # A row that can never match is another problem; mending it may mend this.
        if j in own and own.get(i, 0) & layout.grid.spread(common):
            when = speaker.conditions(layout.schema, _conditions(layout, common))
            message = f"crosses row {first.number}, with another outcome, at: {when}; {_UNCROSS}"
            found.append((second.number, message))
            if len(found) == MAX_CROSSINGS:
                break
    return found
