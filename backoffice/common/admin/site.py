"""The staff's site."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.home import panels_for


class RedressAdminSite(AdminSite):
    """Django's admin under Redress's name."""

    site_title = _("Redress")
    site_header = _("Redress")
    index_title = _("Home")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The staff's home: what each app has to say to this reader, and the records."""
        panels = {"panels": panels_for(request)}
        return super().index(request, panels | (extra_context or {}))
