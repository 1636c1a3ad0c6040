"""Services as rows of text: the latest draft of each, read from its revision without loading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from django.db.models import QuerySet

from leistungen.austausch.blaetter import BLAETTER, LEISTUNGEN, Blatt
from leistungen.austausch.dateien import write_csv, write_xlsx
from leistungen.austausch.grenzen import UNVERAENDERT
from leistungen.austausch.zellen import als_text, passt_in_excel, pruefsumme
from leistungen.models import Leistung

STAPEL = 500


def write_tabelle_xlsx(
    ziel: IO[bytes], leistungen: QuerySet[Leistung], blaetter: Sequence[Blatt] = BLAETTER
) -> None:
    """The XLSX holds these services in the order of the queryset, one sheet after the other."""
    write_xlsx(ziel, ((blatt.name, blatt.kopf, _zeilen(leistungen, blatt)) for blatt in blaetter))


def write_tabelle_csv(ziel: IO[str], leistungen: QuerySet[Leistung], blatt: Blatt) -> None:
    """The CSV holds one sheet of these services."""
    write_csv(ziel, blatt.kopf, _zeilen(leistungen, blatt))


def _zeilen(leistungen: QuerySet[Leistung], blatt: Blatt) -> Iterator[list[str]]:
    for inhalt in lade_inhalte(leistungen):
        yield from zeilen_der_leistung(inhalt, blatt)


def lade_inhalte(leistungen: QuerySet[Leistung]) -> Iterator[Mapping[str, Any]]:
    """Yield what the latest revision of each service stores, in the order of the queryset.

    Two queries per 500 services; only services without any revision are loaded themselves.
    """
    ids = list(leistungen.values_list("pk", flat=True))
    for anfang in range(0, len(ids), STAPEL):
        teil = ids[anfang : anfang + STAPEL]
        geladen = {
            leistung.pk: leistung
            for leistung in Leistung.objects.filter(pk__in=teil)
            .select_related("latest_revision")
            .only("pk", "uuid", "latest_revision__content")
        }
        for pk in teil:
            if pk in geladen:
                yield _inhalt(geladen[pk])


def _inhalt(leistung: Leistung) -> Mapping[str, Any]:
    revision = leistung.latest_revision
    inhalt = (
        revision.content
        if revision is not None
        else Leistung.objects.get(pk=leistung.pk).serializable_data()
    )
    return {**inhalt, "uuid": str(leistung.uuid)}


def zeilen_der_leistung(inhalt: Mapping[str, Any], blatt: Blatt) -> Iterator[list[str]]:
    """Yield the rows of one service on this sheet; rows without an identity cannot be told."""
    leistung = str(inhalt["uuid"])
    titel = str(inhalt.get("bezeichnung_2_de") or inhalt.get("bezeichnung_de") or "")
    if not blatt.relation:
        schluessel = ", ".join(
            str(zeile["schluessel"]) for zeile in inhalt.get("leistungsschluessel", ())
        )
        texte = zelltexte(inhalt.get, blatt)
        yield [leistung, titel, schluessel, *texte.values(), stand(texte)]
        return
    for zeile in inhalt.get(blatt.relation, ()):
        if zeile.get("uuid"):
            texte = zelltexte(zeile.get, blatt)
            yield [leistung, titel, str(zeile["uuid"]), *texte.values(), "", stand(texte)]


def zelltexte(wert: Callable[[str], Any], blatt: Blatt) -> dict[str, str]:
    """Return field → text of its cell; `wert` gives the value of a field, or what is stored."""
    return {spalte.feld: als_text(wert(spalte.feld), spalte.art) for spalte in blatt.spalten}


def stand(texte: Mapping[str, str]) -> str:
    """Return the identity of a row's content, the same whichever file it passed through."""
    return pruefsumme(_haltbar(text) for text in texte.values())


def _haltbar(text: str) -> str:
    return text if passt_in_excel(text) else UNVERAENDERT


def objekttexte(objekt: Any, blatt: Blatt = LEISTUNGEN) -> dict[str, str]:
    """Return field → text of an object or row in memory."""
    return zelltexte(lambda feld: getattr(objekt, feld), blatt)
