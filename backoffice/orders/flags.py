"""What looks wrong in what we were told, yet is kept: the catalogue of flags."""

from __future__ import annotations

# Flags kept on an order (Order.flags).
ORDER_FLAGS = {
    "cancelled_yet_delivered": "The order is cancelled or unavailable, yet a delivery is recorded.",
    "delivered_before_handover": "A delivery is recorded before the hand-over to the carrier.",
    "delivered_in_the_future": "A delivery is recorded for a time to come: is its year right?",
    "delivered_without_date": "The marketplace says delivered, but nobody says when.",
    "handed_over_before_purchase": "The hand-over to the carrier is recorded before the purchase.",
    "no_promise": "The order has no promised day.",
    "promised_before_purchase": "The promised day lies before the day of purchase.",
    "refunded_more_than_paid": "The marketplace refunded more than items and freight together.",
}
# Flags of an answer alone: they tell what was done with the item.
ANSWER_FLAGS = {
    "ambiguous_code": "The carrier's code means two things; a delivery told by it does not count.",
    "no_order_yet": "The order is not known yet; the shipment joins it when it is fed.",
    "no_shipment_yet": "The shipment is not known yet; the scan joins it when it is fed.",
    "number_checksum_wrong": "The tracking number's check digit is wrong: a typing mistake?",
    "number_unknown_format": "The tracking number has the form of no courier we know.",
}
SENTENCES = ORDER_FLAGS | ANSWER_FLAGS
