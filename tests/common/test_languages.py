"""The Simplified Chinese catalogue is whole, compiled as it is written, and on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.contrib.admin import site
from django.test import Client
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from backoffice.accounts.enums import Role
from backoffice.orders.enums import ChangeKind
from disputes import enums
from disputes.models import Case
from tests.conftest import ROOT
from tests.disputes.admin.desk import case_to_decide, member, url

FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
APPS = ("backoffice", "disputes", "insurance", "sellers")
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")) | {
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PERCENT = re.compile(r"%(?:\(\w+\))?[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORDS_OF = (
    enums.Reason,
    enums.SubReason,
    enums.Outcome,
    enums.BorneBy,
    enums.Party,
    enums.DenyReason,
    enums.EvidenceType,
    ChangeKind,
)


@pytest.fixture(scope="module")
def written() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def entries(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def texts(message: Message, part: str) -> list[str]:
    found = getattr(message, part)
    return [found] if isinstance(found, str) else list(found)


def context(message: Message) -> str | None:
    """The entry's context, which Babel reads from a .mo as bytes."""
    found: str | bytes | None = message.context
    return found.decode() if isinstance(found, bytes) else found


def test_every_entry_is_translated_and_none_is_guessed(written: Catalog) -> None:
    assert [m.id for m in entries(written) if m.fuzzy or not all(texts(m, "string"))] == []


def test_compiled_catalogue_says_what_is_written(written: Catalog) -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)

    def content(catalog: Catalog) -> dict[tuple[str | None, str], list[str]]:
        return {(context(m), texts(m, "id")[0]): texts(m, "string") for m in entries(catalog)}

    assert content(compiled) == content(written), "run 'make messages'"


def test_placeholders_survive_translation(written: Catalog) -> None:
    lost = [
        m.id
        for m in entries(written)
        if any(places(text) != places(texts(m, "id")[-1]) for text in texts(m, "string"))
    ]
    assert lost == []


def places(text: str) -> Counter[str]:
    """The placeholders of both kinds in a text, with their formats (what follows + is words)."""
    fields = Counter(PERCENT.findall(text))
    named = ((n, spec or "") for _, n, spec, _ in Formatter().parse(text) if n is not None)
    fields.update(f"{{{n}:{spec.partition('+')[0]}}}" for n, spec in named)
    return fields


def test_catalogue_holds_every_text_of_the_code(written: Catalog) -> None:
    known = {(m.context, texts(m, "id")[0]) for m in entries(written)}
    assert set(marked()) - known == set(), "run 'make messages' and translate what is new"


def marked() -> Iterator[tuple[str | None, str]]:
    """What Python code and templates mark for translation: context and text."""
    for path in (p for app in APPS for p in (ROOT / app).rglob("*.py")):
        yield from found(path.read_bytes())
    for path in (ROOT / "templates").rglob("*.html"):
        lines = templatize(path.read_text(), origin=str(path)).splitlines()
        yield from found("\n".join(line.strip() for line in lines).encode())


def found(source: bytes) -> Iterator[tuple[str | None, str]]:
    for _, message, _, context in extract("python", BytesIO(source), KEYWORDS):
        yield context, message if isinstance(message, str) else message[0]


def test_history_says_every_code_in_chinese() -> None:
    codes = [code for words in WORDS_OF for code in words.values]
    with translation.override("zh-hans"):
        said = [translation.gettext(code.replace("_", " ").lower()) for code in codes]
    assert [text for text in said if not CHINESE.search(text)] == []


@pytest.fixture
def case(db: None) -> Case:
    return case_to_decide()


@pytest.mark.parametrize(
    ("page", "word"), [("/admin/", "最紧急"), ("queue", "剩余时间"), ("case", "规则手册建议")]
)
def test_pages_speak_the_readers_language(client: Client, case: Case, page: str, word: str) -> None:
    client.force_login(member(Role.SENIOR))
    address = {"queue": "/admin/disputes/case/queue/", "case": url(case)}.get(page, page)
    chinese, english = (
        client.get(address, headers={"Accept-Language": language}).content.decode()
        for language in ("zh-hans", "en")
    )
    assert ('<html lang="zh-hans"' in chinese, word in chinese) == (True, True)
    assert ('<html lang="en"' in english, word in english) == (True, False)


def test_names_of_what_the_admin_lists_can_be_translated() -> None:
    untold = {
        f"{model.__name__}.{field.name}"
        for model, page in site._registry.items()
        for field in model._meta.fields
        if field.name in page.list_display and not isinstance(field.verbose_name, Promise)
    }
    assert untold == set()
