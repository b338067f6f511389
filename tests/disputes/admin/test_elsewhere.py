"""Photos seen elsewhere: shown beside each other, with the case they were shown in."""

from __future__ import annotations

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw
from pytest_django import Settings

from backoffice.files.service import remember_listing, store
from disputes.models import Case
from disputes.queries.photos import may_show
from disputes.service.act import act
from disputes.verbs.messages import send_message
from tests.disputes.admin.desk import staff_client, url
from tests.disputes.admin.test_files import given
from tests.factories import a_case, an_order, buyer_of
from tests.files.photos import encoded

pytestmark = pytest.mark.django_db


def drawn() -> Image.Image:
    """A picture with enough in it to be known again."""
    image = Image.new("RGB", (240, 180), (200, 190, 170))
    pen = ImageDraw.Draw(image)
    for n in range(30):
        x, y = n * 37 % 220, n * 53 % 160
        pen.ellipse((x, y, x + 8 + n, y + 30 - n // 2), fill=(n * 8, 255 - n * 7, n * 29 % 255))
    return image


def a_case_of(buyer: str) -> Case:
    return a_case(an_order(buyer=buyer, seller=f"of-{buyer}"))


def test_photo_shown_in_another_case_stands_beside_it() -> None:
    first, second = a_case_of("b-1"), a_case_of("b-2")
    given(first, encoded(drawn()), "cup.jpg")
    given(second, encoded(drawn().resize((200, 150)), quality=60), "tasse.jpg")
    (pair,) = staff_client().get(url(second, "elsewhere")).context["pairs"]
    assert (pair.case, pair.words) == (first.public_id, "the same picture")


def test_page_asks_for_what_was_seen_elsewhere_only_where_there_are_photos() -> None:
    case = a_case()
    assert 'id="elsewhere"' not in staff_client().get(url(case)).content.decode()
    given(case, encoded(drawn()), "cup.jpg")
    assert 'id="elsewhere"' in staff_client().get(url(case)).content.decode()


def test_photo_seen_nowhere_else_says_so() -> None:
    case = a_case()
    given(case, encoded(drawn()), "cup.jpg")
    page = staff_client().get(url(case, "elsewhere")).content.decode()
    assert "seen elsewhere" in page.split("<main")[1]
    assert "case-elsewhere" not in page


def test_photo_of_a_listing_stands_beside_it_where_pages_may_show_it(settings: Settings) -> None:
    settings.PHOTO_HOSTS = ["shop.example"]
    case = a_case()
    given(case, encoded(drawn()), "cup.jpg")
    for host, beside in (("shop.example", True), ("other.example", False)):
        address = f"https://{host}/cup.jpg"
        remember_listing(address, encoded(drawn().resize((200, 150)), quality=60))
        page = staff_client().get(url(case, "elsewhere")).content.decode()
        assert f"in a listing: {address}" in page
        assert (f'src="{address}"' in page) == beside


@pytest.mark.parametrize("address", ["http://[x", "https://ex℀mple.com/a.jpg"])
def test_what_is_no_address_is_never_shown(address: str) -> None:
    assert not may_show(address, ["[x", "ex℀mple.com"])


def test_photo_sent_with_a_message_is_looked_for_too() -> None:
    first, second = a_case_of("b-1"), a_case_of("b-2")
    given(first, encoded(drawn()), "cup.jpg")
    now, buyer = timezone.now(), buyer_of(second)
    sent = store(second.public_id, encoded(drawn(), quality=60), "tasse.jpg", buyer, now)
    act(send_message, second.public_id, buyer, now, body="", files=[sent])
    client = staff_client()
    assert 'id="elsewhere"' in client.get(url(second)).content.decode()
    (pair,) = client.get(url(second, "elsewhere")).context["pairs"]
    assert (pair.case, pair.mine.owner) == (first.public_id, "Buyer")
