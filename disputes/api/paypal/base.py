"""What the views of PayPal's resource share: its keys, its bodies, its refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient, User
from backoffice.accounts.queries import staff_actor
from backoffice.common.actors import Actor
from backoffice.common.api.fields import StrictSerializer, refuse
from backoffice.common.api.idempotency import HEADER
from backoffice.common.api.parsers import StrictJSONParser
from backoffice.common.api.views import ApiView
from backoffice.common.errors import DomainError, Forbidden, NotFound
from disputes.api.callers import check_sees, scopes_for, seen_by, sides, whose_turn
from disputes.api.paypal import errors
from disputes.api.paypal.errors import PARTY, REQUEST_ID
from disputes.api.paypal.files import Kept, Looked, keep, look_at
from disputes.api.paypal.links import Reader
from disputes.api.paypal.parsing import FormParser, Sent, read
from disputes.lifecycle import Verb
from disputes.queries import snapshots
from disputes.queries.cases import Parties, parties
from disputes.service.act import Acted, act
from disputes.verbs.transition import Transition, require

Handler = Callable[[Exception, dict[str, Any]], Response]


class PayPalView(ApiView):
    """A view whose addresses, bodies and answers are PayPal's. Our own OpenAPI tells none of it."""

    schema = None
    idempotency_headers: ClassVar[Sequence[str]] = (REQUEST_ID, HEADER)
    parser_classes = [StrictJSONParser, FormParser]

    def get_exception_handler(self) -> Handler:
        """PayPal's error shape."""
        return errors.exception_handler

    def reader(self) -> Reader:
        """Who asks."""
        client = client_of(self.request)
        side = seen_by(client, self.request.headers.get(PARTY), PARTY)
        kinds = sides(client) & {side} if side else sides(client)
        return Reader(self.request, kinds, timezone.now(), simulated_staff(client), side)


class Elsewhere(PayPalView):
    """Whatever else is asked for beneath these addresses: it is not there."""

    permission_classes = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises NotFound, whoever asks and however."""
        raise NotFound("There is no such address.")


class UsesVerb(PayPalView):
    """A view that uses a verb on a case."""

    verb: ClassVar[Verb]
    function: ClassVar[Callable[..., Transition]]
    body: ClassVar[type[StrictSerializer]]
    # The member that a body which is a list stands for.
    whole: ClassVar[str] = ""
    # How PayPal calls the fields that the verb names.
    names: ClassVar[Mapping[str, str]] = {}
    # Whether the verb has a use for files.
    takes_files: ClassVar[bool] = False
    sent: Sent
    looked: tuple[Looked, ...]
    # A call is in time if it arrived in time, however long its files are looked at.
    arrived_at: datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Read what was sent, and look at its files: that takes time, so no transaction waits."""
        super().initial(request, *args, **kwargs)
        if request.method in ("POST", "PATCH") and request.method in self.allowed_methods:
            self.arrived_at = timezone.now()
            check_sees(client_of(request), parties(kwargs["dispute_id"]))
            self.sent = read(request, self.body, self.whole)
            if self.sent.files and not self.takes_files:
                refuse(self.sent.files[0][0], "No file goes with this.", "unknown_field")
            self.looked = look_at(self.sent.files)

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """What the verb is told, from what was sent."""
        return data

    def actor(self, client: ApiClient, both: Parties) -> Actor:
        """The side that the key acts for in this case."""
        return whose_turn(self.verb, client, both, self.request.headers.get(PARTY), PARTY)

    def use(self, dispute_id: str) -> Response | None:
        """Use the verb. The answer, if it is a refusal that must be committed with a lapse."""
        now = self.arrived_at
        actor = self.actor(client_of(self.request), parties(dispute_id))
        if self.looked:
            self._check_worth_keeping(dispute_id, actor, now)
        params = self.params(self.sent.data, keep(dispute_id, self.looked, actor, now))
        try:
            acted = act(type(self).function, dispute_id, actor, now, **params)
        except DomainError as error:
            raise self.renamed(error) from error
        if acted.refusal:
            return self._lapsed(acted, acted.refusal)
        self.also(dispute_id, actor, now)
        return None

    def _check_worth_keeping(self, dispute_id: str, actor: Actor, now: datetime) -> None:
        """Raises what the verb will raise for the case's state, before files are put anywhere:

        a transaction takes back rows, not bytes.
        """
        case = snapshots.peek(dispute_id)
        if not case.due(now):
            require(case, self.verb, actor, now)

    def also(self, dispute_id: str, actor: Actor, now: datetime) -> None:
        """What goes with the verb, in the same transaction."""

    def renamed(self, error: DomainError) -> DomainError:
        """The refusal with PayPal's name of the field at fault; files are called by their part."""
        if error.field == "files" and self.sent.files:
            error.field = self.sent.files[0][0]
        elif error.field:
            first, dot, rest = error.field.partition(".")
            error.field = self.names.get(first, first) + dot + rest
        return error

    def _lapsed(self, acted: Acted, refusal: DomainError) -> Response:
        """The deadline had passed, so the case lapsed first. That stands: the refusal is an answer,

        not an exception, and is committed with it.
        """
        problem = self.renamed(refusal).to_problem()
        status = snapshots.peek(acted.public_id).whereabouts["status"]
        problem["detail"] += f" The time was over: the case lapsed first and is now {status}."
        return errors.answer(problem, self.request)


class VerbView(UsesVerb):
    """A verb as POST. The answer leads back to the case."""

    @property
    def scopes(self) -> dict[str, tuple[Scope, ...]]:
        """Those of the sides that the verb is for."""
        return {"POST": scopes_for(self.verb)}

    def post(self, request: Request, dispute_id: str) -> Response:
        """Use the verb."""
        refused = self.use(dispute_id)
        link = self.reader().link("self", "paypal:dispute", dispute_id)
        return refused or Response({"links": [link]})


class SimulationView(VerbView):
    """What PayPal's sandbox lets a caller do in the arbiter's place."""

    scopes = {"POST": (Scope.DISPUTES_SIMULATE,)}

    def actor(self, client: ApiClient, both: Parties) -> Actor:
        """The member of staff named for it. Raises Forbidden where nobody is."""
        actor = simulated_staff(client)
        if actor is None:
            raise Forbidden(
                "Staff are not simulated here: SIMULATED_ADJUDICATOR names nobody of them.",
                code="simulation_off",
            )
        return actor


def simulated_staff(client: ApiClient) -> Actor | None:
    """As whom of staff `client` may act, within that person's permissions; None: as nobody."""
    if not settings.SIMULATED_ADJUDICATOR or not client.may(Scope.DISPUTES_SIMULATE):
        return None
    email = settings.SIMULATED_ADJUDICATOR.lower()
    user = User.objects.filter(email=email, is_staff=True, is_active=True).first()
    return replace(staff_actor(user), via=client.name) if user else None
