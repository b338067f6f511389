"""The one history: timelines, reasons and proofs are all read from these rows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.common.actors import ActorKind


class Event(models.Model):
    """One thing that happened to one subject, sealed to what happened before it.

    Events of a subject form a chain: `seq` counts from 1 without a gap, `previous_hash` is the
    event before's `hash`, and `hash` is the SHA-256 of the row's canonical JSON
    (backoffice/audit/chain.py). Triggers refuse UPDATE and DELETE. There is deliberately no foreign
    key to the subject: events outlive and stand beneath what they tell of.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=100)
    actor = models.JSONField(_("actor"))
    at = models.DateTimeField(_("at"))
    data = models.JSONField(_("data"))
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "seq"], name="one_event_per_place_in_a_chain"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="a_chain_counts_from_one"),
            models.CheckConstraint(
                condition=Q(actor_kind__in=[kind.value for kind in ActorKind]),
                name="an_event_has_a_known_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} #{self.seq}"
