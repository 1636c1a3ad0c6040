"""Stores the authorities of the plan, with address and contact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from behoerden.models import (
    Anschrift,
    Behoerde,
    Behoerdenart,
    Behoerdenbeziehung,
    Erreichbarkeit,
)
from editorial_workflows.demo.aemter import ARTEN, Amt
from editorial_workflows.demo.kontakt import HAUSNUMMER, STRASSE, email, internet, telefon
from editorial_workflows.demo.vorort import ausnahmen, barrierefreiheit, oeffnungszeiten
from zufi.common.stapel import Stapelbericht, store_live


def store_behoerden(
    aemter: Sequence[Amt], *, stichtag: date, ueberschreiben: bool = False
) -> Stapelbericht:
    """Every authority of the plan is live; the report leads from slug to id.

    All in one transaction, level by level: an authority is stored after those it names. Closed on
    Christmas Eve of the year of `stichtag`.

    Raises:
        ValueError: authorities of the plan name each other in a circle, or one that is missing.
    """
    bericht = Stapelbericht()
    offen = list(aemter)
    with transaction.atomic():
        arten = ensure_arten()
        while offen:
            stufe = [amt for amt in offen if amt.genannte <= bericht.ids.keys()]
            if not stufe:
                raise ValueError(f"no authority can be stored first: {[a.slug for a in offen]}")
            bericht += store_live(
                [_behoerde(amt, arten, bericht.ids, stichtag.year) for amt in stufe],
                kind="behoerde",
                ueberschreiben=ueberschreiben,
            )
            offen = [amt for amt in offen if amt.slug not in bericht.ids]
    return bericht


def ensure_arten() -> Mapping[str, int]:
    """Every kind of authority of the plan exists; return slug → id. Existing ones stay."""
    vorhanden = dict(Behoerdenart.objects.values_list("slug", "pk"))
    for slug, (name, ist_allgemein) in ARTEN.items():
        if slug not in vorhanden:
            felder: dict[str, Any] = {"slug": slug, "name_de": name}
            art = Behoerdenart(**felder, ist_allgemeine_verwaltung=ist_allgemein)
            art.save()
            vorhanden[slug] = art.pk
    return vorhanden


def demo_uuid(*teile: str) -> UUID:
    """Return the same UUID for the same object of the demo, in every installation."""
    return uuid5(NAMESPACE_URL, "https://demo.zufi.example/" + "/".join(teile))


def _behoerde(amt: Amt, arten: Mapping[str, int], ids: Mapping[str, int], jahr: int) -> Behoerde:
    felder: dict[str, Any] = {
        "uuid": demo_uuid("behoerde", amt.slug),
        "slug": amt.slug,
        "name_de": amt.name,
        "synonyme_de": amt.synonyme,
        "kurzbeschreibung_de": amt.kurzbeschreibung,
        "art_id": arten[amt.art],
        "uebergeordnet_id": ids[amt.uebergeordnet] if amt.uebergeordnet else None,
        "hauptgebiet_id": amt.hauptgebiet_id,
        "internet": internet(amt.slug),
        "anschriften": [
            Anschrift(
                strasse=STRASSE,
                hausnummer=HAUSNUMMER,
                plz=amt.plz,
                ort=amt.ort,
                **barrierefreiheit(amt.slug, amt.art),
            )
        ],
        "oeffnungszeiten": oeffnungszeiten(amt.slug, amt.art),
        "oeffnungsausnahmen": ausnahmen(amt.art, jahr),
        "beziehungen": [
            Behoerdenbeziehung(typ=typ, andere_id=ids[slug]) for typ, slug in amt.beziehungen
        ],
        "erreichbarkeiten": list(_kanaele(amt)),
    }
    return Behoerde(**felder)


def _kanaele(amt: Amt) -> Iterable[Erreichbarkeit]:
    kanal = Erreichbarkeit.Kanal
    yield Erreichbarkeit(kanal=kanal.TELEFON.value, kennung=telefon(amt.slug))
    yield Erreichbarkeit(kanal=kanal.EMAIL.value, kennung=email(amt.slug))
