from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from backoffice.accounts.enums import Role
from backoffice.accounts.queries import staff_actor
from backoffice.audit.models import Event
from backoffice.common.actors import SYSTEM
from backoffice.common.errors import DomainError, Forbidden, Invalid, NotFound, Refused
from backoffice.rulebook import service, verbs
from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.models import RulebookVersion
from tests.accounts.factories import make_staff
from tests.rulebook.versions import LATER, NOW, SELLER, a_version, changed

pytestmark = pytest.mark.django_db


def events():
    return list(Event.objects.filter(subject_kind="rulebook").values_list("action", "data__number"))


def test_draft_takes_the_next_number_and_is_told():
    numbers = [service.draft(changed(), SYSTEM, NOW).number for _ in range(2)]
    assert numbers == [2, 3]
    assert events() == [("rulebook.drafted", 2), ("rulebook.drafted", 3)]


def test_draft_keeps_a_document_with_problems():
    version = service.draft({"name": 5, "x": [1]}, SYSTEM, NOW)
    version.refresh_from_db()
    assert (version.name, version.document) == ("Untitled", {"name": 5, "x": [1]})


def test_edit_replaces_the_document():
    draft = service.draft(changed(), SYSTEM, NOW)
    service.edit(2, changed("Better"), SYSTEM, NOW, seen=draft.sha256)
    assert RulebookVersion.objects.get(number=2).name == "Better"
    assert events()[-1] == ("rulebook.edited", 2)


def test_edit_without_a_change_tells_nothing():
    service.draft(changed(), SYSTEM, NOW)
    service.edit(2, changed(), SYSTEM, NOW)
    assert events() == [("rulebook.drafted", 2)]


def test_edit_refuses_what_somebody_else_edited():
    seen = service.draft(changed(), SYSTEM, NOW).sha256
    service.edit(2, changed("Theirs"), SYSTEM, NOW, seen)
    with pytest.raises(Refused, match="Somebody has edited this draft"):
        service.edit(2, changed("Mine"), SYSTEM, NOW, seen)


def test_edit_refuses_a_published_version():
    a_version()
    with pytest.raises(Refused) as refused:
        service.edit(2, changed("Better"), SYSTEM, NOW)
    assert refused.value.code == "rulebook_published"


def test_publish_sets_the_dates_and_the_publisher():
    manager = make_staff(Role.POLICY)
    service.draft(changed(), SYSTEM, NOW)
    version = service.publish(2, LATER, staff_actor(manager), NOW)
    version.refresh_from_db()
    assert (version.effective_from, version.published_at) == (LATER, NOW)
    assert version.published_by == manager
    told = Event.objects.get(action="rulebook.published")
    assert (told.actor_ref, told.at) == (str(manager.pk), NOW)
    assert told.data == {
        "number": 2,
        "name": "Changed",
        "sha256": version.sha256,
        "effective_from": "2027-01-01T00:00:00Z",
    }


def test_publish_refuses_a_document_with_problems():
    document = changed(percent="60 days")
    service.draft(document, SYSTEM, NOW)
    with pytest.raises(RulebookError) as refused:
        service.publish(2, LATER, SYSTEM, NOW)
    assert [(p.table, p.row) for p in refused.value.problems] == [("claim_limit", 1)]
    assert RulebookVersion.objects.get(number=2).published_at is None


@pytest.mark.parametrize(
    ("effective_from", "error"),
    [
        (NOW - timedelta(seconds=1), Refused),
        (LATER, Refused),  # as the last one's
        (LATER - timedelta(days=1), Refused),
        (datetime(2027, 6, 1), Invalid),  # noqa: DTZ001  naive on purpose
    ],
)
def test_publish_refuses_a_date(effective_from, error):
    a_version(LATER)
    service.draft(changed("Next"), SYSTEM, NOW)
    with pytest.raises(error) as refused:
        service.publish(3, effective_from, SYSTEM, NOW)
    assert refused.value.field == "effective_from"


def test_publish_at_once_is_accepted():
    assert a_version(NOW).effective_from == NOW


@pytest.mark.parametrize("seen", ["0" * 64, ""])
def test_publish_refuses_a_draft_edited_since_it_was_seen(seen):
    service.draft(changed(), SYSTEM, NOW)
    with pytest.raises(Refused, match="Somebody has edited this draft"):
        service.publish(2, LATER, SYSTEM, NOW, seen)


def test_publish_refuses_twice_and_nothing():
    a_version()
    with pytest.raises(Refused) as refused:
        service.publish(2, LATER, SYSTEM, NOW)
    assert refused.value.code == "rulebook_published"
    with pytest.raises(NotFound):
        service.publish(9, LATER, SYSTEM, NOW)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.POLICY])
def test_other_roles_may_neither_draft_nor_publish(role):
    actor = staff_actor(make_staff(role))
    service.draft(changed(), SYSTEM, NOW)
    with pytest.raises(Forbidden):
        service.draft(changed(), actor, NOW)
    with pytest.raises(Forbidden):
        service.edit(2, changed("x"), actor, NOW)
    with pytest.raises(Forbidden):
        service.publish(2, LATER, actor, NOW)


def test_a_seller_may_not_publish():
    service.draft(changed(), SYSTEM, NOW)
    with pytest.raises(Forbidden):
        service.publish(2, LATER, SELLER, NOW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_at_once_goes_one_by_one():
    barrier = Barrier(8)
    outcomes = []

    def publish(number: int) -> None:
        # Later numbers ask for earlier dates: only an order of publishing can refuse them.
        at = LATER + timedelta(days=10 - number)
        barrier.wait()
        try:
            outcomes.append(service.publish(number, at, SYSTEM, NOW).number)
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    numbers = [service.draft(changed(f"Book {n}"), SYSTEM, NOW).number for n in range(8)]
    threads = [Thread(target=publish, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = RulebookVersion.objects.filter(published_at__isnull=False, number__gt=1)
    published = list(rows.order_by("effective_from").values_list("number", flat=True))
    told = Event.objects.filter(action="rulebook.published").order_by("pk")
    # Whoever was let through later comes into force later; the others were refused.
    assert published == list(told.values_list("data__number", flat=True))
    refused = 8 - len(published)
    assert sorted(map(str, outcomes)) == sorted(
        [*map(str, published), *["effective_date"] * refused]
    )


def test_the_first_of_all_may_lie_in_the_past():
    past = datetime(1999, 1, 1, tzinfo=UTC)
    verbs.publish(changed(), 1, SYSTEM, past, latest=None, now=NOW)
