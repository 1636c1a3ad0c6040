"""What stands above supplements today, for any number of them in the same few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from behoerden.ketten import load_ketten
from behoerden.querysets import gebietsnamen
from leistungen.domain.komposition import Herkunft
from leistungen.domain.uebersetzung import vergleiche
from leistungen.models import Ergaenzung
from leistungen.schichtenstand import Gegenueberstellung, absaetze, zeilensatz
from leistungen.seite.schichten import ZEILENMODULE, Schichten
from zufi.common.html import paragraphs

_ZEILEN = tuple(ZEILENMODULE.values())


def mit_erbe(ergaenzungen: QuerySet[Ergaenzung]) -> QuerySet[Ergaenzung]:
    """Return the supplements with everything their inheritance is composed of."""
    return ergaenzungen.select_related("leistung__stammtext").prefetch_related(
        *_ZEILEN, *(f"leistung__{name}" for name in _ZEILEN), gebietsnamen("gebiet")
    )


def schichten_darueber(
    ergaenzungen: Sequence[Ergaenzung], stichtag: date | None = None
) -> Mapping[int, Schichten]:
    """Return primary key → the layers above each supplement, as they are live on the day.

    One query for the areas, and those of `mit_erbe` for the live supplements of their services.
    """
    tag = stichtag or timezone.localdate()
    ketten = load_ketten([ergaenzung.gebiet_id for ergaenzung in ergaenzungen], tag)
    live: dict[tuple[int, str], list[Ergaenzung]] = defaultdict(list)
    for andere in mit_erbe(
        Ergaenzung.objects.filter(
            live=True, leistung_id__in={ergaenzung.leistung_id for ergaenzung in ergaenzungen}
        )
    ).order_by("pk"):
        if andere.is_gueltig(tag):
            live[andere.leistung_id, andere.modul_code].append(andere)
    ergebnis = {}
    for ergaenzung in ergaenzungen:
        raenge = {glied.gebiet_id: glied.rang for glied in ketten.get(ergaenzung.gebiet_id, ())}
        eigener = raenge.get(ergaenzung.gebiet_id, 0)
        darueber = [
            andere
            for andere in live[ergaenzung.leistung_id, ergaenzung.modul_code]
            if raenge.get(andere.gebiet_id, eigener) < eigener
        ]
        darueber.sort(key=lambda andere: (raenge[andere.gebiet_id], andere.pk))
        ergebnis[ergaenzung.pk] = Schichten(
            ergaenzung.leistung,
            {ergaenzung.modul_code: [(andere, Herkunft("")) for andere in darueber]},
        )
    return ergebnis


def eigene_absaetze(ergaenzung: Ergaenzung) -> tuple[str, ...]:
    """Return the German paragraphs of the supplement itself."""
    name = ZEILENMODULE.get(ergaenzung.modul_code)
    if name is None:
        return paragraphs(ergaenzung.inhalt_de or "")
    zeilen: Iterable[object] = getattr(ergaenzung, name).all()
    return tuple(zeilensatz(ergaenzung.modul_code, zeile) for zeile in zeilen)


def vergleiche_mit_heute(
    ergaenzungen: Sequence[Ergaenzung], stichtag: date | None = None
) -> Mapping[int, Gegenueberstellung]:
    """Return primary key → what each supplement was written against, beside what holds today.

    A supplement that was never stored with its basis has nothing to compare.
    """
    schichten = schichten_darueber(ergaenzungen, stichtag)
    ergebnis = {}
    for ergaenzung in ergaenzungen:
        heute = absaetze(schichten[ergaenzung.pk], ergaenzung.modul_code)
        basis = tuple(ergaenzung.basis_text.splitlines()) if ergaenzung.basis_hash else heute
        ergebnis[ergaenzung.pk] = Gegenueberstellung(basis, heute, vergleiche(basis, heute))
    return ergebnis
