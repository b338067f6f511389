"""What is wrong with a table as a whole: its size, gaps, rows that are unreachable, cross, repeat

or say what means nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext

from backoffice.common.money import Money
from backoffice.rulebook.engine.cells import lowest
from backoffice.rulebook.engine.columns import Hit, Kind
from backoffice.rulebook.engine.conditions import Condition
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import MAX_CELLS, MAX_VALUES, Layout

MAX_GAPS = 5
MAX_CROSSINGS = 20

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
        found = [*_unreachable(layout), *_unpaired(layout)]
        if complete:
            found += [*_gaps(layout, speaker), *_crossing(layout, speaker)]
    return sorted(Problem(schema.name, row, message) for row, message in found)


def _too_large(layout: Layout) -> list[Found]:
    found: list[Found] = []
    for axis in layout.axes:
        if axis.size > MAX_VALUES:
            told = gettext(
                "too large: %(column)s has %(size)s values or thresholds, more than %(limit)s;"
                " name fewer of them"
            )
            sizes = {"size": f"{axis.size:,}", "limit": f"{MAX_VALUES:,}"}
            found.append((0, told % {"column": axis.column.name, **sizes}))
    limit = MAX_CELLS[layout.schema.hit]
    if layout.grid.size > limit:
        told = gettext(
            "too large: its values and thresholds make %(size)s combinations, more than"
            " %(limit)s; name fewer of them"
        )
        found.append((0, told % {"size": f"{layout.grid.size:,}", "limit": f"{limit:,}"}))
    return found


def _repeated(layout: Layout) -> list[Found]:
    first: dict[object, int] = {}
    found = []
    for row, sets in zip(layout.rows, layout.sets, strict=True):
        before = first.setdefault((sets, tuple(sorted(row.outputs.items()))), row.number)
        if before != row.number:
            told = gettext("says the same as row %d; remove one of them") % before
            found.append((row.number, told))
    return found


def _unreachable(layout: Layout) -> list[Found]:
    reached = {matched[0] for matched in layout.groups if matched}
    return [
        (row.number, _taken(_takers(layout, i)))
        for i, row in enumerate(layout.rows)
        if i not in reached
    ]


def _unpaired(layout: Layout) -> Iterator[Found]:
    """Rows that decide cells for which their output means nothing."""
    pairing = layout.schema.pairing
    if pairing is None:
        return
    place = [axis.column.name for axis in layout.axes].index(pairing.input)
    everything = [(1 << axis.size) - 1 for axis in layout.axes]
    slices = {
        str(layout.axes[place].example(k)): layout.grid.spread(
            [*everything[:place], 1 << k, *everything[place + 1 :]]
        )
        for k in range(layout.axes[place].size)
    }
    for row, cells in [(layout.rows[m[0]], cells) for m, cells in layout.groups.items() if m]:
        said = row.outputs[pairing.output]
        for value, cell in slices.items():
            if cells & cell and said not in pairing.values[value]:
                told = gettext("%(said)s means nothing for %(value)s; write one of %(known)s")
                known = ", ".join(pairing.values[value])
                yield row.number, told % {"said": said, "value": value, "known": known}


def _taken(takers: list[str]) -> str:
    if len(takers) == 1:
        told = gettext("can never match: row %s takes all its cases; move it up or drop it")
    else:
        told = gettext("can never match: rows %s take all its cases; move it up or drop it")
    return told % ", ".join(takers)


def _takers(layout: Layout, index: int) -> list[str]:
    """Which of the rows before take this row's cases."""
    mine = layout.sets[index]
    return [
        str(row.number)
        for row, sets in zip(layout.rows[:index], layout.sets, strict=False)
        if all(a & b for a, b in zip(mine, sets, strict=True))
    ]


def _gaps(layout: Layout, speaker: Speaker) -> Iterator[Found]:
    gap = layout.groups.get((), 0)
    for _ in range(MAX_GAPS):
        if not gap:
            return
        box = _box(layout, gap)
        when = speaker.conditions(layout.schema, _conditions(layout, box))
        example = _example(layout, gap, speaker)
        told = gettext("gap: no row covers %(when)s (such as %(example)s); add a row for it")
        yield 0, told % {"when": when, "example": example}
        gap &= ~layout.grid.spread(box)
    if gap:
        yield (
            0,
            gettext("gap: no row covers some further inputs; end with a row without conditions"),
        )


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
            told = gettext(
                "crosses row %(row)d, with another outcome, at: %(when)s; narrow one of them, or"
                " put a row for just that before both"
            )
            found.append((second.number, told % {"row": first.number, "when": when}))
            if len(found) == MAX_CROSSINGS:
                break
    return found
