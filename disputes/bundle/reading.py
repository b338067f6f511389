"""For whom a bundle is made, and what of the chains he is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from backoffice.audit.catalogue import find
from backoffice.audit.models import Event
from backoffice.audit.queries import chain
from backoffice.common.actors import ActorKind
from backoffice.common.canonical import canonical_json

SEALED = (
    "subject_kind",
    "subject_id",
    "seq",
    "action",
    "actor",
    "at",
    "data",
    "previous_hash",
    "hash",
)

BOTH = gettext_noop("parties")  # as the audit's sentence says it


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose view a bundle gives, and whether he may read chains whole.

    Staff may, and programs with the scope to read audit chains. For others an event is told by its
    hash alone where it is for staff only, or was made by staff: it names them, and a hash cannot be
    checked without the name. So is one with the hash of a text in which contact data is hidden from
    the reader: a telephone number is soon guessed from the hash of a sentence.
    """

    readers: frozenset[ActorKind]
    whole_chains: bool = False

    @property
    def staff(self) -> bool:
        """Whether staff read it: then notes and names are in it, too."""
        return self.readers == STAFF.readers

    @property
    def label(self) -> str:
        """For whom it is, in the manifest's word."""
        return BOTH.upper() if len(self.readers) > 1 else str(*self.readers)

    def withholds(self, event: Event, hidden: frozenset[str]) -> str:
        """Why the event is told by its hash alone; "" if it is told in full.

        `hidden` are the hashes of texts of which the reader sees only a part.
        """
        if self.whole_chains:
            return ""
        if event.actor_kind == ActorKind.STAFF:
            return "made by staff"
        action = find(event.action)
        if not any(action.seen_by(reader) for reader in self.readers):
            return "for staff only"
        texts = {value for value in event.data.values() if isinstance(value, str)}
        return "of a text that is hidden in part" if texts & hidden else ""


STAFF = Reading(frozenset({ActorKind.STAFF}), whole_chains=True)


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain as it stood when the bundle was begun: whose, how long, and its last hash."""

    subject_kind: str
    subject_id: str
    length: int
    hash: str

    @property
    def path(self) -> str:
        """Its place in the bundle. The case's own is the only one of its kind."""
        name = self.subject_kind if self.subject_kind == "case" else self._name
        return f"chains/{name}.jsonl"

    @property
    def _name(self) -> str:
        return f"{self.subject_kind}-{self.subject_id}"

    def lines(self, reading: Reading, hidden: frozenset[str] = frozenset()) -> Iterator[bytes]:
        """Its events, a line of JSON each; of those withheld the links alone."""
        events = chain(self.subject_kind, self.subject_id).filter(seq__lte=self.length)
        for event in events.iterator(500):
            why = reading.withholds(event, hidden)
            names = ("seq", "previous_hash", "hash") if why else SEALED
            row = {name: getattr(event, name) for name in names}
            if why:
                row["withheld"] = why
            yield canonical_json(row) + b"\n"


def chain_of(subject_kind: str, subject_id: str) -> Chain:
    """The chain as it stands now."""
    last = chain(subject_kind, subject_id).order_by("-seq").values_list("seq", "hash").first()
    length, digest = last or (0, "0" * 64)
    return Chain(subject_kind, subject_id, length, digest)
