"""The words of a dispute: PayPal Disputes v1.10's (FIELD.md section 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Reason(models.TextChoices):
    """Why the buyer claims."""

    NOT_RECEIVED = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", _("Not received")
    NOT_AS_DESCRIBED = "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", _("Not as described")


class SubReason(models.TextChoices):
    """In what way an item is not as described. COUNTERFEIT is ours."""

    DAMAGED = "DAMAGED", _("Damaged")
    DIFFERENT = "DIFFERENT", _("Different")
    MISSING_PARTS = "MISSING_PARTS", _("Missing parts")
    COUNTERFEIT = "COUNTERFEIT", _("Counterfeit")
    OTHER = "OTHER", _("Other")


class Stage(models.TextChoices):
    """The life-cycle stage."""

    INQUIRY = "INQUIRY", _("Inquiry")
    CHARGEBACK = "CHARGEBACK", _("Chargeback")
    PRE_ARBITRATION = "PRE_ARBITRATION", _("Pre-arbitration")
    ARBITRATION = "ARBITRATION", _("Arbitration")


class Status(models.TextChoices):
    """On whom the case waits."""

    OPEN = "OPEN", _("Open")
    WAITING_FOR_BUYER = "WAITING_FOR_BUYER_RESPONSE", _("Waiting for buyer")
    WAITING_FOR_SELLER = "WAITING_FOR_SELLER_RESPONSE", _("Waiting for seller")
    UNDER_REVIEW = "UNDER_REVIEW", _("Under review")
    RESOLVED = "RESOLVED", _("Resolved")


class Outcome(models.TextChoices):
    """How a case ended."""

    BUYER_FAVOUR = "RESOLVED_BUYER_FAVOUR", _("Resolved in the buyer's favour")
    SELLER_FAVOUR = "RESOLVED_SELLER_FAVOUR", _("Resolved in the seller's favour")
    WITH_PAYOUT = "RESOLVED_WITH_PAYOUT", _("Resolved with a payout by the platform")
    CANCELED_BY_BUYER = "CANCELED_BY_BUYER", _("Withdrawn by the buyer")
    ACCEPTED = "ACCEPTED", _("Accepted by the seller")


class SellerAnswer(models.TextChoices):
    """What the seller said to the claim (an input of the Ruling table)."""

    NONE = "NONE", _("Not yet")
    SILENT = "SILENT", _("Silent")
    DENIED = "DENIED", _("Denied")
    ACCEPTED = "ACCEPTED", _("Accepted")


class BorneBy(models.TextChoices):
    """Who bears a refund; who is paid is another question."""

    SELLER = "SELLER", _("Seller")
    PLATFORM = "PLATFORM", _("Platform")
    CARRIER = "CARRIER", _("Carrier")


class Party(models.TextChoices):
    """The side that is asked, answers or writes."""

    BUYER = "BUYER", _("Buyer")
    SELLER = "SELLER", _("Seller")
    STAFF = "STAFF", _("Staff")


class DenyReason(models.TextChoices):
    """Why a seller denies a claim."""

    DELIVERED = "DELIVERED", _("The item was delivered")
    IN_TRANSIT = "IN_TRANSIT", _("The item is on its way")
    AS_DESCRIBED = "AS_DESCRIBED", _("The item is as described")
    ALREADY_REFUNDED = "ALREADY_REFUNDED", _("The buyer was refunded already")
    OTHER = "OTHER", _("Another reason")


class OfferType(models.TextChoices):
    """What one side offers the other."""

    REFUND = "REFUND", _("Refund")
    REFUND_WITH_RETURN = "REFUND_WITH_RETURN", _("Refund after return")
    REFUND_WITH_REPLACEMENT = "REFUND_WITH_REPLACEMENT", _("Refund and replacement")
    REPLACEMENT_WITHOUT_REFUND = "REPLACEMENT_WITHOUT_REFUND", _("Replacement")


class OfferAnswer(models.TextChoices):
    """What became of an offer; an open one has no answer yet."""

    ACCEPTED = "ACCEPTED", _("Accepted")
    DENIED = "DENIED", _("Denied")
    COUNTERED = "COUNTERED", _("Countered")
    EXPIRED = "EXPIRED", _("Expired")
    CLOSED = "CLOSED", _("Closed: the case moved on")


class Acknowledgement(models.TextChoices):
    """What the seller says of a return."""

    ITEM_RECEIVED = "ITEM_RECEIVED", _("Item received")
    ITEM_NOT_RECEIVED = "ITEM_NOT_RECEIVED", _("Item not received")
    DAMAGED = "DAMAGED", _("Item damaged")
    EMPTY_PACKAGE = "EMPTY_PACKAGE_OR_DIFFERENT", _("Empty package or another item")
    MISSING_ITEMS = "MISSING_ITEMS", _("Items missing")


class ReturnResult(models.TextChoices):
    """How a return ended; an open one has none yet."""

    REFUNDED = "REFUNDED", _("Refunded")
    NOT_SENT = "NOT_SENT", _("Not sent in time")
    IN_REVIEW = "IN_REVIEW", _("Back to review")
    CLOSED = "CLOSED", _("Closed: the case ended otherwise")


class AppealOutcome(models.TextChoices):
    """What the second reviewer found."""

    UPHELD = "UPHELD", _("Upheld")
    CHANGED = "CHANGED", _("Changed")
    REVERSED = "REVERSED", _("Reversed")


class Instance(models.TextChoices):
    """Which time a case is decided."""

    FIRST = "FIRST", _("First decision")
    APPEAL = "APPEAL", _("On appeal")


class ProposalEnd(models.TextChoices):
    """What became of a proposed decision; an open one has no end yet."""

    EXECUTED = "EXECUTED", _("Executed")
    SENT_BACK = "SENT_BACK", _("Sent back")
    RECONSIDERED = "RECONSIDERED", _("Reconsidered")
    OVERTAKEN = "OVERTAKEN", _("Overtaken by the case's end")


class QualityVerdict(models.TextChoices):
    """What a second look thought of a decision."""

    AGREE = "AGREE", _("Agree")
    DISAGREE = "DISAGREE", _("Disagree")


class DecisionCode(models.TextChoices):
    """Why staff decided as they did, in one of these words."""

    NOT_DELIVERED = "NOT_DELIVERED", _("Not delivered")
    DELIVERED = "DELIVERED", _("Delivered")
    DELIVERED_LATE = "DELIVERED_LATE", _("Delivered late")
    STILL_IN_TIME = "STILL_IN_TIME", _("Still in time")
    LOST_IN_TRANSIT = "LOST_IN_TRANSIT", _("Lost in transit")
    DAMAGED_IN_TRANSIT = "DAMAGED_IN_TRANSIT", _("Damaged in transit")
    DIFFERS = "DIFFERS", _("Differs from its description")
    AS_DESCRIBED = "AS_DESCRIBED", _("As described")
    COUNTERFEIT = "COUNTERFEIT", _("Counterfeit")
    NO_EVIDENCE = "NO_EVIDENCE", _("Not shown by evidence")
    GOODWILL = "GOODWILL", _("Goodwill")
    OTHER = "OTHER", _("Another reason")


class EvidenceType(models.TextChoices):
    """PayPal's evidence types that fit goods."""

    PROOF_OF_FULFILLMENT = "PROOF_OF_FULFILLMENT", _("Proof of shipment")
    ADDITIONAL_TRACKING_INFORMATION = "ADDITIONAL_TRACKING_INFORMATION", _("Tracking information")
    PROOF_OF_DELIVERY_SIGNATURE = "PROOF_OF_DELIVERY_SIGNATURE", _("Signed delivery")
    PROOF_OF_REFUND = "PROOF_OF_REFUND", _("Proof of refund")
    PROOF_OF_ITEM_NOT_RECEIVED = "PROOF_OF_ITEM_NOT_RECEIVED", _("Proof that nothing came")
    PROOF_OF_DAMAGE = "PROOF_OF_DAMAGE", _("Proof of damage")
    PROOF_OF_SIGNIFICANT_DIFFERENCE = "PROOF_OF_SIGNIFICANT_DIFFERENCE", _("Proof of difference")
    PROOF_OF_MISSING_ITEMS = "PROOF_OF_MISSING_ITEMS", _("Proof of missing items")
    THIRD_PARTY_PROOF = (
        "THIRDPARTY_PROOF_FOR_DAMAGE_OR_SIGNIFICANT_DIFFERENCE",
        _("A third party's word on damage or difference"),
    )
    ITEM_DESCRIPTION = "ITEM_DESCRIPTION", _("Description of the item")
    PHOTOS_OF_SHIPPED_ITEM = "PHOTOS_OF_SHIPPED_ITEM", _("Photos of the item as shipped")
    PROOF_OF_RECEIPT_COPY = "PROOF_OF_RECEIPT_COPY", _("copy of the receipt")
    RETURN_POLICY = "RETURN_POLICY", _("return policy")
    PROOF_OF_RESHIPMENT = "PROOF_OF_RESHIPMENT", _("proof of reshipment")
    POLICE_REPORT = "POLICE_REPORT", _("police report")
    AFFIDAVIT = "AFFIDAVIT", _("affidavit")
    PROOF_OF_RETURN = "PROOF_OF_RETURN", _("proof of return")
    CUSTOMS_DOCUMENT = "CUSTOMS_DOCUMENT", _("customs document")
    ADDITIONAL_INFORMATION_OF_ITEM = (
        "ADDITIONAL_INFORMATION_OF_ITEM",
        _("further information on the item"),
    )
    DETAILS_OF_PURCHASE = "DETAILS_OF_PURCHASE", _("details of the purchase")
    PROOF_OF_CONFISCATION = "PROOF_OF_CONFISCATION", _("proof of confiscation")
    ADDITIONAL_PROOF_OF_SHIPMENT = "ADDITIONAL_PROOF_OF_SHIPMENT", _("further proof of shipment")
    PROOF_OF_DENIAL_BY_CARRIER = "PROOF_OF_DENIAL_BY_CARRIER", _("the carrier's denial")
    VALID_SUPPORTING_DOCUMENT = "VALID_SUPPORTING_DOCUMENT", _("supporting document")
    RETURN_TRACKING_INFORMATION = "RETURN_TRACKING_INFORMATION", _("tracking of the return")
    DELIVERY_RECEIPT = "DELIVERY_RECEIPT", _("delivery receipt")
    PROOF_OF_SHIPMENT_POSTAGE = "PROOF_OF_SHIPMENT_POSTAGE", _("proof of postage")
    ONLINE_TRACKING_INFORMATION = "ONLINE_TRACKING_INFORMATION", _("online tracking information")
    RETURN_ADDRESS_FOR_SHIPPING = "RETURN_ADDRESS_FOR_SHIPPING", _("return address")
    COPY_OF_SHIPPING_MANIFEST = "COPY_OF_SHIPPING_MANIFEST", _("copy of the shipping manifest")
    MERCHANT_RESPONSE = "MERCHANT_RESPONSE", _("the seller's statement")
    STATUS_OF_MERCHANDISE = "STATUS_OF_MERCHANDISE", _("state of the goods")
    PROOF_OF_EMPTY_PACKAGE_OR_DIFFERENT_ITEM = (
        "PROOF_OF_EMPTY_PACKAGE_OR_DIFFERENT_ITEM",
        _("proof of an empty package or another item"),
    )
    ORDER_DETAILS = "ORDER_DETAILS", _("order details")
    LISTING_URL = "LISTING_URL", _("address of the listing")
    SHIPPING_INSURANCE = "SHIPPING_INSURANCE", _("shipping insurance")
    BUYER_RESPONSE = "BUYER_RESPONSE", _("the buyer's statement")
    OTHER = "OTHER", _("Other")


