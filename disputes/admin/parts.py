"""What a case page shows: each part is worked out when a template asks for it, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext

from backoffice.accounts.queries import staff_actor
from backoffice.audit.models import Event
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from backoffice.rulebook.queries import book
from disputes.admin import present
from disputes.admin.advice import Recommended, recommended
from disputes.admin.beginning import templates
from disputes.admin.doors import reader
from disputes.admin.evidence import Side, sides
from disputes.admin.pictures import listing
from disputes.admin.promise import Drawing, drawing
from disputes.admin.said import Line, lines
from disputes.admin.settling import Decided, Offered, Proposed, decided, offered, proposed
from disputes.admin.viewer import Picture
from disputes.admin.walk import Walk, walk
from disputes.enums import Party
from disputes.lifecycle import Verb, verbs_for
from disputes.models import CaseLine, Return
from disputes.queries import snapshots
from disputes.queries.detail import case_detail, last_sentence, sentence
from disputes.queries.known import OrderFacts, days_late
from disputes.queries.photos import sent_photos
from disputes.queries.reading import unread_in
from disputes.queries.templates import Offered as Begins
from disputes.queries.waits import Waited, waited, waits
from disputes.verbs.holding import holder

TRACES = ("silence", "recommended")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline, with the rules it rests on."""

    at: datetime
    kind: str
    sentence: str
    rules: list[str]


class CasePage:
    """One case as `request` asks to see it."""

    def __init__(self, request: HttpRequest, public_id: str, now: datetime) -> None:
        asked = request.GET
        self.request, self.now = request, now
        self.detail = case_detail(public_id, number(asked.get("before")), asked.get("said", ""))
        self.case = self.detail.case
        self.snapshot = snapshots.peek(public_id)
        self.actor = staff_actor(reader(request))

    @cached_property
    def walk(self) -> Walk:
        """The list the reader walks through."""
        return walk(self.request, self.case, self.now)

    @cached_property
    def row(self) -> present.Row:
        """The headline's words."""
        return present.row(self.case, self.now)

    @property
    def stage(self) -> str:
        """The life-cycle stage, in words."""
        return present.stage(self.case)

    @property
    def held(self) -> bool:
        """Whether somebody has the case now; his lock frees itself."""
        return holder(self.snapshot, self.now) is not None

    @property
    def mine(self) -> bool:
        """Whether the reader has it."""
        return holder(self.snapshot, self.now) == int(self.actor.ref)

    @property
    def may_put_back(self) -> bool:
        """Whether the reader may give the case back to the sweep."""
        return bool(self.case.sweep_error) and self.may(Verb.PUT_BACK)

    @property
    def facts(self) -> OrderFacts:
        """What is known of what the claim is about: the order's goods, or their replacement."""
        return self.snapshot.facts

    @property
    def days_late(self) -> int:
        """Whole days from the delivery deadline to the delivery, or to now."""
        return days_late(self.facts, self.case.resolved_at or self.now)

    @cached_property
    def lines(self) -> list[tuple[CaseLine, Money, Money]]:
        """What is claimed: each line, what is asked for it, and its price."""
        unit = self.case.currency
        return [
            (x, Money(x.requested_minor, unit), Money(x.line.price_minor, unit))
            for x in self.detail.lines
        ]

    @cached_property
    def happened(self) -> list[Entry]:
        """The timeline."""
        return [_entry(event) for event in self.detail.timeline.events]

    @cached_property
    def more_time(self) -> str:
        """The sentence by which a side asks for more time that it has not been given; else ""."""
        if not self.case.extension_asked_by:
            return ""
        return last_sentence(self.case.public_id, "case.extension_asked")

    @cached_property
    def said(self) -> list[Line]:
        """The conversation."""
        talk = self.detail.conversation
        return lines(talk, self.case, self.snapshot, self.detail.staff, self.now)

    @cached_property
    def unread(self) -> int:
        """How many messages staff have not marked as read."""
        return unread_in(self.case.pk, {Party.STAFF})[Party.STAFF]

    @property
    def last_said(self) -> int:
        """The last message that the page shows."""
        said = self.detail.conversation.said
        return max((each.id for each in said if not each.internal), default=0)

    @cached_property
    def templates(self) -> list[Begins]:
        """What a message may begin with."""
        return templates()

    @cached_property
    def sides(self) -> list[Side]:
        """What each side gave and still owes, the buyer first."""
        return sides(self.detail, self.snapshot, self.now)

    @cached_property
    def listing(self) -> list[Picture]:
        """Photos of the item as it was sold."""
        return listing(self.detail.lines, self.request.get_host())

    @cached_property
    def drawing(self) -> Drawing:
        """The order (or a replacement) and its promise on a line of time."""
        return drawing(self.case, self.snapshot.facts, self.detail.scans, self.now)

    @cached_property
    def waited(self) -> Waited:
        """For whom the case has waited and how long, and how long no clock ran."""
        found = waits(self.case.public_id, self.snapshot.book.holidays)
        return waited(found, self.now)

    @property
    def has_photos(self) -> bool:
        """Whether there are photos to look for elsewhere."""
        return any(side.pictures for side in self.sides) or sent_photos(self.case.pk)

    @cached_property
    def transfers(self) -> list[tuple[Transfer, Money]]:
        """The money of the case."""
        return [(t, Money(t.amount_minor, t.currency)) for t in self.detail.transfers]

    @property
    def credited(self) -> Money | None:
        """What the marketplace refunded on its own."""
        minor = self.case.credited_minor
        return Money(minor, self.case.currency) if minor else None

    @cached_property
    def recommended(self) -> Recommended | None:
        """What the rulebook recommends for an open case."""
        return recommended(self.snapshot, self.now) if self.case.due_at else None

    @cached_property
    def decided(self) -> list[Decided]:
        """How the case was decided: first, and on appeal."""
        return [decided(decision, self.detail.staff) for decision in self.detail.decisions]

    @cached_property
    def proposed(self) -> Proposed | None:
        """The decision that waits for approval or comment."""
        proposal = self.detail.proposal
        return proposed(proposal, self.detail.staff) if proposal else None

    @cached_property
    def offers(self) -> list[Offered]:
        """What the sides offered each other, the latest first."""
        return [offered(offer, self.case.currency, self.now) for offer in self.detail.offers]

    @cached_property
    def returns(self) -> list[tuple[Return, Money]]:
        """Goods that go back, and what the buyer gets for them."""
        unit = self.case.currency
        return [(r, Money(r.refund_minor, unit)) for r in self.detail.returns]

    def may(self, verb: Verb) -> bool:
        """Whether the reader may use `verb` now."""
        return verb in verbs_for(self.actor.kind, self.snapshot.state, self.actor.permissions)


def number(text: str | None) -> int | None:
    """A number written in an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None


def _entry(event: Event) -> Entry:
    traces = (event.data.get(name) for name in TRACES)
    rules = [book(t["version"]).explain(t, gettext) for t in traces if t]
    return Entry(event.at, event.actor_kind.lower(), sentence(event), rules)
