"""When staff were first to answer is kept beside the next reminder: the queue goes by it."""

import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.models import F, Q

OPEN = Q(due_at__isnull=False)


def since_the_wait_began(apps, schema_editor):
    """Of cases reminded of already the first deadline is lost: it was after the wait began."""
    cases = apps.get_model("disputes", "Case").objects.filter(reminders__gt=0)
    cases.update(overdue_since=F("waiting_since"))


class Migration(migrations.Migration):
    dependencies = [("disputes", "0014_both_sides_appeal"), ("orders", "0004_names_for_readers")]
    operations = [
        migrations.RemoveIndex("case", "open_cases_by_state"),
        migrations.RemoveIndex("case", "reviews_overdue"),
        migrations.AddField("case", "overdue_since", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(since_the_wait_began, migrations.RunPython.noop),
        migrations.AddField(
            "case",
            "expected_by",
            models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    "overdue_since", "due_at"
                ),
                output_field=models.DateTimeField(null=True),
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["state", "expected_by", "id"], condition=OPEN, name="open_cases_by_state"
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, sweep_error=""),
                name="cases_by_urgency",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, reminders__gt=0),
                name="reviews_overdue",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(reminders=0, overdue_since=None)
                | Q(reminders__gt=0, overdue_since__isnull=False),
                name="a_case_reminded_of_says_since_when",
            ),
        ),
    ]
