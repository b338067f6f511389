"""How and why a case was decided."""

from django.db import models
from django.db.models import Q

from backoffice.common.actors import ActorKind
from disputes.enums import BorneBy, Outcome
from disputes.models.case import Case


class Decision(models.Model):
    """One decision on a case: the outcome, the money, and the reasons it rests on. Never changed.

    `recommended` is the rulebook's trace at that moment (version, table, row, the inputs it saw,
    its outputs); `reason` is what the decider wrote to both sides. `refund_minor` is what we pay.
    Decided by rule: `decided_by_kind` is SYSTEM, or SELLER for an accepted claim.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=30, choices=Outcome)
    refund_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    borne_by = models.CharField(max_length=10, choices=BorneBy, blank=True)
    return_needed = models.BooleanField(default=False)
    recommended = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    decided_by_kind = models.CharField(max_length=12)
    decided_by_ref = models.CharField(max_length=100)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refund_minor__gte=0), name="a_decision_pays_nothing_negative"
            ),
            models.CheckConstraint(
                condition=Q(refund_minor=0, borne_by="")
                | (Q(refund_minor__gt=0) & Q(borne_by__in=BorneBy.values)),
                name="a_paid_decision_names_its_bearer",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="a_decision_has_a_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(decided_by_kind__in=list(ActorKind)),
                name="a_decision_has_a_known_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
