"""One case with all that its parties may see of it, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from backoffice.audit.catalogue import PARTIES
from backoffice.audit.queries import Entry, timeline
from backoffice.common.actors import ActorKind
from backoffice.common.errors import NotFound
from backoffice.files.models import StoredFile
from backoffice.ledger.models import Transfer
from backoffice.ledger.queries import transfers_of
from disputes.enums import Stage
from disputes.models import (
    Appeal,
    Case,
    CaseLine,
    Evidence,
    EvidenceRequest,
    Message,
    MessageFile,
    Offer,
    Return,
)
from disputes.queries import snapshots
from disputes.queries.asked import Asked, evidence_asked, requests_of
from disputes.queries.decided import Proposed, Reasoned, appeals_of, decisions_of, proposal_shown
from disputes.queries.known import OrderFacts
from disputes.queries.masking import Masking, ShownMessage, masking
from disputes.queries.reading import Unread, unread_in
from disputes.queries.settling import offers_of, returns_of
from disputes.queries.waits import Wait, waits

SUBJECT = "case"
# What is told in the very words of a side, which may have written its telephone number there, and
# where the case stood (of an extension: as if they talked still).
QUOTING = {
    "case.extension_asked": Stage.INQUIRY,
    "case.deadline_extended": Stage.INQUIRY,
    "case.return_sent": Stage.CHARGEBACK,
}
# The latest so many are shown (PayPal Disputes v1's limits of a case); the desk shows older ones.
MESSAGES = 1000
EVIDENCE = 100


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case as its parties see it: its rows, the facts a ruling sees, money, history.

    What the sides wrote is as the readers may read it: `masking` has hidden what the rulebook says,
    and whoever adds words of a side here takes them through it. `unread` is what those of the
    readers who are a side have not read.
    """

    case: Case
    lines: list[CaseLine]
    facts: OrderFacts
    messages: list[ShownMessage]
    evidence: list[Evidence]
    requests: list[EvidenceRequest]
    asked: list[Asked]
    decisions: list[Reasoned]
    transfers: list[Transfer]
    timeline: list[Entry]
    unread: Unread
    masking: Masking
    offers: list[Offer]
    returns: list[Return]
    waits: list[Wait]
    proposal: Proposed | None
    appeals: list[Appeal]

    @property
    def decision(self) -> Reasoned | None:
        """The decision in force: on appeal, else the first; None while undecided."""
        return self.decisions[-1] if self.decisions else None


def public_case(public_id: str, readers: frozenset[ActorKind]) -> PublicCase:
    """The case as `readers` may see it. Raises NotFound."""
    related = ("order", "seller", "buyer")
    case = Case.objects.select_related(*related).filter(public_id=public_id).first()
    if case is None:
        raise NotFound("There is no such case.", code="case_not_found")
    mine, known = {"case_id": case.pk}, snapshots.peek(public_id)
    words = masking(known.book, readers, case.order, public_id)
    shown = Evidence.objects.filter(**mine).prefetch_related("with_files__file")
    given = _given(shown.order_by("-id")[:EVIDENCE], words)
    return PublicCase(
        case,
        list(CaseLine.objects.filter(**mine).select_related("line", "case").order_by("id")),
        known.facts,
        _said(case, words),
        given,
        requests_of(case, EVIDENCE),
        evidence_asked(known, given),
        decisions_of(case, known.facts.deliver_by, readers),
        list(transfers_of(public_id)),
        _told(public_id, readers, words),
        unread_in(case.pk, readers & PARTIES),
        words,
        offers_of(case, words),
        returns_of(case, words),
        waits(public_id, known.book.holidays),
        proposal_shown(case, readers),
        appeals_of(case, words),
    )


def _said(case: Case, words: Masking) -> list[ShownMessage]:
    """The latest messages, oldest first, with their files, as the readers may read them."""
    files: defaultdict[int, list[StoredFile]] = defaultdict(list)
    links = MessageFile.objects.filter(message__case_id=case.pk).select_related("file")
    for link in links.order_by("id"):
        files[link.message_id].append(link.file)
    rows = Message.objects.filter(case_id=case.pk).order_by("-id")[:MESSAGES]
    return [words.message(row, files.get(row.pk, ())) for row in rows][::-1]


def _given(rows: QuerySet[Evidence], words: Masking) -> list[Evidence]:
    """Evidence, oldest first, its words as the readers may read them."""
    return [words.evidence(row) for row in list(rows)[::-1]]


def _told(public_id: str, readers: frozenset[ActorKind], words: Masking) -> list[Entry]:
    """What happened, as far as one of `readers` may see it."""
    entries = {e.seq: e for reader in readers for e in timeline(SUBJECT, public_id, reader)}
    return [_as_read(entries[seq], words) for seq in sorted(entries)]


def _as_read(entry: Entry, words: Masking) -> Entry:
    """The entry; where its sentence quotes a side, as the readers may read that."""
    if entry.action not in QUOTING or entry.actor_kind not in PARTIES:
        return entry
    said = words.shown(entry.sentence, entry.actor_kind, QUOTING[entry.action])
    return replace(entry, sentence=said)
