"""What was said, as PayPal's `messages`."""

from __future__ import annotations

from disputes.api.paypal.documents import documents
from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, latest, moment, shape
from disputes.enums import Party
from disputes.queries.public import PublicCase

MESSAGES, DOCUMENTS = 1000, 10
ARBITER = "ARBITER"


def messages(found: PublicCase, reader: Reader) -> list[Shape]:
    """Buyer's, seller's and staff's; to PayPal staff are the arbiter."""
    said = [
        shape(
            posted_by=ARBITER if message.author == Party.STAFF else message.author,
            time_posted=moment(message.at),
            content=message.body,
            documents=documents(message.files[:DOCUMENTS], reader),
        )
        for message in found.messages
    ]
    return latest(said, MESSAGES)
