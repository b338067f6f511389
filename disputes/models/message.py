"""What the parties say to each other."""

from django.db import models
from django.db.models import Q

from disputes.enums import Party
from disputes.models.case import Case


class Message(models.Model):
    """One message in a case, seen by buyer, seller and staff alike. Appended, never edited.

    The audit event of its sending keeps the SHA-256 of `body`, so a changed text would be seen.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    author = models.CharField(max_length=6, choices=Party)
    author_ref = models.CharField(max_length=100)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(author__in=Party.values), name="a_message_has_a_known_author"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="a_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author}"
