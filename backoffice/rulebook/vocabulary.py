"""The closed lists of the tables' enum columns, each value with the phrase that reads it aloud.

Evidence types are PayPal Disputes v1.10's, those that fit goods (FIELD.md section 3).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

from backoffice.rulebook.engine.columns import Value

Words = Mapping[Value, str]

REASON: Words = {
    "NOT_RECEIVED": _("not received"),
    "DAMAGED": _("damaged"),
    "DIFFERENT": _("different from its description"),
    "MISSING_PARTS": _("parts missing"),
    "COUNTERFEIT": _("counterfeit"),
    "OTHER": _("not as described otherwise"),
}
WAITING: Words = {
    "BUYER_MINIMUM": _("the buyer's first evidence awaited"),
    "SELLER_RESPONSE": _("the seller's answer awaited"),
    "NEGOTIATION": _("the parties negotiating"),
    "OFFER_RESPONSE": _("an answer to the offer awaited"),
    "BUYER_EVIDENCE": _("the buyer's evidence awaited"),
    "SELLER_EVIDENCE": _("the seller's evidence awaited"),
    "REVIEW": _("under review"),
    "REVIEW_REMINDER": _("the review overdue"),
    "APPROVAL": _("the second approval awaited"),
    "COMMENT": _("comment on the proposed decision awaited"),
    "RETURN_ADDRESS": _("the address for the return awaited"),
    "RETURN_SHIPMENT": _("the goods to be sent back"),
    "RETURN_RECEIPT": _("the return on its way"),
    "RETURN_ACKNOWLEDGEMENT": _("the return delivered, the seller's word awaited"),
    "DEDUCTION": _("the buyer's word on a deduction awaited"),
    "APPEAL": _("under appeal"),
}
TRACKING: Words = {
    "NONE": _("no tracking"),
    "MOVING": _("on its way"),
    "AMBIGUOUS": _("unclear tracking"),
    "DELIVERED": _("delivery scanned"),
    "RETURNED": _("returned to the sender"),
    "LOST": _("lost by the carrier"),
    "DAMAGED": _("damaged in transit"),
}
SELLER_ANSWER: Words = {
    "NONE": _("not heard yet"),
    "SILENT": _("silent"),
    "DENIED": _("denying"),
    "ACCEPTED": _("accepting"),
}
BORNE_BY: Words = {
    "SELLER": _("borne by the seller"),
    "PLATFORM": _("borne by the platform"),
    "CARRIER": _("borne by the carrier"),
}
DECIDED_BY: Words = {
    "RULE": _("decided by rule"),
    "STAFF": _("decided by staff"),
    "TWO_STAFF": _("decided by two staff members"),
}
CONSEQUENCE: Words = {
    "RULE": _("decided by rule"),
    "ESCALATE": _("escalated to the platform"),
    "REVIEW": _("goes to review"),
    "CLOSE": _("closed"),
    "EXPIRE": _("the offer expires and the parties talk on"),
    "FINAL": _("the proposed decision becomes final"),
    "REFUND": _("the agreed refund is paid"),
    "REMIND": _("staff are reminded"),
}
STAGE: Words = {
    "INQUIRY": _("while the parties talk"),
    "CHARGEBACK": _("since the case was escalated"),
    "PRE_ARBITRATION": _("before an appeal is heard"),
    "ARBITRATION": _("on appeal"),
}
CONTACT: Words = {
    "EMAIL": _("an e-mail address"),
    "PHONE": _("a telephone number"),
    "LINK": _("a link"),
}
PARTY: Words = {"BUYER": _("asked of the buyer"), "SELLER": _("asked of the seller")}
OPENS_FROM: Words = {
    "deliver_by": _("the promised date"),
    "shipment": _("shipment"),
    "delivery": _("delivery"),
    "purchase": _("purchase"),
}
CLOSES_FROM: Words = {
    "deliver_by": _("the promised date"),
    "receipt_or_deliver_by": _("receipt or, unreceived, the promised date"),
}
EVIDENCE: Words = {
    "PROOF_OF_FULFILLMENT": _("proof of fulfilment"),
    "PROOF_OF_REFUND": _("proof of refund"),
    "PROOF_OF_DELIVERY_SIGNATURE": _("signature at delivery"),
    "PROOF_OF_RECEIPT_COPY": _("copy of the receipt"),
    "RETURN_POLICY": _("return policy"),
    "PROOF_OF_RESHIPMENT": _("proof of reshipment"),
    "ITEM_DESCRIPTION": _("description of the item"),
    "POLICE_REPORT": _("police report"),
    "AFFIDAVIT": _("affidavit"),
    "PROOF_OF_RETURN": _("proof of return"),
    "CUSTOMS_DOCUMENT": _("customs document"),
    "ADDITIONAL_INFORMATION_OF_ITEM": _("further information on the item"),
    "DETAILS_OF_PURCHASE": _("details of the purchase"),
    "PROOF_OF_SIGNIFICANT_DIFFERENCE": _("proof of a significant difference"),
    "PROOF_OF_CONFISCATION": _("proof of confiscation"),
    "PROOF_OF_DAMAGE": _("proof of damage"),
    "ADDITIONAL_PROOF_OF_SHIPMENT": _("further proof of shipment"),
    "PROOF_OF_DENIAL_BY_CARRIER": _("the carrier's denial"),
    "THIRDPARTY_PROOF_FOR_DAMAGE_OR_SIGNIFICANT_DIFFERENCE": _("a third party's finding"),
    "VALID_SUPPORTING_DOCUMENT": _("supporting document"),
    "RETURN_TRACKING_INFORMATION": _("tracking of the return"),
    "DELIVERY_RECEIPT": _("delivery receipt"),
    "ADDITIONAL_TRACKING_INFORMATION": _("further tracking information"),
    "PROOF_OF_SHIPMENT_POSTAGE": _("proof of postage"),
    "ONLINE_TRACKING_INFORMATION": _("online tracking information"),
    "RETURN_ADDRESS_FOR_SHIPPING": _("return address"),
    "COPY_OF_SHIPPING_MANIFEST": _("copy of the shipping manifest"),
    "MERCHANT_RESPONSE": _("the seller's statement"),
    "STATUS_OF_MERCHANDISE": _("state of the goods"),
    "PROOF_OF_MISSING_ITEMS": _("proof of what is missing"),
    "PROOF_OF_EMPTY_PACKAGE_OR_DIFFERENT_ITEM": _("proof of an empty package or another item"),
    "PROOF_OF_ITEM_NOT_RECEIVED": _("proof that the item was not received"),
    "ORDER_DETAILS": _("order details"),
    "LISTING_URL": _("address of the listing"),
    "SHIPPING_INSURANCE": _("shipping insurance"),
    "BUYER_RESPONSE": _("the buyer's statement"),
    "PHOTOS_OF_SHIPPED_ITEM": _("photos of the item as shipped"),
    "OTHER": _("other evidence"),
}

# What other languages call the columns; English readers see the names as a rulebook writes them.
COLUMNS: Mapping[str, Promise] = {
    "category": pgettext_lazy("column", "category"),
    "value": pgettext_lazy("column", "value"),
    "destination": pgettext_lazy("column", "destination"),
    "max_days": pgettext_lazy("column", "max_days"),
    "late_scan_restarts": pgettext_lazy("column", "late_scan_restarts"),
    "signature_wanted": pgettext_lazy("column", "signature_wanted"),
    "reason": pgettext_lazy("column", "reason"),
    "promise": pgettext_lazy("column", "promise"),
    "opens_after": pgettext_lazy("column", "opens_after"),
    "opens_from": pgettext_lazy("column", "opens_from"),
    "closes_after": pgettext_lazy("column", "closes_after"),
    "closes_from": pgettext_lazy("column", "closes_from"),
    "max_percent": pgettext_lazy("column", "max_percent"),
    "waiting": pgettext_lazy("column", "waiting"),
    "limit": pgettext_lazy("column", "limit"),
    "party": pgettext_lazy("column", "party"),
    "evidence_type": pgettext_lazy("column", "evidence_type"),
    "required": pgettext_lazy("column", "required"),
    "consequence": pgettext_lazy("column", "consequence"),
    "tracking": pgettext_lazy("column", "tracking"),
    "proof_of_shipment": pgettext_lazy("column", "proof_of_shipment"),
    "days_late": pgettext_lazy("column", "days_late"),
    "seller_answer": pgettext_lazy("column", "seller_answer"),
    "refund_percent": pgettext_lazy("column", "refund_percent"),
    "borne_by": pgettext_lazy("column", "borne_by"),
    "return_needed": pgettext_lazy("column", "return_needed"),
    "decided_by": pgettext_lazy("column", "decided_by"),
    "stage": pgettext_lazy("column", "stage"),
    "contact": pgettext_lazy("column", "contact"),
    "masked": pgettext_lazy("column", "masked"),
    "max_offers": pgettext_lazy("column", "max_offers"),
    "max_deduction": pgettext_lazy("column", "max_deduction"),
    "longest": pgettext_lazy("column", "longest"),
    "locked_for": pgettext_lazy("column", "locked_for"),
    "shown_first": pgettext_lazy("column", "shown_first"),
    "open_for": pgettext_lazy("column", "open_for"),
    "share": pgettext_lazy("column", "share"),
}
