"""What each reader reads of the other's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.actors import ActorKind
from backoffice.files.enums import Format
from backoffice.files.models import StoredFile
from backoffice.files.names import display_name
from backoffice.rulebook.default import default_book, default_document
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.schemas import SCHEMAS
from disputes.enums import Party, Stage
from disputes.queries.contacts import Contact
from disputes.queries.masking import Masking, mask

BUYER, SELLER, STAFF = ActorKind.BUYER, ActorKind.SELLER, ActorKind.STAFF
TEXT = "Call +44 20 7946 0958"
HIDDEN = "Call [telephone number hidden]"


def seen(*readers: ActorKind, author: Party = Party.BUYER, stage: Stage = Stage.INQUIRY) -> str:
    return Masking(default_book(), frozenset(readers), frozenset()).shown(TEXT, author, stage)


def test_contact_data_is_hidden_from_the_other_side_while_they_talk() -> None:
    assert seen(SELLER) == HIDDEN
    assert seen(BUYER, author=Party.SELLER) == HIDDEN


def test_the_writer_and_staff_read_the_original() -> None:
    assert seen(BUYER) == seen(STAFF) == TEXT


def test_who_reads_for_both_sides_reads_what_both_may() -> None:
    assert seen(BUYER, SELLER) == HIDDEN


def test_what_staff_write_is_shown() -> None:
    assert seen(BUYER, SELLER, author=Party.STAFF) == TEXT


@pytest.mark.parametrize("stage", [Stage.CHARGEBACK, Stage.ARBITRATION])
def test_it_is_shown_where_the_rulebook_says_so(stage: Stage) -> None:
    assert seen(SELLER, stage=stage) == TEXT


def test_a_rulebook_without_the_table_hides_nothing() -> None:
    document = default_document()
    document["tables"] = [t for t in document["tables"] if t["name"] != "contact_data"]
    schemas = {name: schema for name, schema in SCHEMAS.items() if name != "contact_data"}
    book = Rulebook.load(document, 1, schemas)
    assert Masking(book, frozenset({SELLER}), frozenset()).shown(TEXT, "BUYER", "INQUIRY") == TEXT


def test_only_the_kinds_asked_for_are_hidden() -> None:
    text = "ann@example.com or 13812345678 or example.com"
    assert mask(text, {Contact.PHONE}) == (
        "ann@example.com or [telephone number hidden] or example.com"
    )
    assert mask(text, set()) == text


def test_the_cases_own_numbers_are_never_hidden() -> None:
    text = "13812345678 is the parcel, 13912345678 is me"
    assert mask(text, set(Contact), {"13812345678"}) == (
        "13812345678 is the parcel, [telephone number hidden] is me"
    )


def test_a_file_that_comes_by_twice_keeps_its_name_hidden() -> None:
    masking = Masking(default_book(), frozenset({SELLER}), frozenset())
    file = StoredFile(name="13812345678.jpg", uploader_kind=BUYER)
    for _ in range(2):
        shown = masking.file(file, Stage.INQUIRY)
        assert (shown.name, shown.nameless) == ("[telephone number hidden].jpg", True)


def test_an_address_whose_ending_a_file_name_lost_is_hidden() -> None:
    masking = Masking(default_book(), frozenset({SELLER}), frozenset())
    file = StoredFile(name=display_name("ann@example.com", Format.JPEG), uploader_kind=BUYER)
    assert masking.file(file, Stage.INQUIRY).name == "[e-mail address hidden].jpg"


@given(st.text(max_size=300))
def test_what_is_hidden_stays_so(text: str) -> None:
    once = mask(text, set(Contact))
    assert mask(once, set(Contact)) == once
