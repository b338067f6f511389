"""For whom an API client may act in a case, and whose view of it it gets."""

from __future__ import annotations

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Invalid, NotFound
from disputes.lifecycle import TABLE, Verb, may
from disputes.queries.cases import Parties

SCOPES = {ActorKind.BUYER: Scope.DISPUTES_BUYER, ActorKind.SELLER: Scope.DISPUTES_SELLER}
SELLER_ONLY = frozenset({ActorKind.SELLER})


def sides(client: ApiClient) -> frozenset[ActorKind]:
    """For whom it may act by its scopes; a seller's own client for no buyer, whatever they say."""
    held = frozenset(kind for kind, scope in SCOPES.items() if client.may(scope))
    return held & SELLER_ONLY if client.seller_ref else held


def readers(client: ApiClient) -> frozenset[ActorKind]:
    """Whose view it gets: theirs for whom it may act, and both sides' if it only reads."""
    if client.seller_ref:
        return SELLER_ONLY
    return sides(client) or frozenset(SCOPES)


def seen_by(client: ApiClient, asked: str | None, field: str = "as") -> ActorKind | None:
    """The one side whose view is `asked` for in `field`; None: whatever the client sees.

    Raises Invalid.
    """
    if asked is not None and asked not in readers(client):
        raise Invalid(
            "A seller's client sees as its seller only."
            if client.seller_ref
            else "Your key does not act for that side.",
            code="side_not_allowed",
            field=field,
        )
    return ActorKind(asked) if asked else None


def reads_for(client: ApiClient, asked: str | None) -> ActorKind:
    """The side for which `client` says that it has read. Raises Forbidden, Invalid."""
    possible = sorted(sides(client))
    if not possible:
        raise Forbidden("A seller's client acts for no buyer.", code="seller_client")
    if asked is None and len(possible) > 1:
        raise Invalid(
            "Your key may act for both sides: say for whom, BUYER or SELLER.",
            code="side_required",
            field="as",
        )
    return seen_by(client, asked) or possible[0]


def scopes_for(verb: Verb) -> tuple[Scope, ...]:
    """The scopes of which one is needed: those of the sides that the lifecycle lets use `verb`."""
    return tuple(scope for kind, scope in SCOPES.items() if (verb, kind) in TABLE)


def check_sees(client: ApiClient, parties: Parties) -> None:
    """Raises NotFound where the case is another seller's: it must not even be told to exist."""
    if client.seller_ref not in ("", parties.seller):
        raise NotFound("There is no such case.", code="case_not_found")


def actor_for(verb: Verb, client: ApiClient, parties: Parties, asked: str | None) -> Actor:
    """The party that `client` acts for; `asked` is the body's `as`. Raises Forbidden, Invalid."""
    return _actor(_possible(verb, client), verb, client, parties, asked, "as")


def whose_turn(
    verb: Verb, client: ApiClient, parties: Parties, asked: str | None, field: str
) -> Actor:
    """As `actor_for`, where nobody has to say for whom: it is whoever may use `verb` now.

    Where that is both or neither, `asked` is needed, which stands in `field`.
    """
    possible = _possible(verb, client)
    now = [kind for kind in possible if may(verb, kind, parties.state, frozenset())]
    if asked is None and len(now) == 1:
        possible = now
    return _actor(possible, verb, client, parties, asked, field)


def _possible(verb: Verb, client: ApiClient) -> list[ActorKind]:
    possible = [kind for kind in sorted(sides(client)) if (verb, kind) in TABLE]
    if not possible:
        raise Forbidden("A seller's client acts for no buyer.", code="seller_client")
    return possible


def _actor(
    possible: list[ActorKind],
    verb: Verb,
    client: ApiClient,
    parties: Parties,
    asked: str | None,
    field: str,
) -> Actor:
    if asked is None and len(possible) > 1:
        raise Invalid(
            "Your key may act for both sides: say for whom, BUYER or SELLER.",
            code="side_required",
            field=field,
        )
    kind = asked or possible[0]
    if kind not in possible:
        raise Invalid(
            f"With this key {verb} is for {possible[0]}.", code="side_not_allowed", field=field
        )
    ref = parties.buyer if kind == ActorKind.BUYER else parties.seller
    return Actor(ActorKind(kind), ref, via=client.name)
