"""P12: for any small world the SQL answers every cell as the pure resolver does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from behoerden.models import (
    Behoerde,
    Behoerdenart,
    Behoerdennachfolge,
    Gebiet,
    GebietMitglied,
    Gebietsart,
    Gebietsversion,
)
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.coverage import Art, Zelltreffer, prove
from leistungen.domain.fakten import Slot
from leistungen.models import Kriterium, Leistung, Zustaendigkeit
from leistungen.models.zustaendigkeit import kriterium_schluessel

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 24)
BAUM = (
    ("bund", Gebietsart.BUND, ""),
    ("land", Gebietsart.LAND, "bund"),
    ("kreis", Gebietsart.LANDKREIS, "land"),
    ("vg", Gebietsart.VG, "kreis"),
    ("a", Gebietsart.GEMEINDE, "vg"),
    ("b", Gebietsart.GEMEINDE, "vg"),
    ("c", Gebietsart.GEMEINDE, "kreis"),
    ("stadt", Gebietsart.KREISFREIE_STADT, "land"),
    ("teil", Gebietsart.ORTSTEIL, "a"),
)
EIGENE = ("e", "f")
# Kinds of findings that leave a cell without an office.
OHNE_STELLE = {Art.LUECKE, Art.ABGELAUFEN, Art.ZIEL_OFFLINE, Art.TOTE_REGEL}
GEMEINDEN = ("a", "b", "c", "stadt")
TAGE = st.none() | st.integers(-3, 3).map(lambda days: HEUTE + timedelta(days=days))
REGEL = st.fixed_dictionaries(
    {
        "leistung": st.integers(0, 1),
        "gebiet": st.sampled_from([*(name for name, *_ in BAUM), *EIGENE]),
        "behoerde": st.integers(0, 4),
        "rolle": st.sampled_from(["01", "01", "02", "03"]),
        "wirkung": st.sampled_from(["ersetzt", "ersetzt", "ergaenzt"]),
        "kriterium": st.sampled_from([None, None, 0, 0, 1]),
        "werte": st.frozensets(st.sampled_from("ABC"), min_size=1),
        "gueltig_ab": TAGE,
        "gueltig_bis": TAGE,
    }
)
MITGLIED = st.tuples(
    st.sampled_from(EIGENE),
    st.sampled_from(["land", "kreis", "vg", "teil", *GEMEINDEN]),
    st.booleans(),
)


@dataclass(frozen=True)
class Kleinwelt:
    gebiete: dict[str, Gebiet]
    leistungen: list[Leistung]
    behoerden: list[Behoerde]
    kriterien: list[Kriterium]


@pytest.fixture
def kleinwelt(db: None) -> Kleinwelt:
    gebiete: dict[str, Gebiet] = {}
    for name, art, eltern in BAUM:
        gebiete[name] = Gebiet.objects.create(art=art, slug=name)
        Gebietsversion.objects.create(
            gebiet=gebiete[name], name=name, parent=gebiete.get(eltern), amtlicher_name=name
        )
    for name in EIGENE:
        gebiete[name] = Gebiet.objects.create(art=Gebietsart.EIGENES_GEBIET)
        Gebietsversion.objects.create(gebiet=gebiete[name], name=name, amtlicher_name=name)
    art = Behoerdenart.objects.create(slug="amt", name_de="Amt")
    behoerden = [
        Behoerde.objects.create(name_de="Amt 0", slug="amt-0", art=art, live=True),
        Behoerde.objects.create(name_de="Amt 1", slug="amt-1", art=art, live=True),
        Behoerde.objects.create(name_de="Entwurf", slug="amt-2", art=art, live=False),
        Behoerde.objects.create(
            name_de="Ende", slug="amt-3", art=art, live=True, gueltig_bis=HEUTE - timedelta(days=1)
        ),
        Behoerde.objects.create(
            name_de="Alt", slug="amt-4", art=art, live=True, gueltig_bis=HEUTE - timedelta(days=1)
        ),
    ]
    Behoerdennachfolge.objects.create(
        vorgaenger=behoerden[4], nachfolger=behoerden[0], wirksam_am=HEUTE
    )
    return Kleinwelt(
        gebiete=gebiete,
        leistungen=[
            Leistung.objects.create(bezeichnung_de=f"L{n}", slug_de=f"l{n}", live=True)
            for n in range(2)
        ],
        behoerden=behoerden,
        kriterien=[
            Kriterium.objects.create(
                slug="auswahl", frage_de="Was?", art="auswahl", optionen=["A", "B", "C"]
            ),
            Kriterium.objects.create(slug="text", frage_de="Wann?", art="freitext"),
        ],
    )


@contextmanager
def nur_hier() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(REGEL, max_size=10), st.lists(MITGLIED, max_size=6, unique_by=lambda m: m[:2]))
def test_sql_answers_every_cell_as_the_resolver_does(
    kleinwelt: Kleinwelt,
    regeln: list[dict[str, Any]],
    mitglieder: list[tuple[str, str, bool]],
) -> None:
    with nur_hier():
        plant(kleinwelt, regeln, mitglieder)
        abdeckung = prove(HEUTE, mit_zellen=True)

        # An Ortsteil is a cell as soon as a rule or an own area may make it differ.
        eigen = any(r["gebiet"] == "teil" for r in regeln) or any(
            m[1] == "teil" for m in mitglieder
        )
        for name in (*GEMEINDEN, *(("teil",) if eigen else ())):
            gemeinde = kleinwelt.gebiete[name].pk
            umfeld = load_umfeld(Platz((gemeinde,)), HEUTE)
            titel = {leistung.pk: leistung.titel for leistung in kleinwelt.leistungen}
            for leistung_id, auskunft in auskuenfte(titel, umfeld).items():
                expected = {
                    Zelltreffer(hit.slot, hit.regel_id, hit.ziel_id, hit.rang)
                    for hit in auskunft.ergebnis.treffer
                }
                assert abdeckung.zellen.get((leistung_id, gemeinde), frozenset()) == expected

        leer = {
            (leistung.pk, kleinwelt.gebiete[name].pk)
            for leistung in kleinwelt.leistungen
            for name in GEMEINDEN
        } - {
            key
            for key, hits in abdeckung.zellen.items()
            if any(hit.slot is Slot.ZUSTAENDIG for hit in hits)
        }
        erklaert = {
            (befund.leistung_id, gemeinde)
            for befund in abdeckung.befunde
            if befund.art in OHNE_STELLE
            for gemeinde in befund.gebiet_ids
        }
        assert abdeckung.gesamt.luecken == len(leer)  # P11
        assert leer <= erklaert  # every gap has a cause


def plant(
    welt: Kleinwelt, regeln: list[dict[str, Any]], mitglieder: list[tuple[str, str, bool]]
) -> None:
    for eigenes, mitglied, teilweise in mitglieder:
        GebietMitglied.objects.create(
            eigenes_gebiet=welt.gebiete[eigenes],
            mitglied=welt.gebiete[mitglied],
            teilweise=teilweise,
        )
    rows = []
    for regel in regeln:
        ab, bis = regel["gueltig_ab"], regel["gueltig_bis"]
        if ab is not None and bis is not None and bis < ab:
            ab, bis = bis, ab
        kriterium = None if regel["kriterium"] is None else welt.kriterien[regel["kriterium"]]
        werte = sorted(regel["werte"]) if kriterium else []
        rows.append(
            Zustaendigkeit(
                leistung=welt.leistungen[regel["leistung"]],
                gebiet=welt.gebiete[regel["gebiet"]],
                behoerde=welt.behoerden[regel["behoerde"]],
                rolle=regel["rolle"],
                wirkung=regel["wirkung"],
                kriterium=kriterium,
                werte=werte,
                kriterium_schluessel=kriterium_schluessel(kriterium and kriterium.pk, werte),
                gueltig_ab=ab,
                gueltig_bis=bis,
            )
        )
    Zustaendigkeit.objects.bulk_create(rows, ignore_conflicts=True)
