"""API clients and their keys.

Nothing here appends an event: the chains stand on the floor above. Whoever changes who may come in
calls `backoffice.audit.service.access`, which does it and tells it in one transaction.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient, ApiKey
from backoffice.common.errors import Invalid, Refused

KEY = re.compile(r"rk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")
PREFIX_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
# `last_used_at` is for people; writing it on every request would make each GET a write.
LAST_USED_EVERY = timedelta(minutes=1)


def create_client(
    name: str, scopes: Sequence[Scope], now: datetime, seller_ref: str = ""
) -> tuple[ApiClient, str]:
    """A new client and its first key's text, which is shown once and never stored.

    Raises Invalid for a name that is taken or empty, an unknown scope, or none.
    """
    unknown = [scope for scope in scopes if scope not in Scope.values]
    if unknown or not scopes:
        raise Invalid(
            _("A client needs scopes from: %s.") % ", ".join(Scope.values),
            code="unknown_scope",
            field="scopes",
        )
    if not name.strip() or ApiClient.objects.filter(name=name).exists():
        taken = _("The name “%s” is taken or empty.") % name
        raise Invalid(taken, code="invalid_name", field="name")
    with transaction.atomic():
        client = ApiClient.objects.create(
            name=name,
            scopes=sorted(str(Scope(scope)) for scope in set(scopes)),
            seller_ref=seller_ref,
            created_at=now,
        )
        return client, _new_key(client, now)


def rotate_key(client: ApiClient, overlap: timedelta, now: datetime) -> str:
    """A new key's text; the client's present keys end after `overlap` (or sooner, if they would).

    Raises Refused for a revoked client.
    """
    if not client.active:
        raise Refused(_("%s is revoked; make a new client.") % client, code="client_revoked")
    if overlap < timedelta(0):
        raise Invalid("The overlap is not negative.", code="invalid", field="overlap")
    end = now + overlap
    with transaction.atomic():
        client.keys.filter(Q(expires_at=None) | Q(expires_at__gt=end)).update(expires_at=end)
        return _new_key(client, now)


def revoke(client: ApiClient, now: datetime) -> None:
    """End every key of `client` at once, for good."""
    with transaction.atomic():
        client.active = False
        client.save(update_fields=["active"])
        client.keys.filter(Q(expires_at=None) | Q(expires_at__gt=now)).update(expires_at=now)


def client_of(key_text: str, now: datetime) -> ApiClient | None:
    """The client whose key this is, if the key is good at `now`; notes that it was used."""
    match = KEY.fullmatch(key_text)
    if match is None:
        return None
    prefix, secret = match.groups()
    key = ApiKey.objects.select_related("client").filter(prefix=prefix).first()
    # Hashed even when there is no such key, so that the time taken tells nothing.
    proven = hmac.compare_digest(_hash(secret), key.secret_hash if key else "")
    if key is None or not proven or not _good(key, now):
        return None
    if key.last_used_at is None or now - key.last_used_at >= LAST_USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key.client


def _good(key: ApiKey, now: datetime) -> bool:
    return key.client.active and (key.expires_at is None or now < key.expires_at)


def _new_key(client: ApiClient, now: datetime) -> str:
    prefix = "".join(secrets.choice(PREFIX_ALPHABET) for _ in range(12))
    secret = secrets.token_urlsafe(32)
    client.keys.create(prefix=prefix, secret_hash=_hash(secret), created_at=now)
    return f"rk_{prefix}_{secret}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
