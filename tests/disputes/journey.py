"""A claim on its way through real doors: the API for the sides, the desk for staff, the sweeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backoffice.accounts.enums import Role, Scope
from backoffice.audit.queries import chain
from backoffice.audit.service.verification import Tally, check_chains
from backoffice.ledger.models import Account
from backoffice.ledger.queries import balance
from backoffice.outbox.models import Message
from disputes.models import Case
from disputes.reconciliation import loose_ends, wrong_amounts
from disputes.sweeps import follow_facts, sweep_cases
from tests.disputes.admin.desk import member
from tests.disputes.settling import ADDRESS, NUMBER
from tests.factories import an_order, api_client
from tests.files.photos import a_photo

URL = "/api/v1/disputes"
BROKEN = "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED"


def money(value: str) -> dict[str, str]:
    return {"currency_code": "USD", "value": value}


class Journey:
    """A claim on a cup of `price` (minor units of USD), and what is done about it."""

    def __init__(self, price: int = 10_000, reason: str = BROKEN) -> None:
        self.sides = {
            "BUYER": api_client(Scope.DISPUTES_BUYER),
            "SELLER": api_client(Scope.DISPUTES_SELLER),
        }
        self.order = an_order(prices=[price])
        body = {"order": self.order.external_id, "buyer": "buyer-1", "reason": reason}
        if reason == BROKEN:
            body |= {"sub_reason": "DAMAGED", "note": "The cup came broken."}
        else:
            body |= {"note": "It never came."}
        self.shown = self.sides["BUYER"].post(URL, body).json()
        self.id = self.shown["dispute_id"]

    def does(self, side: str, verb: str, **body: Any) -> Journey:
        """One step of a side."""
        response = self.sides[side].post(f"{URL}/{self.id}/{verb}", body)
        assert response.status_code == 200, response.json()
        self.shown = response.json()
        return self

    def staff(self, role: Role, button: str, **fields: str) -> Journey:
        """A form of the case's page on the desk, as it stands now, sent."""
        desk, before = Client(), self.case
        desk.force_login(member(role))
        seen = {"version": str(before.version), "seen": str(before.chain_length), "confirmed": "1"}
        desk.post(reverse(f"admin:disputes_case_{button}", args=[self.id]), {**seen, **fields})
        assert self.case.version > before.version, f"{role} could not {button}"
        return self.looks()

    def shows(self) -> Journey:
        return self.does(
            "BUYER", "provide-evidence", evidence_type="PROOF_OF_DAMAGE", note="In two pieces."
        )

    def denied(self) -> Journey:
        """Shown and denied: the two may agree."""
        return self.shows().does("SELLER", "deny", reason="AS_DESCRIBED", note="It left whole.")

    def escalated(self) -> Journey:
        return self.denied().does("BUYER", "escalate", note="Please decide.")

    def asked(self, party: str) -> Journey:
        """Staff ask one side for something."""
        ask = {"party": party, "evidence_type": "OTHER", "note": "A photo of the box?"}
        return self.escalated().staff(Role.ADJUDICATOR, "evidence", **ask)

    def decided(self, decision: str) -> Journey:
        """Staff decide: full or none."""
        ruling = {"decision": decision, "borne_by": "SELLER", "reason": "As it stands."}
        return self.escalated().staff(Role.ADJUDICATOR, "adjudicate", **ruling)

    def offers(self, side: str, value: str, kind: str = "REFUND", **more: Any) -> Journey:
        return self.does(side, "make-offer", offer_type=kind, offer_amount=money(value), **more)

    def returning(self, **more: Any) -> Journey:
        """As far as the goods having to go back."""
        self.shows().offers("SELLER", "80.00", "REFUND_WITH_RETURN", **more)
        return self.does("BUYER", "accept-offer")

    def ships(self) -> Journey:
        self.returning(return_address=ADDRESS)
        return self.does("BUYER", "ship-return", carrier="UPS", tracking_number=NUMBER)

    def delivered(self) -> Journey:
        """The carrier brings the return, and the marketplace feeds it."""
        now = timezone.now()
        parcel = {
            "external_id": "back-1",
            "order": self.order.external_id,
            "direction": "RETURN",
            "tracking_number": NUMBER,
            "delivered_at": now.isoformat(),
        }
        return self.fed("shipments", parcel)

    def fed(self, feed: str, item: dict[str, Any]) -> Journey:
        """The marketplace feeds a fact, and the case learns of it."""
        answer = api_client(Scope.FEED_WRITE).post(f"/api/v1/{feed}", {"items": [item]})
        assert answer.json()["items"][0]["errors"] == []
        follow_facts(timezone.now())
        return self.looks()

    def deducts(self, percent: int) -> Journey:
        """The seller shows by photo that it came back used, and keeps part of the money."""
        photo = SimpleUploadedFile("back.jpg", a_photo())
        at = f"{URL}/{self.id}/files"
        sent = self.sides["SELLER"].post(at, {"files": [photo]}, format="multipart").json()
        return self.does(
            "SELLER",
            "acknowledge-return-item",
            acknowledgement_type="DAMAGED",
            note="Scratched.",
            deduction_percent=percent,
            files=[sent["files"][0]["stored"]["id"]],
        )

    def silence(self, days: int = 40) -> Journey:
        """Nobody does anything until the deadline has passed."""
        sweep_cases(timezone.now() + timedelta(days=days))
        return self.looks()

    def looks(self) -> Journey:
        client = api_client(Scope.DISPUTES_READ)
        self.shown = client.get(f"{URL}/{self.id}").json()
        return self

    @property
    def case(self) -> Case:
        return Case.objects.get(public_id=self.id)

    @property
    def stands(self) -> tuple[str, str, str]:
        """Stage, outcome (or what is waited for), and what was paid."""
        waiting = self.shown["waiting"]
        what = waiting["what"] if waiting else self.shown["outcome"]
        stage, paid = self.shown["dispute_life_cycle_stage"], self.shown["refunded_amount"]
        return stage, what, paid["value"]

    def books(self) -> dict[str, int]:
        """The balances; the chains have to verify, and case and ledger to say the same."""
        assert check_chains(Tally()) is None
        assert list(wrong_amounts()) == []
        assert not any(loose_ends(None).values())
        return {a.owner_ref: balance(a) for a in Account.objects.all()}

    @property
    def story(self) -> list[str]:
        """The chain's actions."""
        return [event.action.removeprefix("case.") for event in chain("case", self.id)]

    def told(self) -> list[str]:
        """What the marketplace was told of the case: topics, and the events of updates."""
        rows = Message.objects.filter(subject_id=self.id).order_by("id")
        return [row.data.get("event", row.topic).removeprefix("case.") for row in rows]

    def sentences(self) -> list[str]:
        return [entry["sentence"] for entry in self.shown["timeline"]]

    def said(self) -> list[str]:
        return [message["content"] for message in self.shown["messages"]]
