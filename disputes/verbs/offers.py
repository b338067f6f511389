"""The two sides offer each other an end: make, accept, deny; a counter-offer answers an offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.common.money import Money
from disputes.enums import BorneBy, OfferAnswer, OfferType, Outcome, Party
from disputes.lifecycle import PLACES, State, Verb
from disputes.models import Offer
from disputes.queries.known import OpenOffer, Snapshot, ruling_reason
from disputes.verbs.messages import MAX_LENGTH, message_row, required_text, text_digest
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.returns import open_return
from disputes.verbs.transition import (
    ClosedOffer,
    Happening,
    NewRow,
    Transition,
    closed_offer,
    require,
    updated,
    waits,
)

# Who made the offer -> where the case waits for the other side.
ASKED = {Party.SELLER.value: State.OFFER_TO_BUYER, Party.BUYER.value: State.OFFER_TO_SELLER}
NO_MONEY = OfferType.REPLACEMENT_WITHOUT_REFUND


class OfferChanged(Refused):
    """The offer that was answered is not the one that is open now."""

    code = "offer_changed"


def make_offer(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    offer_type: str,
    amount: Money | None = None,
    note: str = "",
    return_address: str = "",
) -> Transition:
    """Offer the other side `amount` of the claim, in all; it has the rulebook's time to answer.

    Made while the other side's offer is open, it is a counter-offer and answers that. A seller who
    wants the goods back may say where to at once. A seller's first offer is an answer to the claim.
    """
    require(case, Verb.MAKE_OFFER, actor, now)
    kind = _known_type(offer_type)
    minor = _amount(case, kind, amount)
    _check_cap(case)
    note = _text(note, "note")
    address = _address(kind, actor, return_address)
    after = waits(case, ASKED[actor.kind.value], now)
    offer = {
        "by": actor.kind.value,
        "offer_type": kind.value,
        "amount_minor": minor,
        "note": note,
        "return_address": address,
    }
    row = NewRow(Offer, {**offer, "case_id": case.id, "at": now, "due_at": after.due_at})
    data = {
        "offer_type": kind.value,
        "amount": Money(minor, case.currency).to_json(),
        "sha256": text_digest(note) if note else "",
        "address_sha256": text_digest(address) if address else "",
        "due_at": after.due_at,
    }
    action = "case.offer_countered" if case.offer else "case.offer_made"
    step = updated(case, after, actor, now, action, data, rows=(row,))
    return replace(step, offer=closed_offer(case, OfferAnswer.COUNTERED))


def accept_offer(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    note: str = "",
    return_address: str = "",
    offer_id: int | None = None,
) -> Transition:
    """What was offered happens at once: the buyer is paid, or sends the goods back first.

    The seller bears it. A seller who accepts a refund after return may say where the goods go to.
    Raises OfferChanged where another offer than `offer_id` is open now.
    """
    require(case, Verb.ACCEPT_OFFER, actor, now)
    offer = _open(case, offer_id)
    kind = OfferType(offer.offer_type)
    address = offer.return_address or _address(kind, actor, return_address)
    refund = Money(offer.amount_minor, case.currency)
    ruling = Ruling(
        Outcome.ACCEPTED,
        refund_minor=refund.minor,
        borne_by=BorneBy.SELLER.value if refund.minor else "",
    )
    note = _text(note, "note")
    data = {
        "offer_type": kind.value,
        "amount": refund.to_json(),
        "sha256": text_digest(note) if note else "",
    }
    accepted = (Happening("case.offer_accepted", data),)
    rows = _said(case, actor, now, note)
    if kind == OfferType.REFUND_WITH_RETURN:
        step = open_return(case, ruling, actor, now, address=address, first=accepted, rows=rows)
    else:
        step = resolve(case, ruling, actor, now, accepted, rows)
    return replace(step, offer=ClosedOffer(OfferAnswer.ACCEPTED))


def deny_offer(
    case: Snapshot, actor: Actor, now: datetime, *, note: str = "", offer_id: int | None = None
) -> Transition:
    """No to the offer; the two talk on, and either may offer anew or escalate.

    Raises OfferChanged where another offer than `offer_id` is open now.
    """
    require(case, Verb.DENY_OFFER, actor, now)
    _open(case, offer_id)
    after = waits(case, State.NEGOTIATION, now)
    note = _text(note, "note")
    data = {"sha256": text_digest(note) if note else "", "due_at": after.due_at}
    rows = _said(case, actor, now, note)
    step = updated(case, after, actor, now, "case.offer_denied", data, rows=rows)
    return replace(step, offer=ClosedOffer(OfferAnswer.DENIED))


def most_offers(case: Snapshot) -> int:
    """How many offers the case may have in all, by *Offers*."""
    inputs = {"reason": ruling_reason(case.reason, case.sub_reason)}
    return case.book.evaluate("offers", {**inputs}).number("max_offers")


def _open(case: Snapshot, offer_id: int | None) -> OpenOffer:
    assert case.offer is not None, "a case that waits for an offer's answer has an open offer"
    if offer_id not in (None, case.offer.id):
        raise OfferChanged(
            _("Another offer is open now; read it, and answer that."), field="offer_id"
        )
    return case.offer


def _known_type(offer_type: str) -> OfferType:
    if offer_type not in OfferType.values:
        raise Invalid(
            f"{offer_type!r} is not an offer's type; use one of {', '.join(OfferType.values)}.",
            code="unknown_offer_type",
            field="offer_type",
        )
    return OfferType(offer_type)


def _amount(case: Snapshot, kind: OfferType, amount: Money | None) -> int:
    """The offer's amount in minor units: more than nothing and at most what is claimed."""
    if kind == NO_MONEY:
        if amount is not None:
            raise Invalid(
                _("A replacement without refund has no amount; leave it out."),
                code="amount_not_allowed",
                field="offer_amount",
            )
        return 0
    if amount is None:
        raise Invalid(_("Say how much."), code="amount_required", field="offer_amount")
    if amount.currency != case.currency:
        raise Invalid(
            _("The case is in %s.") % case.currency,
            code="currency_mismatch",
            field="offer_amount.currency_code",
        )
    if not 0 < amount.minor <= case.requested_minor:
        raise Invalid(
            _("Offer more than nothing and at most %s.") % case.requested,
            code="amount_out_of_range",
            field="offer_amount",
            extra={"maximum": case.requested.to_json()},
        )
    return amount.minor


def _check_cap(case: Snapshot) -> None:
    most = most_offers(case)
    if case.offers_made >= most:
        raise Refused(
            _("This case has had its %d offers; answer the last one, or escalate.") % most,
            code="too_many_offers",
            extra={"maximum": most},
        )


def _address(kind: OfferType, actor: Actor, address: str) -> str:
    """Where the goods go back to: the seller's word, and only of a refund after return."""
    address = _text(address, "return_address")
    mine = kind == OfferType.REFUND_WITH_RETURN and actor.kind.value == Party.SELLER
    if address and not mine:
        raise Invalid(
            _("Only the seller says where goods go back to, and only for a refund after return."),
            code="address_not_allowed",
            field="return_address",
        )
    return address


def _text(text: str, field: str) -> str:
    return required_text(text, field, MAX_LENGTH) if text.strip() else ""


def _said(case: Snapshot, actor: Actor, now: datetime, note: str) -> tuple[NewRow, ...]:
    """The words that go with an answer, as a message."""
    note = _text(note, "note")
    stage = PLACES[case.state].stage
    return (message_row(case.id, actor, now, note, stage),) if note else ()
