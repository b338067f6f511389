"""What photos are recognised by when they are used again."""

from django.db import models
from django.db.models import Q

from backoffice.files.models.stored_file import StoredFile


class PhotoGlimpse(models.Model):
    """One photo reduced to what survives a copy: some 1,728 bytes, or twice that (`fingerprints`).

    It belongs to a stored file, or is a listing's photo, known by its address alone: of that we
    keep no file. A photo too plain to be told from others has no row.
    """

    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="glimpse"
    )
    listing = models.CharField(max_length=500, blank=True)
    kept = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(Q(file=None), ~Q(listing="")) | Q(file__isnull=False, listing=""),
                name="a_glimpse_is_of_a_file_or_of_a_listing",
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=~Q(listing=""),
                name="a_listing_has_one_glimpse_for_each_address",
            ),
        ]

    def __str__(self) -> str:
        return self.listing or f"file {self.file_id}"


class PhotoHash(models.Model):
    """One of a photo's six or seven marks: `bits` of one frame of it, and which of them are weak.

    `band0` to `band2` are the bits again, cut in three, each an ordinary index that holds all a
    search reads. Everything here follows from the glimpse and can be made anew from it.
    """

    photo = models.ForeignKey(PhotoGlimpse, models.CASCADE, related_name="hashes", db_index=False)
    frame = models.PositiveSmallIntegerField()
    bits = models.BigIntegerField()
    weak = models.BigIntegerField()
    band0 = models.IntegerField()
    band1 = models.IntegerField()
    band2 = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "frame"], name="a_photo_has_one_hash_for_each_frame"
            ),
            models.CheckConstraint(
                condition=Q(bits__gte=0, weak__gte=0), name="a_hash_has_63_bits_and_no_sign"
            ),
        ]
        indexes = [
            models.Index(
                fields=[band], include=["photo", "frame", "bits", "weak"], name=f"photos_by_{band}"
            )
            for band in ("band0", "band1", "band2")
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}/{self.frame} {self.bits:016x}"
