"""A decision that is not final yet."""

from django.db import models
from django.db.models import Q

from disputes.enums import AppealOutcome, BorneBy, DecisionCode, Instance, ProposalEnd
from disputes.models.case import Case
from disputes.models.shared_ruling import SharedRuling


class Proposal(models.Model):
    """What a member of staff would decide, while it waits for approval or for the sides' comment.

    No money has moved for it. At most one of a case is open; it ends executed (then a Decision
    says the same), sent back, reconsidered, or overtaken by the case's end without it.
    `approved_by` is the second person, never the proposer. `lines` are minor units by order line
    where staff ruled line by line, else null. The texts to the sides are blank where the code's
    own serve.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    instance = models.CharField(max_length=6, choices=Instance)
    appeal_outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    fraud = models.BooleanField(default=False)
    refund_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    borne_by = models.CharField(max_length=10, choices=BorneBy, blank=True)
    return_needed = models.BooleanField(default=False)
    lines = models.JSONField(null=True)
    code = models.CharField(max_length=30, choices=DecisionCode, blank=True)
    reason = models.TextField()
    buyer_text = models.TextField(blank=True)
    seller_text = models.TextField(blank=True)
    recommended = models.JSONField(null=True)
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=ProposalEnd, blank=True)
    closing_note = models.TextField(blank=True)
    shared_ruling = models.ForeignKey(
        SharedRuling, models.PROTECT, null=True, blank=True, related_name="proposals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_open_proposal_per_case"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, result="")
                | Q(closed_at__isnull=False, result__in=ProposalEnd.values),
                name="a_closed_proposal_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_at=None)
                | (~Q(approved_by="") & Q(approved_at__isnull=False)),
                name="an_approved_proposal_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=models.F("proposed_by")),
                name="nobody_approves_his_own_proposal",
            ),
            models.CheckConstraint(
                condition=Q(refund_minor__gte=0)
                & (
                    Q(refund_minor=0, borne_by="")
                    | (Q(refund_minor__gt=0) & Q(borne_by__in=BorneBy.values))
                ),
                name="a_proposed_refund_names_its_bearer",
            ),
            models.CheckConstraint(
                condition=Q(instance=Instance.FIRST, appeal_outcome="", fraud=False)
                | Q(instance=Instance.APPEAL, appeal_outcome__in=AppealOutcome.values),
                name="a_proposal_on_appeal_says_what_it_does",
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__in=DecisionCode.values),
                name="a_proposal_has_a_known_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.instance} {self.refund_minor}"
