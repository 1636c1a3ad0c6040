"""Resolver, coverage, public page and command give one answer (issue 4, done 1; law P12)."""

from __future__ import annotations

import html
import json
import re
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from behoerden.models import Behoerde
from behoerden.selectors import gebiet_infos
from leistungen.auskunft import Auskunft, Platz, auskuenfte, load_umfeld
from leistungen.coverage import Abdeckung, Zelltreffer, prove
from leistungen.domain.fakten import Slot, Urteil, Zustand
from leistungen.models import Leistung, Zustaendigkeit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "statistik")]

STICHPROBE = 500
NAME = re.compile(r'<h[23] class="zf-karte__name"[^>]*>(?:<a [^>]*>)?([^<]+)')


@pytest.fixture(scope="module")
def abdeckung(statistik: None, django_db_blocker: DjangoDbBlocker) -> Abdeckung:
    with django_db_blocker.unblock():
        return prove(timezone.localdate(), mit_zellen=True)


def stichprobe(abdeckung: Abdeckung) -> list[tuple[int, int]]:
    return Random(4).sample(sorted(abdeckung.zellen), STICHPROBE)


def test_demo_is_complete_and_free_of_contradictions(abdeckung: Abdeckung) -> None:
    assert len(abdeckung.leistung_ids) == 147
    assert abdeckung.gemeinden == 601
    assert abdeckung.gesamt.erwartet == abdeckung.gesamt.belegt == 147 * 601
    assert [b.text for b in abdeckung.befunde if b.schwere == "fehler"] == []


def test_free_choice_is_a_rule_with_a_reason_and_no_finding(abdeckung: Abdeckung) -> None:
    wahl = Leistung.objects.get(slug_de="vaterschaft-anerkennen").pk
    mehrere = {
        key: {hit.ziel_id for hit in hits if hit.slot is Slot.ZUSTAENDIG}
        for key, hits in abdeckung.zellen.items()
    }

    assert {key[0] for key, ziele in mehrere.items() if len(ziele) > 1} == {wahl}
    assert not [befund for befund in abdeckung.befunde if befund.leistung_id == wahl]


def test_resolver_coverage_and_trace_agree(abdeckung: Abdeckung) -> None:
    stichtag = timezone.localdate()
    titel = {leistung.pk: leistung.titel for leistung in Leistung.objects.all()}
    behoerde_von = dict(Zustaendigkeit.objects.values_list("pk", "behoerde_id"))
    for leistung_id, gemeinde in stichprobe(abdeckung):
        umfeld = load_umfeld(Platz((gemeinde,)), stichtag)
        auskunft = auskuenfte({leistung_id: titel[leistung_id]}, umfeld)[leistung_id]

        assert abdeckung.zellen[leistung_id, gemeinde] == zelle(auskunft)
        assert nachgespielt(auskunft, behoerde_von) == {
            (hit.slot, hit.ziel_id) for hit in auskunft.ergebnis.treffer
        }


def test_public_page_and_command_agree(abdeckung: Abdeckung, client: Client) -> None:
    stichtag = timezone.localdate()
    paare = stichprobe(abdeckung)
    slugs = dict(Leistung.objects.values_list("pk", "slug_de"))
    ars = {pk: info.ars for pk, info in gebiet_infos({g for _, g in paare}, stichtag).items()}
    namen = dict(Behoerde.objects.values_list("pk", "name_de"))
    for leistung_id, gemeinde in paare:
        treffer = abdeckung.zellen[leistung_id, gemeinde]
        fuehrend = {namen[hit.ziel_id] for hit in treffer if hit.slot is Slot.ZUSTAENDIG}
        seite = client.get(f"/leistung/{slugs[leistung_id]}/", {"ort": ars[gemeinde]})
        antwort = find_behoerde(slugs[leistung_id], ars[gemeinde])

        assert seite.status_code == 200
        assert set(map(html.unescape, NAME.findall(seite.content.decode()))) == fuehrend
        assert {hit["regel_id"] for hit in antwort["treffer"]} == {hit.regel_id for hit in treffer}
        assert {hit["behoerde"] for hit in antwort["treffer"]} == {
            namen[hit.ziel_id] for hit in treffer
        }
        assert antwort["zustand"] in {
            Zustand.EINDEUTIG,
            Zustand.ORTSUNABHAENGIG,
            *([Zustand.WAHL] if len(fuehrend) > 1 else []),
        }


def find_behoerde(slug: str, ort: str) -> dict[str, object]:
    output = StringIO()
    call_command("find_behoerde", slug, ort, "--json", stdout=output)
    return json.loads(output.getvalue())  # type: ignore[no-any-return]


def zelle(auskunft: Auskunft) -> frozenset[Zelltreffer]:
    return frozenset(
        Zelltreffer(hit.slot, hit.regel_id, hit.ziel_id, hit.rang)
        for hit in auskunft.ergebnis.treffer
    )


def nachgespielt(auskunft: Auskunft, behoerde_von: dict[int, int]) -> set[tuple[Slot, int]]:
    """What the steps alone say: every rule that applied until the walk ended."""
    gefunden: set[tuple[Slot, int]] = set()
    beendet: set[Slot] = set()
    for schritt in auskunft.ergebnis.spur:
        assert schritt.slot not in beendet
        gefunden |= {
            (schritt.slot, behoerde_von[befund.regel_id])
            for befund in schritt.befunde
            if befund.urteil in (Urteil.JA, Urteil.OFFEN)
        }
        if schritt.endet:
            beendet.add(schritt.slot)
    return gefunden
