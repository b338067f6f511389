"""The admin site: Django's own, with Redress's name, home and stylesheet."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.options import BaseModelAdmin
from django.forms import BaseModelForm

# `ModelAdmin[Case]` is what type checkers want; Django's classes do not know it at run time.
for generic in (BaseModelAdmin, BaseModelForm):
    generic.__class_getitem__ = classmethod(lambda cls, _: cls)  # type: ignore[union-attr]


class RedressAdminConfig(AdminConfig):
    """Django's admin app on our site."""

    default_site = "backoffice.common.admin.site.RedressAdminSite"
