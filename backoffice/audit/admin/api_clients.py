"""API clients, in the admin: made, given new keys, revoked; every step told in their chain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient, ApiKey, User
from backoffice.accounts.queries import staff_actor
from backoffice.audit.queries import timeline
from backoffice.audit.service import access
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError

OVERLAP = timedelta(hours=24)


class ClientForm(forms.ModelForm[ApiClient]):
    """A new client."""

    scopes = forms.MultipleChoiceField(
        choices=Scope.choices, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Scopes")
    )

    class Meta:
        model = ApiClient
        fields = ("name", "scopes", "seller_ref")


class Keys(admin.TabularInline[ApiKey, ApiClient]):
    """A client's keys; the secrets are nowhere."""

    model = ApiKey
    fields = readonly_fields = ("prefix", "created_at", "last_used_at", "expires_at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: ApiClient | None = None) -> bool:
        """Keys are made by the actions of the list."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A key is never changed by hand."""
        return False


class ApiClientAdmin(admin.ModelAdmin[ApiClient]):
    """The programs that may call the API."""

    form = ClientForm
    change_form_template = "admin/record.html"
    list_display = ("name", "active", "shown_scopes", "seller_ref", "last_used")
    actions = ("new_key", "revoke")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiClient]:
        """Clients with the time they were last heard of."""
        return super().get_queryset(request).annotate(last_used_at=Max("keys__last_used_at"))

    def get_fields(self, request: HttpRequest, obj: ApiClient | None = None) -> tuple[str, ...]:
        """What is asked of a new client, or what there is to read of one."""
        if obj is None:
            return ("name", "scopes", "seller_ref")
        return ("name", "active", "shown_scopes", "seller_ref", "created_at", "chain")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiClient | None = None) -> list[str]:
        """What is worked out."""
        return ["shown_scopes", "chain"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: ApiClient | None) -> list[Any]:
        """A client's keys, once it has some."""
        return [Keys] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: ApiClient | None = None) -> bool:
        """A client as such is never changed; the list's actions need the permission to."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ApiClient | None = None) -> bool:
        """Clients are revoked: what they did keeps its author."""
        return False

    def save_model(self, request: HttpRequest, obj: ApiClient, form: Any, change: bool) -> None:
        """Make the client and show its key, this once."""
        client, key = access.create_client(
            obj.name, obj.scopes, timezone.now(), obj.seller_ref, _actor(request)
        )
        obj.pk = client.pk
        _show(request, client, key)

    @admin.display(description=gettext_lazy("scopes"))
    def shown_scopes(self, client: ApiClient) -> str:
        """What it may do."""
        return ", ".join(client.scopes)

    @admin.display(description=gettext_lazy("history"))
    def chain(self, client: ApiClient) -> SafeString:
        """What happened to the client."""
        entries = timeline(access.SUBJECT_KIND, str(client.pk), ActorKind.STAFF)
        return render_to_string("components/timeline.html", {"entries": entries})

    @admin.display(description=gettext_lazy("last used"))
    def last_used(self, client: Any) -> Any:
        """When one of its keys was last used."""
        return client.last_used_at

    @admin.action(
        description=gettext_lazy("Give a new key; the old ones end in 24 hours"),
        permissions=["change"],
    )
    def new_key(self, request: HttpRequest, queryset: QuerySet[ApiClient]) -> None:
        """Rotate the keys of the chosen clients."""
        for client in queryset:
            try:
                key = access.rotate_key(client, OVERLAP, timezone.now(), _actor(request))
            except DomainError as exc:
                messages.error(request, exc.message)
            else:
                _show(request, client, key)

    @admin.action(description=gettext_lazy("Revoke at once, for good"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiClient]) -> None:
        """End the chosen clients' keys."""
        for client in queryset:
            access.revoke(client, timezone.now(), _actor(request))
            messages.success(request, _("%s is revoked.") % client)


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)
    return staff_actor(request.user)


def _show(request: HttpRequest, client: ApiClient, key: str) -> None:
    text = _("The key of %(client)s, shown this once: %(key)s")
    messages.success(request, text % {"client": client, "key": key})
