"""The sections of a case file: each the flowables of one part, or none where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer

from backoffice.audit.catalogue import ACTOR_NAMES
from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.common.templatetags.times import span
from backoffice.files.enums import Kind
from backoffice.files.models import StoredFile
from disputes.bundle.typesetting import SMALL, grid, pairs, para, said
from disputes.lifecycle import PLACES, State
from disputes.models import Note
from disputes.queries.decided import Reasoned
from disputes.queries.public import PublicCase
from disputes.queries.waits import waited

PHOTO = 60 * mm  # the longer side of a picture


def claim(found: PublicCase, staff: bool) -> list[Flowable]:
    """Who claims what of whom, and how it stands. The parties' names are for staff."""
    case = found.case
    buyer, seller = case.buyer.external_id, case.seller.external_id
    place = PLACES[State(case.state)]
    rows: list[tuple[str, object]] = [
        (_("Order"), case.order.external_id),
        (_("Buyer"), f"{case.buyer} ({buyer})" if staff else buyer),
        (_("Seller"), f"{case.seller} ({seller})" if staff else seller),
        (_("Reason"), case.get_sub_reason_display() or case.get_reason_display()),
        (_("Claimed"), _amount(case.requested_minor, case.currency)),
        (_("Filed"), _time(case.filed_at)),
        (_("Status"), f"{place.status.label} · {place.stage.label}"),
        (_("Due"), _time(case.expected_by)),
        (_("Outcome"), case.get_outcome_display()),
        (_("Ended"), _time(case.resolved_at)),
        (_("Rulebook"), _("version %d") % case.rulebook_number),
    ]
    return [pairs(rows)]


def lines(found: PublicCase) -> list[Flowable]:
    """The claimed lines, as they were sold."""
    currency = found.case.currency
    rows = [
        (
            line.line.external_id,
            line.line.title,
            line.line.category,
            line.line.quantity,
            _amount(line.line.price_minor + line.line.freight_minor, currency),
            _amount(line.requested_minor, currency),
        )
        for line in found.lines
    ]
    head = (
        pgettext("case file", "Line"),
        pgettext("case file", "Title"),
        _("Category"),
        _("Quantity"),
        _("Value"),
        _("Claimed"),
    )
    return [grid(head, rows, (0.09, 0.37, 0.16, 0.1, 0.14, 0.14))]


def delivery(found: PublicCase) -> list[Flowable]:
    """The facts that a ruling sees."""
    order, facts = found.case.order, found.facts
    return [
        pairs(
            [
                (_("Bought"), _time(order.purchased_at)),
                (_("Promised"), "" if facts.replaced_at else _day(order.promised_on)),
                (_("For the replacement agreed on"), _time(facts.replaced_at)),
                (_("Guaranteed until"), _time(facts.deliver_by)),
                (_("Handed over"), _time(facts.handed_over_at)),
                (_("Delivered"), _time(facts.delivered_at) or _("not delivered")),
                (_("Proof of shipment"), _("yes") if facts.proof_of_shipment else _("no")),
            ]
        )
    ]


def decisions(found: PublicCase) -> list[Flowable]:
    """Each decision, with the rule and the reasons."""
    flowables: list[Flowable] = []
    for decided in found.decisions:
        flowables += [pairs(_decision(decided)), Spacer(1, 2 * mm)]
    return flowables


def _decision(decided: Reasoned) -> list[tuple[str, object]]:
    row = decided.row
    told = [(_("Told to: %s") % _party(side), text) for side, text in decided.texts.items()]
    return [
        (_("Decision"), f"{row.get_instance_display()} · {row.get_outcome_display()}"),
        (
            pgettext("case file", "Decided"),
            f"{_time(row.decided_at)} · {ACTOR_NAMES[ActorKind(row.decided_by_kind)]}",
        ),
        (_("The buyer gets"), _amount(row.refund_minor, row.currency)),
        (_("Kept in good faith"), _amount(row.kept_minor, row.currency) if row.kept_minor else ""),
        (_("Borne by"), row.get_borne_by_display()),
        (_("Code"), row.get_code_display()),
        (_("Reasons"), row.reason),
        *told,
        (_("Rule"), decided.rule),
        (_("It would have been otherwise"), "\n".join(decided.would_change)),
    ]


def appeals(found: PublicCase) -> list[Flowable]:
    """What each side said on appeal."""
    return _all(
        said(f"{a.get_party_display()} · {a.get_outcome_display()}", _time(a.at), a.text)
        for a in found.appeals
    )


def offers(found: PublicCase) -> list[Flowable]:
    """Offers and what became of them."""
    rows = [
        (
            _time(offer.at),
            offer.get_by_display(),
            offer.get_offer_type_display(),
            _amount(offer.amount_minor, found.case.currency) if offer.amount_minor else "–",
            offer.get_answer_display() or _("open until %s") % _time(offer.due_at),
            offer.note,
        )
        for offer in found.offers
    ]
    head = (
        pgettext("case file", "When"),
        _("Who"),
        _("Offer"),
        _("Amount"),
        _("Answer"),
        _("Note"),
    )
    return [grid(head, rows, (0.17, 0.1, 0.18, 0.13, 0.17, 0.25))] if rows else []


