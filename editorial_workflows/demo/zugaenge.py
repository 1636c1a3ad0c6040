"""Stores online services and forms, and says where they may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from editorial_workflows.demo.behoerden import demo_uuid
from editorial_workflows.demo.katalog import Eintrag
from editorial_workflows.demo.land import Land
from editorial_workflows.demo.texte import Leistungstext
from editorial_workflows.demo.zugangsgebiete import plan_zugangsgebiete
from leistungen.models import Formular, Formularbindung, Onlinedienst, Onlinedienstbindung
from leistungen.services import (
    Aenderungen,
    Bindungsangabe,
    bind_formulare,
    bind_onlinedienste,
)
from zufi.common.stapel import Stapelbericht, store_live

BESCHREIBUNG = (
    "Sie stellen den Antrag im Internet. Zum Anmelden brauchen Sie ein Konto der BundID. "
    "Dies sind Beispieldaten."
)


@dataclass(frozen=True, slots=True)
class Zugangsbericht:
    """What became of the objects and of the rows that bind them to areas."""

    objekte: Stapelbericht
    bindungen: Aenderungen


def store_onlinedienste(
    katalog: Sequence[Eintrag],
    texte: Mapping[str, Leistungstext],
    *,
    land: Land,
    leistung_ids: Mapping[str, int],
    ueberschreiben: bool = False,
) -> Zugangsbericht:
    """Every service with an online label has an Onlinedienst in its areas.

    Services that have a binding already keep theirs unless `ueberschreiben` says otherwise.
    """
    mit = [eintrag for eintrag in katalog if texte[eintrag.slug].online]
    with transaction.atomic():
        objekte = store_live(
            [_onlinedienst(eintrag, texte[eintrag.slug]) for eintrag in mit],
            kind="onlinedienst",
            schluessel="uuid",
            ueberschreiben=ueberschreiben,
        )
        paket = _paket(Onlinedienstbindung, mit, leistung_ids, ueberschreiben)
        bindungen = bind_onlinedienste(
            leistung_ids=[leistung_ids[eintrag.slug] for eintrag in paket],
            bindungen=[
                Bindungsangabe(
                    leistung_ids[eintrag.slug],
                    gebiet_id,
                    objekte.ids[_uuid("onlinedienst", eintrag)],
                )
                for eintrag in paket
                for gebiet_id in plan_zugangsgebiete(eintrag, land)
            ],
        )
    return Zugangsbericht(objekte, bindungen)


def store_formulare(
    katalog: Sequence[Eintrag],
    texte: Mapping[str, Leistungstext],
    *,
    land: Land,
    leistung_ids: Mapping[str, int],
    ueberschreiben: bool = False,
) -> Zugangsbericht:
    """Every service with a form's name has a Formular in the whole Land."""
    mit = [eintrag for eintrag in katalog if texte[eintrag.slug].formular]
    with transaction.atomic():
        objekte = store_live(
            [_formular(eintrag, texte[eintrag.slug]) for eintrag in mit],
            kind="formular",
            schluessel="uuid",
            ueberschreiben=ueberschreiben,
        )
        paket = _paket(Formularbindung, mit, leistung_ids, ueberschreiben)
        bindungen = bind_formulare(
            leistung_ids=[leistung_ids[eintrag.slug] for eintrag in paket],
            bindungen=[
                Bindungsangabe(
                    leistung_ids[eintrag.slug],
                    land.land.id,
                    objekte.ids[_uuid("formular", eintrag)],
                )
                for eintrag in paket
            ],
        )
    return Zugangsbericht(objekte, bindungen)


def _paket(
    model: type[Onlinedienstbindung] | type[Formularbindung],
    eintraege: Sequence[Eintrag],
    leistung_ids: Mapping[str, int],
    ueberschreiben: bool,
) -> list[Eintrag]:
    """The services whose bindings are set: all, or those without any."""
    if ueberschreiben:
        return list(eintraege)
    gebunden = set(model.objects.values_list("leistung_id", flat=True))
    return [eintrag for eintrag in eintraege if leistung_ids[eintrag.slug] not in gebunden]


def _uuid(art: str, eintrag: Eintrag) -> UUID:
    return demo_uuid(art, eintrag.slug)


def _onlinedienst(eintrag: Eintrag, text: Leistungstext) -> Onlinedienst:
    felder: dict[str, Any] = {
        "uuid": _uuid("onlinedienst", eintrag),
        "bezeichnung_de": text.online,
        "beschreibung_de": BESCHREIBUNG,
        "url": f"https://online.example/{eintrag.slug}/",
        "anmeldung": "BundID",
        # The list of the FIM: 30 is "substanziell", what the BundID with the ID card reaches.
        "vertrauensniveau": "30",
    }
    return Onlinedienst(**felder)


def _formular(eintrag: Eintrag, text: Leistungstext) -> Formular:
    felder: dict[str, Any] = {
        "uuid": _uuid("formular", eintrag),
        "bezeichnung_de": text.formular,
        "url": f"https://formulare.example/{eintrag.slug}.pdf",
    }
    return Formular(**felder)
