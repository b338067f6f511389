"""The staff's site."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.home import panels_for
from backoffice.common.admin.navigation import links_for


class RedressAdminSite(AdminSite):
    """Django's admin under Redress's name."""

    site_title = _("Redress")
    site_header = _("Redress")
    index_title = _("Home")
    # The header's links lead everywhere; a case page needs the width.
    enable_nav_sidebar = False
    empty_value_display = "–"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page's frame needs: Django's, and the header's links."""
        return super().each_context(request) | {"site_links": links_for(request)}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The staff's home: what each app has to say to this reader, and the records."""
        panels = {"panels": panels_for(request)}
        return super().index(request, panels | (extra_context or {}))
