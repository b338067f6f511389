from datetime import UTC, datetime, timedelta

import pytest

from backoffice.common.actors import SYSTEM
from backoffice.common.errors import NotFound, Refused
from backoffice.rulebook import queries, service
from backoffice.rulebook.default import default_book, default_document
from backoffice.rulebook.models import RulebookVersion
from tests.rulebook.versions import LATER, NOW, a_version, changed

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def test_fresh_database_is_judged_by_the_default():
    row = RulebookVersion.objects.get()
    assert (row.number, row.effective_from, row.published_by) == (1, FIRST_DAY, None)
    assert row.document == default_document()
    assert queries.book(1).sentences("ruling") == default_book().sentences("ruling")


def test_version_in_force_changes_at_the_very_moment():
    a_version(LATER)
    found = [queries.version_in_force(LATER + d) for d in (-A_MOMENT, timedelta(), A_MOMENT)]
    assert found == [1, 2, 2]
    assert queries.book_in_force(LATER).version == 2


def test_version_in_force_before_all_is_refused():
    with pytest.raises(Refused) as refused:
        queries.book_in_force(FIRST_DAY - A_MOMENT)
    assert refused.value.code == "no_rulebook_in_force"


def test_book_is_compiled_once(django_assert_num_queries):
    first = queries.book(1)
    with django_assert_num_queries(0):
        assert queries.book(1) is first


def test_schedule_takes_one_query_for_any_number_of_moments(django_assert_num_queries):
    a_version(LATER)
    with django_assert_num_queries(1):
        schedule = queries.schedule()
        assert [schedule.number_at(at) for at in (NOW, LATER)] == [1, 2]


def test_book_of_a_draft_is_not_found():
    service.draft(changed(), SYSTEM, NOW)
    with pytest.raises(NotFound, match="no published rulebook version 2"):
        queries.book(2)


def test_book_without_a_table_that_came_later_still_loads():
    document = default_document()
    document["tables"] = [t for t in document["tables"] if t["name"] != "silence"]
    rules = queries.load_published(document, 1)
    assert rules.evaluate("claim_limit", {"reason": "OTHER"}).number("max_percent") == 100
    with pytest.raises(NotFound, match="Version 1 of the rulebook has no table 'silence'"):
        rules.evaluate("silence", {"waiting": "REVIEW", "reason": "OTHER"})


def test_book_of_a_pairing_that_is_refused_since_still_loads():
    document = default_document()
    (silence,) = (t for t in document["tables"] if t["name"] == "silence")
    (row,) = (r for r in silence["rows"] if r["when"] == {"waiting": "COMMENT"})
    row["then"] = {"consequence": "REVIEW"}
    rules = queries.load_published(document, 1)
    told = rules.evaluate("silence", {"waiting": "COMMENT", "reason": "OTHER"})
    assert told.text("consequence") == "REVIEW"
