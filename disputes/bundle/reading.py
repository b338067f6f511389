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
    checked without the name.
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

    def tells(self, event: Event) -> bool:
        """Whether the event is told in full, or by its hash alone."""
        if self.whole_chains:
            return True
        action = find(event.action)
        may_see = any(action.seen_by(reader) for reader in self.readers)
        return may_see and event.actor_kind != ActorKind.STAFF


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

    def lines(self, reading: Reading) -> Iterator[bytes]:
        """Its events, a line of JSON each; of those withheld the links alone."""
        events = chain(self.subject_kind, self.subject_id).filter(seq__lte=self.length)
        for event in events.iterator(500):
            if reading.tells(event):
                row = {name: getattr(event, name) for name in SEALED}
            else:
                why = "made by staff" if event.actor_kind == ActorKind.STAFF else "for staff only"
                links = {name: getattr(event, name) for name in ("seq", "previous_hash", "hash")}
                row = {**links, "withheld": why}
            yield canonical_json(row) + b"\n"


def chain_of(subject_kind: str, subject_id: str) -> Chain:
    """The chain as it stands now."""
    last = chain(subject_kind, subject_id).order_by("-seq").values_list("seq", "hash").first()
    length, digest = last or (0, "0" * 64)
    return Chain(subject_kind, subject_id, length, digest)
