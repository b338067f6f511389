"""Message templates in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from backoffice.accounts.enums import Role
from backoffice.audit.queries import chain
from disputes.models import MessageTemplate
from tests.disputes.admin.desk import staff_client

pytestmark = pytest.mark.django_db
LIST = "/admin/disputes/messagetemplate/"
TEXTS = {
    "code": "hello",
    "active": "on",
    "title_en": "Say hello",
    "title_zh_hans": "问好",
    "body_en": "Hello {buyer}.",
    "body_zh_hans": "{buyer}，您好。",
}


@pytest.fixture
def client() -> Client:
    return staff_client(Role.POLICY)


def change(code: str) -> str:
    return f"{LIST}{MessageTemplate.objects.get(code=code).pk}/change/"


def actions(code: str) -> list[str]:
    return [event.action for event in chain("template", code).order_by("seq")]


def test_add_is_told_in_the_audit(client: Client) -> None:
    assert client.post(f"{LIST}add/", TEXTS).status_code == 302
    assert MessageTemplate.objects.get(code="hello").body_en == "Hello {buyer}."
    event = chain("template", "hello").get()
    assert (event.action, event.data["body_zh_hans"]) == ("template.added", "{buyer}，您好。")


def test_change_keeps_the_code_and_tells_the_audit(client: Client) -> None:
    client.post(change("talk-here"), TEXTS)
    template = MessageTemplate.objects.get(code="talk-here")
    assert (template.title_en, actions("talk-here")) == ("Say hello", ["template.changed"])
    assert "changed the message template" in client.get(change("talk-here")).content.decode()


def test_saving_without_a_change_tells_nothing(client: Client) -> None:
    client.post(f"{LIST}add/", TEXTS)
    client.post(change("hello"), TEXTS)
    assert actions("hello") == ["template.added"]


@pytest.mark.parametrize("field", ["body_en", "body_zh_hans"])
def test_an_unknown_variable_is_named_beside_its_text(client: Client, field: str) -> None:
    page = client.post(f"{LIST}add/", TEXTS | {field: "Hello {byer}."})
    errors = page.context["adminform"].form.errors
    assert list(errors) == [field]
    assert "Unknown: {byer}. Known are {case}," in errors[field][0]


@pytest.mark.parametrize("code", ["Hello", "1st", "a b", "问好", "x" * 41, ""])
def test_a_code_is_plain(client: Client, code: str) -> None:
    page = client.post(f"{LIST}add/", TEXTS | {"code": code})
    assert list(page.context["adminform"].form.errors) == ["code"]


def test_both_languages_are_needed(client: Client) -> None:
    page = client.post(f"{LIST}add/", TEXTS | {"body_zh_hans": " "})
    assert list(page.context["adminform"].form.errors) == ["body_zh_hans"]


def test_the_list_is_searched_by_what_the_texts_say(client: Client) -> None:
    page = client.get(LIST, {"q": "tracking number"}).content.decode()
    assert "ask-tracking" in page
    assert "talk-here" not in page


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.AUDITOR])
def test_others_read_and_change_nothing(role: Role) -> None:
    client = staff_client(role)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(change("talk-here"), TEXTS).status_code == 403


def test_nobody_deletes_a_template() -> None:
    client = staff_client(Role.POLICY)
    pk = MessageTemplate.objects.get(code="talk-here").pk
    assert client.post(f"{LIST}{pk}/delete/", {"post": "yes"}).status_code == 403
