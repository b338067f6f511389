"""The staff's site."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class RedressAdminSite(AdminSite):
    """Django's admin under Redress's name."""

    site_title = _("Redress")
    site_header = _("Redress")
    index_title = _("Home")
