"""Celery's door onto the delivery watch. A message is only a hint: losing it costs one tick."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backoffice.orders import sweeps


@shared_task(name="orders.watch_deliveries")
def watch_deliveries() -> None:
    """Look for orders whose promise has passed."""
    sweeps.watch_deliveries(timezone.now(), settings.SWEEP_BATCH)
