"""Random walks over every verb, actor and clock move: what must hold after each step, holds.

A walk is one order, the claims on it, and up to sixty steps. A step is a number: with its place in
the walk it seeds what is chosen, so that all choices are equally random, where Hypothesis would
switch half of the rules off; and a failing walk still shrinks to the steps that matter.
"""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from disputes.enums import Reason
from tests.disputes.walking_story import CLAIMS, PLACES, Met, Story

# `make soak` walks 50,000 times. PostgreSQL's tests walk less: each step takes longer there.
WALKS = 50_000 if settings.default.max_examples > 1_000 else 2_000
FEWER = 8
EACH = 250  # walks to a part: a long run shows how far it is
STEPS = 60
ENOUGH = 600  # walks, in which everything was met long before
NUMBERS = 2**24

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]


class Walk(RuleBasedStateMachine):
    """A story whose steps Hypothesis draws, and undone when it ends."""

    @initialize(
        prices=st.lists(st.integers(1, 60_000), min_size=1, max_size=3),
        claim=st.sampled_from(CLAIMS),
        where=st.sampled_from(PLACES),
        length=st.integers(STEPS // 6, STEPS),
    )
    def begin(self, prices: list[int], claim: tuple[Reason, str], where: str, length: int) -> None:
        self.savepoint = transaction.savepoint()
        self.story, self.length = Story(prices, claim, where, Met()), length

    @rule(number=st.integers(0, NUMBERS - 1))
    def step(self, number: int) -> None:
        if self.story.taken == self.length:
            return
        try:
            self.story.step(number)
        except BaseException:
            note("\n".join(self.story.told))
            raise

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)


@pytest.mark.parametrize("part", range(WALKS // EACH))
def test_no_walk_leaves_the_rules(part: int) -> None:
    walks = EACH // (FEWER if connection.vendor == "postgresql" else 1)
    sizes = settings(max_examples=walks, stateful_step_count=STEPS, database=None)
    run_state_machine_as_test(seed(part)(Walk), settings=sizes)


def test_walks_meet_every_entry_of_the_table() -> None:
    chance, met = Random(3), Met()
    for _ in range(ENOUGH):
        savepoint = transaction.savepoint()
        prices = [chance.randint(1, 60_000) for _ in range(chance.randint(1, 3))]
        story = Story(prices, chance.choice(CLAIMS), chance.choice(PLACES), met)
        for _ in range(STEPS):
            story.step(chance.randrange(NUMBERS))
        story.end()
        transaction.savepoint_rollback(savepoint)
        if not met.missing():
            break
    assert met.missing() == []
