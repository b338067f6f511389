"""The conversation on the desk: notes, templates, what is unread, what the parties do not see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.common.actors import Actor, ActorKind
from backoffice.files.service import store
from disputes.enums import Party
from disputes.models import Case, Message, MessageFile, MessageTemplate, Note, ReadMark
from disputes.queries.reading import unread_in
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.supporting_info import provide_supporting_info
from tests.disputes.admin.desk import again, case_to_decide, seen, staff_client, url
from tests.factories import a_case, buyer_of, seller_of
from tests.files.photos import PDF, a_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return staff_client()


def say(case: Case, body: str = "Hello?", **more: Any) -> Message:
    act(send_message, case.public_id, buyer_of(case), timezone.now(), body=body, **more)
    return Message.objects.latest("id")


def unread(case: Case) -> int:
    return unread_in(case.pk, {Party.STAFF})[Party.STAFF]


def test_note_is_kept_and_shown_as_internal(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "note"), seen(case, note="Seen this buyer before."))
    assert Note.objects.get().body == "Seen this buyer before."
    page = client.get(url(case)).content.decode()
    assert "Seen this buyer before." in page
    assert '<span class="badge wait">internal</span>' in page


def test_note_on_a_case_that_is_set_aside_and_due(client: Client) -> None:
    case = case_to_decide()
    Case.objects.update(sweep_error="broken", due_at=case.filed_at)
    client.post(url(case, "note"), seen(case, note="The rulebook is gone."))
    assert Note.objects.count() == 1


def test_note_by_an_auditor_is_forbidden() -> None:
    case = case_to_decide()
    response = staff_client(Role.AUDITOR).post(url(case, "note"), seen(case, note="Hm."))
    assert (response.status_code, Note.objects.count()) == (403, 0)


def test_a_template_begins_the_message(client: Client) -> None:
    case = case_to_decide()
    form = client.get(url(case), {"template": "talk-here"}).context["message_form"]
    assert f"case {case.public_id}" in form["message"].value()
    assert form["version"].value() == again(case).version


@pytest.mark.parametrize("code", ["nothing", "", "a\0b", "x" * 500])
def test_a_template_that_is_not_there_begins_nothing(client: Client, code: str) -> None:
    case = case_to_decide()
    page = client.get(url(case), {"template": code})
    assert (page.status_code, page.context["message_form"]["message"].value()) == (200, None)


def test_templates_are_offered_in_the_readers_language(client: Client) -> None:
    case = case_to_decide()
    MessageTemplate.objects.exclude(code="talk-here").update(active=False)
    page = client.get(url(case), headers={"accept-language": "zh-hans"}).content.decode()
    assert '<option value="talk-here">请在平台内沟通</option>' in page


def test_a_template_does_not_begin_what_may_not_be_sent() -> None:
    case = case_to_decide()
    page = staff_client(Role.AUDITOR).get(url(case), {"template": "talk-here"})
    assert (page.context["message_form"], page.context["unsent"]) == (None, None)


def test_staff_read_the_original_and_are_told_what_is_hidden(client: Client) -> None:
    case = a_case()
    say(case, "Call me: 13812345678")
    page = client.get(url(case)).content.decode()
    assert "Call me: 13812345678" in page
    assert "The other side reads this without the contact data." in page


def test_opening_the_page_marks_nothing(client: Client) -> None:
    case = a_case()
    say(case)
    client.get(url(case))
    assert unread(case) == 1


def test_the_queue_tells_what_is_new(client: Client) -> None:
    case = case_to_decide()  # the seller's denial, and the buyer's asking to decide
    assert "2 new messages" in client.get("/admin/disputes/case/queue/").content.decode()
    client.post(url(case, "message"), seen(case, message="We look into it."))
    assert "new message" not in client.get("/admin/disputes/case/queue/").content.decode()


def test_read_marks_what_the_page_showed(client: Client) -> None:
    case = a_case()
    say(case)
    up_to = re.search(r'name="up_to" value="(\d+)"', client.get(url(case)).content.decode())
    say(case, "And another.")
    assert up_to is not None
    assert client.post(url(case, "read"), {"up_to": up_to[1]}).url == url(case)
    assert unread(case) == 1


IN_PART = {"HX-Request": "true", "HX-Target": "conversation"}


@pytest.mark.parametrize("name", ["read", "message"])
def test_an_answer_that_moves_the_forms_on_shows_what_was_given(client: Client, name: str) -> None:
    case, now = case_to_decide(), timezone.now()
    sent = seen(case, message="One moment.", up_to=str(Message.objects.latest("id").pk))
    seller, file = (
        seller_of(case),
        store(case.public_id, a_photo(), "cup.jpg", seller_of(case), now),
    )
    given = {"evidence_type": "OTHER", "note": "See.", "files": [file]}
    act(provide_supporting_info, case.public_id, seller, now, **given)
    answer = client.post(url(case, name), sent, headers=IN_PART).content.decode()
    assert f'data-version="{again(case).version}"' in answer
    assert f'data-picture="{file.public_id}"' in answer.split('<div id="given"')[1]
    assert "since you opened this page" in answer


@pytest.mark.parametrize("name", ["read", "message"])
def test_an_answer_to_what_was_the_latest_leaves_the_rest(client: Client, name: str) -> None:
    case = case_to_decide()
    sent = seen(case, message="One moment.", up_to=str(Message.objects.latest("id").pk))
    answer = client.post(url(case, name), sent, headers=IN_PART).content.decode()
    assert f'data-version="{again(case).version}"' in answer
    assert '<div id="given"' not in answer
    assert "since you opened this page" not in answer


def test_who_answers_has_read(client: Client) -> None:
    case = a_case()
    say(case)
    client.post(url(case, "message"), seen(case, message="We look into it."))
    assert unread(case) == 0
    assert 'name="up_to"' not in client.get(url(case)).content.decode()


def test_an_auditor_marks_nothing() -> None:
    case = a_case()
    message = say(case)
    client = staff_client(Role.AUDITOR)
    assert 'name="up_to"' not in client.get(url(case)).content.decode()
    assert client.post(url(case, "read"), {"up_to": message.pk}).status_code == 403
    assert not ReadMark.objects.exists()


def test_read_of_another_cases_message_is_not_found(client: Client) -> None:
    message = say(a_case())
    assert client.post(url(case_to_decide(), "read"), {"up_to": message.pk}).status_code == 404


def test_a_messages_photos_and_documents_are_shown(client: Client) -> None:
    case, now = a_case(), timezone.now()
    buyer = Actor(ActorKind.BUYER, case.buyer.external_id)
    files = [
        store(case.public_id, a_photo(), "cup.jpg", buyer, now),
        store(case.public_id, PDF, "bill.pdf", buyer, now),
    ]
    say(case, "", files=files)
    page = client.get(url(case)).content.decode()
    assert f'data-picture="{files[0].public_id}"' in page
    assert re.search(r'<a href="/files/[^"]+">bill.pdf</a>', page)


def test_a_message_with_a_photo_is_sent_to_both(client: Client) -> None:
    case = case_to_decide()
    photo = SimpleUploadedFile("cup.jpg", a_photo())
    client.post(url(case, "message"), seen(case, message="As it was sent.") | {"attached": photo})
    message = Message.objects.latest("id")
    assert (message.body, message.files) == ("As it was sent.", 1)


def test_a_message_may_be_photos_that_were_sent_ahead(client: Client) -> None:
    case = case_to_decide()
    sent = client.post(url(case, "files"), {"files": SimpleUploadedFile("cup.jpg", a_photo())})
    brought = sent.json()["files"][0]["id"]
    client.post(url(case, "message"), seen(case, brought=brought))
    assert MessageFile.objects.get().file.public_id == brought


def test_a_file_that_is_refused_is_said_and_the_rest_is_kept(client: Client) -> None:
    case = case_to_decide()
    files = [SimpleUploadedFile("cup.jpg", a_photo()), SimpleUploadedFile("x.exe", b"MZ")]
    sent = seen(case, message="Look.") | {"attached": files}
    form = client.post(url(case, "message"), sent).context["message_form"]
    assert list(form.errors) == ["attached"]
    assert form["message"].value() == "Look."
    assert [f["name"] for f in form.fields["attached"].drawn.brought] == ["cup.jpg"]
    assert Message.objects.filter(body="Look.").count() == 0


def test_another_sides_file_is_refused(client: Client) -> None:
    case = case_to_decide()
    buyer = Actor(ActorKind.BUYER, case.buyer.external_id)
    file = store(case.public_id, a_photo(), "cup.jpg", buyer, timezone.now())
    sent = seen(case, message="Look.", brought=file.public_id)
    form = client.post(url(case, "message"), sent).context["message_form"]
    assert list(form.errors) == ["attached"]


def test_the_page_costs_the_same_for_more_messages(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    few, many = a_case(), a_case(None)
    for _ in range(3):
        say(few)
    for _ in range(25):
        say(many)
    with django_assert_max_num_queries(200) as first:
        client.get(url(few))
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(url(many))
