"""Filing a claim, listing cases, reading one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden
from disputes.api.base import CaseView
from disputes.api.callers import check_sees, readers, seen_by, sides
from disputes.enums import Reason
from disputes.models import Case
from disputes.queries.cases import NEWEST_FIRST, Filters, cases, parties
from disputes.queries.reading import Unread, unread
from disputes.serializers.bodies import DisputeFilters, NewDispute, SeenBy
from disputes.serializers.dispute import DisputeOut, DisputeSummary
from disputes.service.filing import file_claim
from disputes.verbs.filing import Claim

CLAIM = {
    "order": "order-1001",
    "buyer": "buyer-1",
    "reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
    "sub_reason": "DAMAGED",
    "lines": ["1"],
    "requested_amount": {"currency_code": "USD", "value": "20.00"},
    "note": "The cup came broken.",
}


@extend_schema(tags=["disputes"])
class DisputesView(CaseView, ListAPIView[Case]):
    """Cases, newest first. A seller's own client sees that seller's cases only."""

    scopes = {"GET": Scope.DISPUTES_READ, "POST": Scope.DISPUTES_BUYER}
    keyset = NEWEST_FIRST
    unread: dict[int, Unread] = {}
    filters = DisputeFilters
    serializer_class = DisputeSummary

    def get_queryset(self) -> QuerySet[Case]:
        """The cases asked for."""
        wanted = Filters(**self.query)
        own = client_of(self.request).seller_ref
        if own and wanted.seller not in (None, own):
            return Case.objects.none()
        return cases(replace(wanted, seller=own) if own else wanted)

    def paginate_queryset(self, queryset: Any) -> Any:
        """The page's cases, and how many messages of each are unread, in one statement more."""
        page = super().paginate_queryset(queryset)
        whose = readers(client_of(self.request))
        self.unread = unread([case.pk for case in page or []], whose)
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        """With what is unread."""
        return {**super().get_serializer_context(), "unread": self.unread}

    @extend_schema(summary="List disputes")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Cases, newest first. A seller's own client sees that seller's cases only."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="File a claim",
        request=NewDispute,
        responses={201: DisputeOut},
        examples=[OpenApiExample("A broken cup", CLAIM, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """File a buyer's claim. It holds the claimed amount of the seller's money, and the

        seller's time to answer begins. Refused, with the date, before the claim window opens and
        after it has closed.
        """
        client = client_of(request)
        if ActorKind.BUYER not in sides(client):
            raise Forbidden("A seller's client acts for no buyer.", code="seller_client")
        body = NewDispute(data=request.data)
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        claim = Claim(
            Reason(sent["reason"]),
            sent.get("sub_reason", ""),
            tuple(sent.get("lines", ())),
            sent.get("requested_amount"),
            sent.get("note", ""),
        )
        buyer = Actor(ActorKind.BUYER, sent["buyer"], via=client.name)
        dispute_id = file_claim(sent["order"], claim, buyer, timezone.now())
        shown = self.shown(dispute_id, 201)
        shown["Location"] = shown.data["links"][0]["href"]
        return shown


@extend_schema(tags=["disputes"], summary="Read a dispute", responses={200: DisputeOut})
class DisputeView(CaseView):
    """One case with its lines, messages, evidence, decision, money and history."""

    scopes = {"GET": Scope.DISPUTES_READ}
    filters = SeenBy

    def get(self, request: Request, dispute_id: str) -> Response:
        """The case. Another seller's is not found."""
        client = client_of(request)
        check_sees(client, parties(dispute_id))
        return self.shown(dispute_id, side=seen_by(client, self.query.get("as")))
