"""A step that somebody will take, and the case as he sees it: what reactions are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from backoffice.common.actors import ActorKind
from disputes.demo import words
from disputes.demo.orders import Story
from disputes.lifecycle import State, Verb


@dataclass(frozen=True)
class Step:
    """Somebody uses a verb at a moment, if it is then still possible."""

    at: datetime
    verb: Verb
    who: ActorKind
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """A case that has begun to wait, as those see it whom it waits for."""

    public_id: str
    state: State
    since: datetime
    reason: str
    story: Story
    hushed: bool
    asked_before: bool
    asked_for: str = ""


CHINESE: dict[tuple[str, ...], tuple[str, ...]] = {
    words.NUDGES: words.NUDGES_CHINESE,
    words.BUYER_WAITED: words.BUYER_CHINESE,
    words.BUYER_TALKS: words.BUYER_CHINESE,
    words.SELLER_WAITS: words.SELLER_CHINESE,
    words.SELLER_TALKS: words.SELLER_CHINESE,
    words.ESCALATIONS: words.ESCALATIONS_CHINESE,
    **dict.fromkeys(words.DENIALS.values(), words.DENIALS_CHINESE),
}


def says(
    dice: Random,
    case: Waiting,
    hours: tuple[float, float],
    who: ActorKind,
    texts: tuple[str, ...],
) -> Step:
    """A message, one of `texts`."""
    body = text(dice, texts, case.story)
    return step(dice, case, hours, Verb.SEND_MESSAGE, who, body=body)


def step(
    dice: Random,
    case: Waiting,
    hours: tuple[float, float],
    verb: Verb,
    who: ActorKind,
    **params: Any,
) -> Step:
    """Somebody uses a verb some time between so many hours after the case began to wait."""
    return Step(case.since + timedelta(hours=dice.uniform(*hours)), verb, who, params)


def text(dice: Random, texts: tuple[str, ...], story: Story) -> str:
    """One of `texts`, in the buyer's language, with the names put in."""
    if story.buyer.land.country == "CN":
        texts = CHINESE.get(texts, texts)
    return words.written(dice.choice(texts), story.title, story.buyer.greeting, story.shop.name)
