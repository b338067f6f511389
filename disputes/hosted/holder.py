"""Who acts through a link."""

from __future__ import annotations

from backoffice.common.actors import Actor, ActorKind
from disputes.queries.known import Snapshot
from disputes.service.links import Link

VIA = "hosted page"


def actor_of(link: Link, case: Snapshot) -> Actor:
    """The party whose link it is."""
    ref = case.buyer_ref if link.side == ActorKind.BUYER else case.seller_ref
    return Actor(link.side, ref, via=VIA)
