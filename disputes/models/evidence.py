"""What was asked of a party and what it gave."""

from django.db import models
from django.db.models import Q

from backoffice.files.models import StoredFile
from backoffice.orders.enums import NumberHint
from disputes.enums import EvidenceType, Party, Stage
from disputes.models.case import Case

SIDES = (Party.BUYER, Party.SELLER)


class EvidenceRequest(models.Model):
    """Staff asked one side for evidence by a date. Open until it answers or its time is over.

    `closed_at` with `answered` false means that the time passed in silence.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence_requests")
    party = models.CharField(max_length=6, choices=Party)
    evidence_type = models.CharField(max_length=60, choices=EvidenceType)
    note = models.TextField()
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=SIDES), name="evidence_is_asked_of_a_side"
            ),
            models.CheckConstraint(
                condition=Q(answered=False) | Q(closed_at__isnull=False),
                name="an_answered_request_is_closed",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_open_request_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party} {self.evidence_type}"


class Evidence(models.Model):
    """One piece of evidence a side gave: a text, a tracking number, files. Appended only.

    `files` counts its EvidenceFiles, which come with it and never after. `supporting`: a side added
    it unasked while staff decided.

    `stage` is where the case stood then: by it the rulebook says what contact data in `note` is
    hidden from the other side.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    party = models.CharField(max_length=6, choices=Party)
    evidence_type = models.CharField(max_length=60, choices=EvidenceType)
    note = models.TextField(blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    number_hint = models.CharField(max_length=20, choices=NumberHint, blank=True)
    files = models.PositiveSmallIntegerField(default=0, db_default=0)
    supporting = models.BooleanField(default=False, db_default=False)
    stage = models.CharField(max_length=15, choices=Stage, default=Stage.INQUIRY)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=SIDES), name="evidence_is_given_by_a_side"
            ),
            models.CheckConstraint(
                condition=~Q(note="", tracking_number="", files=0), name="evidence_says_something"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="evidence_has_a_known_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party} {self.evidence_type}"


class EvidenceFile(models.Model):
    """A file as part of a piece of evidence. Appended with it, never changed.

    That the file was uploaded to the same case, and by the side that gives it, is checked where
    the two are brought together (disputes/queries/files.py).
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="with_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="in_evidence")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "file"], name="a_file_is_once_in_a_piece_of_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.file_id}"
