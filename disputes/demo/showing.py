"""Photos that the invented people send: drawn when they are sent, and stored as real ones are."""

from __future__ import annotations

from datetime import datetime
from random import Random

from backoffice.common.actors import Actor, ActorKind
from backoffice.files.models import StoredFile
from backoffice.files.service import store
from disputes.demo.photos import Harm, packed, received
from disputes.queries.known import Snapshot, ruling_reason

HARMS = {
    "DAMAGED": (Harm.CRACKED, Harm.CRUSHED, Harm.STAINED),
    "DIFFERENT": (Harm.DIFFERENT,),
    "COUNTERFEIT": (Harm.SCRATCHED,),
    "OTHER": (Harm.SCRATCHED, Harm.STAINED),
}
# One buyer in so many sends a photo that another sent before him.
RECYCLED = 8


class Camera:
    """Takes photos until `film` are taken: drawing one takes half a second."""

    def __init__(self, dice: Random, film: int) -> None:
        self.dice, self.film = dice, film
        self.taken: list[tuple[str, bytes]] = []

    def photos(
        self, case: Snapshot, title: str, actor: Actor, now: datetime
    ) -> tuple[StoredFile, ...]:
        """One of the thing as it came, from the buyer; one of the parcel, from the seller."""
        reason = ruling_reason(case.reason, case.sub_reason)
        if not self.film or reason == "NOT_RECEIVED":
            return ()
        self.film -= 1
        seed = case.id
        if actor.kind == ActorKind.SELLER:
            return (store(case.public_id, packed(seed), "packed.jpg", actor, now),)
        name, content = f"IMG_{4000 + seed:04}.jpg", self._taken(case, title, reason)
        return (store(case.public_id, content, name, actor, now),)

    def came_back(
        self, case: Snapshot, title: str, actor: Actor, now: datetime
    ) -> tuple[StoredFile, ...]:
        """The thing as it came back used, from a seller who keeps part of the money for it."""
        content = received(title, case.id, Harm.SCRATCHED, boxed=False)
        return (store(case.public_id, content, f"IMG_{6000 + case.id:04}.jpg", actor, now),)

    def _taken(self, case: Snapshot, title: str, reason: str) -> bytes:
        others = [photo for public_id, photo in self.taken if public_id != case.public_id]
        if others and len(self.taken) % RECYCLED == RECYCLED - 1:
            content = others[0]
        else:
            harms = HARMS.get(reason, (Harm.NONE,))
            content = received(title, case.id, self.dice.choice(harms), boxed=reason not in HARMS)
        self.taken.append((case.public_id, content))
        return content
