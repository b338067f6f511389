"""Prove that the history is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from backoffice.audit.models import Event
from backoffice.audit.service.verification import (
    Tally,
    check_chains,
    check_heads,
    one_moment,
    reconcile,
)

SHOWN = 20


class Command(BaseCommand):
    help = "Re-compute every audit chain, compare its end with its subject, reconcile the books."

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            tally, problems = self._chains()
            if not problems:
                problems = [f"{name}: {problem}" for name, problem in reconcile()]
        if problems:
            more = len(problems) - SHOWN
            rest = [f"... and {more} more"] if more > 0 else []
            raise CommandError("\n".join([*problems[:SHOWN], *rest]))
        chains = sum(tally.chains.values())
        self.stdout.write(f"{tally.events} events in {chains} chains hold; the books agree.")

    def _chains(self) -> tuple[Tally, list[str]]:
        """What was looked at, and the first broken link, or the ends that do not fit."""
        tally = Tally()
        with self._progress() as progress:
            task = progress.add_task("Verifying", total=Event.objects.count())
            first = check_chains(tally, lambda n: progress.advance(task, n))
        if first:
            return tally, [f"The first broken link is {first}."]
        return tally, [str(broken) for broken in check_heads(tally)]

    def _progress(self) -> Progress:
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
