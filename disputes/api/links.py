"""Making a link to the hosted page, for a side that has no portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.common.actors import ActorKind
from backoffice.common.api.fields import Moment, StrictSerializer
from backoffice.common.api.views import ApiView
from backoffice.common.errors import Forbidden
from disputes.api.callers import check_sees, sides
from disputes.queries.cases import parties
from disputes.serializers.bodies import SIDES
from disputes.service.links import LONGEST, USUAL, Link, sign, usual_end


class NewLink(StrictSerializer):
    """For whom, and until when."""

    expires_at = Moment(
        required=False,
        help_text=f"At most {LONGEST.days} days from now; else {USUAL.days} days, or as long as the"
        " case now waits if that is longer.",
    )

    def get_fields(self) -> dict[str, Any]:
        """`as` is a word of Python's."""
        return {**super().get_fields(), "as": serializers.ChoiceField(SIDES)}


class HostedLinkOut(serializers.Serializer[Any]):
    """The address to send to that side, and to nobody else: who has it acts as that side."""

    url = serializers.URLField()
    expires_at = serializers.DateTimeField()


class LinksView(ApiView):
    """`POST disputes/{dispute_id}/links`."""

    scopes = {"POST": (Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER)}

    @extend_schema(
        tags=["disputes"],
        operation_id="make_link",
        summary="Make a link to the hosted page",
        request=NewLink,
        responses={201: HostedLinkOut},
        examples=[OpenApiExample("For the seller", {"as": "SELLER"}, request_only=True)],
    )
    def post(self, request: Request, dispute_id: str) -> Response:
        """A signed, expiring address where this side sees its case, writes and answers."""
        client, now = client_of(request), timezone.now()
        check_sees(client, parties(dispute_id))
        body = NewLink(data=request.data)
        body.is_valid(raise_exception=True)
        side = ActorKind(body.validated_data["as"])
        if side not in sides(client):
            raise Forbidden("Your key does not act for that side.", field="as")
        until: datetime = body.validated_data.get("expires_at") or usual_end(dispute_id, now)
        token = sign(Link(dispute_id, side, until), now)
        url = request.build_absolute_uri(reverse("hosted:page", args=[token]))
        return Response(HostedLinkOut({"url": url, "expires_at": until}).data, status=201)
