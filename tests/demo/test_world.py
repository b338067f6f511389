"""The invented marketplace: lively, in order, and with books that hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from backoffice.accounts.models import User
from backoffice.accounts.service import client_of
from backoffice.audit.models import Event
from backoffice.audit.service.verification import Tally, check_chains, check_heads, reconcile
from backoffice.files.models import StoredFile
from backoffice.files.queries import matches
from backoffice.orders.enums import NumberHint
from backoffice.orders.models import Order, OrderLine
from backoffice.orders.tracking_numbers import hint
from disputes.demo.couriers import COURIERS, mistyped
from disputes.demo.load import load
from disputes.demo.orders import DAYS, invent
from disputes.demo.people import LOGINS, PASSWORD
from disputes.lifecycle import State
from disputes.models import Case, EvidenceFile
from disputes.queries.loose_ends import loose_ends

# One worker for all of them: the demo is loaded once.
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]
SEED, ORDERS = 3, 250


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "key"


@pytest.fixture(scope="module")
def now(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_file: Path
) -> Iterator[datetime]:
    """A small demo, loaded once for all tests of this file, as of this moment."""
    at = timezone.now()
    with django_db_blocker.unblock(), transaction.atomic():
        assert load(key_file, at, seed=SEED, orders=ORDERS, film=9)
        yield at
        transaction.set_rollback(True)


def test_load_reaches_every_state(now: datetime) -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(State)


def test_load_brings_photos_and_one_that_was_seen_elsewhere(now: datetime) -> None:
    photos = StoredFile.objects.filter(kind="PHOTO")
    came_back = photos.filter(name__startswith="DSC_")  # a deduction is always shown by one
    assert photos.count() == 9 + came_back.count()
    found = matches([p.pk for p in photos])
    assert "EXACT" in {match.copy.name for match in found}
    assert len([match for match in found if match.listing]) == 1  # one saved it from the page


def test_load_shows_the_listing_of_each_photo_that_a_buyer_sent(
    now: datetime, key_file: Path
) -> None:
    given = EvidenceFile.objects.filter(evidence__party="BUYER")
    orders = set(given.values_list("evidence__case__order__external_id", flat=True))
    shown = OrderLine.objects.exclude(photo_url="").values_list("order__external_id", "photo_url")
    drawn = {path.name for path in (key_file.parent / "static" / "listings").iterdir()}
    assert {order for order, _ in shown} == orders
    assert {url.rpartition("/")[2] for _, url in shown} == drawn


def test_load_leaves_no_loose_ends(now: datetime) -> None:
    assert {kind: refs for kind, refs in loose_ends(now).items() if refs} == {}


def test_load_verifies(now: datetime) -> None:
    assert check_chains(Tally()) is None
    assert [*check_heads(Tally()), *reconcile()] == []


@pytest.mark.parametrize("email", {login.role: login.email for login in LOGINS}.values())
def test_every_list_and_record_opens_to_who_may_see_it(now: datetime, email: str) -> None:
    client, user = Client(), User.objects.get(email=email)
    client.force_login(user)
    found, expected = {}, {}
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = reverse(f"{name}_change", args=[model._default_manager.latest("pk").pk])
        for address in (reverse(f"{name}_changelist"), record):
            found[address] = client.get(address, follow=True).status_code
            may = user.has_perm(f"{page.opts.app_label}.view_{page.opts.model_name}")
            expected[address] = 200 if may else 403
    assert found == expected


def test_load_is_chronological(now: datetime) -> None:
    times = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] == now


def test_load_spans_its_days(now: datetime) -> None:
    bought = Order.objects.order_by("purchased_at").values_list("purchased_at", flat=True)
    assert len(bought) == ORDERS
    assert DAYS - 10 < (now - bought[0]).days < DAYS


def test_load_leaves_work_for_the_first_sweep(now: datetime) -> None:
    assert Case.objects.filter(state=State.SELLER_TO_ANSWER, due_at__lt=now).count() == 1


def test_load_happens_once(now: datetime, key_file: Path) -> None:
    assert load(key_file, now, seed=SEED, orders=ORDERS) is False


def test_key_opens_the_api_and_is_kept_from_others(now: datetime, key_file: Path) -> None:
    assert str(client_of(key_file.read_text(), now)) == "Demo marketplace"
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_everybody_can_log_in_by_role(now: datetime) -> None:
    users = {user.email: user for user in User.objects.filter(is_staff=True)}
    assert all(users[login.email].check_password(PASSWORD) for login in LOGINS)
    roles = {login.email: login.role.value if login.role else None for login in LOGINS}
    assert {e: getattr(u.groups.first(), "name", None) for e, u in users.items()} == roles


def test_invent_is_the_same_for_the_same_seed() -> None:
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    first, second = (invent(Random(9), 50, at) for _ in range(2))
    assert [(s.item, s.facts, s.claim_at) for s in first] == [
        (s.item, s.facts, s.claim_at) for s in second
    ]


@pytest.mark.parametrize("name", sorted(COURIERS.keys() - {"GLS"}))
def test_numbers_have_valid_check_digits(name: str) -> None:
    numbers = [COURIERS[name].number(Random(seed), "CN") for seed in range(50)]
    assert {hint(number, name) for number in numbers} == {NumberHint.VALID}


def test_mistyped_number_fails_its_check_digit() -> None:
    number = COURIERS["DHL"].number(Random(1), "DE")
    assert hint(mistyped(number), "DHL") == NumberHint.CHECKSUM_WRONG
