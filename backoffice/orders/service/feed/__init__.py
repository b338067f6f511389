"""The feed: the marketplace's facts in batches. Each item is taken or refused on its own.

An item is the whole present state of its order or shipment, told as a dict (docs/feed.md); what it
leaves out has no value. A batch costs a constant number of queries. A replay changes nothing.
"""

from backoffice.orders.service.feed.answers import Answer, ItemError
from backoffice.orders.service.feed.orders import feed_orders
from backoffice.orders.service.feed.reading import MAX_ITEMS
from backoffice.orders.service.feed.scans import feed_tracking_events
from backoffice.orders.service.feed.shipments import feed_shipments

__all__ = [
    "MAX_ITEMS",
    "Answer",
    "ItemError",
    "feed_orders",
    "feed_shipments",
    "feed_tracking_events",
]
