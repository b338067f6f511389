"""Pictures of numbers, drawn as SVG: positions are percentages, so that any width does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from backoffice.common.templatetags.times import span

GAP = 0.25  # of a column, left free beside it
LABELS = 8  # days named beneath a chart


@dataclass(frozen=True, slots=True)
class Column:
    """A day's column: all in percent of the drawing, and what it says."""

    x: str
    width: str
    y: str
    height: str
    title: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns; `labels` are words and their places, `top` is the highest number."""

    columns: tuple[Column, ...]
    labels: tuple[tuple[str, str], ...]
    top: int


def columns(days: Mapping[date, int]) -> Columns:
    """A column for each day."""
    ordered = sorted(days.items())
    top, wide = max([1, *days.values()]), 100 / max(1, len(ordered))
    drawn = tuple(
        Column(
            _percent(place * wide + wide * GAP / 2),
            _percent(wide * (1 - GAP)),
            _percent(100 - 100 * number / top),
            _percent(100 * number / top),
            f"{date_format(day, 'DATE_FORMAT')}: {number}",
        )
        for place, (day, number) in enumerate(ordered)
    )
    step = max(1, -(-len(ordered) // LABELS))
    labels = tuple(
        (_percent(place * wide + wide / 2), _short(day))
        for place, (day, _) in enumerate(ordered)
        if place % step == 0
    )
    return Columns(drawn, labels, top)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar within a table's cell: how far it reaches, and where a tick stands in it."""

    width: str
    tick: str
    text: str


def bars(numbers: Sequence[int]) -> list[Bar]:
    """For each number a bar; the greatest fills its cell."""
    top = max([1, *numbers])
    return [Bar(_percent(100 * number / top), "", str(number)) for number in numbers]


def stretches(times: Sequence[tuple[timedelta, timedelta] | None]) -> list[Bar]:
    """For each pair of times (middle, nine in ten) a bar to the second with a tick at the first."""
    top = max([timedelta(minutes=1), *(far for pair in times if pair for far in pair[1:])])
    return [
        Bar(_percent(100 * (pair[1] / top)), _percent(100 * (pair[0] / top)), span(pair[0]))
        if pair
        else Bar("0%", "", "–")
        for pair in times
    ]


def share(part: int, whole: int) -> str:
    """ "4 of 31 (13%)"; a dash of nothing."""
    return f"{part} / {whole} ({round(100 * part / whole)}%)" if whole else "–"


def _short(day: date) -> str:
    """The day without its year, as the reader's language writes it."""
    return date_format(day, "SHORT_DAY_FORMAT")


def _percent(number: float) -> str:
    return f"{number:.2f}%"
