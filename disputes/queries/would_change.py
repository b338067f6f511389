"""What would change a ruling: worked out from the table's own boundaries, never written by hand.

One fact of the world is varied at a time: when the carrier scanned the delivery, what the scans
say, whether the shipment is proven, what the seller answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from backoffice.rulebook.engine.alternatives import cells, with_changed
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Fact, TableSchema, Value
from backoffice.rulebook.engine.conditions import Choice, Interval
from backoffice.rulebook.engine.evaluation import Trace
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import CompiledTable
from backoffice.rulebook.queries import book as rulebook
from disputes.queries.known import Snapshot, ruling_inputs

SCANS = ("LOST", "DAMAGED", "RETURNED", "DELIVERED")  # each proves that it was shipped
DAY = timedelta(days=1)
Outcome = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that, were it so, would make the ruling another.

    `fact` is an input of the table, with the `values` it would have; or `delivered`, by a scan from
    `since` up to but without `before`; or `undelivered` still at `since`. Dates are ISO 8601.
    """

    fact: str
    outcome: Outcome
    values: tuple[Value, ...] = ()
    since: str = ""
    before: str = ""

    def to_json(self) -> dict[str, Any]:
        """As decisions store it."""
        return asdict(self) | {"values": list(self.values)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Alternative:
        """What `to_json` wrote."""
        return cls(**{**stored, "values": tuple(stored["values"])})


def would_change(case: Snapshot, now: datetime) -> list[Alternative]:
    """What would change the recommendation for `case` as it is known now."""
    inputs = ruling_inputs(case, case.now.seller_answer, now)
    return alternatives(case.book, inputs, case.facts.deliver_by, now)


def alternatives(
    book: Rulebook, inputs: Mapping[str, Fact], deliver_by: datetime, now: datetime
) -> list[Alternative]:
    """What would change the ruling on `inputs`, as of `now`: no scan can be later than that."""
    table = book.tables["ruling"]
    actual = _outcome(with_changed(table, inputs, {}))
    found = [
        *_delivered(table, inputs, deliver_by, now),
        *_undelivered(table, inputs, deliver_by),
        *_valued(table, inputs, "tracking", leave_out=("DELIVERED",)),
        *_valued(table, inputs, "proof_of_shipment"),
        *_valued(table, inputs, "seller_answer", leave_out=("NONE",)),
    ]
    return _joined([a for a in found if a.outcome != actual])


def _delivered(
    table: CompiledTable, inputs: Mapping[str, Fact], deliver_by: datetime, now: datetime
) -> Iterator[Alternative]:
    """A delivery scan on another day: of a case that has one, of another side of a boundary."""
    latest = max(0, (now - deliver_by).days)
    for cell in cells(table, "days_late"):
        assert isinstance(cell.condition, Interval)
        low, high = cell.condition.low, cell.condition.high
        if low is not None and low > latest:
            continue
        late = latest if high is None else min(latest, high)
        changes: dict[str, Fact] = {"tracking": "DELIVERED", "proof_of_shipment": True}
        outputs = with_changed(table, inputs, {**changes, "days_late": max(0, late)})
        # In time is all before the deadline's first full day: days_late counts whole days.
        since = "" if low is None or low <= 0 else _day(deliver_by, low)
        before = "" if high is None or high >= latest else _day(deliver_by, high + 1)
        yield Alternative("delivered", _outcome(outputs), (), since, before)


def _undelivered(
    table: CompiledTable, inputs: Mapping[str, Fact], deliver_by: datetime
) -> Iterator[Alternative]:
    """Nothing delivered by a later day."""
    late = inputs["days_late"]
    if inputs["tracking"] == "DELIVERED" or not isinstance(late, int):
        return
    for cell in cells(table, "days_late"):
        assert isinstance(cell.condition, Interval)
        low = cell.condition.low
        if low is not None and low > late:
            outputs = with_changed(table, inputs, {"days_late": low})
            yield Alternative("undelivered", _outcome(outputs), (), _day(deliver_by, low))


def _valued(
    table: CompiledTable,
    inputs: Mapping[str, Fact],
    column: str,
    leave_out: tuple[Value, ...] = (),
) -> Iterator[Alternative]:
    for cell in cells(table, column):
        value = cell.example
        if value == inputs[column] or value in leave_out or not isinstance(value, (str, bool)):
            continue
        changes: dict[str, Fact] = {column: value}
        if value in SCANS:
            changes["proof_of_shipment"] = True
        yield Alternative(column, _outcome(with_changed(table, inputs, changes)), (value,))


def _joined(found: list[Alternative]) -> list[Alternative]:
    """Neighbours that come to the same, said at once."""
    joined: list[Alternative] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or (last.fact, last.outcome) != (one.fact, one.outcome):
            joined.append(one)
        elif one.fact == "delivered":
            joined[-1] = Alternative("delivered", one.outcome, (), last.since, one.before)
        elif one.fact != "undelivered":
            joined[-1] = Alternative(one.fact, one.outcome, (*last.values, *one.values))
    return joined


def _outcome(outputs: Mapping[str, Value]) -> Outcome:
    """What a ruling comes to; who may make it is another question."""
    percent = outputs["refund_percent"]
    if not percent:
        return {"refund_percent": 0}
    return {
        "refund_percent": percent,
        "borne_by": outputs["borne_by"],
        "return_needed": outputs["return_needed"],
    }


def _day(deliver_by: datetime, days: int) -> str:
    return (deliver_by + days * DAY).isoformat()


def sentences(book: Rulebook, found: Iterable[Alternative]) -> list[str]:
    """Each alternative as a sentence in the reader's language and zone."""
    return [_sentence(book, one) for one in found]


def stored_sentences(
    trace: Mapping[str, Any] | None,
    stored: Sequence[Mapping[str, Any]],
    deliver_by: datetime,
    decided_at: datetime,
) -> list[str]:
    """What would have changed a decision: as stored with it, or from its trace if by rule."""
    if not trace or trace["table"] != "ruling":
        return []
    rules = rulebook(trace["version"])
    if stored:
        return sentences(rules, map(Alternative.from_json, stored))
    inputs = Trace.from_json(trace).inputs
    return sentences(rules, alternatives(rules, inputs, deliver_by, decided_at))


def _sentence(book: Rulebook, one: Alternative) -> str:
    schema, speaker = book.tables["ruling"].schema, book.speaker(_)
    kept = {"return_needed": False, "decided_by": "STAFF", "borne_by": "SELLER", **one.outcome}
    shown = [c for c in schema.outputs if c.name != "decided_by"]
    outcome = speaker.outputs(replace(schema, outputs=tuple(shown)), kept)
    return _supposing(speaker, schema, one) % {"outcome": outcome}


def _supposing(speaker: Speaker, schema: TableSchema, one: Alternative) -> str:
    dates = {"since": _date(one.since), "before": _date(one.before), "outcome": "%(outcome)s"}
    if one.fact == "delivered" and one.since and one.before:
        return _("With a delivery scan from %(since)s to before %(before)s: %(outcome)s.") % dates
    if one.fact == "delivered" and one.before:
        return _("With a delivery scan before %(before)s: %(outcome)s.") % dates
    if one.fact == "delivered" and one.since:
        return _("With a delivery scan on or after %(since)s: %(outcome)s.") % dates
    if one.fact == "delivered":
        return _("With a delivery scan: %(outcome)s.")
    if one.fact == "undelivered":
        return _("Still undelivered on %(since)s: %(outcome)s.") % dates
    column = next(c for c in schema.inputs if c.name == one.fact)
    what = speaker.condition(column, Choice(one.values))
    return _("If it were “%(what)s”: %(outcome)s.") % {**dates, "what": what}


def _date(written: str) -> str:
    if not written:
        return ""
    return formats.date_format(timezone.localtime(datetime.fromisoformat(written)), "DATE_FORMAT")
