"""The admin site: Django's own, with Redress's name, home and stylesheet."""

from django.contrib.admin.apps import AdminConfig


class RedressAdminConfig(AdminConfig):
    """Django's admin app on our site."""

    default_site = "backoffice.common.admin.site.RedressAdminSite"
