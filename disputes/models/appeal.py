"""A side that does not accept the decision."""

from django.db import models
from django.db.models import Q

from disputes.enums import AppealOutcome, Party
from disputes.models.case import Case

SIDES = (Party.BUYER, Party.SELLER)


class Appeal(models.Model):
    """One side's appeal, with what is new in it; one of each side, ever.

    Where both appeal, they are heard together. It is heard by somebody who had no part in the
    first decision. `outcome` is blank until then;
    how it was decided, and why, is the case's second Decision.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="appeals")
    party = models.CharField(max_length=6, choices=Party)
    text = models.TextField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "party"], name="each_side_appeals_once"),
            models.CheckConstraint(condition=Q(party__in=SIDES), name="an_appeal_is_a_sides"),
            models.CheckConstraint(condition=~Q(text=""), name="an_appeal_brings_something_new"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | Q(outcome__in=AppealOutcome.values, decided_at__isnull=False),
                name="a_decided_appeal_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party}"
