from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backoffice.audit.models import Event
from backoffice.audit.queries import heads_of
from backoffice.audit.service import verification
from tests.audit.chains import KIND, make_chains, tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only chains are on trial here, without what the apps above have registered."""
    monkeypatch.setattr(verification, "_heads", {})
    monkeypatch.setattr(verification, "_reconciliations", {})


def verify() -> str:
    """What verify_audit says, whichever way it ends."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out)
    except CommandError as exc:
        return str(exc)
    return out.getvalue().strip()


def first_break(text: str) -> str:
    return text.removeprefix("The first broken link is ").removesuffix(".")


def test_whole_chains_hold() -> None:
    make_chains(a=3, b=2)
    assert verify() == "5 events in 2 chains hold; the books agree."


@pytest.mark.parametrize("column", ["data", "actor"])
def test_changed_content_is_found(column: str) -> None:
    make_chains(a=3, b=2)
    tamper(f"""UPDATE audit_event SET {column} = '{{"n": 9}}' WHERE subject_id = 'a' AND seq = 2""")
    assert first_break(verify()) == f"{KIND} a, event 2: its content does not give its hash"


def test_a_changed_time_is_found() -> None:
    make_chains(a=1)
    tamper("UPDATE audit_event SET at = %s", "2026-01-02 03:04:05.678902+00:00")
    assert first_break(verify()) == f"{KIND} a, event 1: its content does not give its hash"


def test_a_changed_actor_column_is_found() -> None:
    make_chains(a=1)
    tamper("UPDATE audit_event SET actor_kind = 'STAFF'")
    assert "event 1: its actor columns differ" in verify()


def test_a_missing_event_is_found() -> None:
    make_chains(a=3)
    tamper("DELETE FROM audit_event WHERE seq = 2")
    assert first_break(verify()) == f"{KIND} a, event 2: it is missing; the next one found is 3"


def test_a_chain_without_its_beginning_is_found() -> None:
    make_chains(a=2)
    tamper("DELETE FROM audit_event WHERE seq = 1")
    assert "a, event 1: it is missing" in verify()


def test_an_event_sealed_anew_breaks_the_next_link() -> None:
    make_chains(a=2)
    event = Event.objects.get(seq=1)
    forged = verification.event_hash(
        KIND, "a", 1, event.action, event.actor, event.at, {"n": 9}, event.previous_hash
    )
    tamper("""UPDATE audit_event SET data = '{"n": 9}', hash = %s WHERE seq = 1""", forged)
    assert "a, event 2: its previous_hash is not" in verify()


def test_the_first_break_is_named_and_no_other() -> None:
    make_chains(a=2, b=2, c=2)
    tamper("UPDATE audit_event SET action = 'x' WHERE subject_id IN ('b', 'c')")
    assert first_break(verify()).startswith(f"{KIND} b, event 1")


def remember(*subjects: str) -> None:
    """Keep the present ends of chains beside them, as cases do."""
    heads = [(ref, *end) for (_, ref), end in heads_of((KIND, s) for s in subjects).items()]
    verification.register_heads(KIND, lambda: heads)


def test_a_tail_cut_off_is_found() -> None:
    make_chains(a=3, b=1)
    remember("a", "b")
    tamper("DELETE FROM audit_event WHERE subject_id = 'a' AND seq = 3")
    assert verify() == f"{KIND} a, event 3: the chain ends before it; it had 3 events"


def test_a_whole_chain_cut_off_is_found() -> None:
    make_chains(a=3, b=1)
    remember("a", "b")
    tamper("DELETE FROM audit_event WHERE subject_id = 'b'")
    assert "b, event 1: the chain ends before it" in verify()


def test_an_event_its_subject_does_not_know_is_found() -> None:
    make_chains(a=1)
    remember("a")
    make_chains(a=1)
    assert "a, event 2: its api_client knows of 1 events only" in verify()


def test_a_chain_without_its_subject_is_found() -> None:
    make_chains(a=1, b=1)
    remember("a")
    assert verify() == f"{KIND}: chains whose {KIND} is gone: 1"


def test_books_that_disagree_are_told() -> None:
    verification.register_reconciliation("the till", lambda: ["3 cents too many"])
    assert verify() == "the till: 3 cents too many"


def test_many_problems_are_counted_not_listed() -> None:
    verification.register_reconciliation("the till", lambda: map(str, range(25)))
    assert verify().splitlines()[20:] == ["... and 5 more"]


def test_verifying_sees_one_moment() -> None:
    """An event written by another connection in the midst of it does not look like a break."""
    make_chains(a=1)
    remember("a")

    with verification.one_moment():
        tally = verification.Tally()
        assert verification.check_chains(tally) is None
        _append_elsewhere()
        assert list(verification.check_heads(tally)) == []


def _append_elsewhere() -> None:
    def work() -> None:
        make_chains(a=1)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
