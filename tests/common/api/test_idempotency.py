from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from backoffice.common.api import idempotency
from backoffice.common.models import IdempotentAnswer
from tests.common.api.views import Groups, post

KEY = {"Idempotency-Key": "k-1"}
pytestmark = pytest.mark.django_db


def made() -> list[str]:
    return sorted(Group.objects.filter(name__startswith="made").values_list("name", flat=True))


def test_same_key_and_body_gives_the_stored_answer() -> None:
    first, second = (post(Groups, {"name": "made"}, **KEY) for _ in range(2))
    assert made() == ["made"]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert (second["Location"], second["Idempotent-Replayed"]) == (first["Location"], "true")
    assert "Idempotent-Replayed" not in first


def test_same_key_with_another_body_is_refused() -> None:
    post(Groups, {"name": "made"}, **KEY)
    response = post(Groups, {"name": "made too"}, **KEY)
    assert (response.status_code, response.document["code"]) == (422, "idempotency_key_reused")
    assert made() == ["made"]


def test_without_a_key_each_request_counts() -> None:
    assert [post(Groups, {"name": f"made {i}"}).status_code for i in (1, 2)] == [201, 201]
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize("name", ["raised", "failed"])
def test_a_failure_leaves_nothing_and_is_tried_anew(name: str) -> None:
    for _ in range(2):
        response = post(Groups, {"name": name}, **KEY)
        assert "Idempotent-Replayed" not in response
    assert not Group.objects.filter(name=name).exists()
    assert not IdempotentAnswer.objects.exists()


def test_a_returned_refusal_is_kept() -> None:
    post(Groups, {"name": "refused"}, **KEY)
    assert post(Groups, {"name": "refused"}, **KEY)["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "schlüssel"])
def test_a_key_of_the_wrong_form_is_refused(key: str) -> None:
    response = post(Groups, {"name": "made"}, **{"Idempotency-Key": key})
    assert response.document["errors"][0]["field"] == "Idempotency-Key"
    assert made() == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_the_work_once() -> None:
    statuses: list[tuple[int, bool]] = []

    def send() -> None:
        response = post(Groups, {"name": "made"}, **KEY)
        statuses.append((response.status_code, "Idempotent-Replayed" in response))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made() == ["made"]
    assert sorted(statuses) == [(201, False)] + [(201, True)] * 7


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_that_takes_too_long_is_told_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "WAIT_SECONDS", 1)
    answers = []

    def send() -> None:
        answers.append(post(Groups, {"name": "made"}, **KEY))
        connection.close()

    with transaction.atomic():
        post(Groups, {"name": "made"}, **KEY)
        thread = threading.Thread(target=send)
        thread.start()
        thread.join()
    assert answers[0].document["code"] == "idempotency_in_progress"
