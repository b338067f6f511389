"""Random walks: the verbs by which the sides settle, and what is said with them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from backoffice.common.money import Money
from disputes.enums import Acknowledgement, OfferType
from disputes.lifecycle import Verb
from disputes.verbs import acknowledgements, extensions, offers, returns

VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.MAKE_OFFER: offers.make_offer,
    Verb.ACCEPT_OFFER: offers.accept_offer,
    Verb.DENY_OFFER: offers.deny_offer,
    Verb.ASK_EXTENSION: extensions.ask_extension,
    Verb.EXTEND: extensions.extend,
    Verb.GIVE_RETURN_ADDRESS: returns.give_return_address,
    Verb.SHIP_RETURN: returns.ship_return,
    Verb.ACKNOWLEDGE_RETURN: acknowledgements.acknowledge_return,
    Verb.ACCEPT_DEDUCTION: acknowledgements.accept_deduction,
    Verb.CONTEST_DEDUCTION: acknowledgements.contest_deduction,
}
NUMBERS = ["1Z5R89390357567127", "RB123456785US"]
ADDRESS = "5 Mill Lane"


def share(claimed: int, chance: Random) -> Money:
    """Mostly a part of what is claimed, often all or none, at times more or less than that."""
    percent = chance.choice([0, 50, 100, chance.randint(1, 99), chance.randint(-3, 106)])
    return Money(claimed * percent // 100, chance.choice(["USD"] * 39 + ["EUR"]))


def params(verb: Verb, claimed: int, chance: Random) -> dict[str, Any]:
    """What is said with a verb: mostly right, sometimes not."""
    match verb:
        case Verb.MAKE_OFFER:
            kind = chance.choice([*OfferType.values, OfferType.REFUND_WITH_RETURN.value])
            amount = share(claimed, chance)
            if kind == OfferType.REPLACEMENT_WITHOUT_REFUND and chance.random() < 0.8:
                return {"offer_type": kind}
            address = chance.choice(["", "", ADDRESS])
            return {"offer_type": kind, "amount": amount, "return_address": address}
        case Verb.ACCEPT_OFFER:
            return {"return_address": chance.choice(["", "", "", ADDRESS])}
        case Verb.ASK_EXTENSION | Verb.EXTEND:
            return {"hours": chance.randint(0, 100), "reason": "A holiday."}
        case Verb.GIVE_RETURN_ADDRESS:
            return {"address": chance.choice([ADDRESS, ADDRESS, " "])}
        case Verb.SHIP_RETURN:
            return {"carrier": "UPS", "tracking_number": chance.choice([*NUMBERS, ""])}
        case Verb.ACKNOWLEDGE_RETURN:
            kind = chance.choice([*Acknowledgement.values, *["DAMAGED"] * 4])
            percent = chance.randint(0, 60) if kind == "DAMAGED" else chance.choice([0, 0, 0, 9])
            return {"acknowledgement": kind, "note": "As told.", "deduction_percent": percent}
        case Verb.CONTEST_DEDUCTION:
            return {"note": "It was new."}
    return {}