# How sentences of the history say the codes above and what facts changed (`words` in
# backoffice/audit/catalogue.py): named here for the catalogues of languages.
IN_SENTENCES = (
    gettext_noop("upheld"),
    gettext_noop("changed"),
    gettext_noop("reversed"),
    gettext_noop("agree"),
    gettext_noop("disagree"),
    gettext_noop("remind"),
    gettext_noop("reassign"),
    gettext_noop("lead"),
    gettext_noop("merchandise or service not received"),
    gettext_noop("merchandise or service not as described"),
    gettext_noop("damaged"),
    gettext_noop("different"),
    gettext_noop("missing parts"),
    gettext_noop("counterfeit"),
    gettext_noop("other"),
    gettext_noop("resolved buyer favour"),
    gettext_noop("resolved seller favour"),
    gettext_noop("resolved with payout"),
    gettext_noop("canceled by buyer"),
    gettext_noop("accepted"),
    gettext_noop("seller"),
    gettext_noop("platform"),
    gettext_noop("carrier"),
    gettext_noop("buyer"),
    gettext_noop("staff"),
    gettext_noop("delivered"),
    gettext_noop("in transit"),
    gettext_noop("as described"),
    gettext_noop("already refunded"),
    gettext_noop("proof of fulfillment"),
    gettext_noop("proof of receipt copy"),
    gettext_noop("additional information of item"),
    gettext_noop("details of purchase"),
    gettext_noop("additional proof of shipment"),
    gettext_noop("proof of denial by carrier"),
    gettext_noop("valid supporting document"),
    gettext_noop("return tracking information"),
    gettext_noop("proof of shipment postage"),
    gettext_noop("return address for shipping"),
    gettext_noop("copy of shipping manifest"),
    gettext_noop("merchant response"),
    gettext_noop("status of merchandise"),
    gettext_noop("proof of empty package or different item"),
    gettext_noop("listing url"),
    gettext_noop("buyer response"),
    gettext_noop("additional tracking information"),
    gettext_noop("proof of delivery signature"),
    gettext_noop("proof of refund"),
    gettext_noop("proof of item not received"),
    gettext_noop("proof of damage"),
    gettext_noop("proof of significant difference"),
    gettext_noop("proof of missing items"),
    gettext_noop("thirdparty proof for damage or significant difference"),
    gettext_noop("item description"),
    gettext_noop("photos of shipped item"),
    gettext_noop("shipped"),
    gettext_noop("tracking"),
    gettext_noop("cancelled"),
    gettext_noop("refunded"),
    gettext_noop("return"),
    gettext_noop("refund"),
    gettext_noop("refund with return"),
    gettext_noop("refund with replacement"),
    gettext_noop("replacement without refund"),
    gettext_noop("item received"),
    gettext_noop("item not received"),
    gettext_noop("empty package or different"),
    gettext_noop("missing items"),
)
