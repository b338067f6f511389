"""One ruling on many like cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.audit.queries import chain
from backoffice.common.errors import Refused
from disputes.models import Case, Decision, Proposal, SharedRuling
from disputes.service.act import CaseStuck, act
from disputes.service.alike import decide_alike, foresee_alike
from disputes.service.pauses import declare_pause
from disputes.sweeps import sweep_cases
from disputes.verbs.evidence import require_evidence
from disputes.verbs.holding import take
from disputes.verbs.messages import send_message
from tests.disputes.admin.desk import case_to_decide, staff_client, url
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import again, balances, person, under_review
from tests.factories import an_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RULING = {"percent": 50, "borne_by": "SELLER", "reason": "The carrier was on strike."}


@pytest.fixture
def three() -> list[Case]:
    return [under_review([price]) for price in (1_000, 2_001, 3_000)]


def seen(cases: list[Case]) -> dict[str, int]:
    return {case.public_id: again(case).version for case in cases}


def test_decide_alike_decides_each_and_names_them_all(three: list[Case]) -> None:
    ruling = decide_alike(seen(three), person("Ann"), NOW, **RULING)
    shared = SharedRuling.objects.get(public_id=ruling)
    found = shared.decisions.order_by("case").values_list("case", "refund_minor")
    assert list(found) == list(zip([case.pk for case in three], [500, 1_001, 1_500], strict=True))
    assert balances() == {"buyer-1": 3_001, "seller-1": -3_001}
    actions = [event.action for event in chain("case", three[0].public_id)]
    assert actions[-2:] == ["case.ruled_alike", "case.resolved"]


def test_decide_alike_above_the_limit_waits_for_approval() -> None:
    cases = [under_review([1_000]), under_review([120_000])]
    decide_alike(seen(cases), person("Ann"), NOW, **RULING)
    assert [again(case).state for case in cases] == ["RESOLVED_IN_REVIEW", "TO_APPROVE"]
    assert Proposal.objects.get().shared_ruling == SharedRuling.objects.get()


def test_decide_alike_does_nothing_where_one_has_changed(three: list[Case]) -> None:
    looked_at = seen(three)
    act(send_message, three[1].public_id, person("Bob"), NOW, body="Wait.")
    with pytest.raises(Refused) as refusal:
        decide_alike(looked_at, person("Ann"), NOW, **RULING)
    assert three[1].public_id in refusal.value.message
    assert Decision.objects.count() == SharedRuling.objects.count() == 0


def test_decide_alike_does_nothing_where_a_colleague_has_one(three: list[Case]) -> None:
    act(take, three[2].public_id, person("Bob"), NOW)
    with pytest.raises(Refused) as refusal:
        decide_alike(seen(three), person("Ann"), NOW, **RULING)
    assert refusal.value.message.startswith(f"{three[2].public_id}: Bob has this case")
    assert Decision.objects.count() == 0


def test_decide_alike_waits_where_a_pause_stops_the_clock(three: list[Case]) -> None:
    asked = {"party": "BUYER", "evidence_type": "OTHER", "note": "Show."}
    act(require_evidence, three[0].public_id, person("Ann"), NOW, **asked)
    declare_pause(NOW + 4 * DAY, NOW + 9 * DAY, "A strike.", person("Sue"), NOW)
    late = NOW + 6 * DAY  # the five days for evidence are over, but for the strike
    with pytest.raises(Refused) as refusal:
        decide_alike(seen(three[:1]), person("Ann"), late, **RULING)
    assert refusal.value.code == "verb_not_allowed"
    assert again(three[0]).state == "BUYER_EVIDENCE"


def test_decide_alike_in_a_pause_tells_the_deadline_that_stays(three: list[Case]) -> None:
    declare_pause(NOW, NOW + 2 * DAY, "A strike.", person("Sue"), NOW)
    decide_alike(seen(three[:1]), person("Ann"), NOW, **RULING, return_needed=True)
    told = again(three[0]).due_at
    sweep_cases(NOW)
    assert (again(three[0]).state, again(three[0]).due_at) == ("RETURN_ADDRESS", told)


def test_decide_alike_leaves_what_was_set_aside(three: list[Case]) -> None:
    Case.objects.filter(pk=three[0].pk).update(sweep_error="It broke.")
    with pytest.raises(CaseStuck) as refusal:
        decide_alike(seen(three[:1]), person("Ann"), NOW + 6 * DAY, **RULING)
    assert refusal.value.message.startswith(f"{three[0].public_id}: ")
    assert Decision.objects.count() == 0


def test_foresee_alike_tells_of_each_and_writes_nothing(three: list[Case]) -> None:
    act(take, three[2].public_id, person("Bob"), NOW)
    found = foresee_alike(seen(three), person("Ann"), NOW, **RULING)
    assert [one.end and one.end.after.refunded_minor for one in found] == [500, 1_001, None]
    assert found[2].refusal.startswith("Bob has this case")
    assert Decision.objects.count() == 0


def shown_at(case: Case) -> str:
    now = again(case)
    return f"{now.public_id}:{now.version}:{now.chain_length}"


def test_the_desk_previews_and_decides_like_cases() -> None:
    cases = [case_to_decide(an_order(timezone.now(), prices=[price])) for price in (1_000, 2_000)]
    case_to_decide(an_order(timezone.now(), seller="another"))
    client, address = staff_client(), url(cases[0], "alike")
    assert len(client.get(address).context["choices"]) == 2
    form = {**RULING, "case": [shown_at(c) for c in cases]}
    shown = client.post(address, form)
    assert shown.context["previewed"] is True
    assert [str(choice.pay) for choice in shown.context["choices"]] == ["5.00 USD", "10.00 USD"]
    client.post(address, {**form, "confirmed": "1", "shown": shown.context["shown"]})
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"percent": 100}, {"reason": "Else."}, {"case": 1}, {"shown": ""}]
)
def test_the_desk_decides_only_what_it_previewed(other: dict[str, object]) -> None:
    cases = [case_to_decide(an_order(timezone.now())) for _ in range(2)]
    client, address = staff_client(), url(cases[0], "alike")
    form = {**RULING, "case": [shown_at(c) for c in cases]}
    told = {"confirmed": "1", "shown": client.post(address, form).context["shown"]}
    if "case" in other:
        other = {"case": form["case"][:1]}
    page = client.post(address, {**form, **told, **other})
    assert str(next(iter(page.context["messages"]))).startswith("Not done: this is not what was")
    assert page.context["previewed"] is True
    assert Decision.objects.count() == 0


def test_the_desk_needs_a_choice() -> None:
    case = case_to_decide()
    page = staff_client().post(url(case, "alike"), RULING).content.decode()
    assert "Choose at least one case." in page


def test_the_desk_says_what_arrived_on_a_case_that_changed() -> None:
    case = case_to_decide()
    form = {**RULING, "case": [shown_at(case)]}
    act(send_message, case.public_id, person("Bob"), timezone.now(), body="Wait.")
    for step in ({}, {"confirmed": "1"}):
        page = staff_client().post(url(case, "alike"), form | step)
        assert f"{case.public_id}: Bob sent a message." in map(str, page.context["messages"])
    assert Decision.objects.count() == 0


def test_a_shared_ruling_names_its_cases_on_each_of_them(three: list[Case]) -> None:
    ruling = decide_alike(seen(three), person("Ann"), NOW, **RULING)
    alike = staff_client().get(url(three[1])).context["page"].detail.alike
    assert (alike.ruling.public_id, alike.cases) == (ruling, tuple(c.public_id for c in three))
