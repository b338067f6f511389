"""A remedy that is not as the caller thinks: refused in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from backoffice.common.errors import Refused
from backoffice.orders.enums import RemedyKind
from backoffice.orders.service.remedies import close_remedies, open_remedies, reopen_remedies
from tests.factories import an_order

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "A remedy was closed already; look at it again."),
        ("zh-hans", "该项补救已结束，请重新查看。"),
    ],
)
def test_close_of_what_is_not_open_is_refused(language: str, said: str) -> None:
    line = an_order().lines.get()
    with translation.override(language), pytest.raises(Refused) as refusal:
        close_remedies([("RD-1", line.pk, 0)], NOW)
    assert (refusal.value.code, refusal.value.message) == ("remedy_not_open", said)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "A remedy is open already."), ("zh-hans", "已有未结的补救。")]
)
def test_reopen_of_what_is_open_is_refused(language: str, said: str) -> None:
    line = an_order().lines.get()
    open_remedies([line.pk], RemedyKind.DISPUTE, "RD-1", NOW)
    with translation.override(language), pytest.raises(Refused) as refusal:
        reopen_remedies([("RD-1", line.pk)])
    assert (refusal.value.code, refusal.value.message) == ("remedy_already_open", said)
