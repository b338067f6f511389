"""What other floors may call."""

from backoffice.accounts.service.clients import client_of, create_client, revoke, rotate_key
from backoffice.accounts.service.roles import sync_roles

__all__ = ["client_of", "create_client", "revoke", "rotate_key", "sync_roles"]
