"""What the parties say to each other."""

from django.db import models
from django.db.models import Q

from backoffice.files.models import StoredFile
from disputes.enums import Party, Stage
from disputes.models.case import Case


class Message(models.Model):
    """One message in a case, for buyer, seller and staff alike. Appended, never edited.

    The audit event of its sending keeps the SHA-256 of `body`, so a changed text would be seen.
    `stage` is where the case stood when it was written: by it the rulebook says what contact data
    is hidden from the other side. That happens when it is shown; `body` is always the original.
    `files` counts its MessageFiles, which come with it and never after; then it needs no words.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    author = models.CharField(max_length=6, choices=Party)
    author_ref = models.CharField(max_length=100)
    body = models.TextField(blank=True)
    files = models.PositiveSmallIntegerField(default=0, db_default=0)
    stage = models.CharField(max_length=15, choices=Stage, default=Stage.INQUIRY)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(author__in=Party.values), name="a_message_has_a_known_author"
            ),
            models.CheckConstraint(condition=~Q(body="", files=0), name="a_message_says_something"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="a_message_has_a_known_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author}"


class MessageFile(models.Model):
    """A file as part of a message. Appended with it, never changed.

    That the file was uploaded to the same case, and by the one who writes, is checked where the two
    are brought together (disputes/queries/files.py).
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="with_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="in_messages")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "file"], name="a_file_is_once_in_a_message")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.file_id}"
