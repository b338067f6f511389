"""Parts of the queue that staff keep under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 40


class SavedView(models.Model):
    """One person's name for a search of the queue, his alone or `shared` with all staff.

    `search` holds the fields of disputes/queries/queue.py's Search that ask for something; a field
    that it no longer has asks for nothing. A preference, no part of any case: in no chain.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", db_index=False
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    search = models.JSONField(default=dict)
    shared = models.BooleanField(_("for all staff"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="a_person_names_a_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_saved_view_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["name"], condition=Q(shared=True), name="shared_views"),
        ]

    def __str__(self) -> str:
        return self.name
