"""Three columns for editors: basis, new with its changes marked, and our text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from leistungen.austausch.darstellung import diff_html
from leistungen.ergaenzungen.erbe import eigene_absaetze, vergleiche_mit_heute
from leistungen.formular.wortvergleich import vergleiche_absaetze
from leistungen.models import Ergaenzung
from leistungen.schichtenstand import Gegenueberstellung, basis_hash


@dataclass(frozen=True, slots=True)
class Spalten:
    """What the page shows of one supplement; `gesehen` names the inherited text of today."""

    basis: tuple[str, ...]
    heute: tuple[str, ...]
    heute_markiert: tuple[SafeString, ...]
    unser: tuple[str, ...]
    ist_veraltet: bool
    stand: datetime | None
    gesehen: str


def spalten(ergaenzung: Ergaenzung) -> Spalten:
    """Return the columns of a supplement, as the draft in hand says it."""
    return _spalten(ergaenzung, vergleiche_mit_heute([ergaenzung])[ergaenzung.pk])


def _spalten(ergaenzung: Ergaenzung, vergleich: Gegenueberstellung) -> Spalten:
    return Spalten(
        basis=vergleich.basis,
        heute=vergleich.heute,
        heute_markiert=tuple(
            diff_html(teile) for teile in vergleiche_absaetze(vergleich.basis, vergleich.heute)
        ),
        unser=eigene_absaetze(ergaenzung),
        ist_veraltet=bool(vergleich.aenderungen),
        stand=ergaenzung.leistung.last_published_at,
        gesehen=basis_hash(vergleich.heute),
    )
