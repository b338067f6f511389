"""Reading files, and where they can be seen."""

from backoffice.files.queries.addresses import Address, address, opened
from backoffice.files.queries.recycled import Copy, Match, matches
from backoffice.files.queries.stored import by_public_ids, of_subject

__all__ = [
    "Address",
    "Copy",
    "Match",
    "address",
    "by_public_ids",
    "matches",
    "of_subject",
    "opened",
]
