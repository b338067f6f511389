"""Reading a chain, as it was sealed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.audit.models import Event
from backoffice.audit.queries import chain
from backoffice.audit.serializers import EventSerializer
from backoffice.common.api.views import ApiView
from backoffice.common.errors import Forbidden, NotFound


@extend_schema(tags=["audit"], summary="Read a chain")
class ChainView(ApiView, ListAPIView[Event]):
    """One subject's events, oldest first, with all that a verifier needs (docs/audit.md)."""

    scopes = {"GET": Scope.AUDIT_READ}
    keyset = ("seq",)
    serializer_class = EventSerializer
    queryset = Event.objects.all()

    def get_queryset(self) -> Any:
        """The chain named by the address. Raises NotFound where there is none."""
        client = self.request.auth
        if isinstance(client, ApiClient) and client.seller_ref:
            # A chain tells of both parties and of staff: no seller's program reads it whole.
            raise Forbidden("A seller's client reads no audit chains.", code="seller_client")
        events = chain(self.kwargs["subject_kind"], self.kwargs["subject_id"])
        if not events.exists():
            raise NotFound("Nothing has happened to such a subject.")
        return events
