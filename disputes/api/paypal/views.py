"""The list of disputes, one dispute, and PATCH."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Invalid, Refused
from disputes.api.callers import check_sees, readers, whose_turn
from disputes.api.paypal import bodies
from disputes.api.paypal.base import PayPalView, UsesVerb
from disputes.api.paypal.dispute import in_full, in_list
from disputes.api.paypal.errors import PARTY
from disputes.api.paypal.files import Kept
from disputes.api.paypal.pages import PayPalPages
from disputes.api.paypal.words import stands_as
from disputes.lifecycle import Verb
from disputes.models import Case
from disputes.queries.cases import NEWEST_FIRST, Filters, Parties, cases, parties
from disputes.queries.public import public_case
from disputes.verbs.messages import send_message

CONTACT = "/communication_details"


class DisputesView(PayPalView, GenericAPIView[Case]):
    """`GET /v1/customer/disputes`: newest first. A seller's own client sees its cases only."""

    scopes = {"GET": Scope.DISPUTES_READ}
    keyset = NEWEST_FIRST
    filters = bodies.Filters
    pagination_class = PayPalPages
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        """The cases asked for."""
        client, query, reader = client_of(self.request), self.query, self.reader()
        state = query.get("dispute_state")
        return cases(
            Filters(
                seller=client.seller_ref or None,
                transaction=query.get("disputed_transaction_id"),
                create_time_after=query.get("start_time"),
                update_time_before=query.get("update_time_before"),
                update_time_after=query.get("update_time_after"),
                where=stands_as(state, reader.stands_for, reader.now) if state else None,
            )
        )

    def get(self, request: Request) -> Response:
        """A page of cases."""
        page, reader = self.paginate_queryset(self.get_queryset()) or [], self.reader()
        return self.get_paginated_response([in_list(case, reader) for case in page])


class DisputeView(UsesVerb):
    """`/v1/customer/disputes/{id}`.

    PATCH: the seller tells the buyer where to turn. The two talk in the case here, so his note
    becomes his message.
    """

    scopes = {"GET": Scope.DISPUTES_READ, "PATCH": Scope.DISPUTES_SELLER}
    verb = Verb.SEND_MESSAGE
    function = send_message
    body = bodies.Patch
    whole = "operations"
    names = {"message": "/0/value/note"}

    def get(self, request: Request, dispute_id: str) -> Response:
        """The case. Another seller's is not found."""
        client, reader = client_of(request), self.reader()
        check_sees(client, parties(dispute_id))
        whose = frozenset({reader.side}) if reader.side else readers(client)
        return Response(in_full(public_case(dispute_id, whose), reader))

    def patch(self, request: Request, dispute_id: str) -> Response:
        """Say what the note says; nothing to tell in return."""
        return self.use(dispute_id) or Response(status=204)

    def actor(self, client: ApiClient, both: Parties) -> Actor:
        """The seller, whoever else the key may act for. Raises Invalid where another is named."""
        named = self.request.headers.get(PARTY, ActorKind.SELLER)
        if named != ActorKind.SELLER:
            raise Invalid("Only the seller changes this.", code="side_not_allowed", field=PARTY)
        return whose_turn(self.verb, client, both, named, PARTY)

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """The note of the one step that has a meaning. Raises Unpatchable, ValidationError."""
        return {"body": note_of(data["operations"])}


def note_of(steps: list[dict[str, Any]]) -> str:
    """What a patch says to the buyer. Raises Unpatchable naming the step that cannot be done."""
    for place, step in enumerate(steps):
        if place or step["op"] not in ("add", "replace"):
            raise Unpatchable("Add or replace, in one step.", field=f"/{place}/op")
        if step.get("path") != CONTACT:
            raise Unpatchable(f"Only {CONTACT} can be changed.", field=f"/{place}/path")
    details = bodies.CommunicationDetails(data=steps[0].get("value"))
    if not details.is_valid():
        raise serializers.ValidationError({"0": {"value": details.errors}})
    return str(details.validated_data["note"])


class Unpatchable(Refused):
    """A patch of what cannot be changed from outside: use the verbs."""

    code = "unsupported_patch"
