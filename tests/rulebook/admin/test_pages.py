from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.common.actors import SYSTEM
from backoffice.rulebook import service
from backoffice.rulebook.engine.writing import write_toml
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.schemas import SCHEMAS
from tests.accounts.factories import make_staff
from tests.rulebook.versions import NOW, a_version, changed

pytestmark = pytest.mark.django_db
LIST = "/admin/rulebook/rulebookversion/"


def logged_in(role):
    client = Client()
    client.force_login(make_staff(role, f"{role.name.lower()}@example.org"))
    return client


@pytest.fixture
def manager():
    return logged_in(Role.POLICY)


def page(version, name):
    return f"{LIST}{version.pk}/{name}/"


def draft(**changes):
    return service.draft(changed(**changes), SYSTEM, timezone.now())


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_version_in_force(role):
    client = logged_in(role)
    assert client.get(LIST).status_code == 200
    text = client.get(page(RulebookVersion.objects.get(), "change")).content.decode()
    assert "When counterfeit: at most 200% of the price." in text
    assert "Counterfeit: up to twice the price [S]" in text


def test_a_version_shows_when_staff_work_and_when_clocks_stand_still(manager):
    hours = {"saturday": [], "sunday": [], "monday": ["09:00-13:00", "14:00-24:00"]}
    calendar = {"zone": "Asia/Shanghai", "country": "CN", "days_off": ["2026-12-24"]}
    document = changed() | {"holidays": {"country": "DE"}, "calendar": calendar | {"hours": hours}}
    version = service.draft(document, SYSTEM, timezone.now())
    clocks = manager.get(page(version, "change")).context["clocks"]
    staffs, sides = (dict(clock.facts) for clock in clocks)
    assert staffs["Monday"] == "09:00–13:00, 14:00–24:00"
    assert (staffs["Sunday"], staffs["Time zone"]) == ("closed", "Asia/Shanghai")
    assert (staffs["Public holidays of"], staffs["Days off"]) == ("CN", "24 Dec 2026")
    assert (sides["Public holidays of"], sides["Days off"]) == ("DE", "none")


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.POLICY])
def test_other_roles_neither_draft_nor_publish(role):
    client, version = logged_in(role), draft()
    pages = [f"{LIST}add/", page(version, "edit"), page(version, "publish")]
    assert [client.post(p).status_code for p in pages] == [403] * 3
    text = client.get(page(version, "change")).content.decode()
    assert [link for link in ("/edit/", "/publish/", "/add/") if link in text] == []


def test_list_tells_the_state_of_each(manager):
    a_version(timezone.now() + timedelta(days=9), "Next year's")
    draft()
    rows = manager.get(LIST).context["cl"].result_list
    admin = manager.get(LIST).context["cl"].model_admin
    assert [admin.state(row) for row in rows] == ["draft", "planned", "in force"]


def test_manager_drafts_a_copy(manager):
    start = RulebookVersion.objects.get()
    answer = manager.post(f"{LIST}add/", {"start": start.pk})
    copy = RulebookVersion.objects.get(number=2)
    assert answer.url == page(copy, "edit")
    assert (copy.document, copy.published_at) == (start.document, None)


def test_manager_mends_a_draft(manager):
    version = draft(percent="60 hours")
    shown = manager.get(page(version, "edit")).content.decode()
    assert "max_percent is written like" in shown
    assert "then = { max_percent = &quot;60 hours&quot; }" in shown
    data = {"toml": write_toml(changed(), SCHEMAS), "seen": version.sha256}
    answer = manager.post(page(version, "edit"), data, follow=True)
    assert "this draft has no problems" in answer.content.decode()
    version.refresh_from_db()
    assert version.document == changed()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("name = ", "not TOML: Invalid value"),
        ('name = "a\\u0000b"', "holds a NUL character; leave it out"),
        (f"x = {10**30}", "holds a number beyond 64 bits"),
        ("x = " + "[" * 400 + "]" * 400, "nested too deep"),
    ],
)
def test_edit_shows_what_is_no_toml_and_keeps_nothing(manager, toml, message):
    version = draft()
    answer = manager.post(page(version, "edit"), {"toml": toml, "seen": version.sha256})
    assert message in answer.content.decode()
    assert RulebookVersion.objects.get(number=2).document == version.document


@pytest.mark.parametrize("toml", ["x = 1979-05-27", "tables = 5\nrates = 1", "tables = [1, {}]"])
def test_edit_keeps_and_shows_any_other_toml(manager, toml):
    version = draft()
    answer = manager.post(
        page(version, "edit"), {"toml": toml, "seen": version.sha256}, follow=True
    )
    assert "cannot be published" in answer.content.decode()
    assert manager.get(page(version, "change")).status_code == 200


def test_edit_refuses_a_draft_that_somebody_else_edited(manager):
    version = draft()
    service.edit(2, changed("Theirs"), SYSTEM, NOW)
    data = {"toml": write_toml(changed("Mine"), SCHEMAS), "seen": version.sha256}
    answer = manager.post(page(version, "edit"), data)
    assert "Somebody has edited this draft" in answer.content.decode()
    assert RulebookVersion.objects.get(number=2).name == "Theirs"


def test_publish_page_shows_what_changes(manager):
    text = manager.get(page(draft(), "publish")).content.decode()
    assert "<del>When counterfeit: at most 200% of the price.</del>" in text
    assert "<ins>When counterfeit: at most 150% of the price.</ins>" in text


def test_manager_publishes_at_once(manager):
    version, before = draft(), timezone.now()
    answer = manager.post(page(version, "publish"), {"seen": version.sha256})
    version.refresh_from_db()
    assert answer.url == page(version, "change")
    assert before <= version.effective_from == version.published_at
    assert version.published_by.email == "policy@example.org"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"effective_from": "2001-01-01T00:00"}, "lies in the past"),
        ({"effective_from": "soon"}, "Enter a valid date/time."),
        ({"seen": "0" * 64}, "Somebody has edited this draft"),
    ],
)
def test_publish_page_refuses(manager, data, message):
    version = draft()
    answer = manager.post(page(version, "publish"), {"seen": version.sha256} | data)
    assert message in answer.content.decode()
    assert RulebookVersion.objects.get(number=2).published_at is None


def test_publish_page_of_a_draft_with_problems_has_no_button(manager):
    text = manager.get(page(draft(percent="5"), "publish")).content.decode()
    assert ('name="effective_from"' in text, "cannot be published" in text) == (False, True)


@pytest.mark.parametrize("name", ["edit", "publish"])
def test_published_version_can_only_be_read(manager, name):
    version = RulebookVersion.objects.get()
    assert manager.post(page(version, name)).url == page(version, "change")


def test_pages_of_an_unknown_version_are_not_found(manager):
    found = [manager.get(f"{LIST}99/{name}/").status_code for name in ("edit", "publish", "change")]
    assert found == [404] * 3
