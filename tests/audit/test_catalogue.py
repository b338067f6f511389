from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from backoffice.audit import catalogue
from backoffice.audit.catalogue import NOBODY, Action, register, sentence
from backoffice.audit.queries import timeline
from backoffice.audit.service import append
from backoffice.common.actors import Actor, ActorKind
from tests.audit.chains import AT, KIND, event

ANN = Actor(ActorKind.STAFF, "7", "Ann").to_json()
STAFF, BUYER = ActorKind.STAFF, ActorKind.BUYER


@pytest.fixture(autouse=True)
def two_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two actions of the tests' own, gone after each test."""
    monkeypatch.setattr(catalogue, "_ACTIONS", dict(catalogue._ACTIONS))
    register(
        Action("test.paid", "{actor} paid {amount:money} on {at:time} for {reason:words}."),
        Action("test.claimed", "{actor} claimed: {reason:words}{sub_reason:words+, }. Well."),
        Action("test.noted", "{actor} noted {what} ({extra:words}).", NOBODY),
    )


def test_a_sentence_shows_money_time_and_words_plainly() -> None:
    data: dict[str, Any] = {
        "amount": {"currency_code": "USD", "value": "12.30"},
        "at": "2026-01-02T03:04:05.678Z",
        "reason": "NOT_RECEIVED",
    }
    with timezone.override("Asia/Shanghai"):
        text = sentence("test.paid", ANN, data, STAFF)
    assert text == "Ann paid 12.30 USD on 2 Jan 2026, 11:04 UTC+8 for not received."


def test_a_missing_field_is_a_dash_and_an_empty_one_is_gone() -> None:
    assert sentence("test.noted", ANN, {"extra": ""}, STAFF) == "Ann noted – ()."


@pytest.mark.parametrize(
    ("sub_reason", "said"),
    [("COUNTERFEIT", "damaged, counterfeit"), ("", "damaged"), (None, "damaged, –")],
)
def test_what_stands_before_a_field_goes_with_it(sub_reason: str | None, said: str) -> None:
    data = {"reason": "DAMAGED", "sub_reason": sub_reason}
    assert sentence("test.claimed", ANN, data, STAFF) == f"Ann claimed: {said}. Well."


@pytest.mark.parametrize(
    ("reader", "name"), [(BUYER, "Staff"), (ActorKind.SELLER, "Staff"), (STAFF, "Ann")]
)
def test_parties_do_not_learn_the_names_of_staff(reader: ActorKind, name: str) -> None:
    assert catalogue.actor_name(ANN, reader) == name


def test_sentences_follow_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert sentence("test.paid", ANN, {}, STAFF)


def test_an_action_declared_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"test\.paid is declared twice"):
        register(Action("test.paid", "something else"))


@pytest.mark.django_db
def test_a_timeline_shows_each_reader_their_part() -> None:
    append([event("a", "test.paid"), event("a", "test.noted"), event("b", "test.paid")])
    seen = {kind: [e.action for e in timeline(KIND, "a", kind)] for kind in (BUYER, STAFF)}
    assert seen == {BUYER: ["test.paid"], STAFF: ["test.paid", "test.noted"]}
    assert timeline(KIND, "a", STAFF)[0].at == AT
