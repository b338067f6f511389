"""A case's offers and returns, for pages and the API."""

from __future__ import annotations

from disputes.enums import Party, Stage
from disputes.models import Case, Offer, Return
from disputes.queries.masking import Masking


def offers_of(case: Case, words: Masking | None = None) -> list[Offer]:
    """The case's offers, oldest first, their notes as `words` lets the readers read them.

    (Never saved so.) One statement.
    """
    found = list(Offer.objects.filter(case_id=case.pk).order_by("id"))
    for offer in found:
        offer.case = case
        if words:
            offer.note = words.shown(offer.note, offer.by, Stage.INQUIRY)
    return found


def returns_of(case: Case, words: Masking | None = None) -> list[Return]:
    """The case's returns, oldest first, the seller's notes as `words` lets the readers read them.

    One statement.
    """
    found = list(Return.objects.filter(case_id=case.pk).order_by("id"))
    for back in found:
        back.case = case
        if words:
            back.note = words.shown(back.note, Party.SELLER, Stage.CHARGEBACK)
    return found
