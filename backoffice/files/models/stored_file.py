"""What somebody gave us, as we keep it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.common.actors import ActorKind
from backoffice.files.enums import PHOTO_VARIANTS, Format, Kind, Variant

PDFS = Q(format=Format.PDF.value)


class StoredFile(models.Model):
    """One photo or document, for good: never changed, never deleted.

    `subject` is the public id of what it belongs to (a case, an insurance claim), as text: files
    stand beneath those. `sha256` and `size` are the original's, which is kept as it came and opens
    only to staff who say why. `width` and `height` are the upright view's. `facts` is what the
    camera wrote into the photo (`taken_at`, `camera`, `software`, `gps`, `countries`), for staff;
    where exactly it was taken is not kept outside the original. What was refused has no row.
    `folder` is where the bytes lie in the storage; what lies in it follows from the kind.
    """

    public_id = models.CharField(max_length=20, unique=True)
    subject = models.CharField(_("belongs to"), max_length=64)
    uploader_kind = models.CharField(max_length=12)
    uploader_ref = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in Kind])
    format = models.CharField(max_length=4, choices=[(f, f) for f in Format])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    folder = models.CharField(max_length=100)
    at = models.DateTimeField()
    # Not kept: set where a reader may not read the sender's name, so that its addresses tell none.
    nameless = False

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=Kind.DOCUMENT.value, width=0, height=0) & PDFS)
                | (Q(kind=Kind.PHOTO.value, width__gt=0, height__gt=0) & ~PDFS),
                name="a_photo_has_a_size_and_a_document_has_none",
            ),
            models.CheckConstraint(
                condition=Q(format__in=[f.value for f in Format]), name="a_file_has_a_known_format"
            ),
            models.CheckConstraint(
                condition=Q(uploader_kind__in=[kind.value for kind in ActorKind]),
                name="a_file_has_a_known_uploader",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0) & ~Q(sha256="") & ~Q(name="") & ~Q(subject=""),
                name="a_file_holds_something_and_has_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="files_of_a_subject"),
            models.Index(fields=["sha256"], name="files_by_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.name}"

    def key(self, variant: Variant) -> str:
        """Where the bytes of `variant` lie in the storage."""
        if variant in PHOTO_VARIANTS:
            return f"{self.folder}/{variant.lower()}.jpg"
        return f"{self.folder}/original"

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What of it may be shown to those who may see it at all."""
        return PHOTO_VARIANTS if self.kind == Kind.PHOTO else (Variant.DOCUMENT,)
