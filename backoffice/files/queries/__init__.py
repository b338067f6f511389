"""Reading files, and where they can be seen."""

from backoffice.files.queries.addresses import Address, address, opened
from backoffice.files.queries.stored import by_public_ids, of_subject

__all__ = ["Address", "address", "by_public_ids", "of_subject", "opened"]
