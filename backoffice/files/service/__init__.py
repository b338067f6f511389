"""What other floors may call.

`store()` takes bytes and gives a StoredFile or raises FileRefused. A door that answers for several
files, or holds a transaction, calls `prepare()` first, outside of it (it takes time and writes
nothing), then `keep()`.
"""

from backoffice.files.service.originals import read_original
from backoffice.files.service.preparing import FileRefused, Prepared, prepare
from backoffice.files.service.recognition import keep_listing, look_at_listing, remember_listing
from backoffice.files.service.storing import Arrived, keep, keep_all, prepare_all, store

__all__ = [
    "Arrived",
    "FileRefused",
    "Prepared",
    "keep",
    "keep_all",
    "keep_listing",
    "look_at_listing",
    "prepare",
    "prepare_all",
    "read_original",
    "remember_listing",
    "store",
]
