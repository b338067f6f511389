"""What a ruling on appeal may be, seen from the first decision and from what is left to pay."""

from __future__ import annotations

from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from disputes.enums import AppealOutcome
from disputes.queries.known import FirstDecision, Snapshot
from disputes.verbs.line_amounts import before_appeal, most_after_appeal
from disputes.verbs.resolution import Ruling


def check_changed(case: Snapshot, ruling: Ruling, outcome: str) -> None:
    """Raises Invalid where the new ruling is the old one, pays twice, or is no reversal."""
    check_most(case, ruling)
    has, first = had(case), first_decision(case)
    same_lines = ruling.lines is None or ruling.lines == before(case)
    if same_lines and (ruling.refund_minor, ruling.borne_by) == (has, first.borne_by):
        raise Invalid(
            _("That is the decision as it was: uphold it."), code="nothing_changed", field="outcome"
        )
    if outcome == AppealOutcome.REVERSED and bool(ruling.refund_minor) == bool(has):
        raise Invalid(
            _("A reversal turns a refund into none, or none into a refund; this changes it."),
            code="not_a_reversal",
            field="outcome",
        )


def check_most(case: Snapshot, ruling: Ruling) -> None:
    """Raises Invalid where other claims and the marketplace have left less than `ruling` gives,

    in all or of one of the lines.
    """
    most = max(had(case), case.judged.owed.most_minor)
    if ruling.refund_minor > most:
        raise _too_much(Money(most, case.currency), "refund_amount")
    by_line = most_after_appeal(case, before(case))
    for ref, minor in (ruling.lines or {}).items():
        if minor > by_line[ref]:
            raise _too_much(Money(by_line[ref], case.currency), f"lines.{ref}")


def _too_much(most: Money, field: str) -> Invalid:
    return Invalid(
        _("At most %s: the rest was paid elsewhere since.") % most,
        code="amount_out_of_range",
        field=field,
        extra={"maximum": most.to_json()},
    )


def before(case: Snapshot) -> dict[str, int]:
    """What each line has come to before the appeal is decided, in minor units."""
    return before_appeal(case, had(case), first_decision(case).lines)


def had(case: Snapshot) -> int:
    """What the buyer has before the appeal is decided, whoever paid it, in minor units."""
    return case.now.refunded_minor + case.now.credited_minor


def first_decision(case: Snapshot) -> FirstDecision:
    """The decision appealed against."""
    assert case.judged.first is not None, "a case under appeal was decided"
    return case.judged.first
