"""Message templates: their variables, and what they say to whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.accounts.models import User
from backoffice.common.errors import Invalid, NotFound
from backoffice.orders.models import Order
from disputes.models import Case, MessageTemplate
from disputes.queries.filling import VARIABLES, check, fill
from disputes.queries.templates import begun, offered
from disputes.verbs.messages import MAX_LENGTH
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order

VALUES = {name: f"<{name}>" for name in VARIABLES}


def template(body_en: str = "{case}", body_zh_hans: str = "纠纷{case}", **more: object) -> str:
    texts = {"body_en": body_en, "body_zh_hans": body_zh_hans, "updated_at": NOW}
    titles = {"title_en": "T", "title_zh_hans": "题"}
    return MessageTemplate.objects.create(**{"code": "t", **titles, **texts, **more}).code


def lives(order: Order, buyer: str = "", seller: str = "", zone: str = "UTC") -> Order:
    order.buyer.country, order.seller.country, order.zone = buyer, seller, zone
    order.buyer.save()
    order.seller.save()
    order.save()
    return order


def test_fill_puts_each_value_in() -> None:
    text = " ".join(f"{{{name}}}" for name in VARIABLES)
    assert fill(text, VALUES) == " ".join(VALUES.values())


def test_fill_keeps_braces_written_twice() -> None:
    assert fill("{{order}} is {order}", {"order": "7"}) == "{order} is 7"


def test_fill_says_a_dash_for_what_there_is_not() -> None:
    assert fill("by {due}", {"due": ""}) == "by –"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{oder}", "{oder}"),
        ("{}", "{}"),
        ("{0}", "{0}"),
        ("{order.buyer}", "{order.buyer}"),
        ("{order[0]}", "{order[0]}"),
        ("{order!r}", "{order!r}"),
        ("{order:>9}", "{order:>9}"),
        ("{ order }", "{ order }"),
    ],
)
def test_check_names_what_is_unknown(text: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check(text)
    assert refusal.value.code == "unknown_variable"
    assert f"Unknown: {wrong}. Known are {{case}}, {{order}}," in refusal.value.message


@pytest.mark.parametrize("text", ["{", "}", "{order", "a } b", "{order!}", "{a{b}"])
def test_check_refuses_a_brace_that_is_not_closed(text: str) -> None:
    with pytest.raises(Invalid):
        check(text)


@given(st.text(alphabet="{}!:[].ordera ", max_size=20))
def test_what_passes_the_check_can_be_filled(text: str) -> None:
    try:
        check(text)
    except Invalid:
        return
    assert "<" in fill(text, VALUES) or "{" not in text.replace("{{", "")


@pytest.mark.django_db
def test_the_starters_are_sound_and_fit_a_message() -> None:
    case = a_case(lives(an_order(NOW), "CN", "DE"), NOW)
    starters = MessageTemplate.objects.all()
    assert starters.count() == 8
    for each in starters:
        check(each.body_en)
        check(each.body_zh_hans)
        assert len(begun(case.public_id, each.code)) <= MAX_LENGTH


@pytest.mark.django_db
def test_offered_are_those_in_use_by_title() -> None:
    MessageTemplate.objects.exclude(code__in=["talk-here", "we-decide"]).update(active=False)
    assert [each.title for each in offered("en")] == [
        "Keep the conversation here",
        "We are looking into it",
    ]
    assert {each.title for each in offered("zh-hans")} == {"请在平台内沟通", "平台正在处理"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("buyer", "seller", "said"),
    [
        ("DE", "US", "{case}"),
        ("CN", "CN", "纠纷{case}"),
        ("CN", "DE", "纠纷{case}\n\n{case}"),
        ("DE", "CN", "{case}\n\n纠纷{case}"),
    ],
)
def test_begun_speaks_the_language_of_each(buyer: str, seller: str, said: str) -> None:
    case = a_case(lives(an_order(NOW), buyer, seller), NOW)
    assert begun(case.public_id, template()) == said.replace("{case}", case.public_id)


@pytest.mark.django_db
def test_begun_says_the_deadline_in_each_ones_zone() -> None:
    case = a_case(lives(an_order(NOW), "CN", "DE", zone="Asia/Shanghai"), NOW)
    User.objects.create_user("shop@example.com", seller_ref="seller-1", time_zone="Europe/Berlin")
    assert case.due_at == datetime(2026, 3, 6, 12, tzinfo=UTC)
    assert begun(case.public_id, template("by {due}", "{due}前")) == (
        "2026-03-06 20:00 UTC+8前\n\nby 6 Mar 2026, 13:00 UTC+1"
    )


@pytest.mark.django_db
def test_begun_says_the_deadline_in_both_zones_to_one_language() -> None:
    case = a_case(lives(an_order(NOW), "BR", "DE", zone="America/Sao_Paulo"), NOW)
    assert begun(case.public_id, template("{due}")) == (
        "6 Mar 2026, 09:00 UTC-3 (6 Mar 2026, 12:00 UTC)"
    )


@pytest.mark.django_db
def test_begun_knows_the_case() -> None:
    case = a_case(an_order(NOW), NOW)
    text = template("{order}|{item}|{reason}|{amount}|{tracking}|{buyer}|{seller}")
    assert begun(case.public_id, text) == (
        f"{case.order.external_id}|Thing 1|Not received|100.00 USD|–|Buyer buyer-1|Shop seller-1"
    )


@pytest.mark.django_db
def test_begun_with_a_template_out_of_use_finds_nothing(case: Case) -> None:
    template(active=False)
    with pytest.raises(NotFound):
        begun(case.public_id, "t")
