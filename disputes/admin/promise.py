"""The order and its promise on one line of time, drawn as SVG without a word of style.

Positions across are percentages, so that the drawing fits any width while its letters keep their
size; the same marks stand in a list beneath it for narrow windows and for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import east_asian_width

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backoffice.orders.models import TrackingEvent
from disputes.models import Case
from disputes.queries.known import OrderFacts

EDGE = 1.0  # percent left free on each side
LETTER = 0.8  # percent of the width that a letter takes, at the narrowest it is drawn
ROW = 32  # pixels of a row of labels
AXIS = 22  # pixels of the line with its ticks
SHORTEST = timedelta(hours=1)
# A guarantee that ends long after all else is drawn nearer, behind a cut in the line: else it
# would leave the rest, which is read, no room.
FAR = 0.4  # of the whole time
TAIL = 0.16  # of the width that is then left for it


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment: what it was, when in words, and its `tone` (a class of the stylesheet).

    `above` stands for the order's facts, below the line are the case's.
    """

    at: datetime
    what: str
    when: str
    tone: str
    above: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark where it is drawn: `x` in percent, the rest in pixels."""

    mark: Mark
    x: str
    anchor: str
    y_what: int
    y_when: int
    y_end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the line, from `x` over `width`, in percent."""

    x: str
    width: str
    tone: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All there is to draw; the line lies `axis` pixels from the top, and is cut at `cut` if that

    is not empty.
    """

    height: int
    axis: int
    cut: str
    spans: tuple[Span, ...]
    ticks: tuple[tuple[str, str], ...]
    marks: tuple[Placed, ...]
    told: tuple[Mark, ...]


def drawing(
    case: Case, facts: OrderFacts, scans: Iterable[TrackingEvent], now: datetime
) -> Drawing:
    """The time line of `case`, as its `facts` are, with the parcels' `scans`.

    Of a replacement it begins when that was agreed on or sent: what was before is another's.
    """
    marks = sorted(_marks(case, facts, now), key=lambda mark: mark.at)
    if facts.replaced:
        since = facts.replaced.since
        parcels = ((s, s.shipment) for s in scans)
        scans = [s for s, p in parcels if p and s.happened_at > since(p.handed_over_at)]
    scans = list(scans)
    times = [m.at for m in marks] + [s.happened_at for s in scans]
    across = _across(sorted(times), facts.deliver_by)
    above, below = (_rows([m for m in marks if m.above is up], across) for up in (True, False))
    axis = ROW * (1 + max((row for _, _, row in above), default=0)) + AXIS // 2
    deep = ROW * (1 + max((row for _, _, row in below), default=0)) + AXIS // 2
    placed = [_place(m, x, axis - AXIS // 2 - ROW * row - 18, axis) for m, x, row in above]
    placed += [_place(m, x, axis + AXIS // 2 + ROW * row + 13, axis) for m, x, row in below]
    ticks = tuple(
        (_percent(across.x(s.happened_at)), f"{s.get_status_display()}, {_moment(s.happened_at)}")
        for s in scans
    )
    cut = _percent((across.x(across.bend) + across.x(across.end)) / 2) if across.share < 1 else ""
    spans = _spans(case, facts, across, now)
    return Drawing(axis + deep, axis, cut, spans, ticks, tuple(placed), tuple(marks))


def _marks(case: Case, facts: OrderFacts, now: datetime) -> Iterator[Mark]:
    promised_on = case.order.promised_on
    if facts.replaced_at:
        yield _at(facts.replaced_at, _("Replacement agreed on"), "", True)
    else:
        yield _at(case.order.purchased_at, _("Bought"), "", True)
    if facts.handed_over_at:
        yield _at(facts.handed_over_at, _("Handed over"), "", True)
    if promised_on and not facts.replaced_at:
        day = timezone.make_aware(datetime.combine(promised_on, time()), UTC)
        yield Mark(day, _("Promised"), _day(promised_on), "accent", True)
    yield _at(facts.deliver_by, _("Guaranteed by"), "accent", True)
    if facts.delivered_at:
        tone = "bad" if facts.delivered_at > facts.deliver_by else "good"
        yield _at(facts.delivered_at, _("Delivered"), tone, True)
    yield _at(case.filed_at, _("Claim filed"), "", False)
    if case.resolved_at:
        yield _at(case.resolved_at, _("Decided"), "good", False)
        return
    yield _at(now, _("Now"), "now", False)
    if case.due_at:
        tone = "bad" if case.expected_by < now else "wait"
        yield _at(case.expected_by, _("Deadline"), tone, False)


def _spans(case: Case, facts: OrderFacts, across: _Across, now: datetime) -> tuple[Span, ...]:
    """The promise, how far it was overrun, and the time the parcel was on its way."""
    start, end = facts.replaced_at or case.order.purchased_at, facts.delivered_at
    spans = [across.span(start, facts.deliver_by, "promise")]
    overrun = end or case.resolved_at or now
    if overrun > facts.deliver_by:
        spans.append(across.span(facts.deliver_by, overrun, "late"))
    if facts.handed_over_at and end and end > facts.handed_over_at:
        spans.append(across.span(facts.handed_over_at, end, "travel"))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class _Across:
    """From `start` to `bend` over `share` of the width, from there to `end` over the rest."""

    start: datetime
    bend: datetime
    end: datetime
    share: float

    def x(self, at: datetime) -> float:
        part = min(1.0, max(0.0, (at - self.start) / (self.bend - self.start))) * self.share
        if at > self.bend and self.end > self.bend:
            part += (1 - self.share) * min(1.0, (at - self.bend) / (self.end - self.bend))
        return EDGE + (100 - 2 * EDGE) * part

    def span(self, start: datetime, end: datetime, tone: str) -> Span:
        left, right = self.x(start), self.x(end)
        return Span(_percent(left), _percent(max(0.0, right - left)), tone)


def _across(times: list[datetime], guaranteed: datetime) -> _Across:
    """The scale for these moments, of which a far `guaranteed` is the last."""
    start, end = times[0], max(times[-1], times[0] + SHORTEST)
    before = max([start + SHORTEST, *(at for at in times if at < guaranteed)])
    if end == guaranteed and (end - before) > FAR * (end - start):
        return _Across(start, before, end, 1 - TAIL)
    return _Across(start, end, end, 1.0)


def _rows(marks: list[Mark], across: _Across) -> list[tuple[Mark, float, int]]:
    """Each mark with its place across and the first row in which its label touches no other."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        x = across.x(mark.at)
        left, right = _extent(mark, x)
        free = (r for r, others in enumerate(taken) if _fits(left, right, others))
        row = next(free, len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((left, right))
        placed.append((mark, x, row))
    return placed


def _fits(left: float, right: float, others: list[tuple[float, float]]) -> bool:
    return all(right < a or left > b for a, b in others)


def _extent(mark: Mark, x: float) -> tuple[float, float]:
    width = LETTER * (1 + max(_letters(mark.what), _letters(mark.when)))
    anchor = _anchor(x)
    if anchor == "start":
        return x, x + width
    return (x - width, x) if anchor == "end" else (x - width / 2, x + width / 2)


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _anchor(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"


def _place(mark: Mark, x: float, y: int, axis: int) -> Placed:
    """`y` is where the label's first line stands."""
    end = y + 18 if mark.above else y - 11
    return Placed(mark, _percent(x), _anchor(x), y, y + 14, end)


def _at(at: datetime, what: str, tone: str, above: bool) -> Mark:
    return Mark(at, what, _day(timezone.localtime(at).date()), tone, above)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _percent(x: float) -> str:
    """Unlocalised: a comma would be no number in SVG."""
    return f"{x:.2f}%"
