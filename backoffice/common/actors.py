"""Who acts. Every verb is told its actor; every audit event names one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """The five kinds of party that can cause something."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    STAFF = "STAFF"
    MARKETPLACE = "MARKETPLACE"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Actor:
    """One party: its kind, its id there (a buyer's or seller's external id, a user's id).

    `name` is for reading, `via` tells which API client acted for a buyer or seller, and
    `permissions` are a staff member's Django permissions ("disputes.adjudicate_case").
    """

    kind: ActorKind
    ref: str
    name: str = ""
    via: str = ""
    permissions: frozenset[str] = field(default=frozenset(), compare=False)

    def to_json(self) -> dict[str, str]:
        """The actor as audit events keep it."""
        parts = {"kind": str(self.kind), "ref": self.ref, "name": self.name, "via": self.via}
        return {key: value for key, value in parts.items() if value}


SYSTEM = Actor(ActorKind.SYSTEM, "redress", "Redress")
