"""What was said and shown, as PayPal's `messages` and `supporting_info`."""

from __future__ import annotations

from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, latest, moment, shape
from disputes.enums import Party
from disputes.queries.public import PublicCase

MESSAGES = 1000
ARBITER = "ARBITER"


def messages(found: PublicCase, reader: Reader) -> list[Shape]:
    """Buyer's, seller's and staff's; to PayPal staff are the arbiter."""
    return latest(
        [
            shape(
                posted_by=ARBITER if message.author == Party.STAFF else message.author,
                time_posted=moment(message.at),
                content=message.body,
            )
            for message in found.messages
        ],
        MESSAGES,
    )


def supporting_info(found: PublicCase, reader: Reader) -> list[Shape]:
    """What the sides added while staff decide."""
    return []
