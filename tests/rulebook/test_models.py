"""The database itself keeps published versions as they are."""

import pytest
from django.db import IntegrityError, connection

from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.verbs import content
from tests.rulebook.versions import LATER, NOW, changed

pytestmark = pytest.mark.django_db


def a_draft(**fields):
    held = content(changed())
    values = {"number": 2, "name": held.name, "document": {}, "sha256": held.sha256}
    return RulebookVersion.objects.create(**values | fields)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulebook_rulebookversion SET name = 'x' WHERE number = 1",
        "UPDATE rulebook_rulebookversion SET published_at = NULL WHERE number = 1",
        "DELETE FROM rulebook_rulebookversion WHERE number = 1",
    ],
)
def test_database_refuses_to_change_a_published_version(statement):
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_database_lets_a_draft_be_changed_and_dropped():
    a_draft()
    assert RulebookVersion.objects.filter(number=2).update(name="x") == 1
    assert RulebookVersion.objects.filter(number=2).delete()[0] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": NOW},
        {"effective_from": LATER},
        {"number": 0},
        {"number": 1},
        {"published_at": NOW, "effective_from": "2000-01-01T00:00:00Z"},
    ],
)
def test_database_refuses_a_version_that_cannot_be(fields):
    with pytest.raises(IntegrityError):
        a_draft(**fields)
