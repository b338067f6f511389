"""What staff write for each other."""

from django.db import models
from django.db.models import Q

from disputes.models.case import Case


class Note(models.Model):
    """An internal note of a member of staff on a case. No party ever sees it, on any door.

    Appended, never edited. The audit event keeps the SHA-256 of `body`; it is for staff alone too.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author_ref = models.CharField(max_length=100)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="a_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author_ref}"
