"""The ground floor's one table: answers kept for `Idempotency-Key`."""

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer given to one POST, kept so that a retry gets the same one.

    Written in the transaction of the effect it answers for, so neither exists without the other.
    `caller` is the API client (whichever of its keys it used); `fingerprint` is the SHA-256 of
    method, path and body: the same key with another fingerprint is refused. The row is inserted
    before the work, with status 0, so that a second request with the key waits for the first; no
    other transaction ever sees that status. After 30 days a row is deleted.
    """

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    content_type = models.CharField(max_length=80)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="one_answer_per_caller_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
