from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from backoffice.audit.chain import GENESIS, event_hash
from backoffice.audit.models import Event
from backoffice.audit.queries import chain, heads_of
from backoffice.audit.service import Head, NewEvent, append
from tests.audit.chains import AT, KIND, STAFF, event, make_chains

pytestmark = pytest.mark.django_db


def test_append_seals_each_event_to_the_one_before() -> None:
    append([event("a", n=1), event("b", n=1), event("a", n=2)])
    first, second = chain(KIND, "a")
    assert (first.seq, first.previous_hash) == (1, GENESIS)
    assert (second.seq, second.previous_hash) == (2, first.hash)


def test_append_answers_the_new_heads() -> None:
    heads = append([event("a"), event("b"), event("a")])
    assert {key: head.length for key, head in heads.items()} == {(KIND, "a"): 2, (KIND, "b"): 1}
    assert heads_of([(KIND, "a")]) == {(KIND, "a"): (2, heads[KIND, "a"].hash)}


def test_append_goes_on_from_heads_that_the_caller_holds() -> None:
    heads = append([event("a")])
    append([event("a")], heads)
    append([event("a")])
    assert [e.seq for e in chain(KIND, "a")] == [1, 2, 3]


def test_append_from_an_old_head_is_refused() -> None:
    append([event("a")])
    with pytest.raises(IntegrityError):
        append([event("a")], {(KIND, "a"): Head()})


def test_append_refuses_an_action_that_nobody_declared() -> None:
    with pytest.raises(LookupError, match="is in no app's"):
        append([event("a", "a.b")])
    assert not Event.objects.exists()


def test_one_moment_has_one_hash_in_every_zone() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    append([NewEvent(KIND, "a", "api_client.revoked", STAFF, elsewhere, {})])
    read = chain(KIND, "a").get()
    assert read.hash == event_hash(
        KIND, "a", 1, read.action, read.actor, read.at, read.data, GENESIS
    )


def test_reading_the_heads_of_many_chains_is_one_query(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    make_chains(a=3, b=1, c=2)
    with django_assert_num_queries(1):  # type: ignore[operator]
        heads = heads_of((KIND, ref) for ref in "abcd")
    assert {ref: length for (_, ref), (length, _) in heads.items()} == {"a": 3, "b": 1, "c": 2}


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_events(statement: str) -> None:
    make_chains(a=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.postgres
def test_the_database_refuses_to_truncate_events() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE audit_event")
