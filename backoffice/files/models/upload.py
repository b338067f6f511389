"""A place kept for a file that its sender puts into the storage itself."""

from django.db import models
from django.db.models import F, Q

from backoffice.common.actors import ActorKind
from backoffice.files.models.stored_file import StoredFile


class Upload(models.Model):
    """One announced file: asked for, sent straight to the storage, then completed.

    `size` is what was announced, and the address takes exactly so many bytes. `stored` is set when
    it was completed and accepted; `refused` is the code if it was looked at and refused. Until
    then its bytes lie under `incoming/`, where nothing is ever served from, and they are deleted
    when it is over, at the latest a while after `expires_at`.
    """

    public_id = models.CharField(max_length=20, unique=True)
    subject = models.CharField(max_length=64)
    uploader_kind = models.CharField(max_length=12)
    uploader_ref = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    stored = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="upload")
    refused = models.CharField(max_length=40, blank=True)
    swept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uploader_kind__in=[kind.value for kind in ActorKind]),
                name="an_upload_has_a_known_uploader",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, expires_at__gt=F("asked_at")),
                name="an_upload_announces_a_size_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(stored=None) | Q(refused=""), name="an_upload_is_stored_or_refused"
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(swept=False), name="uploads_to_clear_away"
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.name}"

    @property
    def key(self) -> str:
        """Where its bytes lie until they have been looked at."""
        return f"incoming/{self.public_id}"
