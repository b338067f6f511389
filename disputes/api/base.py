"""What the views of cases share: how a case is shown, and how a verb is used on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.common.actors import ActorKind
from backoffice.common.api.problems import problem_response
from backoffice.common.api.views import ApiView
from disputes.api.callers import actor_for, check_sees, readers, scopes_for, sides
from disputes.lifecycle import Verb
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.cases import parties
from disputes.queries.files import brought
from disputes.queries.public import public_case
from disputes.serializers.dispute import DisputeOut
from disputes.service.act import Acted, act
from disputes.verbs.transition import Transition


class CaseView(ApiView, GenericAPIView[Case]):
    """A view of cases."""

    queryset = Case.objects.none()

    def get_serializer_context(self) -> dict[str, Any]:
        """What a case's links depend on: for whom the caller may act, and the time."""
        client = client_of(self.request)
        mine = {"kinds": sides(client), "readers": readers(client), "now": timezone.now()}
        return {**super().get_serializer_context(), **mine}

    def shown(self, dispute_id: str, status: int = 200, side: ActorKind | None = None) -> Response:
        """The case in full, as the caller may see it, or as `side` sees it."""
        whose = frozenset({side}) if side else readers(client_of(self.request))
        found = public_case(dispute_id, whose)
        shown = DisputeOut(found, context=self.get_serializer_context())
        return Response(shown.data, status=status)


class VerbView(CaseView):
    """A verb that a party may use, as POST. Who may, and when, is the lifecycle's to say."""

    verb: ClassVar[Verb]
    function: ClassVar[Callable[..., Transition]]

    @property
    def scopes(self) -> dict[str, tuple[Scope, ...]]:
        """Those of the sides that the verb is for."""
        return {"POST": scopes_for(self.verb)}

    def post(self, request: Request, dispute_id: str) -> Response:
        """Use the verb and show what the case has become."""
        client, sides_of_case = client_of(request), parties(dispute_id)
        check_sees(client, sides_of_case)
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        params = dict(body.validated_data)
        actor = actor_for(self.verb, client, sides_of_case, params.pop("as", None))
        if "files" in params:
            params["files"] = brought(dispute_id, params["files"], actor)
        acted = act(type(self).function, dispute_id, actor, timezone.now(), **params)
        return self._lapsed(acted) if acted.refusal else self.shown(dispute_id, side=actor.kind)

    def _lapsed(self, acted: Acted) -> Response:
        """The deadline had passed, so the case lapsed first. That stands: it must be committed,

        and the refusal is an answer, not an exception.
        """
        assert acted.refusal is not None
        case = snapshots.peek(acted.public_id)
        problem = acted.refusal.to_problem()
        return problem_response(problem | {"lapsed": True, "dispute": case.whereabouts})
