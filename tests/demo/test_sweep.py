"""`manage.py sweep`, and the same sweep by a real worker on a broker of files."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.common.supervisor import Supervisor
from backoffice.orders.models import Order
from disputes.demo.processes import processes
from disputes.lifecycle import State
from disputes.tasks import sweep_cases
from tests.conftest import ROOT
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db
DAYS_AGO = timedelta(days=6)


def test_sweep_once_does_what_the_tasks_do() -> None:
    by_command, by_task = (a_case(at=timezone.now() - DAYS_AGO) for _ in range(2))
    output = StringIO()
    call_command("sweep", "--once", "--batch", "1", stdout=output)
    by_command.refresh_from_db()
    assert output.getvalue().endswith("cases lapsed: 2\n")
    by_task.refresh_from_db()
    assert (by_command.state, by_command.outcome) == (by_task.state, by_task.outcome)
    sweep_cases()
    by_command.refresh_from_db()
    assert by_command.version == 2


def test_sweep_once_watches_deliveries() -> None:
    now = timezone.now()
    order = an_order(purchased_at=now - timedelta(days=61), watch_due_at=now - timedelta(days=1))
    call_command("sweep", "--once", stdout=StringIO())
    assert Order.objects.get(pk=order.pk).claimable_at is not None


def test_sweep_with_another_now_moves_the_clock() -> None:
    case = a_case()
    later = (case.due_at or timezone.now()) + timedelta(minutes=1)
    call_command("sweep", "--once", "--now", later.isoformat(), stdout=StringIO())
    case.refresh_from_db()
    assert (case.state, case.resolved_at) == (State.RESOLVED_IN_INQUIRY, later)


def test_sweep_refuses_another_now_in_production(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="in production, wait"):
        call_command("sweep", "--once", "--now", "2030-01-01T00:00Z")


@pytest.mark.parametrize("text", ["tomorrow", "2030-01-01T00:00", "2030-13-01T00:00Z"])
def test_sweep_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(CommandError, match="--now"):
        call_command("sweep", "--once", "--now", text)


@pytest.mark.django_db(transaction=True)  # the loop drops connections that have gone stale
def test_sweep_loop_goes_on_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    output, pauses = StringIO(), []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt
        a_case(at=timezone.now() - DAYS_AGO)

    monkeypatch.setattr(time, "sleep", pause)
    call_command("sweep", "--loop", "--seconds", "7", stdout=output)
    assert (pauses, output.getvalue().count("cases lapsed: 1")) == ([7, 7], 1)


def test_demo_refuses_production(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="public"):
        call_command("demo")


BEGIN = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from disputes.tasks import sweep_cases
from tests.factories import a_case
a_case(at=timezone.now() - timedelta(days=6))
sweep_cases.delay()
"""


def test_real_worker_sweeps_over_the_broker_of_files(tmp_path: Path) -> None:
    env = os.environ | {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "BROKER_URL": "",
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
    }
    subprocess.run([sys.executable, "-c", BEGIN], env=env, cwd=ROOT, check=True, timeout=60)
    assert [file.suffix for file in (tmp_path / "broker").iterdir() if file.is_file()] == [".msg"]
    lines: list[str] = []
    supervisor = Supervisor(lambda name, line: lines.append(line))
    (worker,) = (child for child in processes(0) if child.name == "worker")
    with supervisor.running([worker], env):
        end = time.monotonic() + 30
        while state_in(tmp_path) == State.SELLER_TO_ANSWER and time.monotonic() < end:
            supervisor.check()
            time.sleep(0.1)
    assert state_in(tmp_path) == State.RESOLVED_IN_INQUIRY, "\n".join(lines)


def state_in(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "redress.sqlite3", timeout=20)) as database:
        return str(database.execute("SELECT state FROM disputes_case").fetchone()[0])
