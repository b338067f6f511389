"""What one side may read of the other's words: contact data hidden where the rulebook says so.

Every door that shows a party somebody's words gets them through `Masking` (queries/public.py does
it for the API, the hosted page and PayPal's shapes). What is stored is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backoffice.common.actors import ActorKind
from backoffice.files.models import StoredFile
from backoffice.orders.models import Order
from backoffice.rulebook.engine.book import Rulebook
from disputes.enums import Party, Stage
from disputes.models import Evidence, Message, Offer, Return
from disputes.queries.contacts import Contact, contacts

TABLE = "contact_data"
SHORTEST = 5  # an order called "7" must not open every number with a 7 in it
INSTEAD = {
    Contact.EMAIL: _("[e-mail address hidden]"),
    Contact.PHONE: _("[telephone number hidden]"),
    Contact.LINK: _("[link hidden]"),
}
# The columns in which the sides write, beside a message's.
EVIDENCE_WORDS = ("note", "carrier", "tracking_number")
OFFER_WORDS = ("note", "return_address")
RETURN_WORDS = {
    "note": Party.SELLER,
    "address": Party.SELLER,
    "carrier": Party.BUYER,
    "tracking_number": Party.BUYER,
}


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as a reader sees it; `masked` says that something is hidden from him."""

    id: int
    author: str
    author_ref: str
    at: datetime
    stage: str
    body: str
    masked: bool
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Masking:
    """How a case's words are shown to `readers`.

    A side reads its own words, and staff's, as they are; so do staff everybody's. Where the readers
    are both sides at once, each side's words are as the other may read them. `known` are numbers
    that the case is about, which are never taken for contact data.
    """

    book: Rulebook
    readers: frozenset[ActorKind]
    known: frozenset[str]
    _hidden: dict[str, frozenset[Contact]] = field(default_factory=dict, compare=False)

    def shown(self, text: str, author: str, stage: str) -> str:
        """`text` that `author` (a Party) wrote in `stage`, as the readers may read it."""
        if not self.applies_to(author):
            return text
        return mask(text, self.hidden(stage), self.known)

    def applies_to(self, author: str) -> bool:
        """Whether anything of what `author` wrote could be hidden from these readers."""
        return author != Party.STAFF and any(
            reader not in (author, ActorKind.STAFF) for reader in self.readers
        )

    def hidden(self, stage: str) -> frozenset[Contact]:
        """The kinds of contact data that the rulebook hides of what was written in `stage`."""
        if stage not in self._hidden:
            # A version that was published before there was such a table hides nothing.
            asked = Contact if TABLE in self.book.tables else ()
            self._hidden[stage] = frozenset(
                kind
                for kind in asked
                if self.book.evaluate(TABLE, {"stage": stage, "contact": kind.value}).flag("masked")
            )
        return self._hidden[stage]

    def message(self, row: Message, files: Sequence[StoredFile] = ()) -> ShownMessage:
        """`row` with its `files` as the readers may read it."""
        body = self.shown(row.body, row.author, row.stage)
        kept = (row.pk, row.author, row.author_ref, row.at, row.stage)
        shown = tuple(self.file(file, row.stage) for file in files)
        return ShownMessage(*kept, body, body != row.body, shown)

    def file(self, file: StoredFile, stage: str) -> StoredFile:
        """`file`, its name as the readers may read it. (Never saved so, nor are those below.)

        A name's ending is its bytes' one: "ann@example.jpg" may have been sent as "...com".
        """
        stem, dot, suffix = file.name.rpartition(".")
        ending = ".com" if "@" in stem else ""
        shown = self.shown(stem + ending, file.uploader_kind, stage).removesuffix(ending)
        shown += dot + suffix
        file.nameless = file.nameless or shown != file.name  # one file may come by twice
        file.name = shown
        return file

    def evidence(self, row: Evidence) -> Evidence:
        """`row`, all that its side wrote as the readers may read it: carrier and number, too."""
        for name in EVIDENCE_WORDS:
            setattr(row, name, self.shown(getattr(row, name), row.party, row.stage))
        for link in row.with_files.all():
            self.file(link.file, row.stage)
        return row

    def offer(self, row: Offer) -> Offer:
        """`row`, with its words likewise: an address is shown in full once goods go back there."""
        for name in OFFER_WORDS:
            setattr(row, name, self.shown(getattr(row, name), row.by, Stage.INQUIRY))
        return row

    def goods_back(self, row: Return) -> Return:
        """`row`, with its words likewise."""
        for name, author in RETURN_WORDS.items():
            setattr(row, name, self.shown(getattr(row, name), author, Stage.CHARGEBACK))
        return row


def masking(book: Rulebook, readers: frozenset[ActorKind], order: Order, public_id: str) -> Masking:
    """For the case called `public_id` on `order` (one statement: its parcels' numbers)."""
    numbers = order.shipments.values_list("tracking_number", flat=True)
    known = {public_id, order.external_id, order.purchase_ref, *numbers}
    return Masking(book, readers, frozenset(n for n in known if len(n) >= SHORTEST))


def mask(text: str, kinds: Collection[Contact], known: Collection[str] = ()) -> str:
    """`text` with the contact data of these kinds replaced by words that say what was there."""
    if not kinds:
        return text
    ours = _places(text, known)
    shown, end = [], 0
    for found in contacts(text):
        if found.kind in kinds and not any(a <= found.start and found.end <= b for a, b in ours):
            shown += [text[end : found.start], str(INSTEAD[found.kind])]
            end = found.end
    return "".join([*shown, text[end:]])


def _places(text: str, known: Collection[str]) -> list[tuple[int, int]]:
    """Where the known numbers stand in `text`."""
    places = []
    for number in known:
        start = text.find(number)
        while start >= 0:
            places.append((start, start + len(number)))
            start = text.find(number, start + 1)
    return places
