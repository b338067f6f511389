"""Rulebooks in the admin: read by all staff, drafted and published by policy managers."""

from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.navigation import register_link
from backoffice.rulebook.admin import versions  # noqa: F401  registers the pages

register_link(
    _("Rulebook"),
    "admin:rulebook_rulebookversion_changelist",
    "rulebook.view_rulebookversion",
    order=50,
    keys="g r",
)
