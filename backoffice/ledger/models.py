"""Double entry by construction: a transfer is one row with two accounts and one positive amount."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.common.money import Money
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState

# Whichever of the two is posted is the one compensation of a case.
COMPENSATING = [TransferKind.HOLD, TransferKind.REFUND]
# What an appeal may move, each once in a case.
ON_APPEAL = [
    TransferKind.FURTHER,
    TransferKind.REIMBURSE,
    TransferKind.RECOVERY,
    TransferKind.CLAWBACK,
]
OWNED = (AccountKind.BUYER, AccountKind.SELLER)


class Account(models.Model):
    """Money owed to one party in one currency. `owner_ref` is a buyer's or seller's external id.

    It keeps no balance: a balance is the sum of its transfers, read from an index alone, so no row
    is hot (docs/decisions/0011-balances-are-sums.md).
    """

    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind)
    owner_ref = models.CharField(_("owner ref"), max_length=100, blank=True)
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "owner_ref", "currency"], name="one_account_per_owner_and_currency"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AccountKind.values), name="an_account_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=OWNED) & ~Q(owner_ref=""))
                | (~Q(kind__in=OWNED) & Q(owner_ref="")),
                name="buyers_and_sellers_accounts_have_owners",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.get_kind_display(), self.owner_ref, self.currency]))


class Transfer(models.Model):
    """`amount_minor` of `currency` from the debit account to the credit account.

    Appended; a trigger refuses every UPDATE but the one step of a pending row to posted or voided,
    and every DELETE. `key` is the idempotency key: the same compensation cannot be written twice.
    `subject` is the case it belongs to (text: cases live above). Both accounts are in `currency`:
    held by the database (composite foreign keys on PostgreSQL, a trigger on SQLite).
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind)
    debit = models.ForeignKey(
        Account, models.PROTECT, related_name="debits", verbose_name=_("debit"), db_index=False
    )
    credit = models.ForeignKey(
        Account, models.PROTECT, related_name="credits", verbose_name=_("credit"), db_index=False
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=8, choices=TransferState)
    subject = models.CharField(_("subject"), max_length=64, db_index=True)
    created_at = models.DateTimeField(_("created at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="a_transfer_moves_a_positive_amount"
            ),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="a_transfer_has_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TransferKind.values), name="a_transfer_has_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state=TransferState.POSTED, kind__in=COMPENSATING),
                name="one_compensation_per_case",
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(kind__in=ON_APPEAL),
                name="an_appeal_moves_money_of_a_kind_once",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.PENDING, settled_at=None)
                | Q(
                    state__in=[TransferState.POSTED, TransferState.VOIDED], settled_at__isnull=False
                ),
                name="a_settled_transfer_says_when",
            ),
        ]
        indexes = [
            # With state and amount: a balance is then read without looking at a single row.
            models.Index(fields=["debit", "state", "amount_minor"], name="debits_of_an_account"),
            models.Index(fields=["credit", "state", "amount_minor"], name="credits_of_an_account"),
            models.Index(
                fields=["created_at"], condition=Q(state="PENDING"), name="pending_transfers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {Money(self.amount_minor, self.currency)}"
