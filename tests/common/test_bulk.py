from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.accounts.models import ApiClient
from backoffice.common.bulk import append, update
from backoffice.common.canonical import canonical_json

AT = datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)
COLUMNS = ("name", "scopes", "seller_ref", "active", "created_at")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100)
# What a COPY would have to escape, and what JSON would.
AWKWARD = TEXT | st.sampled_from(["\\N", "\\.", "a\tb\nc\rd", '"', "'", "\\", "%s", ""])
SCOPES = st.lists(AWKWARD, max_size=3)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ROWS = st.dictionaries(AWKWARD, st.tuples(SCOPES, AWKWARD, st.booleans(), TIMES), max_size=30)


def as_row(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    scopes, *rest = values
    return (name, canonical_json(scopes).decode(), *rest)


def stored() -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in ApiClient.objects.values_list(*COLUMNS)}


class TestRoundTrip(TestCase):
    @given(ROWS)
    def test_appended_rows_are_read_back_as_they_were(self, rows: dict[str, Any]) -> None:
        assert append(ApiClient, COLUMNS, [as_row(*r) for r in rows.items()]) == len(rows)
        assert stored() == rows

    @given(ROWS, st.data())
    def test_updated_rows_change_and_no_others(
        self, rows: dict[str, Any], data: st.DataObject
    ) -> None:
        append(ApiClient, COLUMNS, [as_row(*r) for r in rows.items()])
        new = data.draw(ROWS)
        changed = update(ApiClient, COLUMNS[:1], COLUMNS[1:], [as_row(*r) for r in new.items()])
        assert changed == len(rows.keys() & new.keys())
        assert stored() == {name: new.get(name, old) for name, old in rows.items()}


def make(count: int) -> None:
    append(ApiClient, COLUMNS, [(f"c{i}", "[]", "", True, AT) for i in range(count)])


@pytest.mark.django_db
def test_more_rows_than_one_statement_holds() -> None:
    make(1_000)
    rows = [(f"c{i}", f"s{i}") for i in range(1_000)]
    assert update(ApiClient, ("name",), ("seller_ref",), rows) == 1_000
    assert ApiClient.objects.get(name="c999").seller_ref == "s999"


@pytest.mark.django_db
def test_only_narrows_what_is_updated() -> None:
    make(2)
    ApiClient.objects.filter(name="c1").update(active=False)
    rows = [("c0", "x"), ("c1", "x")]
    assert update(ApiClient, ("name",), ("seller_ref",), rows, only="t.active") == 1
    assert ApiClient.objects.get(name="c1").seller_ref == ""


@pytest.mark.django_db
def test_a_null_is_written_as_one() -> None:
    make(1)
    client = ApiClient.objects.get()
    key = client.keys.create(prefix="p", secret_hash="h", created_at=AT, expires_at=AT)
    assert update(type(key), ("prefix",), ("expires_at",), [("p", None)]) == 1
    key.refresh_from_db()
    assert key.expires_at is None


@pytest.mark.django_db
def test_a_broken_constraint_is_djangos_error() -> None:
    make(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(1)


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_text_too_long_is_refused_not_cut() -> None:
    make(1)
    with pytest.raises(DataError), transaction.atomic():
        update(ApiClient, ("name",), ("seller_ref",), [("c0", "x" * 101)])
    with pytest.raises(DataError), transaction.atomic():
        append(ApiClient, COLUMNS, [("x" * 121, "[]", "", True, AT)])


@pytest.mark.django_db
def test_nothing_to_do_asks_the_database_nothing(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert append(ApiClient, COLUMNS, []) == update(ApiClient, ("name",), ("active",), []) == 0
    assert connection.in_atomic_block
