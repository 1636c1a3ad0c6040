"""The register in the database: counts, repetition, refusal, changes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from behoerden.domain.gebietsdaten import Gebietsdaten, Kennung
from behoerden.gebiete_dateien import read_gebiete
from behoerden.models import (
    Gebiet,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
    Postleitzahl,
)
from behoerden.services import import_gebietsdaten
from tests.behoerden.conftest import HEUTE, import_gebiete
from tests.behoerden.factories import GebietFactory

ORDNER = Path(settings.BASE_DIR) / "fixtures" / "gebiete"
UDESTEDT = Kennung("ags", "16068055")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
Ansage = list[tuple[str, frozenset[int]]]


@pytest.fixture
def ordner(tmp_path: Path) -> Path:
    """A copy of the project's files, to be broken."""
    return Path(shutil.copytree(ORDNER, tmp_path / "gebiete"))


def counts() -> tuple[int, ...]:
    models = (Gebiet, Gebietsversion, Gebietsschluessel, Gebietsnachfolge, Ortsname, PlzGemeinde)
    return tuple(model._default_manager.count() for model in models)


def with_udestedt(daten: Gebietsdaten, **changes: object) -> Gebietsdaten:
    """The files as if the register said something else about Udestedt."""
    gebiet = daten.gebiete[UDESTEDT]
    version = replace(gebiet.versionen[-1], **changes)  # type: ignore[arg-type]
    neu = {**daten.gebiete, UDESTEDT: replace(gebiet, versionen=(version,))}
    return replace(daten, gebiete=neu, stand=date(2027, 1, 1))


def test_counts_are_those_of_the_register() -> None:
    lebend = Counter(Gebiet.objects.gueltig_am(HEUTE).values_list("art", flat=True))

    assert lebend == {
        "bund": 1,
        "land": 1,
        "landkreis": 17,
        "kreisfreie_stadt": 5,
        "vg": 42,
        "erfuellende_gemeinde": 37,
        "gemeinde": 596,
        "ortsteil": 165,
    }
    assert (Postleitzahl.objects.count(), PlzGemeinde.objects.count()) == (215, 646)


def test_every_group_knows_its_town_which_is_a_member_itself() -> None:
    gruppen = Gebietsversion.objects.gueltig_am(HEUTE).filter(gebiet__art="erfuellende_gemeinde")

    assert gruppen.count() == 37
    for gruppe in gruppen:
        assert gruppe.erfuellt_durch_id in gruppe.gebiet.kind_versionen.gueltig_am(
            HEUTE
        ).values_list("gebiet_id", flat=True)


def test_members_of_verbaende_are_as_many_as_in_the_register() -> None:
    je_art = Counter(
        Gebietsversion.objects.gueltig_am(HEUTE)
        .filter(gebiet__art="gemeinde")
        .values_list("parent__art", flat=True)
    )

    assert je_art == {"vg": 365, "erfuellende_gemeinde": 126, "landkreis": 105}


def test_second_import_changes_and_announces_nothing(angesagt: Ansage) -> None:
    vorher = counts()

    bericht = import_gebiete("--stand", "2027-01-01")

    assert "Es gab nichts zu ändern." in bericht
    assert counts() == vorher
    assert angesagt == []


def test_report_asks_what_the_files_do_not_say(gebiete: str) -> None:
    assert "Zu welcher Gemeinde gehört Kleinschwabhausen (16071042)?" in gebiete
    assert "Seit wann ist Dobitschen (16077003) aufgelöst?" in gebiete


def test_former_municipalities_are_ended_and_have_successors(
    gebiet_id: Callable[[str], int],
) -> None:
    glasehausen = Gebiet.objects.get(pk=gebiet_id("16061039"))
    unbekannt = Gebietsnachfolge.objects.get(vorgaenger_id=gebiet_id("16071042"))

    assert glasehausen.gueltig_bis == date(2023, 12, 31)
    assert glasehausen.nachfolgen.get().nachfolger_id == gebiet_id("16061045")
    assert (unbekannt.nachfolger, unbekannt.sicherheit) == (None, "offen")
    assert unbekannt.datum_belegt is False


def test_change_of_key_only_keeps_the_area(gebiet_id: Callable[[str], int]) -> None:
    assert gebiet_id("160745007104") == gebiet_id("160745011104") == gebiet_id("16074104")


def test_dry_run_writes_nothing(angesagt: Ansage) -> None:
    vorher = counts()
    daten = with_udestedt(read_gebiete(ORDNER), name="Neu-Udestedt")

    ergebnis = import_gebietsdaten(daten=daten, dry_run=True)

    assert [fassung.kennung for fassung in ergebnis.plan.fassungen] == [UDESTEDT]
    assert counts() == vorher
    assert angesagt == []


def test_renaming_begins_on_the_day_of_the_register(
    angesagt: Ansage, gebiet_id: Callable[[str], int]
) -> None:
    daten = with_udestedt(read_gebiete(ORDNER), name="Neu-Udestedt")

    import_gebietsdaten(daten=daten)

    alt, neu = Gebietsversion.objects.filter(gebiet_id=gebiet_id("16068055")).order_by(
        "gueltig_bis"
    )
    assert (alt.name, alt.gueltig_bis) == ("Udestedt", date(2026, 12, 31))
    assert (neu.name, neu.gueltig_ab) == ("Neu-Udestedt", date(2027, 1, 1))
    assert angesagt == [("gebiet", frozenset({gebiet_id("16068055")}))]
    assert import_gebietsdaten(daten=daten).plan.is_empty


