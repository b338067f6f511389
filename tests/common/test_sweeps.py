from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common import sweeps
from backoffice.common.models import IdempotentAnswer
from tests.accounts.factories import NOW


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "BATCH", 2)
    for days in range(25, 36):
        answer = {"fingerprint": "", "status": 200, "body": b"", "content_type": ""}
        made = NOW - timedelta(days=days)
        IdempotentAnswer.objects.create(caller="c", key=str(days), created_at=made, **answer)
    assert sweeps.forget_answers(NOW) == 5
    assert {a.key for a in IdempotentAnswer.objects.all()} == set("25 26 27 28 29 30".split())
