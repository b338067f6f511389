"""Talking and offering, many at once: limits hold, and an offer has one answer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from disputes.models import Evidence, Message, Offer
from disputes.service.act import act
from disputes.verbs.evidence import MAX_EVIDENCE, provide_evidence
from disputes.verbs.messages import MAX_MESSAGES, send_message
from disputes.verbs.offers import accept_offer, make_offer
from tests.disputes.settling import offer, usd
from tests.disputes.test_at_once import together, won
from tests.factories import a_case, buyer_of, seller_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_messages_at_once_stop_at_the_limit() -> None:
    case, now = a_case(), timezone.now()
    row = {"author": "BUYER", "author_ref": "buyer-1", "body": "And?", "at": now}
    Message.objects.bulk_create(Message(case=case, **row) for _ in range(MAX_MESSAGES - 3))
    ref, writers = case.public_id, [buyer_of(case), seller_of(case)]
    results = together(
        [lambda i=i: act(send_message, ref, writers[i % 2], now, body="Hm.") for i in range(12)]
    )
    assert (won(results), Message.objects.count()) == (3, MAX_MESSAGES)


def test_evidence_at_once_stops_at_the_limit() -> None:
    case, now = a_case(), timezone.now()
    row = {"party": "SELLER", "evidence_type": "OTHER", "note": "See.", "at": now}
    Evidence.objects.bulk_create(Evidence(case=case, **row) for _ in range(MAX_EVIDENCE - 2))
    ref, seller = case.public_id, seller_of(case)
    given = {"evidence_type": "OTHER", "note": "Look."}
    results = together([lambda: act(provide_evidence, ref, seller, now, **given)] * 8)
    assert (won(results), Evidence.objects.count()) == (2, MAX_EVIDENCE)


def test_an_offer_accepted_and_countered_at_once_has_one_answer() -> None:
    case, now = a_case(), timezone.now()
    offer(case, seller_of(case), 4_000, at=now)
    first, ref, buyer = Offer.objects.get(), case.public_id, buyer_of(case)
    more = {"offer_type": "REFUND", "amount": usd(9_000)}
    verbs = [
        lambda: act(accept_offer, ref, buyer, now, offer_id=first.pk),
        lambda: act(make_offer, ref, buyer, now, **more),
    ]
    results = together([verbs[i % 2] for i in range(12)])
    first.refresh_from_db()
    assert (won(results), first.answer in ("ACCEPTED", "COUNTERED")) == (1, True)
    assert Offer.objects.filter(answer="").count() == (first.answer == "COUNTERED")
