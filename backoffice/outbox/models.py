"""Messages to the world outside, written in the transaction of what they tell."""

from django.db import models


class Message(models.Model):
    """One thing the marketplace (or its payment provider) must be told.

    `topic` is an event type such as `dispute.resolved` or `payout.requested`; `data` is its
    payload. `dedupe_key` makes telling the same thing twice impossible. Delivery, and the columns
    it needs, come with the webhooks.
    """

    topic = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField()
    created_at = models.DateTimeField()
    dedupe_key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="messages_of_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_id}"
