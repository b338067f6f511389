"""Where the clock is both sides', one gives the other only the time that it asked for."""

from __future__ import annotations

from typing import Protocol

from backoffice.audit.catalogue import PARTIES
from backoffice.common.actors import ActorKind
from disputes.lifecycle import TABLE, Verb

# Both sides are waited for here: time given to one is taken from nobody but the other.
BOTH_WAIT = TABLE[Verb.ASK_EXTENSION, ActorKind.BUYER] & TABLE[Verb.ASK_EXTENSION, ActorKind.SELLER]


class Asked(Protocol):
    """Where a case stands, and which side asked for more time ("" if none): a row or a standing."""

    @property
    def state(self) -> str: ...

    @property
    def extension_asked_by(self) -> str: ...


def by_consent(kind: ActorKind, case: Asked) -> bool:
    """Whether more time from this actor is only a yes to what the other side asked for."""
    return kind in PARTIES and case.state in BOTH_WAIT


def may_grant(kind: ActorKind, case: Asked) -> bool:
    """Whether nothing is missing for this actor to give more time, where the table lets him."""
    return not by_consent(kind, case) or case.extension_asked_by in PARTIES - {kind}
