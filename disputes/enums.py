"""The words of a dispute: PayPal Disputes v1.10's (FIELD.md section 3)."""

from django.db import models


class Reason(models.TextChoices):
    """Why the buyer claims."""

    NOT_RECEIVED = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", "Not received"
    NOT_AS_DESCRIBED = "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", "Not as described"


class SubReason(models.TextChoices):
    """In what way an item is not as described. COUNTERFEIT is ours."""

    DAMAGED = "DAMAGED", "Damaged"
    DIFFERENT = "DIFFERENT", "Different"
    MISSING_PARTS = "MISSING_PARTS", "Missing parts"
    COUNTERFEIT = "COUNTERFEIT", "Counterfeit"
    OTHER = "OTHER", "Other"


class Stage(models.TextChoices):
    """The life-cycle stage."""

    INQUIRY = "INQUIRY", "Inquiry"
    CHARGEBACK = "CHARGEBACK", "Chargeback"
    PRE_ARBITRATION = "PRE_ARBITRATION", "Pre-arbitration"
    ARBITRATION = "ARBITRATION", "Arbitration"


class Status(models.TextChoices):
    """On whom the case waits."""

    OPEN = "OPEN", "Open"
    WAITING_FOR_BUYER = "WAITING_FOR_BUYER_RESPONSE", "Waiting for buyer"
    WAITING_FOR_SELLER = "WAITING_FOR_SELLER_RESPONSE", "Waiting for seller"
    UNDER_REVIEW = "UNDER_REVIEW", "Under review"
    RESOLVED = "RESOLVED", "Resolved"


class Outcome(models.TextChoices):
    """How a case ended."""

    BUYER_FAVOUR = "RESOLVED_BUYER_FAVOUR", "Resolved in the buyer's favour"
    SELLER_FAVOUR = "RESOLVED_SELLER_FAVOUR", "Resolved in the seller's favour"
    WITH_PAYOUT = "RESOLVED_WITH_PAYOUT", "Resolved with a payout by the platform"
    CANCELED_BY_BUYER = "CANCELED_BY_BUYER", "Withdrawn by the buyer"
    ACCEPTED = "ACCEPTED", "Accepted by the seller"


class SellerAnswer(models.TextChoices):
    """What the seller said to the claim (an input of the Ruling table)."""

    NONE = "NONE", "Not yet"
    SILENT = "SILENT", "Silent"
    DENIED = "DENIED", "Denied"
    ACCEPTED = "ACCEPTED", "Accepted"


class BorneBy(models.TextChoices):
    """Who bears a refund; who is paid is another question."""

    SELLER = "SELLER", "Seller"
    PLATFORM = "PLATFORM", "Platform"
    CARRIER = "CARRIER", "Carrier"


class Party(models.TextChoices):
    """The side that is asked, answers or writes."""

    BUYER = "BUYER", "Buyer"
    SELLER = "SELLER", "Seller"
    STAFF = "STAFF", "Staff"


class DenyReason(models.TextChoices):
    """Why a seller denies a claim."""

    DELIVERED = "DELIVERED", "The item was delivered"
    IN_TRANSIT = "IN_TRANSIT", "The item is on its way"
    AS_DESCRIBED = "AS_DESCRIBED", "The item is as described"
    ALREADY_REFUNDED = "ALREADY_REFUNDED", "The buyer was refunded already"
    OTHER = "OTHER", "Another reason"


class EvidenceType(models.TextChoices):
    """PayPal's evidence types that fit goods."""

    PROOF_OF_FULFILLMENT = "PROOF_OF_FULFILLMENT", "Proof of shipment"
    ADDITIONAL_TRACKING_INFORMATION = "ADDITIONAL_TRACKING_INFORMATION", "Tracking information"
    PROOF_OF_DELIVERY_SIGNATURE = "PROOF_OF_DELIVERY_SIGNATURE", "Signed delivery"
    PROOF_OF_REFUND = "PROOF_OF_REFUND", "Proof of refund"
    PROOF_OF_ITEM_NOT_RECEIVED = "PROOF_OF_ITEM_NOT_RECEIVED", "Proof that nothing came"
    PROOF_OF_DAMAGE = "PROOF_OF_DAMAGE", "Proof of damage"
    PROOF_OF_SIGNIFICANT_DIFFERENCE = "PROOF_OF_SIGNIFICANT_DIFFERENCE", "Proof of difference"
    PROOF_OF_MISSING_ITEMS = "PROOF_OF_MISSING_ITEMS", "Proof of missing items"
    THIRD_PARTY_PROOF = (
        "THIRDPARTY_PROOF_FOR_DAMAGE_OR_SIGNIFICANT_DIFFERENCE",
        "A third party's word on damage or difference",
    )
    ITEM_DESCRIPTION = "ITEM_DESCRIPTION", "Description of the item"
    PHOTOS_OF_SHIPPED_ITEM = "PHOTOS_OF_SHIPPED_ITEM", "Photos of the item as shipped"
    OTHER = "OTHER", "Other"
