"""Steps of a package with names, cell by cell, for one page of a preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from behoerden.models import Behoerde, Gebiet
from behoerden.querysets import gebietsnamen
from leistungen.domain.bedingung import in_worten
from leistungen.models import Kriterium, Leistung
from leistungen.regeleditor.plan import Schritt, Schrittart, Zeile
from leistungen.regeleditor.sprache import regel_in_worten

ZELLEN_PRO_SEITE = 50
ARTEN = {
    Schrittart.NEU: "neu",
    Schrittart.GEAENDERT: "geändert",
    Schrittart.ENTFERNT: "entfällt",
    Schrittart.UNVERAENDERT: "unverändert",
}


@dataclass(frozen=True, slots=True)
class Vorschauzeile:
    """One row before and after, in words; "" where there is none."""

    art: str
    art_text: str
    alt: str
    neu: str


@dataclass(frozen=True, slots=True)
class Vorschauzelle:
    """What becomes of the rules of one service in one area."""

    leistung: str
    gebiet: str
    zeilen: tuple[Vorschauzeile, ...]


def blaettere(schritte: Iterable[Schritt], nummer: str | int) -> Page[tuple[Schritt, ...]]:
    """Return a page of cells; steps must be in the order of their cells."""
    zellen = [tuple(gruppe) for _, gruppe in groupby(schritte, key=lambda schritt: schritt.zelle)]
    return Paginator(zellen, ZELLEN_PRO_SEITE).get_page(nummer)


def in_namen(zellen: Iterable[Sequence[Schritt]]) -> tuple[Vorschauzelle, ...]:
    """Return these cells with names; five queries for any number."""
    zellen = list(zellen)
    namen = _Namen([schritt for zelle in zellen for schritt in zelle])
    return tuple(
        Vorschauzelle(
            leistung=namen.leistungen.get(zelle[0].zelle[0], "gelöschte Leistung"),
            gebiet=namen.gebiete.get(zelle[0].zelle[1], "gelöschtes Gebiet"),
            zeilen=tuple(_zeile(schritt, namen) for schritt in _paare(zelle)),
        )
        for zelle in zellen
    )


def _paare(zelle: Sequence[Schritt]) -> list[Schritt]:
    """A row that goes and the one that takes its place stand in one line."""
    kommen = [schritt for schritt in zelle if schritt.art is Schrittart.NEU]
    paare: list[Schritt] = []
    for schritt in zelle:
        if schritt.art is Schrittart.NEU:
            continue
        partner = next((neu for neu in kommen if _nimmt_den_platz(schritt, neu)), None)
        if partner is not None:
            kommen.remove(partner)
            schritt = Schritt(schritt.alt, partner.neu)  # noqa: PLW2901 - now both of them
        paare.append(schritt)
    return paare + kommen


def _nimmt_den_platz(weg: Schritt, kommt: Schritt) -> bool:
    alt, neu = weg.alt, kommt.neu
    if weg.art is not Schrittart.ENTFERNT or alt is None or neu is None:
        return False
    return (alt.rolle, alt.kriterium_id, alt.werte) == (neu.rolle, neu.kriterium_id, neu.werte)


def _zeile(schritt: Schritt, namen: _Namen) -> Vorschauzeile:
    ersetzt = bool(schritt.alt and schritt.neu and schritt.alt.id != schritt.neu.id)
    return Vorschauzeile(
        art="ersetzt" if ersetzt else schritt.art.value,
        art_text="ersetzt" if ersetzt else ARTEN[schritt.art],
        alt=namen.regel(schritt.alt),
        neu=namen.regel(schritt.neu),
    )


def zeilen_in_namen(zeilen: Iterable[Zeile]) -> tuple[str, ...]:
    """Return rules as phrases with service and area; five queries for any number."""
    zeilen = list(zeilen)
    namen = _Namen([Schritt(zeile, zeile) for zeile in zeilen])
    return tuple(
        f"{namen.leistungen.get(zeile.leistung_id, '')} – "
        f"{namen.gebiete.get(zeile.gebiet_id, '')}: {namen.regel(zeile)}"
        for zeile in zeilen
    )


class _Namen:
    """Names of everything some steps refer to."""

    def __init__(self, schritte: Sequence[Schritt]) -> None:
        zeilen = [zeile for s in schritte for zeile in (s.alt, s.neu) if zeile]
        self.leistungen = {
            leistung.pk: leistung.titel
            for leistung in Leistung.objects.filter(
                pk__in={zeile.leistung_id for zeile in zeilen}
            ).only("bezeichnung_de", "bezeichnung_2_de")
        }
        self.gebiete = {
            gebiet.pk: str(gebiet)
            for gebiet in Gebiet.objects.filter(
                pk__in={zeile.gebiet_id for zeile in zeilen}
            ).prefetch_related(gebietsnamen())
        }
        self.behoerden = {
            behoerde.pk: str(behoerde)
            for behoerde in Behoerde.objects.filter(
                pk__in={zeile.behoerde_id for zeile in zeilen}
            ).only("name_de")
        }
        self.kriterien = {
            kriterium.pk: kriterium
            for kriterium in Kriterium.objects.filter(
                pk__in={zeile.kriterium_id for zeile in zeilen if zeile.kriterium_id}
            )
        }

    def regel(self, zeile: Zeile | None) -> str:
        """Return the rule as a phrase; "" if there is none."""
        if zeile is None:
            return ""
        kriterium = self.kriterien.get(zeile.kriterium_id or 0)
        return regel_in_worten(
            self.behoerden.get(zeile.behoerde_id, "gelöschte Behörde"),
            rolle=zeile.rolle,
            wirkung=zeile.wirkung,
            bedingung=in_worten(kriterium.art, zeile.werte) if kriterium else "",
            ab=zeile.gueltig_ab,
            bis=zeile.gueltig_bis,
        )
