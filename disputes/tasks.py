"""Celery's doors onto the sweeps. A message is only a hint: losing the broker costs one tick."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from disputes import sweeps
from disputes.reconciliation import report_loose_ends


@shared_task(name="disputes.sweep_cases")
def sweep_cases() -> None:
    """Let due cases lapse."""
    sweeps.sweep_cases(timezone.now(), settings.SWEEP_BATCH)


@shared_task(name="disputes.follow_facts")
def follow_facts() -> None:
    """Let open cases learn of new facts."""
    sweeps.follow_facts(timezone.now(), settings.SWEEP_BATCH)


@shared_task(name="disputes.reconcile")
def reconcile() -> None:
    """Look for what must never be, and raise the alarm."""
    report_loose_ends(timezone.now())
