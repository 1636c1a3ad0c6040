"""The register as a file: first load, repetition, what a later one changes, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction
from pytest_django import DjangoDbBlocker

from behoerden.models import (
    Gebiet,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
)
from behoerden.orte import find_orte
from tests.behoerden.conftest import import_gebiete

DATEI = Path(__file__).parent / "data" / "gv100ad_30112023_thueringen.txt"
TAG = date(2024, 6, 30)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
Verzeichnis = Callable[..., Path]


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the first load of the file printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_gebiete(str(DATEI))
        transaction.set_rollback(True)


@pytest.fixture
def spaeter(tmp_path: Path) -> Verzeichnis:
    """The same register half a year later, with lines left out and texts replaced."""

    def write(ohne: str = "-", **tausch: tuple[str, str]) -> Path:
        zeilen = []
        for zeile in DATEI.read_text(encoding="utf-8").splitlines():
            schluessel = zeile[10:22].rstrip()
            if schluessel == ohne:
                continue
            neu = zeile.replace("20231130", "20240630", 1)
            for alt, ersatz in tausch.values():
                neu = neu.replace(alt, ersatz) if alt in neu else neu
            zeilen.append(neu)
        pfad = tmp_path / "gv100ad.txt"
        pfad.write_text("\n".join(zeilen) + "\n", encoding="utf-8")
        return pfad

    return write


def gebiet(wert: str) -> Gebiet:
    return Gebiet.objects.get(schluessel__wert=wert, schluessel__gueltig_bis__isnull=True)


def test_first_load_has_all_areas(register: str) -> None:
    assert "neu                    725" in register
    gemeinden = Gebiet.objects.filter(art__in=("gemeinde", "kreisfreie_stadt"))
    assert gemeinden.count() == 624
    assert {row.gueltig_ab for row in gemeinden} == {None}


def test_second_run_changes_nothing() -> None:
    assert "Es gab nichts zu ändern." in import_gebiete(str(DATEI))


def test_dry_run_of_a_later_register_reports_and_writes_nothing(spaeter: Verzeichnis) -> None:
    pfad = spaeter(name=("Udestedt  ", "Neustedt  "))
    vorher = Gebietsversion.objects.count()

    bericht = import_gebiete(str(pfad), "--dry-run")

    assert "Umbenannt:\n  - Neustedt (16068055), bisher Udestedt" in bericht
    assert Gebietsversion.objects.count() == vorher


def test_renaming_begins_on_the_day_of_the_register_and_the_old_name_is_found(
    spaeter: Verzeichnis,
) -> None:
    pfad = spaeter(name=("Udestedt  ", "Neustedt  "))

    import_gebiete(str(pfad))

    alt, neu = gebiet("16068055").versionen.order_by("gueltig_bis")
    assert (alt.name, alt.gueltig_bis) == ("Udestedt", date(2024, 6, 29))
    assert (neu.name, neu.gueltig_ab) == ("Neustedt", TAG)
    assert [ort.name for ort in find_orte("Udestedt", TAG).kandidaten] == ["Neustedt"]
    assert Ortsname.objects.get(name="Udestedt").art == "frueher"
    assert "Es gab nichts zu ändern." in import_gebiete(str(pfad))


def test_move_with_its_key_is_reported_with_both_verbaende(spaeter: Verzeichnis) -> None:
    pfad = spaeter(umzug=("160680555012Udestedt", "160680555002Udestedt"))

    bericht = import_gebiete(str(pfad))

    assert "Udestedt: Gramme-Vippach (160685012000) → Gera-Aue (160685002000)" in bericht
    assert "Udestedt: 160685012055 → 160685002055" in bericht
    assert gebiet("160685002055").pk == gebiet("16068055").pk


def test_missing_area_is_dissolved_and_its_successor_stays_open(spaeter: Verzeichnis) -> None:
    pk = gebiet("16068055").pk

    bericht = import_gebiete(str(spaeter(ohne="160680555012")))

    assert "Udestedt (16068055), letzter Tag 29.06.2024, Nachfolger offen" in bericht
    assert "Zu welchem Gebiet gehört Udestedt (16068055)?" in bericht
    nachfolge = Gebietsnachfolge.objects.get(vorgaenger_id=pk)
    assert (nachfolge.nachfolger, nachfolge.wirksam_am, nachfolge.datum_belegt) == (
        None,
        TAG,
        False,
    )
    assert Gebiet.objects.get(pk=pk).gueltig_bis == date(2024, 6, 29)
    assert find_orte("Udestedt", TAG).art == "nachfolge_unbekannt"


def test_new_area_exists_from_the_day_of_the_register(spaeter: Verzeichnis) -> None:
    pfad = spaeter(neu=("160680555012Udestedt", "160689995012Udestedt"))

    bericht = import_gebiete(str(pfad))

    assert "Neu:\n  - Udestedt (16068999)" in bericht
    assert gebiet("16068999").gueltig_ab == TAG


def test_broken_line_is_named_and_nothing_is_written(spaeter: Verzeichnis) -> None:
    pfad = spaeter(name=("Udestedt  ", "Udestedt "))
    vorher = Gebietsschluessel.objects.count()

    with pytest.raises(CommandError, match=r"gv100ad\.txt, Zeile \d+: Die Zeile hat 219 statt"):
        import_gebiete(str(pfad))
    assert Gebietsschluessel.objects.count() == vorher


def test_older_register_is_only_compared(spaeter: Verzeichnis) -> None:
    import_gebiete(str(spaeter(name=("Udestedt  ", "Neustedt  "))))

    bericht = import_gebiete(str(DATEI))

    assert "Das Verzeichnis ist älter" in bericht
    assert "Es gab nichts zu ändern." in bericht
    assert gebiet("16068055").versionen.count() == 2