def returns(found: PublicCase) -> list[Flowable]:
    """Goods that went back."""
    return [
        pairs(
            [
                (pgettext("return", "For"), _amount(back.refund_minor, found.case.currency)),
                (_("Borne by"), back.get_borne_by_display()),
                (_("Opened"), _time(back.opened_at)),
                (_("The goods go back to"), back.address),
                (_("Carrier"), f"{back.carrier} {back.tracking_number}".strip()),
                (_("Sent"), _time(back.shipped_at)),
                (_("Delivered"), _time(back.delivered_at)),
                (_("The seller says"), back.get_acknowledgement_display()),
                (_("Note"), back.note),
                (_("Deduction"), f"{back.deduction_percent}%" if back.deduction_percent else ""),
                (_("Result"), back.get_result_display()),
            ]
        )
        for back in found.returns
    ]


def evidence(found: PublicCase) -> list[Flowable]:
    """What each side gave."""
    flowables = []
    for piece in found.evidence:
        hint = piece.get_number_hint_display() if piece.tracking_number else ""
        number = f"{piece.carrier} {piece.tracking_number} {hint}"
        files = ", ".join(link.file.public_id for link in piece.with_files.all())
        text = "\n".join(filter(None, [piece.note, number.strip(), files]))
        who = f"{piece.get_party_display()} · {piece.get_evidence_type_display()}"
        flowables.append(said(who, _time(piece.at), text))
    return _all(flowables)


def messages(found: PublicCase, names: dict[str, str]) -> list[Flowable]:
    """What was said. `names` are staff's by id, for staff to read."""
    flowables = []
    for message in found.messages:
        files = ", ".join(file.public_id for file in message.files)
        who = names.get(message.author_ref, "") if message.author == ActorKind.STAFF else ""
        text = "\n".join(filter(None, [message.body, files]))
        flowables.append(said(who or _party(message.author), _time(message.at), text))
    return _all(flowables)


def notes(written: Sequence[Note], names: dict[str, str]) -> list[Flowable]:
    """What staff wrote for each other."""
    return _all(said(names.get(n.author_ref, _("Staff")), _time(n.at), n.body) for n in written)


def timeline(found: PublicCase) -> list[Flowable]:
    """What happened, in sentences."""
    rows = [(entry.seq, _time(entry.at), entry.sentence) for entry in found.timeline]
    return [
        grid(
            ("#", pgettext("case file", "When"), pgettext("case file", "What")),
            rows,
            (0.06, 0.22, 0.72),
        )
    ]


def waiting(found: PublicCase, now: datetime) -> list[Flowable]:
    """For whom the case waited, and how long; and how long no clock ran."""
    told = waited(found.waits, now)
    rows: list[tuple[str, object]] = [(who, span(time)) for who, time in told.on]
    if told.stood_still:
        rows.append((_("Clocks stood still"), span(told.stood_still)))
    return [pairs(rows)]


def transfers(found: PublicCase) -> list[Flowable]:
    """What moved, or is on hold."""
    rows = [
        (
            _time(t.created_at),
            t.get_kind_display(),
            f"{t.debit} → {t.credit}",
            _amount(t.amount_minor, t.currency),
            t.get_state_display(),
        )
        for t in found.transfers
    ]
    head = (pgettext("case file", "When"), _("Kind"), _("From and to"), _("Amount"), _("State"))
    return [grid(head, rows, (0.19, 0.24, 0.31, 0.14, 0.12))] if rows else []


def files(stored: Sequence[StoredFile], picture: Callable[[StoredFile], bytes]) -> list[Flowable]:
    """Photos to look at, documents by name; each with the hash of its original."""
    flowables: list[Flowable] = []
    for file in stored:
        told = f"{file.public_id} · {file.name} · {_party(file.uploader_kind)} · {_time(file.at)}"
        parts: list[Flowable] = [para(told), para(f"SHA-256 {file.sha256}", SMALL)]
        if file.kind == Kind.PHOTO:
            parts.insert(0, _picture(picture(file)))
        flowables += [KeepTogether(parts), Spacer(1, 4 * mm)]
    return flowables


def _picture(content: bytes) -> Image:
    width, height = ImageReader(BytesIO(content)).getSize()
    scale = PHOTO / max(width, height)
    return Image(BytesIO(content), width * scale, height * scale, hAlign="LEFT")


def _all(parts: Iterable[list[Flowable]]) -> list[Flowable]:
    return [flowable for part in parts for flowable in part]


def _party(kind: str) -> str:
    return str(ACTOR_NAMES[ActorKind(kind)])


def _time(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def _day(day: date | None) -> str:
    return formats.date_format(day) if day else ""


def _amount(minor: int, currency: str) -> str:
    return money(Money(minor, currency))
