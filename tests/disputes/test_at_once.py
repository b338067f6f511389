"""What only PostgreSQL can show: many at once, and processes that die in the middle."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from backoffice.accounts.models import User
from backoffice.audit.models import Event
from backoffice.audit.service.verification import Tally, check_chains
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from backoffice.outbox.models import Message
from bench.fill import NOW, fill
from disputes.models import Case
from disputes.reconciliation import dangling, wrong_amounts
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs import answers, decisions, escalation, withdrawal
from tests.factories import a_case, buyer_of, seller_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DUE = 5_000
ROOT = Path(__file__).resolve().parents[2]
SWEEPER = """
import sys
sys.path.insert(0, {root!r})
import django
django.setup()
from bench.fill import NOW
from disputes.sweeps import sweep_cases
print("begun", flush=True)
sweep_cases(NOW, 50)
"""


def together(work: list[Callable[[], object]]) -> list[object]:
    """Run every piece of work in a thread of its own, all let go at the same instant."""
    gate = Barrier(len(work))

    def one(piece: Callable[[], object]) -> object:
        gate.wait()
        try:
            return piece()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def won(results: list[object]) -> int:
    return sum(not isinstance(r, DomainError) for r in results)


def adjudicator() -> Actor:
    user = User.objects.create_user("ann@example.com", "x", is_staff=True)
    held = frozenset({"disputes.adjudicate_case"})
    return Actor(ActorKind.STAFF, str(user.pk), "Ann", permissions=held)


def test_of_fifty_conflicting_verbs_exactly_one_wins() -> None:
    case, now = a_case(), timezone.now()
    buyer, seller, ref = buyer_of(case), seller_of(case), case.public_id
    verbs = [
        lambda: act(answers.accept_claim, ref, seller, now),
        lambda: act(withdrawal.withdraw, ref, buyer, now),
    ]
    results = together([verbs[i % 2] for i in range(50)])
    assert won(results) == 1
    assert {r.code for r in results if isinstance(r, DomainError)} == {"verb_not_allowed"}
    assert Transfer.objects.exclude(state=TransferState.PENDING).count() == 1


def test_each_step_of_a_case_is_won_once() -> None:
    case, now, ann = a_case(), timezone.now(), adjudicator()
    buyer, seller, ref = buyer_of(case), seller_of(case), case.public_id
    denial = {"reason": "IN_TRANSIT", "note": "It is on its way."}
    ruling = {"refund": Money(100, "USD"), "borne_by": "SELLER", "reason": "Partly."}
    steps = [
        lambda: act(answers.deny, ref, seller, now, **denial),
        lambda: act(escalation.escalate, ref, buyer, now, note="Decide."),
        lambda: act(decisions.adjudicate, ref, ann, now, **ruling),
    ]
    assert [won(together([step] * 17)) for step in steps] == [1, 1, 1]
    assert check_chains(Tally()) is None


@pytest.mark.parametrize("sweepers", [2, 4, 8])
def test_sweeps_at_once_lapse_each_case_once(sweepers: int) -> None:
    fill(1, DUE, NOW - timedelta(days=5, seconds=60))
    reports = together([lambda: sweep_cases(NOW, 100)] * sweepers)
    assert sum(report.done for report in reports) == DUE
    assert_each_lapsed_once(DUE)


def test_killed_sweepers_leave_nothing_half_done() -> None:
    fill(1, DUE, NOW - timedelta(days=5, seconds=60))
    kills = 0
    while kills < 20:
        with sweeper() as process:
            process.stdout.readline()
            time.sleep(random.uniform(0.005, 0.06))
            kills += process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert Case.objects.filter(resolved_at=None).exists(), "kill sooner: the work was done"
    with sweeper() as process:
        process.communicate()
    assert_each_lapsed_once(DUE)


def sweeper() -> subprocess.Popen[str]:
    database = settings.DATABASES["default"]
    place = f"{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
        "DATABASE_URL": f"postgres://{place}/{connection.settings_dict['NAME']}",
    }
    command = [sys.executable, "-c", SWEEPER.format(root=str(ROOT))]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def assert_each_lapsed_once(cases: int) -> None:
    lapses = Event.objects.filter(action="case.lapsed").values_list("subject_id", flat=True)
    assert Counter(Counter(lapses).values()) == {1: cases}
    assert Message.objects.filter(topic="payout.requested").count() == cases
    assert Transfer.objects.filter(state=TransferState.POSTED).count() == cases
    assert check_chains(Tally()) is None
    assert list(problems()) == []


def problems() -> Iterator[str]:
    yield from wrong_amounts()
    yield from dangling()
