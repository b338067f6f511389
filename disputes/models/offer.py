"""What the two sides offer each other."""

from django.db import models
from django.db.models import Q

from disputes.enums import OfferAnswer, OfferType, Party
from disputes.models.case import Case
from disputes.models.evidence import SIDES

# Once accepted, other goods are to come; who waits for them in vain may claim again.
REPLACING = (OfferType.REFUND_WITH_REPLACEMENT, OfferType.REPLACEMENT_WITHOUT_REFUND)


class Offer(models.Model):
    """One offer of one side to the other, open until it is answered; then never changed.

    `amount_minor` is what the buyer would get of the claim in all, in the case's currency; 0, and
    only then, for a replacement alone. `due_at` is when it expires; only an extension moves it.
    `return_address` is where the goods go back to, where the seller said so with his offer. An
    offer that nobody answered because the case moved on is CLOSED.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    by = models.CharField(max_length=6, choices=Party)
    offer_type = models.CharField(max_length=30, choices=OfferType)
    amount_minor = models.BigIntegerField()
    note = models.TextField(blank=True)
    return_address = models.TextField(blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=OfferAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="one_open_offer_per_case"
            ),
            models.CheckConstraint(condition=Q(by__in=SIDES), name="an_offer_is_made_by_a_side"),
            models.CheckConstraint(
                condition=Q(offer_type__in=OfferType.values), name="an_offer_has_a_known_type"
            ),
            models.CheckConstraint(
                condition=Q(offer_type=OfferType.REPLACEMENT_WITHOUT_REFUND, amount_minor=0)
                | (~Q(offer_type=OfferType.REPLACEMENT_WITHOUT_REFUND) & Q(amount_minor__gt=0)),
                name="only_a_replacement_alone_offers_no_money",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=OfferAnswer.values, answered_at__isnull=False),
                name="an_answered_offer_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.by} {self.offer_type}"