def test_other_verband_is_a_move_and_population_is_not(gebiet_id: Callable[[str], int]) -> None:
    daten = read_gebiete(ORDNER)
    anderer = Kennung("ars", "160685002000")

    umzug = import_gebietsdaten(daten=with_udestedt(daten, parent=anderer), dry_run=True)
    zahl = import_gebietsdaten(daten=with_udestedt(daten, einwohner=1))

    assert umzug.plan.fassungen[0].verschoben
    assert (len(zahl.plan.angaben), zahl.plan.fassungen) == (1, ())
    version = Gebietsversion.objects.get(gebiet_id=gebiet_id("16068055"))
    assert (version.einwohner, version.gueltig_ab) == (1, None)


def test_new_key_ends_the_old_one() -> None:
    daten = read_gebiete(ORDNER)
    gebiet = daten.gebiete[UDESTEDT]
    schluessel = tuple(
        replace(s, wert="160685002055") if s.typ == "ars" else s for s in gebiet.schluessel
    )
    neu = {**daten.gebiete, UDESTEDT: replace(gebiet, schluessel=schluessel)}

    import_gebietsdaten(daten=replace(daten, gebiete=neu, stand=date(2027, 1, 1)))

    alter = Gebietsschluessel.objects.get(wert="160685012055")
    assert alter.gueltig_bis == date(2026, 12, 31)
    assert Gebietsschluessel.objects.get(wert="160685002055").gebiet_id == alter.gebiet_id


def test_area_missing_in_the_register_is_asked_about_and_stays(
    gebiet_id: Callable[[str], int],
) -> None:
    daten = read_gebiete(ORDNER)
    ohne = {k: v for k, v in daten.gebiete.items() if k != UDESTEDT}

    plan = import_gebietsdaten(
        daten=replace(daten, gebiete=ohne, plz=daten.plz, namen=daten.namen)
    ).plan

    assert any("Udestedt (16068055) steht nicht mehr im Verzeichnis" in f for f in plan.fragen)
    assert Gebiet.objects.get(pk=gebiet_id("16068055")).gueltig_bis is None


def test_rows_of_editors_stay() -> None:
    eigenes = GebietFactory(art="eigenes_gebiet", name="Finanzamtsbezirk")
    Ortsname.objects.create(name="Blumenstadt", form_ae="blumenstadt", form_a="x", art="variante")

    import_gebiete()

    assert Gebiet.objects.filter(pk=eigenes.pk).exists()
    assert Ortsname.objects.filter(name="Blumenstadt").exists()


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "meldung"),
    [
        ("gemeinden.csv", "160685012055,", "16068501205,", "„ars“ braucht 12 Ziffern"),
        ("gemeinden.csv", "ars,ags", "ars,agx", "Die Spalte „ags“ fehlt."),
        ("gemeinden.csv", "160685012000", "160685099000", "dieses Gebiet gibt es nicht"),
        ("plz_gemeinden_odbl.csv", "99084,16051000", "99084,16051999", "gibt es keine Gemeinde"),
        ("plz_gemeinden_odbl.csv", "99084,16051000", "99084", "Zahl der Spalten"),
        ("gebietsaenderungen.csv", "2024-01-01", "1.1.2024", "„wirksam_am“ ist kein Tag"),
        ("kreise.csv", "160680000000", "160610000000", "kommt zweimal vor"),
        ("stand.toml", "gebietsstand", "stand", "unlesbar"),
    ],
)
def test_broken_file_is_named_and_nothing_is_written(
    ordner: Path, datei: str, alt: str, neu: str, meldung: str
) -> None:
    vorher = counts()
    text = (ordner / datei).read_text(encoding="utf-8")
    assert alt in text
    (ordner / datei).write_text(text.replace(alt, neu, 1), encoding="utf-8")

    with pytest.raises(CommandError, match="Es wurde nichts geändert") as fehler:
        call_command("import_gebiete", str(ordner))

    assert meldung in str(fehler.value)
    assert counts() == vorher


def test_missing_and_unreadable_files_are_named(ordner: Path) -> None:
    (ordner / "orte_geonames.csv").unlink()
    (ordner / "plz_gemeinden_odbl.csv").write_bytes("plz,ags\n99084,Gößnitz\n".encode("latin-1"))

    with pytest.raises(CommandError, match=r"plz_gemeinden_odbl\.csv: .* nicht in UTF-8"):
        call_command("import_gebiete", str(ordner))
    with pytest.raises(CommandError, match="statt 220 Zeichen"):
        call_command("import_gebiete", str(ORDNER / "gemeinden.csv"))
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import_gebiete", str(ordner / "nirgends"))


def test_two_versions_of_one_area_must_not_overlap() -> None:
    gebiet = GebietFactory(name="Musterdorf")

    with (
        pytest.raises(IntegrityError, match="gebietsversion_ohne_ueberlappung"),
        transaction.atomic(),
    ):
        Gebietsversion.objects.create(gebiet=gebiet, name="Zweitname", gueltig_ab=HEUTE)


def test_one_key_names_one_area_at_a_time(gebiet_id: Callable[[str], int]) -> None:
    anderes = GebietFactory(name="Musterdorf")

    with (
        pytest.raises(IntegrityError, match="gebietsschluessel_eindeutig"),
        transaction.atomic(),
    ):
        Gebietsschluessel.objects.create(gebiet=anderes, typ="ags", wert="16068055")
    Gebietsschluessel.objects.create(
        gebiet=anderes, typ="ags", wert="16061039", gueltig_ab=date(2024, 1, 1)
    )


def test_editor_reads_a_german_message_when_periods_overlap() -> None:
    gebiet = GebietFactory(name="Musterdorf")
    zweite = Gebietsversion(gebiet=gebiet, name="Zweitname", gueltig_ab=HEUTE)

    with pytest.raises(Exception, match="In diesem Zeitraum gibt es schon eine Fassung"):
        zweite.full_clean()
