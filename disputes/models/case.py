"""A buyer's claim and where it stands."""

from django.conf import settings
from django.db import models
from django.db.models import Case as WhenTrue
from django.db.models import F, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from backoffice.audit.chain import GENESIS
from backoffice.common.actors import ActorKind
from backoffice.orders.models import Buyer, Order, OrderLine, Seller
from disputes.enums import BorneBy, Outcome, Party, Reason, SellerAnswer, SubReason
from disputes.lifecycle import APPEAL_STATES, OPEN_STATES, TABLE, State, Verb

OPEN = Q(state__in=sorted(OPEN_STATES))
# An appealed case is open again, and keeps its first outcome until the appeal is decided.
UNDECIDED = Q(state__in=sorted(OPEN_STATES - APPEAL_STATES))


def _asked_by(side: ActorKind) -> Q:
    return Q(
        extension_asked_by=side.value, state__in=sorted(map(str, TABLE[Verb.ASK_EXTENSION, side]))
    )


class Case(models.Model):
    """One claim of one buyer against one seller, on an order or some of its lines.

    `state` is a row of disputes/lifecycle.py, which gives stage and status. An open case always has
    `due_at`; then the lapse verb runs and does what the rulebook says of silence. Where that is to
    remind staff, `due_at` moves on to the next reminder, and `overdue_since` keeps when they were
    to answer: `expected_by` is that moment, reminded or not, and null once resolved. `version`
    counts transitions: commit() refuses one made from an older version. `chain_length` and
    `chain_hash` are the end of the case's audit chain, so that a cut-off tail is seen.
    `sweep_error` sets the case aside from the sweep until staff look. Amounts are minor units of
    `currency`: `requested_minor` is claimed, `credited_minor` is what the marketplace refunded on
    its own while the case was open, `refunded_minor` is what we paid; together never more than
    requested. Why and by whom is in the Decision and in the chain, not here. A case is locked to
    `assignee` until `assigned_until`; then it is anybody's, without a sweep. Until `appeal_until` a
    side may appeal; while that is heard, outcome, money and `resolved_at` are the first decision's,
    and `appeal_until` stays where the other side may appeal, too. A side that is waited for may ask
    for `extension_asked_hours` more; that falls when they are given, or the wait ends.
    `replaced_at` is when the replacement was agreed on that the claim is about, `complained_at`
    when the claim was filed that ended so: both set at filing for good, null for a first parcel.
    """

    public_id = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="cases")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="cases", db_index=False)
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="cases", db_index=False)
    reason = models.CharField(max_length=50, choices=Reason)
    sub_reason = models.CharField(max_length=20, choices=SubReason, blank=True)
    state = models.CharField(max_length=24, choices=[(s, s) for s in State])
    currency = models.CharField(max_length=3)
    requested_minor = models.BigIntegerField()
    credited_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    borne_by = models.CharField(max_length=10, choices=BorneBy, blank=True)
    seller_answer = models.CharField(max_length=10, choices=SellerAnswer, default=SellerAnswer.NONE)
    outcome = models.CharField(max_length=30, choices=Outcome, blank=True)
    rulebook_number = models.PositiveIntegerField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    assigned_until = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    overdue_since = models.DateTimeField(null=True, blank=True)
    expected_by = models.GeneratedField(
        expression=WhenTrue(
            When(due_at__isnull=False, then=Coalesce("overdue_since", "due_at")), default=None
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    extended_hours = models.PositiveSmallIntegerField(default=0, db_default=0)
    extension_asked_by = models.CharField(
        max_length=6, choices=Party, blank=True, default="", db_default=""
    )
    extension_asked_hours = models.PositiveSmallIntegerField(default=0, db_default=0)
    resolved_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    chain_length = models.PositiveIntegerField(default=0)
    chain_hash = models.CharField(max_length=64, default=GENESIS)
    sweep_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [
            ("adjudicate_case", "Can adjudicate cases"),
            ("adjudicate_above_limit", "Can adjudicate above the approval limit"),
            ("take_bundle", "Can take evidence bundles"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(State)), name="a_case_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=(OPEN & Q(due_at__isnull=False)) | (~OPEN & Q(due_at=None)),
                name="an_open_case_and_only_it_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=(UNDECIDED & Q(resolved_at=None, outcome="", appeal_until=None))
                | (~UNDECIDED & Q(resolved_at__isnull=False, outcome__in=Outcome.values)),
                name="a_resolved_case_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(requested_minor__gt=0, credited_minor__gte=0, refunded_minor__gte=0)
                & Q(requested_minor__gte=F("credited_minor") + F("refunded_minor")),
                name="a_case_pays_no_more_than_was_requested",
            ),
            models.CheckConstraint(
                condition=(Q(refunded_minor=0, borne_by=""))
                | (Q(refunded_minor__gt=0) & Q(borne_by__in=BorneBy.values) & ~UNDECIDED),
                name="a_refund_has_a_bearer_and_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(reason=Reason.NOT_RECEIVED, sub_reason="")
                | Q(reason=Reason.NOT_AS_DESCRIBED, sub_reason__in=SubReason.values),
                name="a_claim_has_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__lte=F("filed_at")),
                name="a_replacement_is_agreed_on_before_it_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None, complained_at=None)
                | Q(
                    complained_at__isnull=False,
                    complained_at__lte=F("replaced_at"),
                    replaced_at__isnull=False,
                ),
                name="what_is_replaced_was_complained_of_before",
            ),
            models.CheckConstraint(
                condition=Q(assigned_until=None) | (Q(assignee__isnull=False) & OPEN),
                name="a_locked_case_is_open_and_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(reminders=0, overdue_since=None)
                | Q(reminders__gt=0, overdue_since__isnull=False),
                name="a_case_reminded_of_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(seller_answer__in=SellerAnswer.values),
                name="a_seller_gives_a_known_answer",
            ),
            models.CheckConstraint(
                condition=Q(extension_asked_by="", extension_asked_hours=0)
                | (_asked_by(ActorKind.BUYER) | _asked_by(ActorKind.SELLER))
                & Q(extension_asked_hours__gt=0),
                name="more_time_is_asked_for_by_a_side_waited_for",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(due_at__isnull=False, sweep_error=""),
                name="cases_due",
            ),
            models.Index(
                fields=["state", "expected_by", "id"],
                condition=Q(due_at__isnull=False),
                name="open_cases_by_state",
            ),
            models.Index(fields=["id"], condition=~Q(sweep_error=""), name="cases_set_aside"),
            # How long the oldest of each state waits; and below, which are beyond their time.
            models.Index(
                fields=["state", "waiting_since"],
                condition=Q(due_at__isnull=False),
                name="open_cases_by_wait",
            ),
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, sweep_error=""),
                name="cases_by_urgency",
            ),
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, reminders__gt=0),
                name="reviews_overdue",
            ),
            models.Index(fields=["updated_at"], name="cases_by_update"),
            models.Index(fields=["-filed_at", "-id"], name="cases_by_filing"),
            models.Index(fields=["seller", "-filed_at", "-id"], name="cases_of_a_seller"),
            models.Index(fields=["buyer", "-filed_at", "-id"], name="cases_of_a_buyer"),
        ]

    def __str__(self) -> str:
        return self.public_id


class CaseLine(models.Model):
    """One order line of a claim and how much of it is claimed, in the case's minor units."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    requested_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "line"], name="a_case_names_a_line_once"),
            models.CheckConstraint(
                condition=Q(requested_minor__gte=0), name="a_claimed_line_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.line_id}"
