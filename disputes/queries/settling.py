"""A case's offers and returns, for pages and the API."""

from __future__ import annotations

from disputes.models import Case, Offer, Return
from disputes.queries.masking import Masking


def offers_of(case: Case, words: Masking | None = None) -> list[Offer]:
    """The case's offers, oldest first, their words as `words` lets the readers read them.

    One statement.
    """
    found = list(Offer.objects.filter(case_id=case.pk).order_by("id"))
    for offer in found:
        offer.case = case
    return [words.offer(offer) for offer in found] if words else found


def returns_of(case: Case, words: Masking | None = None) -> list[Return]:
    """The case's returns, oldest first, their words likewise. One statement."""
    found = list(Return.objects.filter(case_id=case.pk).order_by("id"))
    for back in found:
        back.case = case
    return [words.goods_back(back) for back in found] if words else found
