"""Times in which the sides' clocks stand still."""

from django.db import models
from django.db.models import F, Q

from disputes.models.case import Case


class Pause(models.Model):
    """A stretch of time that counts for no side: a carrier's strike, a holiday, our own outage.

    Of one `carrier`'s parcels, or of all cases if blank. Declared once, never changed; staff's own
    time is not paused. What it did to which case is a PausedWait.
    """

    carrier = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    declared_by = models.CharField(max_length=100)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_pause_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_pause_says_why"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="pauses_by_end")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} {self.reason}"


class PausedWait(models.Model):
    """A pause moved the deadline of one wait of a case: once, however often the sweep comes by.

    `since` is when that wait began; `seconds` is by how much its deadline was moved. Appended only.
    """

    pause = models.ForeignKey(Pause, models.PROTECT, related_name="waits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="paused_waits")
    since = models.DateTimeField()
    seconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pause", "case", "since"], name="a_pause_moves_a_wait_once"
            ),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="a_paused_wait_is_longer"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seconds}"
