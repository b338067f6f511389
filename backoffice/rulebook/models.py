"""The versions of the rulebook."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RulebookVersion(models.Model):
    """One version of the rules: a draft until `published_at` is set, then unchangeable.

    A published version is in force from `effective_from` until the next one's; an order is judged
    under the one in force when it was placed, and a case pins its number. `document` is what was
    written (docs/rulebook.md), `sha256` that of its canonical JSON. There is deliberately no end
    date, no deletion and no way back: a mistake is mended by publishing another version. Triggers
    refuse UPDATE and DELETE of published rows.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    document = models.JSONField(_("document"))
    sha256 = models.CharField("SHA-256", max_length=64)
    effective_from = models.DateTimeField(_("in force from"), null=True, blank=True, unique=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("rulebook version")
        verbose_name_plural = _("rulebook versions")
        default_permissions = ("view",)
        permissions = [
            ("draft_rulebookversion", "Can draft rulebook versions"),
            ("publish_rulebookversion", "Can publish rulebook versions"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, effective_from=None)
                | Q(published_at__isnull=False, effective_from__isnull=False),
                name="a_version_is_in_force_once_published",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="nobody_published_a_draft",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
