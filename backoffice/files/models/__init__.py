"""Files, places kept for files that are on their way, and what photos are recognised by."""

from backoffice.files.models.photo_hash import PhotoGlimpse, PhotoHash
from backoffice.files.models.stored_file import StoredFile
from backoffice.files.models.upload import Upload

__all__ = ["PhotoGlimpse", "PhotoHash", "StoredFile", "Upload"]
