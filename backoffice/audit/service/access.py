"""Who may come in, changed and told in one transaction.

These stand here and not in accounts because the chains are a floor above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from backoffice.accounts import service as accounts
from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.audit.service.append import NewEvent, append
from backoffice.common.actors import SYSTEM, Actor

SUBJECT_KIND = "api_client"


def create_client(
    name: str, scopes: Sequence[Scope], now: datetime, seller_ref: str = "", actor: Actor = SYSTEM
) -> tuple[ApiClient, str]:
    """A new client and its first key's text; see `accounts.service.create_client`."""
    with transaction.atomic():
        client, key_text = accounts.create_client(name, scopes, now, seller_ref)
        data = {"name": name, "scopes": client.scopes, "seller": seller_ref}
        _tell(client, "api_client.created", actor, now, data)
        return client, key_text


def rotate_key(client: ApiClient, overlap: timedelta, now: datetime, actor: Actor = SYSTEM) -> str:
    """A new key's text; the present keys end after `overlap`."""
    with transaction.atomic():
        client = ApiClient.objects.select_for_update().get(pk=client.pk)
        key_text = accounts.rotate_key(client, overlap, now)
        data = {"name": client.name, "old_keys_end_at": now + overlap}
        _tell(client, "api_client.key_rotated", actor, now, data)
        return key_text


def revoke(client: ApiClient, now: datetime, actor: Actor = SYSTEM) -> None:
    """End every key of `client` at once, for good."""
    with transaction.atomic():
        client = ApiClient.objects.select_for_update().get(pk=client.pk)
        accounts.revoke(client, now)
        _tell(client, "api_client.revoked", actor, now, {"name": client.name})


def _tell(
    client: ApiClient, action: str, actor: Actor, now: datetime, data: dict[str, Any]
) -> None:
    append([NewEvent(SUBJECT_KIND, str(client.pk), action, actor, now, data)])
