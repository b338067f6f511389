"""GET disputes/{dispute_id}/bundle: the case as a ZIP that proves itself."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.actors import Actor, ActorKind
from disputes.api.base import CaseView
from disputes.api.callers import check_sees, readers, seen_by
from disputes.bundle.making import Order, make_bundle
from disputes.bundle.reading import Reading
from disputes.queries.cases import parties
from disputes.serializers.bodies import SeenBy


class BundleView(CaseView):
    """One case, to keep and to check offline."""

    scopes = {"GET": Scope.DISPUTES_READ}
    filters = SeenBy

    def perform_content_negotiation(self, request: Request, force: bool = True) -> Any:
        """Whatever is accepted: the answer is a ZIP, and a refusal a problem."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        tags=["disputes"],
        summary="Take the evidence bundle",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, dispute_id: str) -> FileResponse:
        """A case file as PDF, photos, the audit chain and a verifier, in a ZIP. What your key may

        not see is left out; the chain holds all the same. Taking it is noted in the audit.
        """
        client = client_of(request)
        check_sees(client, parties(dispute_id))
        reading = reading_of(client, seen_by(client, self.query.get("as")))
        actor = Actor(ActorKind.MARKETPLACE, client.name, via=client.name)
        out = TemporaryFile()  # noqa: SIM115  the response closes it
        make_bundle(Order(dispute_id, reading, actor, timezone.now()), out)
        size = out.tell()
        out.seek(0)
        response = FileResponse(
            out, as_attachment=True, filename=f"{dispute_id}.zip", content_type="application/zip"
        )
        response["Content-Length"] = size
        return response


def reading_of(client: ApiClient, side: ActorKind | None) -> Reading:
    """What of the case `client` may have; the chain whole, if it may read chains by themselves."""
    whole = client.may(Scope.AUDIT_READ) and not client.seller_ref and side is None
    return Reading(frozenset({side}) if side else readers(client), whole_chains=whole)
