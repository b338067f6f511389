from __future__ import annotations

from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.common.errors import Invalid
from backoffice.common.keyset import keyset_page
from backoffice.common.models import IdempotentAnswer
from tests.accounts.factories import NOW
from tests.common.api.views import Groups, get

ORDERS = [("created_at", "id"), ("-created_at", "-id"), ("key", "created_at", "id")]


def make(minute: int, number: int) -> IdempotentAnswer:
    """A row with a time and a text of its own: any model would do."""
    return IdempotentAnswer(
        caller=str(number),
        key=f"k{minute % 3}",
        fingerprint="",
        status=200,
        body=b"",
        content_type="",
        created_at=NOW.replace(minute=minute, microsecond=minute * 7),
    )


class TestWalk(TestCase):
    @given(
        minutes=st.lists(st.integers(0, 5), max_size=30),
        size=st.integers(1, 7),
        order=st.sampled_from(ORDERS),
    )
    def test_a_walk_meets_every_row_once_and_in_order(
        self, minutes: list[int], size: int, order: tuple[str, ...]
    ) -> None:
        IdempotentAnswer.objects.bulk_create(make(m, i) for i, m in enumerate(minutes))
        rows = IdempotentAnswer.objects.all()
        met, after = [], None
        while True:
            page = keyset_page(rows, order, after, size)
            met += [row.pk for row in page.rows]
            if page.next is None:
                break
            after = page.next
        assert met == list(rows.order_by(*order).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_row_that_arrives_meanwhile_hides_none() -> None:
    Group.objects.bulk_create(Group(name=f"zz{i}") for i in range(4))
    groups = Group.objects.filter(name__startswith="zz")
    page = keyset_page(groups, ("name", "id"), None, 2)
    Group.objects.create(name="zz00")
    assert [g.name for g in keyset_page(groups, ("name", "id"), page.next, 2).rows] == [
        "zz2",
        "zz3",
    ]


def test_columns_of_two_directions_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one direction"):
        keyset_page(Group.objects.all(), ("-name", "id"), None, 2)


@pytest.mark.django_db
def test_links_lead_through_the_whole_list() -> None:
    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=f"g{i}") for i in range(5))
    names, query = [], {"page_size": "2"}
    while True:
        document = get(Groups, **query).document
        names += document["items"]
        if not document["links"]:
            break
        query = {k: v[0] for k, v in parse_qs(urlsplit(document["links"][0]["href"]).query).items()}
    assert names == ["g0", "g1", "g2", "g3", "g4"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "", "1.5", "9" * 50, "²"])
def test_a_page_size_out_of_range_is_refused(size: str) -> None:
    response = get(Groups, page_size=size)
    assert (response.status_code, response.document["code"]) == (400, "invalid_page_size")


def token(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "after",
    [
        "x",
        "%",
        "é",
        token("{}"),
        token("[]"),
        token('["a"]'),
        token('["a", null]'),
        token('["a", 99999999999999999999]'),
        token('["a\\u0000", 1]'),
        token('["a", [1]]'),
        token("[" * 10_000),
        token("[" + "9" * 5_000 + ", 1]"),
    ],
)
def test_a_forged_token_is_refused(after: str) -> None:
    with pytest.raises(Invalid) as refused:
        keyset_page(Group.objects.all(), ("name", "id"), after, 2)
    assert refused.value.code == "invalid_page_token"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "yesterday", "2026-01-01"])
def test_a_forged_time_is_refused(at: str) -> None:
    with pytest.raises(Invalid):
        keyset_page(IdempotentAnswer.objects.all(), ("created_at", "id"), token(f'["{at}", 1]'), 2)
