"""Whether a digital service can be used, and the sentence that says when it can again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zufi.common.zeitraum import BERLIN, MONATE


@dataclass(frozen=True, slots=True)
class Betrieb:
    """Operation of a service: its state and its maintenance window, whose end is exclusive."""

    status: str
    wartung_von: datetime | None = None
    wartung_bis: datetime | None = None

    def is_in_wartung(self, moment: datetime) -> bool:
        """Whether the moment lies in the window; an open end is open."""
        if self.wartung_von is None and self.wartung_bis is None:
            return False
        begonnen = self.wartung_von is None or self.wartung_von <= moment
        return begonnen and (self.wartung_bis is None or moment < self.wartung_bis)

    def is_nutzbar(self, moment: datetime) -> bool:
        """Whether citizens can use the service at this moment."""
        return self.status == "aktiv" and not self.is_in_wartung(moment)


def stoerung_satz(betrieb: Betrieb, moment: datetime) -> str:
    """Return why the service cannot be used and until when; empty if it can."""
    if betrieb.is_nutzbar(moment):
        return ""
    if betrieb.status == "ausser_betrieb":
        return "Der Dienst ist außer Betrieb. Wenden Sie sich bitte an die zuständige Behörde."
    if betrieb.is_in_wartung(moment):
        if betrieb.wartung_bis is None:
            return "Der Dienst wird gewartet. Bitte versuchen Sie es später noch einmal."
        return f"Der Dienst wird gewartet, voraussichtlich bis {_zeitpunkt(betrieb.wartung_bis)}."
    return "Der Dienst ist gestört. Bitte versuchen Sie es später noch einmal."


def _zeitpunkt(moment: datetime) -> str:
    lokal = moment.astimezone(BERLIN)
    uhr = f"{lokal.hour} Uhr" if lokal.minute == 0 else f"{lokal:%-H.%M} Uhr"
    return f"{lokal.day}. {MONATE[lokal.month - 1]} {lokal.year}, {uhr}"
