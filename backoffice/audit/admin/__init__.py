"""The history and who may come in, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.models import ApiClient
from backoffice.audit.admin.api_clients import ApiClientAdmin
from backoffice.audit.admin.events import EventAdmin
from backoffice.audit.models import Event
from backoffice.common.admin.navigation import register_link

admin.site.register(Event, EventAdmin)
admin.site.register(ApiClient, ApiClientAdmin)
register_link(
    _("History"), "admin:audit_event_changelist", "audit.view_event", order=60, keys="g e"
)
