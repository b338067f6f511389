"""The words of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountKind(models.TextChoices):
    """Whose money an account counts."""

    BUYER = "BUYER", _("Buyer")
    SELLER = "SELLER", _("Seller")
    PLATFORM = "PLATFORM", _("Platform")
    INSURER = "INSURER", _("Insurer")


class TransferState(models.TextChoices):
    """A transfer is posted at once, or pending first and then posted or voided, once."""

    PENDING = "PENDING", pgettext_lazy("transfer", "Pending")
    POSTED = "POSTED", _("Posted")
    VOIDED = "VOIDED", _("Voided")


class TransferKind(models.TextChoices):
    """Why money moves."""

    HOLD = "HOLD", _("Hold of the seller's money while a case is open")
    REFUND = "REFUND", _("Refund to the buyer")
    FURTHER = "FURTHER", _("Further refund to the buyer, on appeal")
    REIMBURSE = "REIMBURSE", _("What the seller bore, given back by the platform on appeal")
    RECOVERY = "RECOVERY", _("What the platform had borne, charged to the seller on appeal")
    CLAWBACK = "CLAWBACK", _("A refund taken back from the buyer for fraud")
