"""The words of the ledger."""

from django.db import models


class AccountKind(models.TextChoices):
    """Whose money an account counts."""

    BUYER = "BUYER", "Buyer"
    SELLER = "SELLER", "Seller"
    PLATFORM = "PLATFORM", "Platform"
    INSURER = "INSURER", "Insurer"


class TransferState(models.TextChoices):
    """A transfer is posted at once, or pending first and then posted or voided, once."""

    PENDING = "PENDING", "Pending"
    POSTED = "POSTED", "Posted"
    VOIDED = "VOIDED", "Voided"


class TransferKind(models.TextChoices):
    """Why money moves."""

    HOLD = "HOLD", "Hold of the seller's money while a case is open"
    REFUND = "REFUND", "Refund to the buyer"
