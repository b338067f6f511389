"""Bench (e): the case page at 10 messages and 2 photos, and at 1,000 messages and 100 photos."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from bench.harness import close_all, median, own_database, seconds, show, use

SMALL, LARGE = (10, 2), (1000, 100)
WANTED = 2.0
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PER_PIECE = 10  # files in a piece of evidence


def main() -> None:
    """Fill two cases through the services, then ask for their pages in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=41)
    rounds = parser.parse_args().rounds
    with own_database("redress_bench_desk") as url:
        use(url)
        compare(rounds)
        close_all()


def compare(rounds: int) -> None:
    """Both pages, one request here, one there."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from backoffice.accounts.models import User

    call_command("migrate", verbosity=0)
    staff = Client()
    staff.force_login(User.objects.create_superuser("bench@example.com", "x"))
    pages = [
        f"/admin/disputes/case/{a_case(number, *size)}/"
        for number, size in enumerate((SMALL, LARGE))
    ]
    statements = []
    for page in pages:
        staff.get(page)  # the first one is slower
        with CaptureQueriesContext(connection) as queries:
            if staff.get(page).status_code != 200:
                raise SystemExit(f"{page} does not answer")
        statements.append(len(queries))
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for page, taken in zip(pages, times, strict=True):
            taken.append(seconds(lambda: staff.get(page)))  # noqa: B023  called at once
    small, large = median(times[0]), median(times[1])
    rows = [
        ["10 messages, 2 photos", f"{small * 1000:.1f}", str(statements[0])],
        ["1,000 messages, 100 photos", f"{large * 1000:.1f}", str(statements[1])],
    ]
    show("the case page", ["case", "ms", "statements"], rows)
    print(f"ratio {large / small:.2f} (wanted: at most {WANTED})")


def a_case(number: int, messages: int, photos: int) -> str:
    """A case under review with so many messages and photos, made by its verbs; its public id."""
    from backoffice.common.actors import Actor, ActorKind
    from disputes.enums import Reason
    from disputes.service.act import act
    from disputes.service.filing import file_claim
    from disputes.verbs.answers import deny
    from disputes.verbs.escalation import escalate
    from disputes.verbs.evidence import provide_evidence
    from disputes.verbs.filing import Claim
    from disputes.verbs.messages import send_message

    ref = an_order(number)
    buyer, seller = (
        Actor(k, f"b{number}", via="bench") for k in (ActorKind.BUYER, ActorKind.SELLER)
    )
    case = file_claim(ref, Claim(Reason.NOT_RECEIVED), buyer, NOW)
    act(deny, case, seller, NOW, reason="IN_TRANSIT", note="On its way.")
    files = [a_photo(f"{case}-{n}", case) for n in range(photos)]
    for first in range(0, photos, PER_PIECE):
        given = files[first : first + PER_PIECE]
        act(provide_evidence, case, buyer, NOW, evidence_type="OTHER", files=given)
    for n in range(messages - 2):  # the two others are the seller's denial and the escalation
        at = NOW + timedelta(seconds=n)
        act(send_message, case, (buyer, seller)[n % 2], at, body=f"Message {n}: where is it?")
    act(escalate, case, buyer, NOW + timedelta(hours=1), note="Please decide.")
    return case


def an_order(number: int) -> str:
    """An order whose time is long over; its id at the shop."""
    from backoffice.orders.models import Buyer, Order, OrderLine, Seller

    bought = NOW - timedelta(days=70)
    order = Order.objects.create(
        external_id=f"order-{number}",
        purchase_ref=f"purchase-{number}",
        seller=Seller.objects.create(external_id=f"b{number}", name="Shop"),
        buyer=Buyer.objects.create(external_id=f"b{number}", name="Buyer"),
        currency="USD",
        items_minor=10_000,
        freight_minor=0,
        purchased_at=bought,
        rulebook_number=1,
        max_days=60,
        deliver_by=bought + timedelta(days=60),
        handed_over_at=bought + timedelta(days=3),
        fed_at=bought,
    )
    OrderLine.objects.create(order=order, external_id="1", title="Thing", price_minor=10_000)
    return order.external_id


def a_photo(name: str, case: str) -> object:
    """The row of a stored photo; the page shows its address, not its bytes."""
    from backoffice.files.models import StoredFile

    return StoredFile.objects.create(
        public_id="F-" + name.removeprefix("RD-").replace("-", ""),
        subject=case,
        uploader_kind="BUYER",
        uploader_ref="b",
        name=f"{name}.jpg",
        kind="PHOTO",
        format="JPEG",
        size=1000,
        sha256="0" * 64,
        width=800,
        height=600,
        facts={},
        folder=name,
        at=NOW,
    )


if __name__ == "__main__":
    main()
