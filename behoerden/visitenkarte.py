"""The contact data of an authority as a file for address books."""

from __future__ import annotations

from behoerden.domain.kennungen import e164
from behoerden.domain.vcard import Visitenkarte, build_vcard
from behoerden.domain.zeitregel import GESCHLOSSEN
from behoerden.karten import AmtskarteDaten, besuchsanschrift
from behoerden.models import Behoerde


def behoerde_vcard(behoerde: Behoerde, karte: AmtskarteDaten, seite: str) -> str:
    """Return the vCard of this authority; `seite` is the full address of its page."""
    besuch = besuchsanschrift(behoerde)
    zeiten = [f"{z.tag}: {z.zeit}" for z in karte.zeiten if z.zeit != GESCHLOSSEN]
    return build_vcard(
        Visitenkarte(
            name=karte.name,
            anschrift=(f"{besuch.strasse} {besuch.hausnummer}".strip(), besuch.ort, besuch.plz)
            if besuch
            else None,
            telefon=e164(karte.telefon) if karte.telefon else "",
            email=karte.email,
            internet=karte.internet,
            notiz="\n".join(["Öffnungszeiten", *zeiten, *karte.zeiten_hinweise]) if zeiten else "",
            seite=seite,
        )
    )
