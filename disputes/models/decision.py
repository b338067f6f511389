"""How and why a case was decided."""

from django.db import models
from django.db.models import Q

from backoffice.common.actors import ActorKind
from disputes.enums import AppealOutcome, BorneBy, DecisionCode, Instance, Outcome
from disputes.models.case import Case
from disputes.models.shared_ruling import SharedRuling


class Decision(models.Model):
    """One decision on a case: the outcome, the money, and the reasons it rests on. Never changed.

    A case has one of the first instance and, if a side appealed, one on appeal, which leaves the
    first as it was.

    `recommended` is the rulebook's trace at that moment (version, table, row, the inputs it saw,
    its outputs); `reason` is what the decider wrote to both sides. `refund_minor` is what we pay.
    Decided by rule: `decided_by_kind` is SYSTEM, or SELLER for an accepted claim. `approved_by` is
    the second member of staff, where two were needed. `lines` are minor units by order line where
    staff ruled line by line. On appeal `kept_minor` is what the buyer keeps beyond `refund_minor`
    because he was paid it in good faith; the platform bears that.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    instance = models.CharField(max_length=6, choices=Instance, default=Instance.FIRST)
    appeal_outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    fraud = models.BooleanField(default=False)
    outcome = models.CharField(max_length=30, choices=Outcome)
    refund_minor = models.BigIntegerField()
    kept_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    borne_by = models.CharField(max_length=10, choices=BorneBy, blank=True)
    return_needed = models.BooleanField(default=False)
    lines = models.JSONField(null=True)
    recommended = models.JSONField(null=True)
    would_change = models.JSONField(default=list)
    code = models.CharField(max_length=30, choices=DecisionCode, blank=True)
    reason = models.TextField(blank=True)
    buyer_text = models.TextField(blank=True)
    seller_text = models.TextField(blank=True)
    decided_by_kind = models.CharField(max_length=12)
    decided_by_ref = models.CharField(max_length=100)
    decided_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)
    shared_ruling = models.ForeignKey(
        SharedRuling, models.PROTECT, null=True, blank=True, related_name="decisions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instance"], name="one_decision_for_each_instance"
            ),
            models.CheckConstraint(
                condition=Q(instance=Instance.FIRST, appeal_outcome="", fraud=False, kept_minor=0)
                | Q(instance=Instance.APPEAL, appeal_outcome__in=AppealOutcome.values),
                name="a_decision_on_appeal_says_what_it_did",
            ),
            models.CheckConstraint(
                condition=Q(kept_minor=0) | (Q(kept_minor__gt=0) & Q(fraud=False)),
                name="what_is_kept_is_kept_in_good_faith",
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=models.F("decided_by_ref")),
                name="nobody_approves_his_own_decision",
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__in=DecisionCode.values),
                name="a_decision_has_a_known_code",
            ),
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
        indexes = [models.Index(fields=["decided_at"], name="decisions_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
