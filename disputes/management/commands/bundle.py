"""Makes a case's evidence bundle."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backoffice.common.actors import SYSTEM, ActorKind
from backoffice.common.errors import DomainError
from disputes.bundle.making import Order, make_bundle
from disputes.bundle.reading import STAFF, Reading

READINGS = {
    "staff": STAFF,
    "parties": Reading(frozenset({ActorKind.BUYER, ActorKind.SELLER})),
    "buyer": Reading(frozenset({ActorKind.BUYER})),
    "seller": Reading(frozenset({ActorKind.SELLER})),
}


class Command(BaseCommand):
    help = "Write a case's evidence bundle: a ZIP that anybody can check offline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="the case's id, such as RD-7K2M9PQX4TVB")
        parser.add_argument("--out", help="the file to write (default: CASE.zip)")
        parser.add_argument("--view", choices=READINGS, default="staff", help="for whom it is")

    def handle(self, *args: Any, **options: Any) -> None:
        case = options["case"].upper()
        path = Path(options["out"] or f"{case}.zip")
        order = Order(case, READINGS[options["view"]], SYSTEM, timezone.now())
        try:
            with path.open("wb") as out:
                digest = make_bundle(order, out)
        except (DomainError, OSError) as error:
            path.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: SHA-256 of its manifest {digest}")
