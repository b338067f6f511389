"""What must hold of more time, asked for and given, after every step of a walk."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from backoffice.common.actors import ActorKind
from backoffice.rulebook.engine.book import Rulebook
from disputes.lifecycle import PLACES, TABLE, State, Verb
from tests.disputes.walked import Row, Walked, moment

BUYER, SELLER = ActorKind.BUYER, ActorKind.SELLER
OTHER = {BUYER: SELLER, SELLER: BUYER}


class Asked(NamedTuple):
    """Who asked for how many hours, and when."""

    by: ActorKind
    hours: int
    at: datetime


class Extensions:
    """What the chains tell of more time; it has to be what the cases' columns say."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._asked: dict[str, Asked] = {}
        self.agreed = 0

    def met(self, case: Row, action: str, kind: str, at: datetime, data: dict[str, Any]) -> None:
        """Take in the next event of a case's chain; it left the case where it stands."""
        subject = case["public_id"]
        if action == "case.extension_asked":
            self._asked[subject] = Asked(ActorKind(kind), data["hours"], at)
        if action == "case.deadline_extended":
            asked = self._asked.pop(subject, None)
            if kind in OTHER and case["state"] == State.NEGOTIATION:
                self._agrees(case, ActorKind(kind), data["hours"], asked)

    def _agrees(self, case: Row, giver: ActorKind, hours: int, asked: Asked | None) -> None:
        """Where both are waited for, a side gives no more than the other asked for in this wait."""
        assert asked is not None
        assert (asked.by, asked.at >= moment(case["waiting_since"])) == (OTHER[giver], True)
        assert 0 < hours <= asked.hours
        self.agreed += 1

    def hold(self, seen: Walked) -> None:
        """A request stands from when it was made until it is granted or its wait ends; no longer.

        It stays within the rulebook's longest, with what was given.
        """
        for case in seen.cases:
            asked = self._asked.get(case["public_id"])
            if asked and (not case["due_at"] or asked.at < moment(case["waiting_since"])):
                del self._asked[case["public_id"]]
                asked = None
            by, hours = case["extension_asked_by"], case["extension_asked_hours"]
            assert (by, hours) == ((asked.by, asked.hours) if asked else ("", 0))
            if asked:
                assert case["state"] in TABLE[Verb.ASK_EXTENSION, asked.by]
                assert 0 < hours + case["extended_hours"] <= self._longest(case)

    def _longest(self, case: Row) -> int:
        waiting = str(PLACES[State(case["state"])].waiting)
        return self._book.evaluate("extensions", {"waiting": waiting}).number("longest")
