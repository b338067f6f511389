"""POST disputes/{dispute_id}/read: a side has read. Reading a case by GET marks nothing."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from disputes.api.base import CaseView
from disputes.api.callers import check_sees, reads_for
from disputes.enums import Party
from disputes.queries.cases import parties
from disputes.queries.reading import unread_of
from disputes.serializers.bodies import SIDES, Read
from disputes.service.reading import mark_read


class ReadOut(serializers.Serializer[Any]):
    """How far a side has read."""

    side = serializers.ChoiceField(SIDES)
    read_up_to = serializers.IntegerField(help_text="A message's `id`; 0 while nobody wrote.")
    unread_messages = serializers.IntegerField(help_text="Of the other side's and of staff's.")


class ReadView(CaseView):
    """A side has read."""

    scopes = {"POST": (Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER)}
    serializer_class = Read

    @extend_schema(
        tags=["disputes"],
        summary="Mark messages as read",
        responses={200: ReadOut},
        examples=[OpenApiExample("Up to a message", {"message_id": 7}, request_only=True)],
    )
    def post(self, request: Request, dispute_id: str) -> Response:
        """The side has read the messages, up to `message_id` or all. It never moves back."""
        client = client_of(request)
        check_sees(client, parties(dispute_id))
        body = Read(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        side = Party(reads_for(client, sent.get("as")))
        up_to = mark_read(dispute_id, side, timezone.now(), sent.get("message_id"))
        left = unread_of(dispute_id, side)
        return Response({"side": side, "read_up_to": up_to, "unread_messages": left})
