"""Goods that go back before the buyer is paid."""

from django.db import models
from django.db.models import Q

from disputes.enums import Acknowledgement, BorneBy, ReturnResult
from disputes.models.case import Case


class Return(models.Model):
    """One return of a case's goods, agreed in an offer or ordered by a decision.

    Open from then until the money is paid or kept, or staff look at it again: `result` says which.
    `refund_minor` is what the buyer gets of the claim in all once the goods are back, less
    `deduction_percent` of it for a used or damaged item; `borne_by` pays it. `ruling` is what was
    decided when the return was opened (verbs/resolution.py), and who decided: the Decision is
    written from it when the return ends. The deadline of each step is the case's own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="returns")
    refund_minor = models.BigIntegerField()
    borne_by = models.CharField(max_length=10, choices=BorneBy)
    ruling = models.JSONField()
    opened_at = models.DateTimeField()
    address = models.TextField(blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    acknowledgement = models.CharField(max_length=30, choices=Acknowledgement, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    deduction_percent = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=12, choices=ReturnResult, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_return_per_case"
            ),
            models.CheckConstraint(
                condition=Q(refund_minor__gt=0, borne_by__in=BorneBy.values),
                name="a_return_earns_a_refund_that_somebody_bears",
            ),
            models.CheckConstraint(
                condition=Q(acknowledgement="", acknowledged_at=None)
                | Q(acknowledgement__in=Acknowledgement.values, acknowledged_at__isnull=False),
                name="an_acknowledged_return_says_when",
            ),
            models.CheckConstraint(
                condition=Q(deduction_percent=0)
                | Q(deduction_percent__lte=100, acknowledgement=Acknowledgement.DAMAGED),
                name="only_a_damaged_return_is_deducted_from",
            ),
            models.CheckConstraint(
                condition=Q(result="", ended_at=None)
                | Q(result__in=ReturnResult.values, ended_at__isnull=False),
                name="an_ended_return_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.result or 'open'}"
