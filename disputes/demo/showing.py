"""Photos of the invented marketplace: what people send, drawn when they send it and stored as real

ones are, and what the listing showed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

from backoffice.common.actors import Actor, ActorKind
from backoffice.files.models import StoredFile
from backoffice.files.service import remember_listing, store
from backoffice.orders.service.feed import feed_orders
from disputes.demo.orders import Story
from disputes.demo.photos import Harm, listed, packed, received, saved_from_page
from disputes.queries.known import Snapshot, ruling_reason

HARMS = {
    "DAMAGED": (Harm.CRACKED, Harm.CRUSHED, Harm.STAINED),
    "DIFFERENT": (Harm.DIFFERENT,),
    "COUNTERFEIT": (Harm.SCRATCHED,),
    "OTHER": (Harm.SCRATCHED, Harm.STAINED),
}
# Of so many buyers one sends a photo that another sent before him, and one the listing's own.
ROUND, RECYCLED, SAVED = 8, 7, 5


class ShopWindow:
    """Where the marketplace shows what it sells: files in `folder`, served beneath `address`.

    Drawing takes a quarter of a second: a listing gets its photo once somebody complains of it.
    """

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder

    def show(self, story: Story, line_ref: str, seed: int, now: datetime) -> bytes:
        """Put up the photo of that line, feed the order with its address, and have it known."""
        line = story.line(line_ref)
        name = f"{story.ref}-{line_ref}.jpg"
        self.folder.mkdir(parents=True, exist_ok=True)
        photo = listed(line["title"], seed)
        (self.folder / name).write_bytes(photo)
        line["photo_url"] = f"{self.address}/{name}"
        feed_orders([story.item], now)
        remember_listing(line["photo_url"], photo)
        return photo


class Camera:
    """Takes photos until `film` are taken: drawing one takes half a second."""

    def __init__(self, dice: Random, film: int, window: ShopWindow) -> None:
        self.dice, self.film, self.window = dice, film, window
        self.taken: list[tuple[str, bytes]] = []

    def photos(
        self, case: Snapshot, story: Story, actor: Actor, now: datetime
    ) -> tuple[StoredFile, ...]:
        """One of the thing as it came, from the buyer; one of the parcel, from the seller.

        The buyer's is of the first line he claims, whose listing is then seen beside it.
        """
        reason = ruling_reason(case.reason, case.sub_reason)
        if not self.film or reason == "NOT_RECEIVED":
            return ()
        self.film -= 1
        seed = case.id
        if actor.kind == ActorKind.SELLER:
            return (store(case.public_id, packed(seed), "packed.jpg", actor, now),)
        line_ref = case.lines[0].external_id
        shown = self.window.show(story, line_ref, seed, now)
        content = self._taken(case, story.line(line_ref)["title"], reason, shown)
        name = f"IMG_{4000 + seed:04}.jpg"
        return (store(case.public_id, content, name, actor, now),)

    def came_back(
        self, case: Snapshot, title: str, actor: Actor, now: datetime
    ) -> tuple[StoredFile, ...]:
        """The thing as it came back used, from a seller who keeps part of the money for it."""
        content = received(title, case.id, Harm.SCRATCHED, boxed=False)
        return (store(case.public_id, content, f"DSC_{case.id:04}.jpg", actor, now),)

    def _taken(self, case: Snapshot, title: str, reason: str, shown: bytes) -> bytes:
        others = [photo for public_id, photo in self.taken if public_id != case.public_id]
        turn = len(self.taken) % ROUND
        if others and turn == RECYCLED:
            content = others[-1]
        elif turn == SAVED:
            content = saved_from_page(shown)
        else:
            harms = HARMS.get(reason, (Harm.NONE,))
            content = received(title, case.id, self.dice.choice(harms), boxed=reason not in HARMS)
        self.taken.append((case.public_id, content))
        return content
