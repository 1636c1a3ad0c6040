"""Loads the demo step by step; each step is one transaction, and a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.search.models import IndexEntry

from behoerden.models import Behoerde, Gebiet
from editorial_workflows.demo.aemter import LANDESVERWALTUNGSAMT, Amt, plan_aemter
from editorial_workflows.demo.behoerden import store_behoerden
from editorial_workflows.demo.ergaenzungen import store_ergaenzungen
from editorial_workflows.demo.gebiete import ensure_bezirke, load_land
from editorial_workflows.demo.katalog import Eintrag, check_vollstaendig, read_katalog
from editorial_workflows.demo.land import Land
from editorial_workflows.demo.leistungen import ensure_kategorien, store_leistungen
from editorial_workflows.demo.logins import ensure_logins
from editorial_workflows.demo.regeln import plan_regeln
from editorial_workflows.demo.texte import read_texte
from editorial_workflows.demo.zugaenge import store_formulare, store_onlinedienste
from leistungen.codelisten.einlesen import fixtures, store_codelisten
from leistungen.listen.kennzahlen import refresh_kennzahlen
from leistungen.models import Leistung, Zustaendigkeit
from leistungen.services import Aenderungen, Regelangabe, set_zustaendigkeiten
from zufi.common.stapel import Stapelbericht

Melder = Callable[[str], None]
SCHRITTE = 7


class DemoLader:
    """One run of `load_demo`; `melde` gets one German line per step and per result."""

    def __init__(self, melde: Melder, *, stichtag: date, zuruecksetzen: bool = False) -> None:
        self._melde = melde
        self._stichtag = stichtag
        self._zuruecksetzen = zuruecksetzen
        self._schritt = 0
        self._geschrieben = 0

    def run(self) -> None:
        """All demo data are stored; raises KatalogFehler if the files contradict each other."""
        katalog, texte = read_katalog(), read_texte()
        check_vollstaendig(katalog, texte)
        land = self._gebiete()
        aemter = plan_aemter(land)
        self._beginn("Behörden")
        behoerden = store_behoerden(
            aemter, stichtag=self._stichtag, ueberschreiben=self._zuruecksetzen
        )
        self._ergebnis(behoerden)
        store_codelisten(fixtures())
        self._beginn("Leistungen")
        leistungen = store_leistungen(
            katalog,
            texte,
            kategorien=ensure_kategorien(katalog),
            redaktion_id=behoerden.ids[LANDESVERWALTUNGSAMT],
            ueberschreiben=self._zuruecksetzen,
        )
        self._ergebnis(leistungen)
        ergaenzungen = store_ergaenzungen(
            texte, leistung_ids=leistungen.ids, ueberschreiben=self._zuruecksetzen
        )
        self._ergebnis(ergaenzungen, "Ergänzungen von Kommunen: ")
        self._beginn("Onlinedienste und Formulare")
        for was, store in (("Onlinedienste", store_onlinedienste), ("Formulare", store_formulare)):
            bericht = store(
                katalog,
                texte,
                land=land,
                leistung_ids=leistungen.ids,
                ueberschreiben=self._zuruecksetzen,
            )
            self._ergebnis(bericht.objekte, f"{was}: ")
            self._zeilen(bericht.bindungen, "Zuordnungen: ")
        self._beginn("Zuständigkeiten")
        self._zeilen(self._regeln(katalog, aemter, leistungen.ids, behoerden.ids))
        if self._geschrieben:
            _analyse_tables()
            refresh_kennzahlen()
        self._suche_der_redaktion()
        self._logins()

    def _gebiete(self) -> Land:
        self._beginn("Gebiete")
        if not Gebiet.objects.exists():
            call_command("import_gebiete", verbosity=0, stdout=StringIO())
        land = load_land(self._stichtag)
        neu = ensure_bezirke(land)
        if neu:
            land = load_land(self._stichtag)
        self._melde(
            f"      {len(land.gemeinden)} Gemeinden, {len(land.verwaltungsgebiete)} "
            f"Verwaltungsgebiete, {len(land.bezirke)} Bezirke ({neu} neu)"
        )
        return land

    def _regeln(
        self,
        katalog: Sequence[Eintrag],
        aemter: Sequence[Amt],
        leistung_ids: Mapping[str, int],
        behoerde_ids: Mapping[str, int],
    ) -> Aenderungen:
        """Services that have rules keep them: editors may have changed them since."""
        versorgt: set[int] = set()
        if not self._zuruecksetzen:
            versorgt = set(Zustaendigkeit.objects.values_list("leistung_id", flat=True).distinct())
        offen = [eintrag for eintrag in katalog if leistung_ids[eintrag.slug] not in versorgt]
        return set_zustaendigkeiten(
            leistung_ids=[leistung_ids[eintrag.slug] for eintrag in offen],
            regeln=_angaben(offen, aemter, leistung_ids, behoerde_ids),
        )

    def _suche_der_redaktion(self) -> None:
        """What is stored in bulk reaches the admin's search and its list of uses only here."""
        self._beginn("Suche der Redaktion")
        if not self._geschrieben and not _is_suche_leer():
            self._melde("      unverändert")
            return
        call_command("wagtail_update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)
        self._melde("      neu aufgebaut")

    def _logins(self) -> None:
        self._beginn("Zugänge")
        path = ensure_logins()
        self._melde(path.read_text(encoding="utf-8").rstrip())
        self._melde(f"      Sie stehen auch in {path}")

    def _beginn(self, titel: str) -> None:
        self._schritt += 1
        self._melde(f"[{self._schritt}/{SCHRITTE}] {titel} …")

    def _ergebnis(self, bericht: Stapelbericht, was: str = "") -> None:
        self._geschrieben += bericht.geschrieben
        self._melde(
            f"      {was}{bericht.neu} neu, {bericht.geaendert} geändert, "
            f"{bericht.unveraendert} unverändert"
            + (f", {bericht.belassen} von der Redaktion bearbeitet" if bericht.belassen else "")
        )

    def _zeilen(self, aenderungen: Aenderungen, was: str = "") -> None:
        self._melde(
            f"      {was}{aenderungen.neu} neu, {aenderungen.geaendert} geändert, "
            f"{aenderungen.entfernt} entfernt, {aenderungen.unveraendert} unverändert"
        )


def _analyse_tables() -> None:
    """PostgreSQL knows how full the tables are; by itself it would learn that a minute later.

    Until then the prover's joins over all rules take minutes instead of a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _is_suche_leer() -> bool:
    """Whether an earlier run ended between storing and indexing."""
    for model in (Behoerde, Leistung):
        content_type = ContentType.objects.get_for_model(model)
        if not IndexEntry.objects.filter(content_type=content_type).exists():
            return True
    return False


def _angaben(
    katalog: Iterable[Eintrag],
    aemter: Sequence[Amt],
    leistung_ids: Mapping[str, int],
    behoerde_ids: Mapping[str, int],
) -> list[Regelangabe]:
    return [
        Regelangabe(
            leistung_id=leistung_ids[eintrag.slug],
            gebiet_id=regel.gebiet_id,
            behoerde_id=behoerde_ids[regel.amt],
            rolle=regel.rolle,
            wirkung=regel.wirkung,
            wahl_erlaubt=regel.wahl_erlaubt,
            hinweis=regel.hinweis,
        )
        for eintrag in katalog
        for regel in plan_regeln(eintrag, aemter)
    ]
