"""The audit's own actions: who may come in."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

register(
    Action(
        "api_client.created",
        _("{actor} made the API client {name} with the scopes {scopes}."),
        NOBODY,
    ),
    Action(
        "api_client.key_rotated",
        _("{actor} gave {name} a new key; the old ones end on {old_keys_end_at:time}."),
        NOBODY,
    ),
    Action("api_client.revoked", _("{actor} revoked the API client {name}."), NOBODY),
)
