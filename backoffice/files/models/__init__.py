"""Files, and places kept for files that are on their way."""

from backoffice.files.models.stored_file import StoredFile
from backoffice.files.models.upload import Upload

__all__ = ["StoredFile", "Upload"]
