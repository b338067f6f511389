"""A refund ruled line by line: by percent or by amount, to the last minor unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from disputes.queries.known import Snapshot


@dataclass(frozen=True, slots=True)
class LineAward:
    """What one claimed line gets: a percent of what is claimed for it, or an amount."""

    percent: int | None = None
    amount: Money | None = None


def by_line(case: Snapshot, awards: Mapping[str, LineAward]) -> dict[str, int]:
    """Minor units by the order's name for the line; a line not named gets nothing.

    The percents together are rounded once, half up, and shared by largest remainder: so 50% of
    each of three lines is 50% of all. Raises Invalid naming the line.
    """
    claimed = {line.external_id: line.requested_minor for line in case.lines}
    for ref, award in awards.items():
        _check(case, ref, award, claimed)
    shares = {ref: award.amount.minor for ref, award in awards.items() if award.amount is not None}
    weights = {ref: claimed[ref] * (a.percent or 0) for ref, a in awards.items() if not a.amount}
    total = (sum(weights.values()) * 2 + 100) // 200
    if total:
        parts = Money(total, case.currency).split(list(weights.values()))
        shares |= {ref: part.minor for ref, part in zip(weights, parts, strict=True)}
    return {ref: shares.get(ref, 0) for ref in claimed}


def before_appeal(case: Snapshot, had: int, first: dict[str, int] | None) -> dict[str, int]:
    """What each line has come to before an appeal is decided, `had` in all.

    As the `first` decision ruled by line, where that is what it came to; else by what is claimed.
    """
    if first and sum(first.values()) == had:
        return {line.external_id: first.get(line.external_id, 0) for line in case.lines}
    return _shared(case, had, {line.external_id: line.requested_minor for line in case.lines})


def most_after_appeal(case: Snapshot, before: dict[str, int]) -> dict[str, int]:
    """The most that each line may come to: what is left of it, and never less than it has."""
    left = case.judged.owed.by_line
    lines = case.lines
    return {
        line.external_id: max(before[line.external_id], left.get(line.line_id, 0)) for line in lines
    }


def after_appeal(
    case: Snapshot, total: int, before: dict[str, int], ruled: dict[str, int] | None
) -> dict[str, int]:
    """What each line has come to after an appeal, `total` in all where it was `before`.

    As the appeal ruled by line (`ruled`), where that is what it came to. Else each line keeps what
    it had: more is shared by what may still be paid for it, less by what was paid.
    """
    if ruled and sum(ruled.values()) == total:
        return ruled
    had = sum(before.values())
    if total < had:
        return _shared(case, total, before)
    most = most_after_appeal(case, before)
    further = _shared(case, total - had, {ref: most[ref] - minor for ref, minor in before.items()})
    return {ref: minor + further[ref] for ref, minor in before.items()}


def _shared(case: Snapshot, minor: int, weights: dict[str, int]) -> dict[str, int]:
    if not minor:
        return dict.fromkeys(weights, 0)
    parts = Money(minor, case.currency).split(list(weights.values()))
    return {ref: part.minor for ref, part in zip(weights, parts, strict=True)}


def _check(case: Snapshot, ref: str, award: LineAward, claimed: dict[str, int]) -> None:
    field = f"lines.{ref}"
    if ref not in claimed:
        raise Invalid(_("“%s” is not a claimed line.") % ref, code="unknown_line", field=field)
    if (award.percent is None) == (award.amount is None):
        raise Invalid(_("Give a percent or an amount."), code="amount_required", field=field)
    if award.percent is not None and not 0 <= award.percent <= 100:
        raise Invalid(_("From 0 to 100 percent."), code="amount_out_of_range", field=field)
    if award.amount is None:
        return
    if award.amount.currency != case.currency:
        wrong = _("The case is in %s.") % case.currency
        raise Invalid(wrong, code="currency_mismatch", field=field)
    if not 0 <= award.amount.minor <= claimed[ref]:
        most = Money(claimed[ref], case.currency)
        raise Invalid(_("Refund between 0 and %s.") % most, code="amount_out_of_range", field=field)
