from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.accounts.models import ApiClient
from backoffice.accounts.service import client_of
from backoffice.audit.queries import chain
from backoffice.audit.service import access
from tests.accounts.factories import NOW

pytestmark = pytest.mark.django_db


def say(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().strip()


def told(client: ApiClient) -> list[str]:
    return [event.action for event in chain("api_client", str(client.pk))]


def test_create_prints_a_key_that_works_and_tells_the_chain() -> None:
    key = say("create_api_client", "market", "--scope", "feed:write", "--seller", "s1")
    client = client_of(key, timezone.now())
    assert client
    assert (client.name, client.scopes, client.seller_ref) == ("market", ["feed:write"], "s1")
    assert told(client) == ["api_client.created"]


def test_rotate_prints_a_second_key_and_tells_the_chain() -> None:
    first = say("create_api_client", "market", "--scope", "feed:write")
    second = say("rotate_api_key", "market", "--overlap-hours", "1")
    client = ApiClient.objects.get()
    now = timezone.now()
    assert [client_of(key, now) for key in (first, second)] == [client, client]
    assert told(client) == ["api_client.created", "api_client.key_rotated"]


def test_revoke_ends_every_key_and_tells_the_chain() -> None:
    client, key = access.create_client("market", ["feed:write"], NOW)
    access.revoke(client, NOW)
    assert client_of(key, NOW) is None
    assert told(client)[-1] == "api_client.revoked"


def test_a_name_that_is_taken_is_refused_and_nothing_is_told() -> None:
    say("create_api_client", "market", "--scope", "feed:write")
    with pytest.raises(CommandError, match="market"):
        say("create_api_client", "market", "--scope", "feed:write")
    assert ApiClient.objects.count() == 1


def test_rotating_an_unknown_client_names_the_known_ones() -> None:
    say("create_api_client", "market", "--scope", "feed:write")
    with pytest.raises(CommandError, match="there are: market"):
        say("rotate_api_key", "bazaar")
