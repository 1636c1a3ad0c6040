"""`load_demo` on the real areas and a real database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail.models import Revision

from behoerden.models import (
    MERKMALE,
    Anschrift,
    Behoerde,
    Behoerdenbeziehung,
    Erreichbarkeit,
    Gebiet,
    Gebietsschluessel,
    Kontaktperson,
    Oeffnungsausnahme,
    Oeffnungszeit,
)
from behoerden.selectors import behoerden_karten
from editorial_workflows.demo.kontakt import FIKTIVE_RUFNUMMERN
from editorial_workflows.demo.regeln import FREIE_WAHL
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.domain.fakten import Zustand
from leistungen.models import (
    Ergaenzung,
    Formular,
    Formularbindung,
    Leistung,
    Onlinedienst,
    Onlinedienstbindung,
    Zustaendigkeit,
)
from tests.editorial_workflows.conftest import load_demo
from zufi.common.stapel import inhalt
from zufi.common.zeitraum import heute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "zustand")]

STICHTAG = heute(timezone.now())
OBJEKTE = (Behoerde, Leistung, Ergaenzung, Onlinedienst, Formular)
KINDER = (
    "begriffe", "leistungsschluessel", "anschriften", "erreichbarkeiten", "oeffnungszeiten",
    "oeffnungsausnahmen", "beziehungen", "gebuehren", "fristen", "bearbeitungsdauern", "unterlagen",
    "rechtsgrundlagen",
)  # fmt: skip
# The walk of domain design 3.3 as SQL: most specific rank wins, `ergaenzt` does not stop.
FUEHRENDE_STELLEN = """
WITH RECURSIVE kette (gemeinde, gebiet, rang) AS (
    SELECT g.id, g.id, 60 FROM behoerden_gebiet g
    WHERE g.art IN ('gemeinde', 'kreisfreie_stadt') AND g.gueltig_bis IS NULL
  UNION ALL
    SELECT k.gemeinde, v.parent_id, CASE p.art WHEN 'landkreis' THEN 40 WHEN 'land' THEN 20
                                               WHEN 'bund' THEN 10 ELSE 50 END
    FROM kette k
    JOIN behoerden_gebietsversion v ON v.gebiet_id = k.gebiet AND v.gueltig_bis IS NULL
    JOIN behoerden_gebiet p ON p.id = v.parent_id
), alle (gemeinde, gebiet, rang) AS (
    SELECT * FROM kette
  UNION
    SELECT k.gemeinde, m.eigenes_gebiet_id, k.rang - 5
    FROM kette k JOIN behoerden_gebietmitglied m ON m.mitglied_id = k.gebiet
), treffer AS (
    SELECT z.leistung_id, a.gemeinde, z.behoerde_id, a.rang,
           max(a.rang) FILTER (WHERE z.wirkung = 'ersetzt')
               OVER (PARTITION BY z.leistung_id, a.gemeinde) AS ende
    FROM leistungen_zustaendigkeit z JOIN alle a ON a.gebiet = z.gebiet_id
    WHERE z.rolle IN ('01', '02')
)
SELECT l.slug_de, g.id, count(DISTINCT t.behoerde_id)
FROM leistungen_leistung l
CROSS JOIN (SELECT DISTINCT gemeinde AS id FROM kette) g
LEFT JOIN treffer t ON t.leistung_id = l.id AND t.gemeinde = g.id AND t.rang >= coalesce(t.ende, 0)
GROUP BY l.slug_de, g.id
"""


def stand() -> dict[str, object]:
    """Everything a second run could change."""
    zaehlbar = (*OBJEKTE, Revision, Zustaendigkeit, Onlinedienstbindung, Formularbindung, Gebiet)
    anzahlen: dict[str, object] = {
        model.__name__: model._default_manager.count() for model in zaehlbar
    }
    for model in OBJEKTE:
        felder = ("pk", "latest_revision_id", "last_published_at")
        anzahlen[f"{model.__name__} im Einzelnen"] = list(
            model._default_manager.order_by("pk").values_list(*felder)
        )
    return anzahlen


def test_all_services_of_the_catalogue_are_live() -> None:
    assert Leistung.objects.filter(live=True).count() == 147
    assert not Leistung.objects.filter(kurztext_de="").exists()


def test_second_run_changes_nothing_and_announces_nothing(
    angesagt: list[tuple[str, frozenset[int]]],
) -> None:
    vorher = stand()
    ausgabe = load_demo()

    assert stand() == vorher
    assert angesagt == []
    assert "147 unverändert" in ausgabe


def test_every_service_has_one_leading_authority_in_every_gemeinde() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FUEHRENDE_STELLEN)
        zellen = cursor.fetchall()

    assert len(zellen) == 147 * 601
    falsch = {
        (slug, gemeinde, anzahl)
        for slug, gemeinde, anzahl in zellen
        if anzahl != (2 if slug in FREIE_WAHL else 1)
    }
    assert falsch == set()


def test_resolver_answers_every_service_for_every_kind_of_place() -> None:
    titel = dict(Leistung.objects.values_list("pk", "slug_de"))
    for ars in ("160685012055", "160685050061", "160530000000", "160610045045", "160630105105"):
        gebiet_id = Gebietsschluessel.objects.get(wert=ars, gueltig_bis=None).gebiet_id
        antworten = auskuenfte(titel, load_umfeld(Platz((gebiet_id,)), STICHTAG))

        zustaende = {titel[pk]: antwort.ergebnis.zustand for pk, antwort in antworten.items()}
        wahl = {slug for slug, zustand in zustaende.items() if zustand is Zustand.WAHL}
        assert wahl == set(FREIE_WAHL)
        assert set(zustaende.values()) == {
            Zustand.EINDEUTIG,
            Zustand.ORTSUNABHAENGIG,
            Zustand.WAHL,
        }


@pytest.mark.parametrize(
    ("ars", "slug", "behoerde"),
    [
        ("160685012055", "personalausweis-beantragen", "Verwaltungsgemeinschaft Gramme-Vippach"),
        ("160685050061", "personalausweis-beantragen", "Gemeindeverwaltung Elxleben"),
        ("160530000000", "personalausweis-beantragen", "Stadtverwaltung Jena"),
        ("160510000000", "hundesteuer-anmelden", "Stadtverwaltung Erfurt"),
        ("160685012055", "kfz-zulassen", "Landratsamt Sömmerda"),
        ("160685012055", "geburtsurkunde", "Standesamt der VG Gramme-Vippach"),
        ("160685012055", "grundsteuer-erklaerung", "Finanzamt Erfurt"),
        ("160685012055", "buergergeld", "Jobcenter Sömmerda"),
        ("160685012055", "handelsregister-auszug", "Amtsgericht Jena"),
    ],
)
def test_known_places_have_known_authorities(ars: str, slug: str, behoerde: str) -> None:
    leistung = Leistung.objects.get(slug_de=slug)
    gebiet_id = Gebietsschluessel.objects.get(wert=ars, gueltig_bis=None).gebiet_id
    umfeld = load_umfeld(Platz((gebiet_id,)), STICHTAG)

    antwort = auskuenfte({leistung.pk: slug}, umfeld)[leistung.pk]

    assert [stelle.name for stelle in antwort.fuehrende_stellen] == [behoerde]


def test_rules_are_stored_where_they_hold() -> None:
    arten = set(
        Zustaendigkeit.objects.filter(leistung__slug_de="wohnsitz-anmelden").values_list(
            "gebiet__art", flat=True
        )
    )

    assert arten == {"vg", "erfuellende_gemeinde", "gemeinde", "kreisfreie_stadt"}
    assert Zustaendigkeit.objects.filter(leistung__slug_de="wohnsitz-anmelden").count() == 189
    assert Zustaendigkeit.objects.filter(leistung__slug_de="kfz-zulassen").count() == 22


def test_revisions_hold_what_is_live() -> None:
    assert Revision.objects.count() == sum(model._default_manager.count() for model in OBJEKTE)
    for model in OBJEKTE:
        assert not model._default_manager.exclude(latest_revision=F("live_revision")).exists()
        for objekt in model._default_manager.select_related("latest_revision"):
            assert inhalt(objekt.latest_revision.as_object()) == inhalt(objekt)
            assert objekt.first_published_at == objekt.last_published_at is not None


def test_all_objects_pass_the_checks_of_the_editors_form() -> None:
    for model in OBJEKTE:
        for objekt in model._default_manager.all():
            objekt.full_clean()
            for name in KINDER:
                for kind in getattr(objekt, name).all() if hasattr(objekt, name) else ():
                    kind.full_clean(validate_constraints=False)  # the database has done that


def test_contact_data_are_visibly_fictional() -> None:
    nummern = "|".join(rf"\+49 {vorwahl} {anfang}\d{{3}}" for vorwahl, anfang in FIKTIVE_RUFNUMMERN)
    muster = re.compile(rf"{nummern}|poststelle@[a-z0-9-]{{1,63}}\.example")

    assert all(
        muster.fullmatch(wert) for wert in Erreichbarkeit.objects.values_list("kennung", flat=True)
    )
    assert set(Anschrift.objects.values_list("strasse", "hausnummer")) == {("Musterstraße", "1")}
    adressen = [
        *Behoerde.objects.values_list("internet", flat=True),
        *Onlinedienst.objects.values_list("url", flat=True),
        *Formular.objects.values_list("url", flat=True),
    ]
    assert all(re.match(r"https://[a-z0-9-]{1,63}\.example/", adresse) for adresse in adressen)
    assert not Behoerde.objects.exclude(kurzbeschreibung_de__contains="Beispieldaten").exists()


def test_every_authority_can_be_reached_and_has_a_place() -> None:
    assert not Behoerde.objects.filter(anschriften=None).exists()
    assert not Anschrift.objects.filter(plz="").exists()
    verwaltungen = Behoerde.objects.filter(art__ist_allgemeine_verwaltung=True)
    assert verwaltungen.count() == 189 + 17
    assert not verwaltungen.filter(hauptgebiet=None).exists()


def test_every_general_administration_has_marked_hours() -> None:
    verwaltungen = Behoerde.objects.filter(art__ist_allgemeine_verwaltung=True)
    mit_zeiten = set(verwaltungen.values_list("oeffnungszeiten__regel", flat=True).order_by())

    assert None not in mit_zeiten
    assert len(mit_zeiten) >= 4  # several patterns, not one for all
    assert not Oeffnungszeit.objects.exclude(hinweis_de__contains="Beispiel").exists()
    assert not verwaltungen.filter(oeffnungsausnahmen=None).exists()
    tage = set(Oeffnungsausnahme.objects.values_list("von", "bis", "grund_de"))
    heiligabend = STICHTAG.replace(month=12, day=24)
    assert tage == {(heiligabend, heiligabend, "Heiligabend")}


def test_hours_are_shown_and_offices_without_say_so() -> None:
    slugs = {"stadtverwaltung-erfurt": True, "landesamt-fuer-bodenmanagement": False}
    for slug, bekannt in slugs.items():
        pk = Behoerde.objects.get(slug=slug).pk
        karte = behoerden_karten([pk], STICHTAG)[pk]
        assert bool(karte.zeiten) is bekannt
        assert bool(karte.barrierefreiheit) is bekannt


def test_accessibility_has_all_three_answers() -> None:
    werte = {wert for name in MERKMALE for wert in Anschrift.objects.values_list(name, flat=True)}

    assert werte == {"ja", "nein", "keine_angabe"}
    bekannt = Anschrift.objects.exclude(stufenlos="keine_angabe")
    assert not bekannt.exclude(barriere_hinweis_de__contains="Beispielangaben").exists()


def test_authorities_are_linked_and_nobody_is_invented() -> None:
    beziehungen = Behoerdenbeziehung.objects
    assert beziehungen.filter(typ="fachaufsicht").count() == 17 + 5
    assert beziehungen.filter(typ="gemeinsame_einrichtung").count() == 17 + 5
    assert Behoerde.objects.filter(art__slug="standesamt", uebergeordnet=None).count() == 0
    assert Kontaktperson.objects.count() == 0


def test_what_editors_changed_stays() -> None:
    redaktion = get_user_model().objects.get(username="freigabe")
    leistung = Leistung.objects.get(slug_de="kindergeld")
    leistung.bezeichnung_de = "Kindergeld bekommen"
    leistung.save_revision(user=redaktion).publish(user=redaktion)
    Zustaendigkeit.objects.filter(leistung__slug_de="kindergeld").update(hinweis="Neu")

    ausgabe = load_demo()

    leistung.refresh_from_db()
    assert leistung.bezeichnung_de == "Kindergeld bekommen"
    assert "1 von der Redaktion bearbeitet" in ausgabe
    assert Zustaendigkeit.objects.get(leistung=leistung).hinweis == "Neu"


def test_reset_brings_the_demo_back(angesagt: list[tuple[str, frozenset[int]]]) -> None:
    leistung = Leistung.objects.get(slug_de="kindergeld")
    begriffe = {begriff.begriff_de: begriff.uuid for begriff in leistung.begriffe.all()}
    leistung.bezeichnung_de = "Etwas anderes"
    leistung.begriffe.remove(leistung.begriffe.first())
    leistung.save_revision(user=get_user_model().objects.get(username="admin")).publish()
    Zustaendigkeit.objects.filter(leistung=leistung).delete()
    angesagt.clear()

    load_demo("--reset")

    leistung = Leistung.objects.get(slug_de="kindergeld")
    assert leistung.bezeichnung_de == "Kindergeld beantragen"
    assert {begriff.begriff_de for begriff in leistung.begriffe.all()} == set(begriffe)
    assert leistung.zustaendigkeiten.count() == 1
    assert angesagt == [("leistung", frozenset({leistung.pk}))] * 2
    assert leistung.latest_revision.content["bezeichnung_de"] == "Kindergeld beantragen"


def test_withdrawn_service_stays_withdrawn() -> None:
    leistung = Leistung.objects.get(slug_de="kindergeld")
    leistung.unpublish()

    load_demo()

    leistung.refresh_from_db()
    assert not leistung.live


def test_district_of_a_court_follows_the_register() -> None:
    gotha = Behoerde.objects.get(slug="amtsgericht-gotha").zustaendigkeiten.get(
        leistung__slug_de="grundbuchauszug"
    )

    mitglieder = [str(zeile.mitglied) for zeile in gotha.gebiet.mitglieder.all()]
    assert len(mitglieder) == 1
    assert "Gotha" in mitglieder[0]


def test_places_import_leaves_the_districts_of_the_demo_alone() -> None:
    vorher = Gebiet.objects.filter(quelle="demo", gueltig_bis=None).count()

    call_command("import_gebiete", verbosity=0)

    assert vorher == Gebiet.objects.filter(quelle="demo", gueltig_bis=None).count() == 35


def test_logins_have_random_passwords_and_keep_them(zustand: Path) -> None:
    load_demo()
    erster = (zustand / "demo-logins.txt").read_text(encoding="utf-8")
    load_demo()

    assert (zustand / "demo-logins.txt").read_text(encoding="utf-8") == erster
    assert (zustand / "demo-logins.txt").stat().st_mode & 0o077 == 0
    for name, passwort in re.findall(r"^ +(redaktion|freigabe|admin) +(\S+)", erster, re.MULTILINE):
        assert get_user_model().objects.get(username=name).check_password(passwort)


def test_editors_write_and_only_approvers_publish() -> None:
    users = get_user_model().objects
    redaktion, freigabe = users.get(username="redaktion"), users.get(username="freigabe")

    assert redaktion.has_perm("wagtailadmin.access_admin")
    assert redaktion.has_perm("leistungen.change_leistung")
    assert redaktion.has_perm("leistungen.change_zustaendigkeit")
    assert not redaktion.has_perm("leistungen.publish_leistung")
    assert freigabe.has_perm("leistungen.publish_leistung")
    assert freigabe.has_perm("behoerden.publish_behoerde")
    assert not freigabe.is_superuser
    assert users.get(username="admin").is_superuser


def test_refuses_an_installation_without_debug() -> None:
    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")
