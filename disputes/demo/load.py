"""Filling a database with the invented marketplace, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from backoffice.common.errors import Refused
from backoffice.orders.models import Order
from disputes.demo.people import connect, connected
from disputes.demo.showing import ShopWindow
from disputes.demo.world import World
from disputes.reconciliation import report_loose_ends

SEED = 21
ORDERS = 760
FILM = 40  # photos
HOME = "http://127.0.0.1:8000"
Progress = Callable[[datetime], None]


def load(
    key_file: Path,
    now: datetime,
    progress: Progress = lambda tick: None,
    seed: int = SEED,
    orders: int = ORDERS,
    film: int = FILM,
    home: str = HOME,
) -> bool:
    """Load the demo unless it is there; whether it was loaded now.

    `progress` is called with the invented clock. Listings' photos lie beside `key_file`, in the
    folder of static files, and are shown by the desk that is opened at `home`. Raises Refused where
    somebody else's orders are.
    """
    if connected():
        return False
    if Order.objects.exists():
        raise Refused("This database holds other orders; the demo needs one of its own.")
    shown = ShopWindow(f"{home}/static/listings", key_file.parent / "static" / "listings")
    with transaction.atomic():
        for tick in World(seed, orders, now, film, shown).run():
            progress(tick)
        report_loose_ends(now)
        connect(key_file, now)
    return True
